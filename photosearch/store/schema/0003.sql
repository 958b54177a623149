-- One act on a person's files: what was reviewed and said yes to at one time.
CREATE TABLE act (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: quarantine folders are named by it
  began_at INTEGER NOT NULL,             -- seconds since 1970
  way TEXT NOT NULL CHECK (way IN ('trash', 'move', 'link')),
  target BLOB                            -- the folder of a move
) STRICT;

-- A file of an act, written before it is touched.
CREATE TABLE act_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  act_id INTEGER NOT NULL REFERENCES act (id),
  photo_id INTEGER REFERENCES act_file (id),  -- the photo that this one accompanies, NULL for a photo itself
  source BLOB NOT NULL,
  destination BLOB,                      -- NULL while, or where, only the system knows
  keeper BLOB NOT NULL,                  -- what stays in its stead
  digest BLOB NOT NULL,                  -- SHA-256
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  mode INTEGER NOT NULL,                 -- permission bits
  restored BLOB,                         -- where undo puts it: the source, or a free name beside it
  step TEXT NOT NULL CHECK (step IN ('planned', 'done', 'undoing', 'undone', 'failed')),
  reason TEXT                            -- why it failed, or what undo could not do
) STRICT;
CREATE INDEX act_file_by_act ON act_file (act_id, step);
CREATE INDEX act_file_under_way ON act_file (step) WHERE step IN ('planned', 'undoing');
CREATE INDEX act_file_by_destination ON act_file (destination);
