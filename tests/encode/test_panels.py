"""Pictures made of pictures are taken apart; photos are not."""

import io

import numpy as np
import pytest
from PIL import Image

from photosearch.encode.panels import Box, find_panels
from photosearch.paths import resources
from tests.photos import open_sample

CELL = (150, 110)


def page(columns: int, rows: int, gap: int, colour: str, first: int = 0) -> tuple[Image.Image, list[Box]]:
    """A page of samples, from the `first` on, as a thumbnail shows it, and where they lie."""
    width, height = CELL
    picture = Image.new("RGB", (columns * (width + gap) + gap, rows * (height + gap) + gap), colour)
    boxes = list[Box]()
    for place in range(columns * rows):
        left, top = gap + place % columns * (width + gap), gap + place // columns * (height + gap)
        picture.paste(open_sample(first + place, CELL), (left, top))
        boxes.append(Box(left, top, left + width, top + height))
    return picture, boxes


def found(picture: Image.Image) -> list[Box]:
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=80)
    with Image.open(jpeg) as thumbnail:
        return find_panels(np.asarray(thumbnail.convert("L")))


def overlap(one: Box, other: Box) -> float:
    """The intersection of two boxes, by their union."""
    both = Box(*map(max, one[:2], other[:2]), *map(min, one[2:], other[2:]))
    shared = both.area if min(both.sides) > 0 else 0
    return shared / (one.area + other.area - shared)


@pytest.mark.parametrize("grid", [(2, 1), (1, 2), (2, 2)])
@pytest.mark.parametrize(("gap", "colour"), [(3, "white"), (8, "black"), (8, "navy")])
def test_a_page_of_photos_is_taken_apart(grid: tuple[int, int], gap: int, colour: str) -> None:
    picture, boxes = page(*grid, gap, colour)
    panels = found(picture)
    assert len(panels) == len(boxes)
    assert all(max(overlap(box, panel) for panel in panels) > 0.85 for box in boxes)


@pytest.mark.parametrize("colour", ["white", "black"])
def test_a_row_of_upright_photos_above_wide_ones(colour: str) -> None:
    gap, (width, height) = 20, CELL
    picture, boxes = Image.new("RGB", (2 * width + 3 * gap, 2 * height + 3 * gap), colour), list[Box]()
    for place in range(4):
        size = (width, height) if place > 1 else (height * 2 // 3, height)
        left = gap + place % 2 * (width + gap) + (width - size[0]) // 2
        top = gap + place // 2 * (height + gap)
        picture.paste(open_sample(place, size), (left, top))
        boxes.append(Box(left, top, left + size[0], top + size[1]))
    panels = found(picture)
    assert all(max(overlap(box, panel) for panel in panels) > 0.85 for box in boxes)


def test_a_pale_sky_beside_a_white_gutter_belongs_to_its_photo() -> None:
    picture, boxes = page(2, 2, 6, "white")
    left, top, right, _ = boxes[2]
    picture.paste((235, 235, 235), (left, top, right, top + 30))
    panels = found(picture)
    assert all(max(overlap(box, panel) for panel in panels) > 0.85 for box in boxes)


def test_two_photos_side_by_side_without_anything_between() -> None:
    width, height = CELL
    complete = 0
    for place in range(0, 8, 2):
        picture = Image.new("RGB", (2 * width, height))
        boxes = [Box(0, 0, width, height), Box(width, 0, 2 * width, height)]
        for number, box in enumerate(boxes):
            picture.paste(open_sample(place + number, CELL), box[:2])
        panels = found(picture)
        complete += len(panels) == 2 and all(max(overlap(box, panel) for panel in panels) > 0.85 for box in boxes)
    assert complete >= 3, "where both are alike at the seam, nothing tells it"


def test_a_page_of_equal_photos_without_anything_between() -> None:
    complete = [len(found(page(2, 2, 0, "white", start)[0])) == 4 for start in range(5)]
    assert sum(complete) >= 4


def test_a_screenshot_with_text_around_two_photos() -> None:
    picture = Image.new("RGB", (200, 380), "whitesmoke")
    boxes = [Box(20, 60, 20 + CELL[0], 60 + CELL[1]), Box(20, 220, 20 + CELL[0], 220 + CELL[1])]
    for place, box in enumerate(boxes):
        picture.paste(open_sample(place, CELL), box[:2])
    panels = found(picture)
    assert all(max(overlap(box, panel) for panel in panels) > 0.85 for box in boxes)


def test_hardly_any_photo_is_taken_apart() -> None:
    photos = sorted((resources() / "samples" / "photos").rglob("*.jpg"))
    apart = 0
    for photo in photos:
        with Image.open(photo) as opened:
            opened.thumbnail((384, 384))
            apart += bool(found(opened.convert("RGB")))
    assert len(photos) >= 40
    assert apart <= 0.05 * len(photos)


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (7, 9), (384, 384)])
def test_what_shows_nothing_has_no_panels(size: tuple[int, int]) -> None:
    ramp = np.broadcast_to(np.linspace(0, 255, size[0]).astype(np.uint8), size[::-1])
    assert find_panels(np.full(size[::-1], 200, np.uint8)) == find_panels(ramp) == []


def test_noise_and_checks_end() -> None:
    random = np.random.default_rng(0)
    assert find_panels(random.integers(0, 256, (384, 256), np.uint8)) == []
    checks = np.kron(np.indices((48, 48)).sum(axis=0) % 2 * 255, np.ones((8, 8))).astype(np.uint8)
    assert len(find_panels(checks)) <= 16
