"""Training and its interruption, with a small convolution for the backbone and views of random colours."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("pytorch_metric_learning")

from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor, linear_map  # noqa: E402
from photosearch.training.networks.pooling import GeM  # noqa: E402
from photosearch.training.objectives.aim import Views  # noqa: E402
from photosearch.training.objectives.losses import OBJECTIVES, with_memory  # noqa: E402
from photosearch.training.run.fit import Pace, Run, read_state, write_state  # noqa: E402
from photosearch.training.run.learn import pace_of  # noqa: E402
from photosearch.training.run.objective import COPIES, KINDS, Teaching, parts_of  # noqa: E402
from photosearch.training.run.recipe import Recipe  # noqa: E402

PHOTOS, CLASSES, SIZE, CHANNELS = 12, 3, 16, 12
DIMENSIONS = (8, 4)  # of copies and kinds
PACE = Pace(steps=10, rate=1e-3, head_rate=3e-3, warmup_steps=3, average_decay=0.7)

Weights = dict[str, torch.Tensor]


class SmallBackbone(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.frozen = torch.nn.Conv2d(3, CHANNELS, 3, 2).requires_grad_(False)
        self.trained = torch.nn.Sequential(torch.nn.Conv2d(CHANNELS, CHANNELS, 3, 2), torch.nn.ReLU6())

    def forward(self, levels: torch.Tensor) -> torch.Tensor:
        return self.trained(self.frozen((levels - 127) / 128).relu())


def small_network() -> Descriptor:
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    maps = (linear_map(np.zeros(CHANNELS), rng.standard_normal((rows, CHANNELS))) for rows in DIMENSIONS)
    return Descriptor(SmallBackbone(), GeM(CHANNELS), CopiesAndKinds(*maps, 0.3))


def show(step: int) -> Views:
    """Two views each of half of the photos: noisy colours, whose hue is the photo's and whose light is its class's."""
    rng = np.random.default_rng(step)
    photos = np.repeat(rng.permutation(PHOTOS)[: PHOTOS // 2], 2)
    colours = np.random.default_rng(7).integers(40, 216, (PHOTOS, 3))[photos] + 20 * (photos % CLASSES)[:, None]
    noise = rng.integers(-20, 21, (len(photos), SIZE, SIZE, 3))
    pixels = np.clip(colours[:, None, None] + noise, 0, 255).astype(np.uint8)
    return Views(torch.from_numpy(pixels), torch.from_numpy(photos % CLASSES), torch.from_numpy(photos))


def teaching(network: Descriptor, name: str = "supcon", memory: int = 0, keep: float = 1.0) -> Teaching:
    part = COPIES if name == "sscd" else KINDS
    objective = OBJECTIVES[name](DIMENSIONS[part], CLASSES)
    if memory:
        objective = with_memory(objective, DIMENSIONS[part], memory)
    start = tuple(torch.nn.functional.normalize(torch.randn(PHOTOS, size)) for size in DIMENSIONS)
    return Teaching(objective, part, keep, start, torch.tensor([[0, 1]]))


def begin(pace: Pace = PACE, **choices: object) -> Run:
    network = small_network()
    return Run(network, teaching(network, **choices), pace, "cpu")


def weights_of(network: torch.nn.Module) -> Weights:
    return {name: weights.detach().clone() for name, weights in network.state_dict().items()}


def assert_same(some: Weights, others: Weights) -> None:
    torch.testing.assert_close(some, others, rtol=0, atol=0)


@pytest.mark.parametrize("name", ["supcon", "listwise-ap", "multigrain", "sscd"])
def test_the_loss_falls_and_only_the_frozen_weights_stay(name: str):
    run = begin(replace(PACE, steps=60), name=name, keep=0.1)
    before = weights_of(run.network)
    losses = [run.take_step(show(step)) for step in range(60)]
    assert np.mean(losses[-10:]) < 0.9 * np.mean(losses[:5])
    for key, weights in weights_of(run.network).items():
        assert torch.equal(weights, before[key]) == key.startswith("backbone.frozen."), key


def test_keeping_holds_the_part_that_is_not_taught_where_it_was():
    def copies_moved(keep: float) -> float:
        network = small_network()
        pixels = torch.cat([show(step).pixels for step in (100, 101)])
        photos = torch.cat([show(step).photos for step in (100, 101)])
        with torch.no_grad():
            before = parts_of(network, network.pooled(pixels))[COPIES]
        start = torch.zeros(PHOTOS, DIMENSIONS[COPIES])
        start[photos] = before
        aim = Teaching(OBJECTIVES["supcon"](DIMENSIONS[KINDS], CLASSES), KINDS, keep, (start, start), start[:0, :2])
        aim.rejected = torch.empty(0, 2, dtype=torch.long)
        run = Run(network, aim, replace(PACE, steps=60, rate=3e-3), "cpu")
        for step in range(60):
            run.take_step(show(step))
        with torch.no_grad():
            after = parts_of(run.average, run.average.pooled(pixels))[COPIES]
        return float((1 - (before * after).sum(1)).mean())

    assert copies_moved(keep=10) < 0.5 * copies_moved(keep=0)


def test_the_network_becomes_the_running_average_of_its_steps():
    run = begin()
    average: Weights = {}
    for step in range(PACE.steps):
        run.take_step(show(step))
        share = 1 if not step else 1 - PACE.average_decay
        now = weights_of(run.network)
        average = {
            name: weights + (1 - share) * (average.get(name, weights) - weights) for name, weights in now.items()
        }
    torch.testing.assert_close(weights_of(run.finish()), average, rtol=0, atol=1e-6)
    assert not run.network.training


def test_the_rate_rises_stays_and_falls():
    pace = Pace(steps=20, warmup_steps=4, decay_share=0.5)
    shares = [pace.share_of_rate(step) for step in range(20)]
    assert shares[:4] == pytest.approx([0.25, 0.5, 0.75, 1]) and shares[4:11] == [1.0] * 7
    assert shares[10:] == pytest.approx([(20 - step) / 10 for step in range(10, 20)])


@pytest.mark.parametrize(
    ("name", "memory"), [("supcon", 0), ("supcon", 30), ("margin", 0), ("multigrain", 0), ("stml", 0), ("sscd", 30)]
)
@pytest.mark.parametrize("stopped_at", [1, 6])
def test_a_run_that_resumes_ends_as_if_it_had_not_stopped(name: str, memory: int, stopped_at: int, tmp_path: Path):
    uninterrupted = begin(name=name, memory=memory)
    expected = [uninterrupted.take_step(show(step)) for step in range(PACE.steps)]

    interrupted = begin(name=name, memory=memory)
    for step in range(stopped_at):
        interrupted.take_step(show(step))
    interrupted.save(tmp_path / "checkpoint.pt", order=[torch.arange(3)])
    interrupted.take_step(show(99))  # what happens after a checkpoint is forgotten

    torch.rand(5)
    resumed = begin(name=name, memory=memory)
    state = read_state(tmp_path / "checkpoint.pt")
    assert state and state["notes"]["order"][0].tolist() == [0, 1, 2]
    resumed.load(state)
    assert resumed.step == stopped_at
    assert [resumed.take_step(show(step)) for step in range(stopped_at, PACE.steps)] == expected[stopped_at:]
    assert_same(weights_of(resumed.average), weights_of(uninterrupted.average))


def test_the_power_of_pooling_learns_ten_times_as_fast_and_is_not_drawn_to_zero():
    pace = Pace(steps=10, rate=1e-3, head_rate=2e-3, power_rate=1e-2, warmup_steps=1)
    run = begin(pace)
    before = run.network.pooling.p.item(), weights_of(run.network.backbone.trained)
    run.take_step(show(0))
    moved = max(float((weights - before[1][name]).abs().max())
                for name, weights in weights_of(run.network.backbone.trained).items())  # fmt: skip
    assert abs(run.network.pooling.p.item() - before[0]) == pytest.approx(10 * moved, rel=0.05)
    assert pace_of(Recipe(rate=2e-4), 100).power_rate == pytest.approx(2e-3)


def test_weights_that_are_no_numbers_are_noticed():
    run = begin()
    assert run.is_sound()
    with torch.no_grad():
        run.network.head.kinds.weight[0, 0] = float("nan")
    assert not run.is_sound()


def damage(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:1000])


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def save_another_thing(file: Path) -> None:
    write_state(file, {"step": 1})


@pytest.mark.parametrize(
    "change", [Path.unlink, damage, flip_a_bit, save_another_thing, lambda file: file.write_bytes(b"")]
)
def test_a_checkpoint_that_cannot_be_read_is_none(change: Callable[[Path], object], tmp_path: Path):
    run = begin()
    run.save(tmp_path / "checkpoint.pt")
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]
    change(tmp_path / "checkpoint.pt")
    assert read_state(tmp_path / "checkpoint.pt") is None
