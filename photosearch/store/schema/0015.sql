-- A picture within a content, as in a collage, described by itself. A cache of what the thumbnails show.
CREATE TABLE panel (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- grows with time: what has been searched is a prefix
  encoder_id INTEGER NOT NULL REFERENCES encoder (id) ON DELETE CASCADE,
  content_id INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  vector BLOB NOT NULL                   -- float16[D], unit length
) STRICT;
CREATE INDEX panel_by_encoder ON panel (encoder_id);
CREATE INDEX panel_by_content ON panel (content_id);

-- How far the contents that an encoder has described were looked at for panels, and these searched for lookalikes.
CREATE TABLE panel_progress (
  encoder_id INTEGER PRIMARY KEY REFERENCES encoder (id) ON DELETE CASCADE,
  method INTEGER NOT NULL,               -- the version of finding panels
  looked_at INTEGER NOT NULL,            -- the last descriptor's id
  floor REAL,                            -- the least score that made a candidate; NULL: nothing has been searched
  panels INTEGER NOT NULL DEFAULT 0,     -- the last panel that has been searched
  descriptors INTEGER NOT NULL DEFAULT 0 -- the last descriptor that has been searched
) STRICT;
