"""Exact search, against sorting all scores; and the conversion under it, against NumPy's."""

import numpy as np
import pytest
from numpy.typing import NDArray

from photosearch.store.index import exact
from photosearch.store.index.exact import rank, widen


def draw_vectors(count: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((count, 32)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)


def test_every_finite_number_is_widened_exactly() -> None:
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)].reshape(2, -1)
    widened = widen(halves)
    np.testing.assert_array_equal(widened, halves.astype(np.float32))
    np.testing.assert_array_equal(np.signbit(widened), np.signbit(halves))
    np.testing.assert_array_equal(widen(halves[:, ::2]), halves[:, ::2].astype(np.float32))


@pytest.mark.parametrize("queries", [4, exact.FEW_QUERIES + 1])
@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("k", [0, 1, 7, 8, 20])
def test_exact_ranking_equals_sorting(k: int, threads: int, queries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "BLOCK", 3)
    monkeypatch.setattr(exact, "PARALLEL", 0)
    database, asked = draw_vectors(8, seed=0), draw_vectors(queries, seed=5)
    ids = np.arange(8, dtype=np.int64) * 10
    ranked = rank(asked, ids, database.astype(np.float16), k, threads)
    expected = np.argsort(-(asked @ database.T), axis=1)[:, :k] * 10
    np.testing.assert_array_equal(ranked.ids, expected)
    assert ranked.scores.shape == (queries, min(k, 8))


def test_nothing_is_found_among_nothing() -> None:
    ranked = rank(draw_vectors(2, seed=0), np.empty(0, np.int64), np.empty((0, 32), np.float16), 5, threads=2)
    assert ranked.ids.shape == ranked.scores.shape == (2, 0)
