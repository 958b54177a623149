"""The objectives of training: against plain arithmetic, and whether they teach."""

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pytorch_metric_learning.losses import ContrastiveLoss, NormalizedSoftmaxLoss, NTXentLoss  # noqa: E402
from pytorch_metric_learning.reducers import MeanReducer  # noqa: E402
from torch import Tensor, nn  # noqa: E402
from torch.nn.functional import normalize  # noqa: E402

from photosearch.errors import PhotosearchError  # noqa: E402
from photosearch.training.objectives.average_precision import average_precision, average_precision_of_ties  # noqa: E402
from photosearch.training.objectives.losses import (  # noqa: E402
    OBJECTIVES,
    Batch,
    direction_loss,
    entropy_loss,
    similarity_loss,
    with_memory,
)
from photosearch.training.objectives.self_taught import (  # noqa: E402
    context_similarity,
    relaxed_contrastive_loss,
    self_distillation_loss,
)

EPSILON = 1e-6
CLASSES, PHOTOS_A_CLASS, VIEWS = 6, 6, 2
SIGNAL, NOISE, WIDE, DIMENSION = 6, 26, 16, 8  # numbers of an input that tell its class, that do not, and of vectors
WITH_MEMORY = ("contrastive", "triplet", "margin", "supcon", "sscd")


def draw_vectors(rng: np.random.Generator, rows: int, dimension: int = 5) -> np.ndarray:
    vectors = rng.standard_normal((rows, dimension))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def circle(*degrees: float) -> torch.Tensor:
    angles = torch.deg2rad(torch.tensor(degrees))
    return torch.stack((angles.cos(), angles.sin()), dim=1)


@pytest.mark.parametrize("seed", range(5))
def test_entropy_is_that_of_a_plain_computation(seed: int):
    rng = np.random.default_rng(seed)
    vectors, numbers = draw_vectors(rng, 14), rng.permutation(np.repeat(range(7), 2))
    logs = []
    for i in range(len(vectors)):
        distances = [np.linalg.norm(vectors[i] - vectors[j]) for j in range(len(vectors)) if numbers[j] != numbers[i]]
        logs.append(math.log(min(distances) + EPSILON))
    loss = entropy_loss(torch.from_numpy(vectors), torch.from_numpy(numbers))
    assert float(loss) == pytest.approx(-np.mean(logs), rel=1e-9)


def test_entropy_does_not_see_how_near_the_views_of_one_photo_are():
    numbers = torch.tensor([0, 0, 1, 1])
    near, same = circle(0, 1, 180, 180), circle(0, 0, 180, 180)
    assert float(entropy_loss(same, numbers)) == pytest.approx(-math.log(2 + EPSILON), rel=1e-5)
    assert float(entropy_loss(near, numbers)) == pytest.approx(-math.log(2 + EPSILON), abs=1e-4)


def test_entropy_grows_as_other_photos_come_near():
    numbers = torch.tensor([0, 1])
    losses = [float(entropy_loss(circle(0, degrees), numbers)) for degrees in (180, 90, 30, 5, 0.5)]
    assert losses == sorted(losses) and losses[0] < 0 < losses[-1]


def test_entropy_drives_neighbours_apart():
    angles = torch.tensor([0.0, 0.3], requires_grad=True)
    entropy_loss(torch.stack((angles.cos(), angles.sin()), dim=1), torch.tensor([0, 1])).backward()
    assert angles.grad is not None
    assert angles.grad[0] > 0 > angles.grad[1]  # a step against the gradient widens the angle


def test_a_photo_that_is_there_twice_leaves_the_gradient_finite():
    vectors = circle(0, 0, 90).requires_grad_()
    loss = entropy_loss(vectors, torch.tensor([0, 1, 2]))
    loss.backward()
    assert math.isfinite(float(loss.detach()))
    assert vectors.grad is not None and bool(vectors.grad.isfinite().all())


@pytest.mark.parametrize(("degrees", "loss"), [(0, 0), (60, 0.5), (90, 1), (180, 2)])
def test_direction_is_one_minus_the_cosine(degrees: float, loss: float):
    assert float(direction_loss(circle(degrees), circle(0))) == pytest.approx(loss, abs=1e-6)


def test_direction_is_the_mean_over_photos_whatever_their_length():
    vectors = circle(0, 90) * torch.tensor([[0.1], [7.0]])
    assert float(direction_loss(vectors, circle(0, 0))) == pytest.approx(0.5, abs=1e-6)


def test_similarity_is_the_mean_square_between_the_cosines_of_two_rows():
    vectors, teacher = circle(0, 60, 180), circle(0, 90, 180)
    between = [0.5, 0, 0.5]  # cosines 0.5, -1 and -0.5, where the teacher has 0, -1 and 0
    assert float(similarity_loss(vectors, teacher)) == pytest.approx(np.mean(np.square(between)), abs=1e-6)


def draw_inputs(seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return float[views, SIGNAL + NOISE], their classes and their photos."""
    rng = np.random.default_rng(seed)
    photos = np.repeat(np.arange(CLASSES * PHOTOS_A_CLASS), VIEWS)
    labels = photos // PHOTOS_A_CLASS
    signal = 3 * rng.standard_normal((CLASSES, SIGNAL))[labels]
    signal += 0.5 * rng.standard_normal((CLASSES * PHOTOS_A_CLASS, SIGNAL))[photos]
    signal += 0.2 * rng.standard_normal(signal.shape)
    inputs = np.concatenate([signal, rng.standard_normal((len(photos), NOISE))], axis=1).astype(np.float32)
    return torch.from_numpy(inputs), torch.from_numpy(labels), torch.from_numpy(photos)


def map_at_r(vectors: Tensor, classes: Tensor) -> float:
    scores = (vectors @ vectors.T).fill_diagonal_(-2)
    matches = int((classes == classes[0]).sum()) - 1
    hits = (classes[scores.topk(matches)[1]] == classes[:, None]).float()
    return float((hits.cumsum(1) / torch.arange(1, matches + 1) * hits).mean())


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", OBJECTIVES)
def test_thirty_steps_teach(name: str, seed: int):
    torch.manual_seed(seed)
    inputs, labels, photos = draw_inputs(seed)
    network = nn.Sequential(nn.Linear(SIGNAL + NOISE, WIDE), nn.Linear(WIDE, DIMENSION))
    average = nn.Sequential(nn.Linear(SIGNAL + NOISE, WIDE), nn.Linear(WIDE, DIMENSION))
    average.load_state_dict(network.state_dict())
    objective = OBJECTIVES[name](DIMENSION, CLASSES)
    assert objective.needs_labels == (name not in ("sscd", "stml", "distill"))
    teachers = {"frozen": lambda: normalize(inputs[:, :SIGNAL]), "average": lambda: normalize(average[0](inputs))}
    truth = photos if name == "sscd" else labels

    def measure() -> tuple[float, float]:
        with torch.no_grad():
            return float(look()), map_at_r(normalize(network(inputs)), truth)

    def look() -> Tensor:
        wide = network[0](inputs)
        with torch.no_grad():
            teacher = teachers[objective.teacher]() if objective.teacher else None
        seen = labels if objective.needs_labels else torch.full_like(labels, -1)
        return objective(Batch(normalize(network[1](wide)), seen, photos, teacher, wide if objective.wide else None))

    optimizer = torch.optim.Adam([*network.parameters(), *objective.parameters()], lr=0.01)
    before = measure()
    for _ in range(30):
        optimizer.zero_grad()
        look().backward()
        optimizer.step()
        with torch.no_grad():
            for mean, weight in zip(average.parameters(), network.parameters(), strict=True):
                mean.lerp_(weight, 0.05)
    after = measure()
    assert after[0] < 0.95 * before[0]
    assert after[1] > before[1] + 0.08


def draw_batch(labels: list[int], photos: list[int], seed: int = 0) -> Batch:
    rng = np.random.default_rng(seed)
    vectors = torch.from_numpy(draw_vectors(rng, len(labels), DIMENSION)).float().requires_grad_()
    teacher = torch.from_numpy(draw_vectors(rng, len(labels), WIDE)).float()
    wide = torch.from_numpy(rng.standard_normal((len(labels), WIDE))).float().requires_grad_()
    return Batch(vectors, torch.tensor(labels), torch.tensor(photos), teacher, wide)


LABELS, PHOTOS = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize("name", OBJECTIVES)
@pytest.mark.parametrize(
    ("labels", "photos"),
    [
        ([-1, -1, -1, -1], [0, 0, 1, 1]),
        ([0, 1, 2, 3], [0, 1, 2, 3]),
        ([0, 0, 0, 0], [0, 0, 1, 1]),
        ([0, 0], [0, 0]),
        ([0], [0]),
    ],
)
def test_a_step_without_matches_or_without_others_is_finite(name: str, labels: list[int], photos: list[int]):
    batch = draw_batch(labels, photos)
    loss = OBJECTIVES[name](DIMENSION, 4)(batch)
    loss.backward()
    assert loss.ndim == 0 and math.isfinite(float(loss.detach()))
    assert batch.vectors.grad is not None and bool(batch.vectors.grad.isfinite().all())


@pytest.mark.parametrize("name", ["contrastive", "triplet", "supcon", "listwise-ap", "listwise-ap-ties"])
def test_rows_without_a_label_take_no_part(name: str):
    some = draw_batch([*LABELS, -1, -1, -1], [*PHOTOS, 6, 6, 7])
    known = Batch(some.vectors[:12], some.labels[:12], some.photos[:12])
    objective = OBJECTIVES[name](DIMENSION, 3)
    assert float(objective(some).detach()) == pytest.approx(float(objective(known).detach()), rel=1e-6)


def test_contrastive_is_half_of_the_squares_of_the_library():
    batch = draw_batch(LABELS, PHOTOS)
    distances = torch.cdist(batch.vectors, batch.vectors).detach().numpy()
    same = np.equal.outer(LABELS, LABELS)
    matches = distances[same & ~np.eye(len(LABELS), dtype=bool)]
    others = np.maximum(1.3 - distances[~same], 0)
    expected = (matches**2 / 2).mean() + (others[others > 0] ** 2 / 2).mean()
    assert float(OBJECTIVES["contrastive"](DIMENSION, 3, margin=1.3)(batch).detach()) == pytest.approx(
        expected, rel=1e-4
    )
    plain = ContrastiveLoss(neg_margin=1.3, reducer=MeanReducer())(batch.vectors, batch.labels)
    assert float(plain.detach()) == pytest.approx(matches.mean() + others.mean(), rel=1e-4)


def test_triplet_takes_every_match_with_the_semi_hard_of_the_others():
    batch = draw_batch(LABELS, PHOTOS)
    squares = torch.cdist(batch.vectors, batch.vectors).detach().numpy() ** 2
    losses = [
        0.2 + squares[anchor, match] - squares[anchor, other]
        for anchor in range(12)
        for match in range(12)
        for other in range(12)
        if LABELS[anchor] == LABELS[match] != LABELS[other] and anchor != match
        if squares[anchor, match] < squares[anchor, other] < squares[anchor, match] + 0.2
    ]
    assert len(losses) > 5
    assert float(OBJECTIVES["triplet"](DIMENSION, 3)(batch).detach()) == pytest.approx(np.mean(losses), rel=1e-3)


def test_multigrain_weighs_its_two_losses():
    batch = draw_batch(LABELS, PHOTOS)
    torch.manual_seed(1)
    objective = OBJECTIVES["multigrain"](DIMENSION, 3, class_share=0.25)
    classify = NormalizedSoftmaxLoss(3, DIMENSION)
    classify.load_state_dict({"W": objective.get_parameter("classify.W")})
    torch.manual_seed(2)
    of_photos = OBJECTIVES["multigrain"](DIMENSION, 3, class_share=0)
    parts = []
    for part in (of_photos, objective):
        torch.manual_seed(3)
        parts.append(float(part(batch).detach()))
    of_class = float(classify(batch.vectors, batch.labels).detach())
    assert parts[1] == pytest.approx(0.25 * of_class + 0.75 * parts[0])


def test_multigrain_of_photos_without_a_class_is_the_margin_loss_between_photos():
    batch = draw_batch([-1] * 12, PHOTOS)
    losses = []
    for name, options, labels in (("multigrain", {"class_share": 0}, batch.labels), ("margin", {}, batch.photos)):
        objective = OBJECTIVES[name](DIMENSION, 3, **options)
        torch.manual_seed(0)
        losses.append(float(objective(batch._replace(labels=labels)).detach()))
    assert losses[0] == pytest.approx(losses[1]) and losses[0] > 0


def test_multigrain_draws_the_views_of_a_photo_together_but_pushes_none_of_its_class_away():
    batch = draw_batch([0, 0, 0, 0, 1, 1], [0, 0, 1, 1, 2, 2])._replace(vectors=circle(0, 70, 5, 75, -60, -61))
    vectors = batch.vectors.requires_grad_()
    torch.manual_seed(0)
    OBJECTIVES["multigrain"](2, 2, class_share=0)(batch._replace(vectors=vectors)).backward()
    towards = vectors.detach()[[0, 2]] - vectors.detach()[[1, 3]]
    assert bool(((-vectors.grad[[1, 3]] * towards).sum(1) > 0).all())
    batch = batch._replace(labels=torch.zeros(6, dtype=torch.int64))
    vectors.grad = None
    OBJECTIVES["multigrain"](2, 2, class_share=0)(batch).backward()
    assert not vectors.grad.any()


def test_sscd_is_info_nce_of_two_views_and_entropy():
    batch = draw_batch(LABELS, PHOTOS)
    expected = NTXentLoss(0.05)(batch.vectors, batch.photos) + 30 * entropy_loss(batch.vectors, batch.photos)
    loss = OBJECTIVES["sscd"](DIMENSION, 0, entropy_weight=30)(batch)
    assert float(loss.detach()) == pytest.approx(float(expected.detach()), rel=1e-5)


@pytest.mark.parametrize(
    ("name", "measure"), [("listwise-ap", average_precision), ("listwise-ap-ties", average_precision_of_ties)]
)
def test_listwise_asks_with_each_row_for_the_others(name: str, measure):
    batch = draw_batch([0, 0, 0, 1, 1, 2], [0, 1, 2, 3, 4, 5])  # the last has no match to find
    scores = (batch.vectors @ batch.vectors.T).detach()
    aps = []
    for query in range(5):
        others = [row for row in range(6) if row != query]
        aps.append(float(measure(scores[query, others][None], (batch.labels == batch.labels[query])[others][None])))
    assert float(OBJECTIVES[name](DIMENSION, 3)(batch).detach()) == pytest.approx(1 - np.mean(aps), abs=1e-6)


def test_stml_is_what_its_parts_say():
    batch = draw_batch([-1] * 12, PHOTOS)
    belong = context_similarity(batch.teacher, batch.photos, 2 * VIEWS)
    wide = normalize(batch.wide)
    expected = self_distillation_loss(batch.vectors, wide)
    expected = expected + sum(relaxed_contrastive_loss(vectors, belong) for vectors in (batch.vectors, wide)) / 2
    loss = OBJECTIVES["stml"](DIMENSION, 0, neighbours=2)(batch)
    assert float(loss.detach()) == pytest.approx(float(expected.detach()))


@pytest.mark.parametrize("name", WITH_MEMORY)
def test_a_memory_starts_with_the_step_and_goes_on_where_it_was(name: str):
    batches = [draw_batch(LABELS, PHOTOS, seed) for seed in range(4)]
    plain, objective = OBJECTIVES[name](DIMENSION, 3), with_memory(OBJECTIVES[name](DIMENSION, 3), DIMENSION, 30)
    others = with_memory(OBJECTIVES[name](DIMENSION, 3), DIMENSION, 30)

    def losses(objective, batches: list[Batch]) -> list[float]:
        torch.manual_seed(0)
        return [float(objective(batch).detach()) for batch in batches]

    if name != "margin":  # which draws otherwise
        assert losses(objective, batches[:1]) == pytest.approx(losses(plain, batches[:1]), rel=1e-5)
    assert losses(objective, batches[1:2]) != pytest.approx(losses(plain, batches[1:2]), rel=1e-3)
    losses(objective, batches[2:3])  # the place in the queue has come round
    others.load_state_dict(objective.state_dict())
    assert losses(others, batches[3:]) == losses(objective, batches[3:])


@pytest.mark.parametrize("name", sorted(OBJECTIVES.keys() - set(WITH_MEMORY)))
def test_an_objective_of_whole_steps_has_no_use_for_a_memory(name: str):
    with pytest.raises(PhotosearchError, match="pairs or triplets"):
        with_memory(OBJECTIVES[name](DIMENSION, 3), DIMENSION, 30)
