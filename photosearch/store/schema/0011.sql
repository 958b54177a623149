-- A cluster of photos as it was last shown; its number and its name stay with it while most of its members do.
CREATE TABLE cluster (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_by TEXT NOT NULL CHECK (kept_by IN ('kind', 'occasion')),
  folder BLOB NOT NULL,                  -- the folder that was asked about, empty: the whole library
  level REAL NOT NULL,                   -- where the hierarchy was cut, -1: where it cuts itself
  name TEXT,
  members BLOB NOT NULL                  -- int64[n], little-endian: ids of contents
) STRICT;
CREATE INDEX cluster_by_cut ON cluster (kept_by, folder, level);
