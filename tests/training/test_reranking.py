"""Re-ranking, against what the authors' public implementations gave and on classes that a cosine cuts apart."""

import numpy as np
import pytest
from numpy.typing import NDArray

from photosearch.find.evaluation import mean_average_precision
from photosearch.find.expansion import expand, unit
from photosearch.training.metrics import find_places
from photosearch.training.reranking import RERANKINGS, aqe, by_cosine, dba, diffusion, expand_by, superglobal
from tests.tree import REFERENCE


def draw_classes(classes: int, photos: int, spread: float) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Classes that lie along arcs: the ends of each are as far apart as classes are."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(classes), photos)
    ends = unit(rng.standard_normal((classes, 2, 64)))
    along = rng.random((len(labels), 1))
    return unit(
        (1 - along) * ends[labels, 0] + along * ends[labels, 1] + spread * rng.standard_normal((len(labels), 64))
    ), labels


def test_expansion_equals_the_authors_own() -> None:
    """αQE with k=10, α=3 and k=5, α=1, against the output of naver's code."""
    with np.load(REFERENCE / "query_expansion.npz") as reference:
        database, queries = reference["aqe_database"], reference["aqe_queries"]
        for k, alpha in ((10, 3), (5, 1)):
            expected = reference[f"aqe_k{k}_alpha{alpha}"]
            np.testing.assert_allclose(expand_by(queries, database, k, alpha), expected, atol=1e-6)
            np.testing.assert_array_equal(aqe(queries, database, k, alpha), by_cosine(expected, database))


def test_superglobal_equals_the_authors_own() -> None:
    with np.load(REFERENCE / "superglobal.npz") as reference:
        ranks = superglobal(reference["superglobal_Q"], reference["superglobal_X"])
        np.testing.assert_array_equal(ranks.T, reference["superglobal_ranks_M400_K9_b0.15"])


def test_diffusion_equals_the_published_formula() -> None:
    """The dense form of Iscen's code, solved by scipy."""
    linalg = pytest.importorskip("scipy.sparse.linalg")
    vectors, _ = draw_classes(6, 30, 0.05)
    queries, database = vectors[:9], vectors[9:]
    weights = np.maximum(database.astype(float) @ database.T, 0) ** 3
    fiftieth = -np.sort(-weights, axis=1)[:, 49:50]
    graph = np.where((weights >= fiftieth) & (weights >= fiftieth.T), weights, 0)
    np.fill_diagonal(graph, 0)
    roots = np.sqrt(graph.sum(axis=1))
    system = np.eye(len(database)) - 0.99 * graph / roots[:, None] / roots
    ranks = diffusion(queries, database)
    for query, order in zip(queries, ranks, strict=True):
        cosines = database.astype(float) @ query
        start = np.where(cosines >= np.sort(cosines)[-10], np.maximum(cosines, 0) ** 3, 0)
        expected, _ = linalg.cg(system, start, rtol=1e-6, maxiter=20)
        np.testing.assert_allclose(expected[order], -np.sort(-expected), rtol=1e-4)


def test_photos_that_no_walk_reaches_follow_by_their_cosine() -> None:
    one, other = np.eye(2, 80)
    database = unit(np.concatenate([one + 0.01 * np.eye(60, 80, 2), other + 0.01 * np.eye(60, 80, 2)]))
    ranks = diffusion(unit(one[None] + 0.1 * other + np.linspace(0, 0.1, 80)), database)[0]
    assert set(ranks[:60].tolist()) == set(range(60))
    far = database[ranks[60:]] @ (one + 0.1 * other + np.linspace(0, 0.1, 80))
    assert (np.diff(far) < 1e-6).all()


def test_a_database_is_augmented_by_others_only() -> None:
    rng = np.random.default_rng(0)
    database, queries = unit(rng.standard_normal((12, 6))), unit(rng.standard_normal((3, 6)))
    cosines = database @ database.T
    np.fill_diagonal(cosines, -2)
    others = np.argsort(-cosines, axis=1)[:, :2]
    scores = np.take_along_axis(cosines, others, axis=1)
    augmented = np.stack(
        [expand(vector, database[row], score, 1) for vector, row, score in zip(database, others, scores, strict=True)]
    )
    np.testing.assert_array_equal(dba(queries, database, 2, 1), by_cosine(queries, augmented))


@pytest.mark.parametrize("name", RERANKINGS)
def test_each_finds_more_than_the_cosine_does(name: str) -> None:
    vectors, labels = draw_classes(12, 40, 0.07)
    queries, database = vectors[::8], np.delete(vectors, np.s_[::8], axis=0)
    asked, known = labels[::8], np.delete(labels, np.s_[::8])
    relevant = [np.flatnonzero(known == label) for label in asked]

    def quality(ranks: NDArray[np.int64]) -> float:
        return mean_average_precision(find_places(ranks, relevant, [()] * len(ranks)))

    assert quality(RERANKINGS[name](queries, database)) > quality(by_cosine(queries, database)) + 0.01


@pytest.mark.parametrize("name", RERANKINGS)
@pytest.mark.parametrize("photos", [0, 1, 2, 7, 60])
def test_every_photo_has_one_place_in_libraries_of_any_size(name: str, photos: int) -> None:
    rng = np.random.default_rng(photos)
    database = unit(rng.standard_normal((photos, 4)))
    database[photos // 2 :] = database[: photos - photos // 2]  # copies
    for queries in (database[:2], np.zeros((1, 4), np.float32), np.zeros((0, 4), np.float32)):
        ranks = RERANKINGS[name](queries, database)
        assert ranks.shape == (len(queries), photos)
        np.testing.assert_array_equal(np.sort(ranks, axis=1), np.tile(np.arange(photos), (len(queries), 1)))
