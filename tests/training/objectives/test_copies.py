"""The objective of the default encoder: pictures told apart, scenes recognised, families unchanged."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")
pytest.importorskip("pytorch_metric_learning")

from torch import nn  # noqa: E402

from photosearch.training.augmentations.album import VIEWS  # noqa: E402
from photosearch.training.data.relations import relate  # noqa: E402
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor  # noqa: E402
from photosearch.training.networks.pooling import SPoC  # noqa: E402
from photosearch.training.objectives.aim import Views  # noqa: E402
from photosearch.training.objectives.copies import CopiesAndKindsAim, Weights, tell_apart  # noqa: E402

PHOTOS, CHANNELS, COPIES, KINDS = 6, 8, 4, 3


def network() -> Descriptor:
    torch.manual_seed(0)
    head = CopiesAndKinds(nn.Linear(CHANNELS, COPIES), nn.Linear(CHANNELS, KINDS), 0.25)
    return Descriptor(nn.Conv2d(3, CHANNELS, 1), SPoC(CHANNELS), head)


def aim_with(families: list[int], cameras: tuple[tuple[int, int], ...] = (), **weights: float) -> CopiesAndKindsAim:
    none = np.zeros((0, 2), np.int64)
    frames = np.array(cameras, np.int64).reshape(-1, 2)
    relations = relate(np.array(families), none, np.zeros(0, np.int64), none, frames)
    kinds = nn.functional.normalize(torch.ones(PHOTOS, KINDS))
    return CopiesAndKindsAim(COPIES, kinds, relations, 0.1, Weights(0.0, 0.0, 0.0, 1.0)._replace(**weights))


def views_of(numbers: list[int], scenes: list[int]) -> Views:
    photos = torch.tensor(numbers).repeat_interleave(VIEWS)
    pixels = torch.randint(0, 256, (len(photos), 5, 5, 3), generator=torch.Generator().manual_seed(1))
    return Views(pixels.to(torch.uint8), torch.tensor(scenes).repeat_interleave(VIEWS), photos)


def test_telling_apart_is_the_cross_entropy_of_each_match_among_the_others():
    scores = torch.randn(3, 5, generator=torch.Generator().manual_seed(0))
    matches = torch.zeros(3, 3, dtype=torch.bool)
    matches[0, 1] = matches[1, 0] = True
    others = torch.zeros(3, 5, dtype=torch.bool)
    others[:, 3:] = True
    expected = [
        nn.functional.cross_entropy(torch.stack([scores[row, match], *scores[row, 3:]])[None], torch.tensor([0]))
        for row, match in ((0, 1), (1, 0))
    ]
    torch.testing.assert_close(tell_apart(scores, matches, others), sum(expected) / 2)


def test_without_a_match_there_is_nothing_to_learn():
    scores = torch.ones(2, 2, requires_grad=True)
    loss = tell_apart(scores, torch.zeros(2, 2, dtype=torch.bool), torch.ones(2, 2, dtype=torch.bool))
    assert loss.item() == 0


def test_photos_of_a_family_are_not_told_apart():
    views = views_of([0, 1], [0, 1])
    strangers, family = (
        aim_with(labels)(network(), network(), views) for labels in ([0, 1, 2, 3, 4, 5], [0, 0, 2, 3, 4, 5])
    )
    assert strangers > 0.1
    assert family == 0  # nothing else is in the step, and nothing remembered


def test_other_shots_count_by_their_weight():
    views = views_of([0, 1, 2], [0, 0, 1])
    none, some = (aim_with([0, 0, 2, 3, 4, 5], scenes=weight)(network(), network(), views) for weight in (0, 0.5))
    assert some > none


def test_frames_of_a_fixed_camera_are_told_apart_as_surely_as_many_photos_and_not_drawn_together():
    views = views_of([0, 1], [0, 0])

    def loss(frame: float, scenes: float) -> float:
        aim = aim_with([0, 1, 2, 3, 4, 5], cameras=((0, 1),), frame=frame, scenes=scenes)
        return aim(network(), network(), views).item()

    assert loss(20, 0) > loss(1, 0) + 1  # the logarithm of 20 at most
    assert loss(1, 1) == loss(1, 0)


def test_each_photo_is_told_from_those_of_earlier_steps():
    aim, trained = aim_with([0, 1, 2, 3, 4, 5]), network()
    first = aim(trained, trained, views_of([0, 1], [0, 1]))
    aim(trained, trained, views_of([2, 3], [0, 1]))
    assert aim(trained, trained, views_of([0, 1], [0, 1])) > first
    assert aim.remembered.tolist() == [True] * 4 + [False] * 2
    torch.testing.assert_close(aim.memory[:4].norm(dim=1), torch.ones(4))
