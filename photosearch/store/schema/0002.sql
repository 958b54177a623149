-- How far the descriptors of an encoder have been searched for lookalikes of each other.
CREATE TABLE searched (
  encoder_id INTEGER PRIMARY KEY REFERENCES encoder (id) ON DELETE CASCADE,
  through INTEGER NOT NULL,              -- the last descriptor's id
  floor REAL NOT NULL                    -- the least score that made a candidate
) STRICT;

-- Two contents that an encoder finds so alike that their pixels are worth comparing; one < other.
CREATE TABLE candidate (
  one INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  encoder_id INTEGER NOT NULL REFERENCES encoder (id) ON DELETE CASCADE,
  score REAL NOT NULL,                   -- cosine
  PRIMARY KEY (one, other, encoder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX candidate_by_other ON candidate (other);
CREATE INDEX candidate_by_encoder ON candidate (encoder_id);

-- What comparing the pixels of two contents gave; one < other.
CREATE TABLE verdict (
  one INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  method INTEGER NOT NULL,               -- the version of the comparison
  tier TEXT CHECK (tier IN ('identical', 'same', 'edited', 'similar')),  -- NULL: not related
  evidence TEXT,                         -- JSON, of `one` as the first
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_by_other ON verdict (other);

-- What the person decided about two contents, by their digests, which outlive their rows; one <= other.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  one BLOB NOT NULL,
  other BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('not duplicates', 'keep all', 'keep this')),
  kept BLOB,                             -- 'keep this': the digest of that one
  photo_id INTEGER,                      -- 'keep this' among files of one content: that file
  copies INTEGER NOT NULL DEFAULT 0,     -- 'keep all' of the files of one content: how many there were
  UNIQUE (one, other)
) STRICT;

-- What only a closer look at a whole file tells; made when a group asks for it.
CREATE TABLE closer (
  content_id INTEGER PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
  quality REAL,                          -- 0..100 of a JPEG, by its quantisation tables
  spectrum BLOB                          -- float32[n], energy by frequency
) STRICT;
