"""Whitening, against arrays that the authors' public implementation gave (tests/reference/whitening.npz)."""

import numpy as np
import pytest

pytest.importorskip("sklearn")

from photosearch.errors import EncoderError
from photosearch.training.networks.whitening import WHITENINGS, fit_learned_whitening, learned, pca, zca
from tests.tree import REFERENCE

NONE = np.full(600, -1)


@pytest.fixture(scope="module")
def reference():
    with np.load(REFERENCE / "whitening.npz") as arrays:
        return dict(arrays)


def assert_whitened(reference, key: str, mean, projection):
    vectors = reference["whiten_X_dxn"].T
    np.testing.assert_allclose(mean, reference[f"{key}_mean"].ravel(), atol=1e-12)
    whitened = (vectors - mean) @ projection[:12].T
    whitened /= np.linalg.norm(whitened, axis=1, keepdims=True) + 1e-6  # as the reference does
    np.testing.assert_allclose(whitened[:50] @ whitened[:50].T, reference[f"{key}_gram_12"], atol=1e-9)
    expected = reference[f"{key}_applied_12"].T
    signs = np.sign((whitened * expected).sum(axis=0))  # an eigenvector and its opposite are as good
    np.testing.assert_allclose(whitened * signs, expected, atol=1e-9)


def test_learned_whitening_reproduces_the_reference(reference):
    vectors = reference["whiten_X_dxn"].T
    assert_whitened(
        reference, "lw", *fit_learned_whitening(vectors, reference["whiten_qidx"], reference["whiten_pidx"])
    )


def test_pca_whitening_reproduces_the_reference(reference):
    assert_whitened(reference, "pcaw", *pca(reference["whiten_X_dxn"].T, NONE, 12))


def test_pca_and_zca_leave_no_correlation_and_zca_keeps_the_axes(reference):
    vectors = reference["whiten_X_dxn"].T
    for whitening in (pca, zca):
        mean, projection = whitening(vectors, NONE, 24)
        np.testing.assert_allclose(np.cov((vectors - mean) @ projection.T, rowvar=False), np.eye(24), atol=1e-9)
    np.testing.assert_allclose(projection, projection.T, atol=1e-9)
    assert (np.diag(projection) > 0).all()


def test_pca_of_fewer_photos_than_dimensions():
    vectors = np.random.default_rng(0).standard_normal((9, 30))
    mean, projection = pca(vectors, np.full(9, -1), 8)
    whitened = (vectors - mean) @ projection.T
    np.testing.assert_allclose(whitened.T @ whitened / 8, np.eye(8), atol=1e-9)


def test_learned_whitening_of_labels_is_that_of_all_their_pairs():
    rng = np.random.default_rng(0)
    vectors, labels = rng.standard_normal((24, 5)), np.repeat(np.arange(4), 6)
    vectors += 3 * rng.standard_normal((4, 5))[labels]
    queries, positives = np.nonzero((labels[:, None] == labels) & ~np.eye(24, dtype=bool))
    expected_mean, expected = fit_learned_whitening(vectors, queries, positives, shrinkage=0.3)
    mean, projection = learned(vectors, labels, 3)
    np.testing.assert_allclose(mean, expected_mean, atol=1e-12)
    np.testing.assert_allclose(np.abs(projection), np.abs(expected[:3]), atol=1e-9)


def test_photos_that_share_no_label_teach_nothing_of_what_differs_within_one():
    rng = np.random.default_rng(0)
    vectors, labels = rng.standard_normal((20, 4)), np.repeat(np.arange(5), 4)
    before = learned(vectors, labels, 4)
    others = np.concatenate([vectors, rng.standard_normal((3, 4))])
    mean, projection = learned(others, np.concatenate([labels, [7, -1, -1]]), 4)
    np.testing.assert_allclose(mean, before[0])
    np.testing.assert_allclose(projection.T @ projection, before[1].T @ before[1])  # but for a turn


@pytest.mark.parametrize("name", WHITENINGS)
def test_too_little_to_learn_from_is_told(name: str):
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((6, 8))
    for few, labels in ((vectors[:, :2].repeat(4, axis=1), np.zeros(6, int)), (np.ones((9, 8)), np.zeros(9, int))):
        if name == "learned" and np.ptp(few):
            continue  # shrinkage makes up for what does not vary
        with pytest.raises(EncoderError, match="Whitening is"):
            WHITENINGS[name](few, labels, 8)
    with pytest.raises(EncoderError, match="dimensions, but these photos differ"):
        WHITENINGS[name](vectors, np.zeros(6, int), 9)


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
