"""Relations of two photos, on samples whose edits are known and on edits made here."""

import io
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from photosearch.find.registration.verify import Described, describe, verify
from photosearch.models import Evidence, Verdict
from photosearch.paths import resources
from tests.photos import draw_photo, open_sample

SAMPLES = resources() / "samples" / "photos"
ORIGINALS = ["Animals/Jaguars.jpg", "Holiday/India/Hawa Mahal.jpg", "Animals/Red panda.jpg"]


def open_thumbnail(name: str) -> Image.Image:
    with Image.open(SAMPLES / name) as photo:
        photo = photo.convert("RGB")
    photo.thumbnail((384, 384))
    return photo


def look(photo: Image.Image) -> Described:
    photo = photo.copy()
    photo.thumbnail((384, 384))
    return describe(np.asarray(photo))


@cache
def described(name: str) -> Described:
    return look(open_thumbnail(name))


def compare(one: str, other: str) -> Verdict:
    return verify(described(one), described(other))


def evidence(verdict: Verdict) -> Evidence:
    assert verdict.evidence is not None
    return verdict.evidence


def moved(verdict: Verdict, points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """Points of the other photo, in 0..1, where the evidence sees them in the first."""
    return np.column_stack([points, np.ones(len(points))]) @ np.reshape(evidence(verdict).transform, (2, 3)).T


@pytest.mark.parametrize(
    ("original", "copy", "tier"),
    [
        ("Animals/Jaguars.jpg", "Jaguars cropped.jpg", "edited"),
        ("Animals/Cats/Chelsea.jpg", "Chelsea mirrored.jpg", "edited"),
        ("Animals/Red panda.jpg", "Red panda on its side.jpg", "edited"),
        ("Food/Coffee.jpg", "Coffee tilted.jpg", "edited"),
        ("Animals/Koala.jpg", "Koala in grey.jpg", "edited"),
        ("Holiday/France/Mont Saint-Michel.jpg", "Postcard.jpg", "edited"),
        ("People/Astronaut.jpg", "Screenshot.jpg", "edited"),
        ("Animals/Cats/Tortoiseshell.jpg", "Tortoiseshell print.jpg", "edited"),
        ("Holiday/Germany/Neuschwanstein.jpg", "Neuschwanstein filtered.jpg", "edited"),
        ("Holiday/Paris/Eiffel Tower.jpg", "Eiffel Tower sent.jpg", "same"),
        ("Animals/Owl.jpg", "Owl half size.png", "same"),
        ("Holiday/India/Hawa Mahal.jpg", "Hawa Mahal half size.webp", "same"),
    ],
)
def test_a_copy_of_a_sample_is_found_from_both_sides(original: str, copy: str, tier: str) -> None:
    for verdict in (compare(original, f"Edited/{copy}"), compare(f"Edited/{copy}", original)):
        assert verdict.tier == tier
        assert evidence(verdict).mirrored == ("mirrored" in copy)


def crop(photo: Image.Image) -> Image.Image:
    return photo.crop((photo.width // 4, photo.height // 5, photo.width, photo.height))


def border(photo: Image.Image) -> Image.Image:
    return ImageOps.expand(photo, (photo.width // 4, photo.height // 5), (200, 30, 60))


def stretch(photo: Image.Image) -> Image.Image:
    return photo.resize((photo.width * 3 // 4, photo.height))


def collage(photo: Image.Image) -> Image.Image:
    page = Image.new("RGB", (photo.width * 2, photo.height * 2), "white")
    for place, seed in enumerate((1, 2, 3)):
        page.paste(draw_photo(seed, photo.size), (place % 2 * photo.width, place // 2 * photo.height))
    page.paste(photo, photo.size)
    return page


@pytest.mark.parametrize("name", ORIGINALS)
@pytest.mark.parametrize(
    ("edit", "transform"),
    [
        (crop, (0.75, 0, 0.25, 0, 0.8, 0.2)),
        (border, (1.5, 0, -0.25, 0, 1.4, -0.2)),
        (stretch, (1, 0, 0, 0, 1, 0)),
        (collage, (2, 0, -1, 0, 2, -1)),
        (ImageOps.mirror, (-1, 0, 1, 0, 1, 0)),
        (ImageOps.flip, (1, 0, 0, 0, -1, 1)),
        (lambda photo: photo.rotate(90, expand=True), (0, -1, 1, 1, 0, 0)),
        (lambda photo: photo.rotate(180), (-1, 0, 1, 0, -1, 1)),
        (ImageOps.grayscale, (1, 0, 0, 0, 1, 0)),
        (lambda photo: ImageEnhance.Brightness(photo).enhance(1.3), (1, 0, 0, 0, 1, 0)),
    ],
)
def test_the_evidence_tells_where_the_edited_photo_lies(
    name: str, edit: Callable[[Image.Image], Image.Image], transform: tuple[float, ...]
) -> None:
    photo = open_thumbnail(name)
    verdict = verify(described(name), look(edit(photo).convert("RGB")))
    assert verdict.tier == "edited"
    assert evidence(verdict).mirrored == (edit in (ImageOps.mirror, ImageOps.flip))
    corners = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float64)
    expected = np.column_stack([corners, np.ones(4)]) @ np.reshape(transform, (2, 3)).T
    inside = [tuple(corner) for corner in corners]
    np.testing.assert_allclose(moved(verdict, inside), expected, atol=0.02 * max(1, abs(transform[0])))
    left, top = np.clip(expected.min(0), 0, 1)
    right, bottom = np.clip(expected.max(0), 0, 1)
    np.testing.assert_allclose(evidence(verdict).overlap, (left, top, right - left, bottom - top), atol=0.03)


def contact_sheet(photos: list[Image.Image], gap: int = 4) -> Image.Image:
    """Three times three photos of 160 × 120."""
    sheet = Image.new("RGB", (3 * 160 + 4 * gap, 3 * 120 + 4 * gap), "white")
    for number, photo in enumerate(photos):
        row, column = divmod(number, 3)
        sheet.paste(photo.resize((160, 120)), (gap + column * (160 + gap), gap + row * (120 + gap)))
    return sheet


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_each_photo_is_found_on_a_page_where_it_lies(is_mirrored: bool) -> None:
    photos = [open_sample(number, (384, 288)) for number in range(9)]
    shown = [ImageOps.mirror(photo) for photo in photos] if is_mirrored else photos
    pixels = np.asarray(contact_sheet(shown))
    page, corners, found_whole = describe(pixels, is_page=True), [(0.0, 0.0), (1.0, 1.0)], 0
    for number, photo in enumerate(photos):
        there, back = verify(page, look(photo)), verify(look(photo), page)
        assert (there.tier, back.tier) == ("edited", "edited")
        left, top, across, down = 4 + 164 * (number % 3), 4 + 124 * (number // 3), 160, 120
        ends = np.array([(left, top), (left + across, top + down)]) / (496, 376)
        expected = np.column_stack([ends[::-1, 0], ends[:, 1]]) if is_mirrored else ends
        np.testing.assert_allclose(moved(there, corners), expected, atol=0.01)
        np.testing.assert_allclose(moved(back, [tuple(end) for end in expected]), corners, atol=0.04)
        assert evidence(there).mirrored == evidence(back).mirrored == is_mirrored
        found_whole += verify(describe(pixels), look(photo)).tier == "edited"
    assert found_whole < len(photos), "else panels need not be compared"


def test_a_page_without_a_photo_is_no_copy_of_it() -> None:
    page = describe(np.asarray(contact_sheet([open_sample(number, (384, 288)) for number in range(6)])), is_page=True)
    assert len(page.panels) == 6
    for number in range(6, 9):
        assert verify(page, look(open_sample(number, (384, 288)))).tier not in ("same", "edited")


@pytest.mark.parametrize("name", ORIGINALS)
def test_what_covers_a_part_makes_an_edit_however_small(name: str) -> None:
    photo = open_thumbnail(name)
    brush = ImageDraw.Draw(photo)
    brush.ellipse((40, 40, 90, 90), fill=(250, 220, 30))
    assert verify(described(name), look(photo)).tier == "edited"


def test_other_shots_of_a_scene_are_similar_at_most() -> None:
    for one, other in (
        ("Windmills/Linda 1.jpg", "Windmills/Linda 2.jpg"),
        ("Animals/Under water/Anthias 1.jpg", "Animals/Under water/Anthias 2.jpg"),
        ("Holiday/Paris/Eiffel Tower.jpg", "Holiday/Paris/Eiffel Tower again.jpg"),
        ("Holiday/America/Mount Rushmore.jpg", "Holiday/America/Mount Rushmore closer.jpg"),
        ("Holiday/America/Statue of Liberty.jpg", "Holiday/America/Statue of Liberty closer.jpg"),
        ("Holiday/India/Qutub Minar.jpg", "Holiday/India/Qutub Minar through the arch.jpg"),
    ):
        assert compare(one, other).tier in (None, "similar"), (one, other)


@pytest.mark.parametrize("name", ORIGINALS)
def test_two_views_that_each_show_something_of_their_own_are_similar_at_most(name: str) -> None:
    photo = open_thumbnail(name)
    left, right = (
        photo.crop((shift, 0, photo.width * 3 // 4 + shift, photo.height)) for shift in (0, photo.width // 4)
    )
    assert verify(look(left), look(right)).tier == "similar"


def test_unrelated_photos_are_not_related() -> None:
    names = sorted(str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("Animals/*.jpg"))
    names += ["Sky/Ring Nebula.jpg", "Food/Coffee.jpg", "People/Astronaut.jpg"]
    for place, one in enumerate(names):
        for other in names[:place]:
            assert compare(one, other).tier is None, (one, other)


def test_flat_photos_resemble_nothing() -> None:
    grain = np.random.default_rng(1).normal(0, 1.5, (2, 256, 384, 3))
    flat = [
        Image.fromarray(np.clip(level + part, 0, 255).astype(np.uint8))
        for level, part in zip((90, 91), grain, strict=True)
    ]
    flat += [Image.new("RGB", (384, 256), colour) for colour in ("white", "black", "#808080")]
    photos = [look(photo) for photo in flat]
    for place, one in enumerate(photos):
        for other in photos[:place]:
            assert verify(one, other).tier is None


def asphalt(seed: int) -> Image.Image:
    """Grain under a light that falls off, of which hardly anything is left in a thumbnail."""
    rng, light = np.random.default_rng(seed), np.linspace(130, 100, 1200)[:, None] + np.linspace(0, 12, 1600)
    return Image.fromarray(np.clip(light + rng.normal(0, 9, light.shape), 0, 255).astype(np.uint8)).convert("RGB")


@pytest.mark.parametrize(
    ("edit", "tier"),
    [
        (Image.Image.copy, "same"),
        (lambda photo: photo.reduce(2), "same"),
        (lambda photo: photo.transpose(Image.Transpose.ROTATE_90), "edited"),
        (lambda photo: photo.point([level * 4 // 5 for level in range(256)] * 3), "edited"),
    ],
    ids=["saved", "half", "turned", "darker"],
)
def test_a_copy_of_a_photo_of_nothing_but_grain_is_found(edit: Callable[[Image.Image], Image.Image], tier: str) -> None:
    photo, packed = asphalt(1), io.BytesIO()
    edit(photo).save(packed, "JPEG", quality=80)
    with Image.open(packed) as copy:
        assert verify(look(photo), look(copy)).tier == tier
    assert verify(look(photo), look(edit(asphalt(2)))).tier is None


def test_a_frame_around_nothing_is_no_picture() -> None:
    random = np.random.default_rng(1)
    dark = [Image.fromarray(random.integers(0, 4, (256, 384, 3), np.uint8)) for _ in range(2)]
    one, other = (look(ImageOps.expand(photo, (3, 0, 0, 0), "white")) for photo in dark)
    assert verify(one, other).tier in (None, "similar")


def test_a_verdict_is_always_the_same() -> None:
    first = compare("Food/Coffee.jpg", "Edited/Coffee tilted.jpg")
    again = verify(look(open_thumbnail("Food/Coffee.jpg")), look(open_thumbnail("Edited/Coffee tilted.jpg")))
    assert first == again


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 400), st.integers(0, 5), st.booleans())
def test_photos_of_any_size_are_compared(width: int, height: int, other_side: int, seed: int, noise: bool) -> None:
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (height, width, 3), np.uint8)
    other = random.integers(0, 256, (8, 8, 3), np.uint8) if noise else np.asarray(draw_photo(seed, (other_side, 40)))
    for verdict in (verify(describe(small), describe(other)), verify(describe(other), describe(small))):
        if verdict.evidence is not None:
            assert all(np.isfinite([*verdict.evidence.transform, *verdict.evidence.overlap]))
