"""Learned whitening, against arrays that the authors' public implementation gave (tests/reference/whitening.npz)."""

from pathlib import Path

import numpy as np
import pytest

from photosearch.encode.whitening import fit_learned_whitening

REFERENCE = Path(__file__).parents[1] / "reference" / "whitening.npz"


@pytest.fixture(scope="module")
def reference():
    with np.load(REFERENCE) as arrays:
        return dict(arrays)


def test_it_reproduces_the_reference(reference):
    vectors = reference["whiten_X_dxn"].T
    mean, projection = fit_learned_whitening(vectors, reference["whiten_qidx"], reference["whiten_pidx"])
    np.testing.assert_allclose(mean, reference["lw_mean"].ravel(), atol=1e-12)

    whitened = (vectors[:50] - mean) @ projection[:12].T
    whitened /= np.linalg.norm(whitened, axis=1, keepdims=True) + 1e-6  # as the reference does
    np.testing.assert_allclose(whitened @ whitened.T, reference["lw_gram_12"], atol=1e-9)
    expected = reference["lw_applied_12"].T
    signs = np.sign((whitened * expected).sum(axis=0))  # an eigenvector and its opposite are as good
    np.testing.assert_allclose(whitened * signs, expected, atol=1e-9)


def test_shrinkage_lets_it_learn_from_fewer_pairs_than_dimensions():
    rng = np.random.default_rng(0)
    photos = rng.standard_normal((8, 20))
    vectors = np.concatenate([photos, photos + 0.1 * rng.standard_normal((8, 20))])
    queries, positives = np.arange(8), np.arange(8, 16)
    with pytest.raises(np.linalg.LinAlgError):
        fit_learned_whitening(np.round(vectors, 1), queries, queries)  # nothing differs: a singular scatter
    _, projection = fit_learned_whitening(vectors, queries, positives, shrinkage=0.3)
    assert np.isfinite(projection).all()


def test_directions_that_differ_between_views_come_last():
    rng = np.random.default_rng(0)
    photos = rng.standard_normal((400, 6))
    views = photos + rng.standard_normal((400, 6)) * (0.01, 0.01, 0.01, 0.01, 0.01, 3.0)
    vectors = np.concatenate([photos, views])
    _, projection = fit_learned_whitening(vectors, np.arange(400), np.arange(400, 800))
    loudness = np.abs(projection[:5])
    assert (loudness[:, 5] < 0.01 * loudness[:, :5].max(axis=1)).all()


def test_more_shrinkage_is_nearer_to_no_whitening():
    rng = np.random.default_rng(1)
    photos = rng.standard_normal((300, 5))
    views = photos + rng.standard_normal((300, 5)) * (0.1, 0.2, 0.4, 0.8, 1.6)
    vectors, queries, positives = np.concatenate([photos, views]), np.arange(300), np.arange(300, 600)

    def spread(shrinkage: float) -> float:
        _, projection = fit_learned_whitening(vectors, queries, positives, shrinkage)
        return float(np.linalg.cond(projection))  # 1 where it only rotates and scales

    assert spread(0.0) > spread(0.3) > spread(1.0) > spread(100.0) > 1.0
    assert spread(100.0) == pytest.approx(1.0, abs=0.02)
