"""Combining and expanding queries, as arithmetic."""

from pathlib import Path

import numpy as np

from photosearch.find.similar import combine, expand

REFERENCE = Path(__file__).parents[1] / "reference" / "query_expansion.npz"


def test_expansion_equals_the_authors_own() -> None:
    """αQE with k=10, α=3 and k=5, α=1, against the output of Radenović's code."""
    reference = np.load(REFERENCE)
    database = reference["aqe_database"]
    for k, alpha in ((10, 3), (5, 1)):
        for query, expected in zip(reference["aqe_queries"], reference[f"aqe_k{k}_alpha{alpha}"], strict=True):
            scores = database @ query
            nearest = np.argsort(-scores)[:k]
            expanded = expand(query, database[nearest], scores[nearest], alpha)
            np.testing.assert_allclose(expanded, expected, atol=1e-5)


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
