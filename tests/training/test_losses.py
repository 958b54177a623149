"""The losses of training, against plain arithmetic."""

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from photosearch.training.losses import direction_loss, entropy_loss  # noqa: E402

EPSILON = 1e-6


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
