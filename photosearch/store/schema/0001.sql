-- A folder the person added.
CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  path BLOB NOT NULL UNIQUE,             -- os.fsencode: names need not be valid text
  recurse INTEGER NOT NULL,
  exclude TEXT NOT NULL                  -- JSON list of globs
) STRICT;

-- Distinct bytes: what does not change when a file is moved, renamed or copied.
CREATE TABLE content (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: the search index names contents by it
  digest BLOB NOT NULL UNIQUE,           -- SHA-256
  format TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  taken_at TEXT,
  camera TEXT,
  lens TEXT,
  latitude REAL,
  longitude REAL,
  sharpness REAL NOT NULL
) STRICT;

-- A file in an added folder.
CREATE TABLE photo (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path BLOB NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('present', 'missing', 'offline')),
  content_id INTEGER REFERENCES content (id),
  unreadable TEXT,                       -- the reason in words, where there is no content
  transient INTEGER NOT NULL DEFAULT 0,  -- 1: the reason may pass, try again
  CHECK ((content_id IS NULL) <> (unreadable IS NULL))
) STRICT;
CREATE INDEX photo_by_content ON photo (content_id);

CREATE TABLE encoder (
  id INTEGER PRIMARY KEY,
  bundle TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE descriptor (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- grows with time: what the search index covers is a prefix
  encoder_id INTEGER NOT NULL REFERENCES encoder (id) ON DELETE CASCADE,
  content_id INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  vector BLOB NOT NULL,                  -- float16[D], unit length
  UNIQUE (encoder_id, content_id)
) STRICT;
CREATE INDEX descriptor_by_content ON descriptor (content_id);
