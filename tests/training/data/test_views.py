"""The views that a network learns from, and the order they come in."""

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("photosearch.training.networks.vision")

from photosearch.training.data.cache import Cache
from photosearch.training.data.views import CachedViews, ViewMakers, shuffled
from tests.photos import draw_photo

PHOTOS, SIZE, SEED = 10, 24, 3
AUGMENT = ("crop", "flip", "colour")


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> CachedViews:
    file = tmp_path_factory.mktemp("cache") / "pixels"
    file.write_bytes(b"".join(draw_photo(number, (30, 30)).tobytes() for number in range(PHOTOS)))
    cache = Cache(file, 30, [bytes([number]) for number in range(PHOTOS)])
    return CachedViews(cache, AUGMENT, "none", 2, SIZE, SEED)


def numbers(*some: int) -> np.ndarray:
    return np.array(some, np.int64)


def test_views_depend_on_step_photo_and_seed_alone(cached: CachedViews):
    together = cached(2, numbers(4, 7))
    assert together.shape == (2 * cached.repeated, SIZE, SIZE, 3)
    np.testing.assert_array_equal(together[cached.repeated :], cached(2, numbers(7)))
    assert not np.array_equal(cached(3, numbers(4, 7)), together)


def test_cached_views_of_a_photo_differ(cached: CachedViews):
    one, other = cached(0, numbers(3))
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("mix", ["mixup", "cutmix", "mosaic"])
def test_a_mixed_view_is_mostly_its_own_photo_and_partly_another(cached: CachedViews, mix: str):
    mixing = CachedViews(cached.cache, ("colour",), mix, 2, SIZE, SEED)
    plain = CachedViews(cached.cache, ("colour",), "none", 2, SIZE, SEED)
    some = numbers(*range(PHOTOS))
    mixed, views = mixing(1, some).astype(int), plain(1, some).astype(int)
    assert (mixed != views).any()
    differences = np.abs(mixed[:, None] - views[None]).mean(axis=(2, 3, 4))
    assert (differences.argmin(axis=1) // 2 == np.arange(len(views)) // 2).mean() > 0.6  # by chance 0.1


@pytest.mark.parametrize("processes", [0, 1])
def test_views_come_in_the_order_of_the_jobs(cached: CachedViews, processes: int):
    jobs = [(step, numbers(step % 3, 5)) for step in range(9)]
    with ViewMakers(cached, processes) as makers:
        made = list(makers.make(jobs))
        again = list(makers.make(jobs[:2]))
    assert len(made) == 9
    for job, views in zip(jobs, made, strict=True):
        np.testing.assert_array_equal(views, cached(*job))
    np.testing.assert_array_equal(again[1], made[1])


def test_an_epoch_meets_no_photo_twice_and_the_next_comes_in_another_order():
    steps = [shuffled(step, PHOTOS, 3, SEED) for step in range(9)]
    assert [step for step, _ in steps] == list(range(9))
    epochs = [np.concatenate([some for _, some in steps[start : start + 3]]).tolist() for start in (0, 3, 6)]
    for epoch in epochs:
        assert len(set(epoch)) == len(epoch) == 9
    assert len(set(map(tuple, epochs))) == 3
    assert shuffled(4, PHOTOS, 3, SEED + 1)[1].tolist() != steps[4][1].tolist()


def test_fewer_photos_than_a_step_takes_are_all_in_every_step():
    for step in range(4):
        assert sorted(shuffled(step, 2, 3, SEED)[1].tolist()) == [0, 1]
