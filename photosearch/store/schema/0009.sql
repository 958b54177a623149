-- One decision about duplicates as the person made it: it holds until it is taken back.
CREATE TABLE ruling (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at INTEGER,                       -- seconds since 1970, NULL: by a program that did not note it
  kind TEXT NOT NULL CHECK (kind IN ('not duplicates', 'keep all', 'keep this', 'let go', 'stay')),
  last_act INTEGER NOT NULL DEFAULT 0    -- the last act on files then: what a later one took away, it took for this
) STRICT;

-- A photo that a ruling is about, and the one that stays in its stead.
CREATE TABLE ruling_photo (
  id INTEGER PRIMARY KEY,
  ruling_id INTEGER NOT NULL REFERENCES ruling (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL,
  path BLOB NOT NULL,                    -- where it lay then
  keeper_id INTEGER,
  by_hand INTEGER NOT NULL DEFAULT 0     -- 1: let go although that was not proposed
) STRICT;
CREATE INDEX ruling_photo_by_ruling ON ruling_photo (ruling_id);

-- What rulings say of two contents: the last one holds, and when it is taken back, the one before it.
INSERT INTO ruling (id, kind) SELECT id, kind FROM decision;
INSERT INTO ruling_photo (ruling_id, photo_id, path, keeper_id)
  SELECT decision.id, photo.id, path, CASE WHEN digest = kept AND kind = 'keep this' THEN photo.id END
  FROM decision JOIN content ON digest IN (one, other) JOIN photo ON content_id = content.id;
ALTER TABLE decision RENAME TO decision_before;
CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ruling_id INTEGER REFERENCES ruling (id) ON DELETE CASCADE,
  one BLOB NOT NULL,
  other BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('not duplicates', 'keep all', 'keep this')),
  kept BLOB,                             -- 'keep this': the digest of that one
  photo_id INTEGER,                      -- 'keep this' among files of one content: that file
  copies INTEGER NOT NULL DEFAULT 0      -- 'keep all' of the files of one content: how many there were
) STRICT;
INSERT INTO decision (id, ruling_id, one, other, kind, kept, photo_id, copies)
  SELECT id, id, one, other, kind, kept, photo_id, copies FROM decision_before;
DROP TABLE decision_before;
CREATE INDEX decision_by_pair ON decision (one, other);
CREATE INDEX decision_by_ruling ON decision (ruling_id);
CREATE INDEX act_file_by_source ON act_file (source);
