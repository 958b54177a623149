-- A sidecar that keywords were written into, as it was before: what is written can be taken back.
CREATE TABLE written (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL,                  -- the first id of those that were written in one go
  made_at INTEGER NOT NULL,              -- seconds since 1970
  path BLOB NOT NULL,
  before BLOB,                           -- its bytes, NULL: there was none
  after BLOB NOT NULL,
  mtime_ns INTEGER NOT NULL,             -- of before, as is the next
  mode INTEGER NOT NULL                  -- permission bits
) STRICT;
CREATE INDEX written_by_run ON written (run);
