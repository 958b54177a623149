-- The few photos that lack a part are listed without a look at all.
CREATE INDEX content_lacking ON content (lacking) WHERE lacking > 0;

-- What a file carries beside its bytes (extended attributes), as JSON: a link in its place carries those of the other.
ALTER TABLE act_file ADD COLUMN attributes TEXT;
