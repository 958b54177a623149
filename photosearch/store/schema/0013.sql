-- What finds copies of whole pictures in any orientation, whatever the encoder; made anew from the thumbnails.
CREATE TABLE perceptual_hash (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- grows with time: what has been searched is a prefix
  content_id INTEGER NOT NULL UNIQUE REFERENCES content (id) ON DELETE CASCADE,
  bits BLOB NOT NULL                     -- 256 of them
) STRICT;

-- How far hashes have been searched for those near to each other.
CREATE TABLE hash_searched (
  method INTEGER PRIMARY KEY,            -- the version of the hash and its search
  through INTEGER NOT NULL               -- the last hash's id
) STRICT;

-- Two contents whose hashes are so near that their pixels are worth comparing; one < other.
CREATE TABLE near_hash (
  one INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  distance INTEGER NOT NULL,             -- bits that differ
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX near_hash_by_other ON near_hash (other);
