-- How many listed photos carry a label, kept up to date by whatever changes it: counting 100,000 anew takes a quarter of
-- a second, and the window asks after every change.
ALTER TABLE label ADD COLUMN photos INTEGER NOT NULL DEFAULT 0;
UPDATE label SET photos = (
  SELECT count(*) FROM labelled JOIN content USING (digest) JOIN photo ON content_id = content.id
  WHERE label_id = label.id AND state <> 'missing');

CREATE TRIGGER label_given AFTER INSERT ON labelled BEGIN
  UPDATE label SET photos = photos + (
    SELECT count(*) FROM content JOIN photo ON content_id = content.id
    WHERE digest = NEW.digest AND state <> 'missing') WHERE id = NEW.label_id;
END;
CREATE TRIGGER label_taken AFTER DELETE ON labelled BEGIN
  UPDATE label SET photos = photos - (
    SELECT count(*) FROM content JOIN photo ON content_id = content.id
    WHERE digest = OLD.digest AND state <> 'missing') WHERE id = OLD.label_id;
END;
CREATE TRIGGER label_joined AFTER UPDATE OF label_id ON labelled BEGIN
  UPDATE label SET photos = photos + CASE id WHEN NEW.label_id THEN 1 ELSE -1 END * (
    SELECT count(*) FROM content JOIN photo ON content_id = content.id
    WHERE digest = NEW.digest AND state <> 'missing') WHERE id IN (OLD.label_id, NEW.label_id);
END;
CREATE TRIGGER labelled_photo_came AFTER INSERT ON photo WHEN NEW.state <> 'missing' BEGIN
  UPDATE label SET photos = photos + 1
  WHERE id IN (SELECT label_id FROM content JOIN labelled USING (digest) WHERE content.id = NEW.content_id);
END;
CREATE TRIGGER labelled_photo_left AFTER DELETE ON photo WHEN OLD.state <> 'missing' BEGIN
  UPDATE label SET photos = photos - 1
  WHERE id IN (SELECT label_id FROM content JOIN labelled USING (digest) WHERE content.id = OLD.content_id);
END;
CREATE TRIGGER labelled_photo_changed AFTER UPDATE OF state, content_id ON photo
WHEN OLD.state IS NOT NEW.state OR OLD.content_id IS NOT NEW.content_id BEGIN
  UPDATE label SET photos = photos - 1 WHERE OLD.state <> 'missing'
    AND id IN (SELECT label_id FROM content JOIN labelled USING (digest) WHERE content.id = OLD.content_id);
  UPDATE label SET photos = photos + 1 WHERE NEW.state <> 'missing'
    AND id IN (SELECT label_id FROM content JOIN labelled USING (digest) WHERE content.id = NEW.content_id);
END;
