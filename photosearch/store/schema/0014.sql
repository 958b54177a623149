-- Listing all photos reads these two and no rows, which lie all over the file among descriptors: on a disk whose cache
-- is cold that took minutes for a large library. Both are in the order of contents, so that one follows the other.
DROP INDEX photo_by_content;
CREATE INDEX photo_by_content ON photo (content_id, state, mtime_ns, size_bytes);
CREATE INDEX content_listed ON content (id, taken_at, format);
