"""Combining queries, as arithmetic."""

import numpy as np

from photosearch.find.similar import combine


def test_combining_subtracts_and_stays_a_unit_vector() -> None:
    one, other = np.eye(2, 4, dtype=np.float32)
    np.testing.assert_allclose(combine(one[None], other[:0].reshape(0, 4)), one)
    both = combine(np.stack([one, other]), np.empty((0, 4), np.float32))
    assert both @ one == both @ other
    away = combine(np.stack([one, other]), other[None])
    assert away @ other < both @ other
    assert np.isclose(np.linalg.norm(away), 1)


def test_a_query_that_cancels_itself_resembles_nothing() -> None:
    vector = np.eye(1, 4, dtype=np.float32)
    assert np.isfinite(combine(vector, np.concatenate([vector, vector]) * 1.0)).all()
    assert np.isfinite(combine(0.5 * vector, vector)).all()
