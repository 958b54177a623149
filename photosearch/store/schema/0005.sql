-- A name that the person gives to photos.
CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE            -- upper and lower case alike
) STRICT;

-- A content that carries a label, by its digest, which outlives its row.
CREATE TABLE labelled (
  id INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id) ON DELETE CASCADE,
  digest BLOB NOT NULL,
  UNIQUE (label_id, digest)
) STRICT;
CREATE INDEX labelled_by_digest ON labelled (digest, label_id);

-- Whether two contents show the same thing, as the person said of an answer; by their digests, one < other.
CREATE TABLE judged (
  id INTEGER PRIMARY KEY,
  one BLOB NOT NULL,
  other BLOB NOT NULL,
  same INTEGER NOT NULL CHECK (same IN (0, 1)),
  UNIQUE (one, other)
) STRICT;

-- How many photos carry a label is told by this index alone.
DROP INDEX photo_by_content;
CREATE INDEX photo_by_content ON photo (content_id, state);
