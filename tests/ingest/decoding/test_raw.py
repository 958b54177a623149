"""Camera RAW: seen through its preview, or developed where that is missing, damaged or too small, always upright."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from photosearch.encode.preprocess import fit
from photosearch.models import Decoded, Region
from tests.ingest.conftest import SIDE
from tests.ingest.dng import save_dng
from tests.photos import difference, draw_photo, make_exif, open_thumbnail, save_photo

Read = Callable[..., Decoded]
Fail = Callable[..., str]
DEVELOPED = 16.0  # of 255: LibRaw brightens what it develops; a wrong turn changes more than 30

SENSOR = draw_photo(11, (800, 600))  # as the sensor lies in the camera
UPRIGHT = {
    1: SENSOR,
    3: SENSOR.transpose(Image.Transpose.ROTATE_180),
    6: SENSOR.transpose(Image.Transpose.ROTATE_270),
    8: SENSOR.transpose(Image.Transpose.ROTATE_90),
}


def as_jpeg(photo: Image.Image) -> bytes:
    packed = io.BytesIO()
    photo.save(packed, "JPEG", quality=95)
    return packed.getvalue()


def assert_shows(decoded: Decoded, photo: Image.Image, tolerance: float) -> None:
    thumbnail = open_thumbnail(decoded)
    assert difference(decoded.pixels, fit(photo, SIDE, "squash")) < tolerance
    assert (thumbnail.width < thumbnail.height) == (photo.width < photo.height)


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_a_raw_without_a_preview_is_developed(tmp_path: Path, read: Read, orientation: int) -> None:
    save_dng(tmp_path / "photo.dng", SENSOR, orientation)
    decoded = read(tmp_path / "photo.dng")
    assert_shows(decoded, UPRIGHT[orientation], DEVELOPED)
    assert (decoded.facts.width, decoded.facts.height) == UPRIGHT[orientation].size


@pytest.mark.parametrize(
    ("orientation", "upright"), [(1, False), (3, False), (6, False), (8, False), (6, True), (8, True)]
)  # nothing tells an upright preview from one that is upside down
def test_a_preview_that_is_large_enough_is_taken(tmp_path: Path, read: Read, orientation: int, upright: bool) -> None:
    other = draw_photo(12, (800, 600))  # another scene, to know it by
    seen = {6: other.transpose(Image.Transpose.ROTATE_270), 8: other.transpose(Image.Transpose.ROTATE_90)}
    seen |= {1: other, 3: other.transpose(Image.Transpose.ROTATE_180)}
    preview = seen[orientation] if upright else other
    save_dng(tmp_path / "photo.dng", SENSOR, orientation, as_jpeg(preview))
    decoded = read(tmp_path / "photo.dng")
    assert_shows(decoded, seen[orientation], 4)
    assert (decoded.facts.width, decoded.facts.height) == UPRIGHT[orientation].size


def test_a_preview_that_is_too_small_is_not_taken(tmp_path: Path, read: Read) -> None:
    save_dng(tmp_path / "photo.dng", SENSOR, 6, as_jpeg(draw_photo(12, (160, 120))))
    decoded = read(tmp_path / "photo.dng")
    assert_shows(decoded, UPRIGHT[6], DEVELOPED)
    assert (decoded.facts.width, decoded.facts.height) == (600, 800)


@pytest.mark.parametrize("preview", [b"\xff\xd8\xff" + bytes(200), as_jpeg(SENSOR)[:5000]], ids=["ruined", "cut short"])
def test_a_raw_with_a_damaged_preview_is_developed(tmp_path: Path, read: Read, preview: bytes) -> None:
    save_dng(tmp_path / "photo.dng", SENSOR, 6, preview)
    assert_shows(read(tmp_path / "photo.dng"), UPRIGHT[6], DEVELOPED)


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize("preview", [None, as_jpeg(SENSOR)], ids=["developed", "preview"])
def test_a_region_of_a_raw(tmp_path: Path, read: Read, orientation: int, preview: bytes | None) -> None:
    save_dng(tmp_path / "photo.dng", SENSOR, orientation, preview)
    decoded = read(tmp_path / "photo.dng", Region(300, 100, 200, 300))
    assert_shows(decoded, UPRIGHT[orientation].crop((300, 100, 500, 400)), DEVELOPED)


@pytest.mark.parametrize("preview", [None, as_jpeg(SENSOR)], ids=["developed", "preview"])
def test_the_facts_of_a_raw(tmp_path: Path, read: Read, preview: bytes | None) -> None:
    save_dng(tmp_path / "photo.dng", SENSOR, 1, preview)
    facts = read(tmp_path / "photo.dng").facts
    assert (facts.format, facts.camera, facts.taken_at) == ("RAW", "Ada One", "2024-05-06T07:08:09")


@pytest.mark.parametrize("name", ["photo.nef", "photo.arw", "photo.dng"])
def test_an_ordinary_tiff_with_the_name_of_a_raw_is_read(tmp_path: Path, read: Read, name: str) -> None:
    Path(save_photo(tmp_path / "photo.tif", 11, (400, 300), make_exif(1))).rename(tmp_path / name)
    decoded = read(tmp_path / name)
    assert_shows(decoded, draw_photo(11, (400, 300)), 4)
    assert (decoded.facts.width, decoded.facts.height, decoded.facts.format) == (400, 300, "TIFF")


def test_a_raw_that_is_cut_short_is_unreadable(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "photo.dng"
    save_dng(path, SENSOR)
    path.write_bytes(path.read_bytes()[:100_000])
    assert fail(path)
