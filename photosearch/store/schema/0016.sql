-- A content that does not carry a label, as the person said when it was suggested, by its digest.
CREATE TABLE refused (
  id INTEGER PRIMARY KEY,
  label_id INTEGER NOT NULL REFERENCES label (id) ON DELETE CASCADE,
  digest BLOB NOT NULL,
  UNIQUE (label_id, digest)
) STRICT;
