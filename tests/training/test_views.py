"""The views that a network learns from, and the order they come in."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")

from photosearch.encode.preprocess import fit  # noqa: E402
from photosearch.errors import FolderError  # noqa: E402
from photosearch.training.views import Batch, Views, batches  # noqa: E402
from tests.photos import save_photo  # noqa: E402

PHOTOS, EDITED, SIZE, SEED = 10, 2, 24, 3
PHOTOS_A_STEP = 3
HARD_FROM = 6
STEPS_AN_EPOCH = PHOTOS // PHOTOS_A_STEP


@pytest.fixture(scope="module")
def photos(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("photos")
    return [Path(save_photo(folder / f"{number}.png", number)) for number in range(PHOTOS)]


@pytest.fixture(scope="module")
def views(photos: list[Path]) -> Views:
    return Views(photos, EDITED, SIZE, SEED, HARD_FROM)


@pytest.fixture(scope="module")
def uninterrupted(views: Views) -> list[Batch]:
    return take(views, range(3 * STEPS_AN_EPOCH))


def take(views: Views, steps: range, workers: int = 0) -> list[Batch]:
    return list(batches(views, PHOTOS_A_STEP, steps, workers))


def assert_equal(some: list[Batch], others: list[Batch]) -> None:
    for (pixels, numbers), (other_pixels, other_numbers) in zip(some, others, strict=True):
        assert torch.equal(numbers, other_numbers) and torch.equal(pixels, other_pixels)


def photos_of(some: list[Batch]) -> list[int]:
    return [int(number) for _, numbers in some for number in numbers[:: 1 + EDITED]]


def test_an_item_is_the_plain_photo_and_edits_of_it(views: Views, photos: list[Path]):
    for number in range(PHOTOS):
        pixels, numbers = views[(5, number)]
        assert (pixels.dtype, pixels.shape) == (torch.uint8, (1 + EDITED, SIZE, SIZE, 3))
        assert numbers.tolist() == [number] * (1 + EDITED)
        with Image.open(photos[number]) as photo:
            np.testing.assert_array_equal(pixels[0], fit(photo, SIZE, "squash"))
        assert len({view.numpy().tobytes() for view in pixels}) == 1 + EDITED


def test_every_step_edits_a_photo_differently(views: Views):
    edits = {views[(step, 0)][0][1].numpy().tobytes() for step in range(4)}
    assert len(edits) == 4


def test_views_grow_harder_from_the_step_that_was_set(views: Views, photos: list[Path]):
    easy = Views(photos, EDITED, SIZE, SEED, hard_from=100)
    for step in range(2 * HARD_FROM):
        (plain, *edited), (easy_plain, *easy_edited) = views[(step, 0)][0], easy[(step, 0)][0]
        assert torch.equal(plain, easy_plain)
        same = [torch.equal(view, other) for view, other in zip(edited, easy_edited, strict=True)]
        assert all(same) if step < HARD_FROM else not all(same)


def test_a_batch_holds_the_views_of_its_photos_side_by_side(uninterrupted: list[Batch], views: Views):
    pixels, numbers = uninterrupted[4]
    drawn = numbers[:: 1 + EDITED].tolist()
    assert numbers.tolist() == [number for number in drawn for _ in range(1 + EDITED)]
    assert torch.equal(pixels, torch.cat([views[(4, number)][0] for number in drawn]))


def test_an_epoch_meets_no_photo_twice_and_the_next_comes_in_another_order(uninterrupted: list[Batch]):
    epochs = [photos_of(uninterrupted[start : start + STEPS_AN_EPOCH]) for start in range(0, 9, STEPS_AN_EPOCH)]
    for epoch in epochs:
        assert len(set(epoch)) == len(epoch) == STEPS_AN_EPOCH * PHOTOS_A_STEP
    assert len({tuple(epoch) for epoch in epochs}) == 3


def test_fewer_photos_than_a_step_takes_are_all_in_every_step(photos: list[Path]):
    few = Views(photos[:2], EDITED, SIZE, SEED, HARD_FROM)
    for batch in take(few, range(4)):
        assert sorted(photos_of([batch])) == [0, 1]


@pytest.mark.parametrize("start", [1, STEPS_AN_EPOCH, STEPS_AN_EPOCH + 2])
def test_a_run_that_resumes_sees_what_it_would_have_seen(views: Views, uninterrupted: list[Batch], start: int):
    assert_equal(take(views, range(start, 3 * STEPS_AN_EPOCH)), uninterrupted[start:])


def test_a_worker_process_makes_the_same_views(views: Views, uninterrupted: list[Batch]):
    assert_equal(take(views, range(2, 4), workers=1), uninterrupted[2:4])


def test_another_seed_gives_other_views_in_another_order(photos: list[Path], uninterrupted: list[Batch]):
    other = take(Views(photos, EDITED, SIZE, SEED + 1, HARD_FROM), range(STEPS_AN_EPOCH))
    assert photos_of(other) != photos_of(uninterrupted[:STEPS_AN_EPOCH])


@pytest.mark.parametrize("workers", [0, 1])
def test_a_photo_that_has_gone_ends_the_run_with_a_sentence(workers: int, tmp_path: Path, photos: list[Path]):
    views = Views([tmp_path / "gone.png", *photos[:2]], EDITED, SIZE, SEED, HARD_FROM)
    with pytest.raises(FolderError, match="cannot be read any more"):
        take(views, range(1), workers)
