"""Training and its interruption, with a small convolution for the backbone and photos that the test draws."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("pytorch_metric_learning")

from photosearch.training.descriptor import CopiesAndKinds, Descriptor, linear_map  # noqa: E402
from photosearch.training.fit import Losses, Recipe, train  # noqa: E402
from photosearch.training.pooling import GeM  # noqa: E402
from photosearch.training.views import Views  # noqa: E402
from tests.photos import save_photo  # noqa: E402

PHOTOS, SIZE, CHANNELS = 20, 24, 12
COPIES, KINDS = 8, 3
EVERY = 4
RECIPE = Recipe(steps=14, photos_a_step=5, rate=1e-3, warmup_steps=4, average_decay=0.7, memory=30, workers=0)

Weights = dict[str, torch.Tensor]


class SmallBackbone(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.frozen = torch.nn.Conv2d(3, CHANNELS, 3, 2).requires_grad_(False)
        self.trained = torch.nn.Sequential(torch.nn.Conv2d(CHANNELS, CHANNELS, 3, 2), torch.nn.ReLU6())

    def forward(self, levels: torch.Tensor) -> torch.Tensor:
        return self.trained(self.frozen((levels - 127) / 128).relu())


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Views:
    folder = tmp_path_factory.mktemp("photos")
    return Views(
        [Path(save_photo(folder / f"{number}.png", number)) for number in range(PHOTOS)], 1, SIZE, seed=0, hard_from=9
    )


@pytest.fixture(scope="module")
def kinds(views: Views) -> torch.Tensor:
    """The mean colour of each photo, which the network can learn."""
    colours = [views[(0, number)][0][0].float().mean((0, 1)) - 127 for number in range(PHOTOS)]
    return torch.nn.functional.normalize(torch.stack(colours))


def small_network() -> Descriptor:
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    copies, kinds = (linear_map(np.zeros(CHANNELS), rng.standard_normal((rows, CHANNELS))) for rows in (COPIES, KINDS))
    return Descriptor(SmallBackbone(), GeM(CHANNELS), CopiesAndKinds(copies, kinds, 0.3))


def weights_of(network: torch.nn.Module) -> Weights:
    return {name: weights.detach().cpu().clone() for name, weights in network.state_dict().items()}


def assert_same(some: Weights, others: Weights) -> None:
    torch.testing.assert_close(some, others, rtol=0, atol=1e-6)


def stop_after(step: int, running: Iterator[Losses]) -> None:
    for losses in running:
        if losses.step == step:
            running.close()


def test_every_loss_falls_and_only_the_frozen_weights_stay(views: Views, kinds: torch.Tensor, tmp_path: Path):
    network, untrained = small_network(), small_network()
    before = weights_of(network)
    recipe = replace(RECIPE, steps=80, photos_a_step=10, memory=60, rate=3e-3, head_rate=3e-3, temperature=0.2)
    at_rest = replace(recipe, rate=0.0, head_rate=0.0)
    losses = list(train(network, views, kinds, recipe, tmp_path / "checkpoint.pt"))
    losses_at_rest = list(train(untrained, views, kinds, at_rest, tmp_path / "at-rest.pt"))  # of the same views
    assert [each.step for each in losses] == list(range(1, 81))
    for name in ("copies", "entropy", "kinds"):
        learned, rest = (np.mean([getattr(each, name) for each in some[-10:]]) for some in (losses, losses_at_rest))
        assert learned < 0.9 * rest, name
    for name, weights in weights_of(network).items():
        assert torch.equal(weights, before[name]) == name.startswith("backbone.frozen."), name
    assert_same(weights_of(untrained), before)
    assert not network.training


def test_the_network_becomes_the_running_average_of_its_steps(views: Views, kinds: torch.Tensor, tmp_path: Path):
    network = small_network()
    average: Weights = {}
    for losses in train(network, views, kinds, RECIPE, tmp_path / "checkpoint.pt"):
        now = weights_of(network)
        share = 1 if losses.step == 1 else 1 - RECIPE.average_decay
        average = {
            name: weights + (1 - share) * (average.get(name, weights) - weights) for name, weights in now.items()
        }
    assert_same(weights_of(network), average)


def test_the_rate_rises_stays_and_falls(views: Views, kinds: torch.Tensor, tmp_path: Path):
    network = small_network()
    recipe = replace(RECIPE, steps=20, decay_share=0.5, average_decay=0.0)
    before, moved = weights_of(network), []
    for _ in train(network, views, kinds, recipe, tmp_path / "checkpoint.pt"):
        now = weights_of(network)
        moved.append(max(float((now[name] - before[name]).abs().max()) for name in now))
        before = now
    assert moved[0] == pytest.approx(recipe.head_rate / recipe.warmup_steps, rel=0.01)  # Adam's first step is the rate
    assert moved[0] < 0.7 * max(moved[4:10])
    assert 0 < moved[-1] < 0.2 * max(moved[4:10])


@pytest.mark.parametrize("step", [EVERY, EVERY + 2])  # as the checkpoint is written; and when two steps are lost
def test_a_run_that_resumes_ends_as_if_it_had_not_stopped(views: Views, kinds: torch.Tensor, tmp_path: Path, step: int):
    uninterrupted = small_network()
    expected = list(train(uninterrupted, views, kinds, RECIPE, tmp_path / "uninterrupted.pt", EVERY))

    checkpoint = tmp_path / "checkpoint.pt"
    stop_after(step, train(small_network(), views, kinds, RECIPE, checkpoint, EVERY))
    network = small_network()
    losses = list(train(network, views, kinds, RECIPE, checkpoint, EVERY))
    assert [each.step for each in losses] == list(range(EVERY + 1, RECIPE.steps + 1))
    for one, other in zip(losses, expected[EVERY:], strict=True):
        assert (one.copies, one.entropy, one.kinds) == pytest.approx(
            (other.copies, other.entropy, other.kinds), abs=1e-5
        )
    assert_same(weights_of(network), weights_of(uninterrupted))


def test_a_run_that_ended_gives_its_network_again(views: Views, kinds: torch.Tensor, tmp_path: Path):
    first, again = small_network(), small_network()
    list(train(first, views, kinds, RECIPE, tmp_path / "checkpoint.pt"))
    assert list(train(again, views, kinds, RECIPE, tmp_path / "checkpoint.pt")) == []
    assert_same(weights_of(again), weights_of(first))


def test_more_steps_go_on_from_where_it_was(views: Views, kinds: torch.Tensor, tmp_path: Path):
    short = replace(RECIPE, steps=8, decay_share=0.25)
    longer = replace(RECIPE, steps=12, decay_share=0.25)
    checkpoint = tmp_path / "checkpoint.pt"
    network = small_network()
    running = train(network, views, kinds, short, checkpoint)
    for _ in range(short.steps):
        next(running)
    ended = weights_of(network)  # before the average takes its place
    running.close()

    network, losses = small_network(), []
    for each in train(network, views, kinds, longer, checkpoint):
        losses.append(each.step)
        moved = max(float((weights - ended[name]).abs().max()) for name, weights in weights_of(network).items())
        assert moved < 2 * longer.head_rate * len(losses)  # steps from where it was, not from the start
    assert losses == [9, 10, 11, 12]
    assert moved > 0.1 * longer.head_rate


def test_a_checkpoint_half_written_is_not_taken_for_one(views: Views, kinds: torch.Tensor, tmp_path: Path):
    (tmp_path / "checkpoint.partial").write_bytes(b"half")
    recipe = replace(RECIPE, steps=2)
    assert [each.step for each in train(small_network(), views, kinds, recipe, tmp_path / "checkpoint.pt")] == [1, 2]
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]
