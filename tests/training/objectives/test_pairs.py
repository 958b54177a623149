"""Losses of pairs, against arrays that the authors' public implementations gave (tests/reference/losses.npz)."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pytorch_metric_learning.reducers import SumReducer  # noqa: E402
from pytorch_metric_learning.utils import loss_and_miner_utils  # noqa: E402

from photosearch.training.objectives.losses import OBJECTIVES  # noqa: E402
from photosearch.training.objectives.pairs import FineDistanceWeightedMiner, SquaredContrastiveLoss, pairs_loss  # noqa: E402
from tests.tree import REFERENCE  # noqa: E402

ANGLES = (0, 10, 30, 100, 101)  # degrees


@pytest.fixture(scope="module")
def arrays() -> dict[str, np.ndarray]:
    with np.load(REFERENCE / "losses.npz") as file:
        return dict(file)


@pytest.fixture
def tuples(arrays) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Unit float[B, D], and the rows of the queries, their matches, and their others, a row of them a query."""
    labels = torch.from_numpy(arrays["tuple_labels"])
    queries, matches, others = (torch.where(labels == label)[0] for label in (-1, 1, 0))
    return torch.from_numpy(arrays["tuple_descriptors_dxn"]).T, queries, matches, others.view(len(queries), -1)


@pytest.mark.parametrize("margin", [0.7, 1.1])
def test_contrastive_reproduces_the_reference(margin: float, tuples, arrays):
    vectors, queries, matches, others = tuples
    pairs = queries, matches, queries.repeat_interleave(others.shape[1]), others.flatten()
    loss = SquaredContrastiveLoss(margin, reducer=SumReducer())(vectors, indices_tuple=pairs)
    assert float(loss) == pytest.approx(float(arrays[f"contrastive_margin_{margin}"]), rel=1e-5)


def test_triplet_reproduces_the_reference(tuples, arrays):
    vectors, queries, matches, others = tuples
    loss = OBJECTIVES["triplet"](len(vectors.T), 4, margin=0.1).loss
    loss.reducer = SumReducer()
    triplets = (*(rows.repeat_interleave(others.shape[1]) for rows in (queries, matches)), others.flatten())
    assert float(loss(vectors, indices_tuple=triplets)) == pytest.approx(float(arrays["triplet_margin_0.1"]), rel=1e-5)


def test_margin_reproduces_the_reference_and_learns_beta(arrays):
    vectors, targets, *triplets = (
        torch.from_numpy(arrays[f"margin_{name}"]) for name in ("embeddings", "targets", *"apn")
    )
    objective = OBJECTIVES["margin"](32, 8)
    loss = objective.loss(vectors, targets, triplets)
    assert float(loss.detach()) == pytest.approx(float(arrays["margin_loss_a0.2_b1.2"]), rel=1e-5)
    loss.backward()
    (beta,) = objective.parameters()
    assert float(beta.detach()) == pytest.approx(1.2) and beta.grad is not None and float(beta.grad) != 0


def test_the_weights_of_negatives_reproduce_the_reference(arrays, monkeypatch: pytest.MonkeyPatch):
    given: dict[str, torch.Tensor] = {}
    draw = loss_and_miner_utils.get_random_triplet_indices
    monkeypatch.setattr(
        loss_and_miner_utils,
        "get_random_triplet_indices",
        lambda labels, ref_labels, weights: (given.update(weights=weights), draw(labels, ref_labels, weights=weights))[
            1
        ],
    )
    vectors, targets = (torch.from_numpy(arrays[f"margin_{name}"]) for name in ("embeddings", "targets"))
    anchors, _, others = FineDistanceWeightedMiner()(vectors, targets)
    np.testing.assert_allclose(given["weights"].numpy(), arrays["distance_weights"], rtol=1e-5, atol=1e-9)
    assert len(anchors) and bool((given["weights"][anchors, others] > 0).all())


def test_rows_far_from_all_are_given_negatives_too():
    """Of 512 numbers, a pair at a distance of 0.5 weighs e^300 times one of 1.2."""
    near = torch.eye(512)[0].repeat(2, 1)
    near[1, 1] = 0.3
    far = torch.eye(512)[[2, 3, 4, 4]] + 0.5 * torch.eye(512)[0]
    anchors, _, _ = FineDistanceWeightedMiner()(torch.cat((near, near, far)), torch.tensor([0, 1, 0, 1, 2, 3, 2, 3]))
    assert set(anchors.tolist()) == set(range(8))


@pytest.fixture
def views() -> tuple[torch.Tensor, torch.Tensor]:
    angles = torch.deg2rad(torch.tensor(ANGLES, dtype=torch.float64))
    return torch.stack((angles.cos(), angles.sin()), dim=1), torch.tensor([7, 3, 3, 5, 9])


def chord(degrees: float) -> float:
    return 2 * np.sin(np.deg2rad(degrees / 2))


def test_all_views_of_rejected_photos_are_pushed_apart(views):
    vectors, photos = views
    expected = np.mean([(0.7 - chord(degrees)) ** 2 / 2 for degrees in (10, 30)])  # 7 and each view of 3; 5 is too far
    for rejected in ([[7, 3], [3, 5]], [[3, 7], [5, 3], [11, 7], [7, 3]]):
        assert float(pairs_loss(vectors, photos, torch.tensor(rejected))) == pytest.approx(expected, rel=1e-5)


def test_a_step_without_judged_pairs_loses_nothing(views):
    vectors, photos = views[0].requires_grad_(), views[1]
    loss = pairs_loss(vectors, photos, torch.tensor([[7, 8], [3, 11]]))
    loss.backward()
    assert float(loss.detach()) == 0 and vectors.grad is not None and not vectors.grad.any()
