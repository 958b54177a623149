-- A metric that the person's labels taught: how a search compares the descriptors of an encoder. The last one serves.
CREATE TABLE metric (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bundle TEXT NOT NULL,                  -- the encoder
  made_at INTEGER NOT NULL,              -- seconds since 1970
  arrays BLOB NOT NULL                   -- .npz, whose checksums tell damage
) STRICT;
CREATE INDEX metric_by_bundle ON metric (bundle);
