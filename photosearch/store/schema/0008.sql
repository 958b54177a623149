-- What a file holds beside the one picture that is shown of it, and how that was saved; made when a group asks for it.
DROP TABLE closer;
CREATE TABLE container (
  content_id INTEGER PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
  facts TEXT NOT NULL                    -- JSON
) STRICT;

-- What the closer look at two originals told; one < other.
CREATE TABLE coverage (
  one INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  method INTEGER NOT NULL,               -- the version of the closer look
  told TEXT NOT NULL,                    -- JSON, of `one` as the first
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX coverage_by_other ON coverage (other);
