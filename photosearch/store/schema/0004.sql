-- What the sidecar of a photo that stays took over from one that goes, written before it is. It is so while that one
-- is away, and as it was before otherwise, so that the step of that one tells of both.
CREATE TABLE act_sidecar (
  photo_id INTEGER PRIMARY KEY REFERENCES act_file (id),  -- the photo that goes
  path BLOB NOT NULL,
  before BLOB,                           -- its bytes, NULL: there was none
  after BLOB NOT NULL,
  mtime_ns INTEGER NOT NULL,             -- of before, as is the next
  mode INTEGER NOT NULL                  -- permission bits
) STRICT;
CREATE INDEX act_sidecar_by_path ON act_sidecar (path);
