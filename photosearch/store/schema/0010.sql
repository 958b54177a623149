-- The descriptors of one encoder by id, which is the row's own number and so a part of this index: a search asks for the
-- youngest every time, and must not walk over those of other encoders.
CREATE INDEX descriptor_by_encoder ON descriptor (encoder_id);
