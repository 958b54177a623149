-- Why a photo could not be read, and which decoders said so: others may read it.
ALTER TABLE photo ADD COLUMN cause TEXT CHECK (cause IN ('photo', 'disk', 'time', 'memory'));
ALTER TABLE photo ADD COLUMN decoders TEXT;  -- their versions, NULL: try again
UPDATE photo SET cause = CASE transient WHEN 1 THEN 'disk' ELSE 'photo' END WHERE unreadable IS NOT NULL;
ALTER TABLE photo DROP COLUMN transient;

-- 0..1 of the pixels of a content that its bytes do not hold: it was cut short or damaged.
ALTER TABLE content ADD COLUMN lacking REAL NOT NULL DEFAULT 0;

-- A file or folder that the last scan could not look at.
CREATE TABLE left_out (
  path BLOB PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
