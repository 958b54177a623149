"""Metadata of a photo: when, where and with what it was taken, and nothing where that is nonsense."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from photosearch.models import Decoded, Facts
from tests.photos import draw_photo, make_exif, save_photo

Tell = Callable[..., Facts]

# As the program itself does: Pillow's remarks on a damaged EXIF are no news.
pytestmark = pytest.mark.filterwarnings(r"ignore:::PIL\.")


@pytest.fixture
def tell(tmp_path: Path, read: Callable[..., Decoded]) -> Tell:
    """Write a photo with these EXIF tags, and read its facts."""

    def tell(
        main: dict[int, Any] | None = None, details: dict[int, Any] | None = None, gps: dict[int, Any] | None = None
    ) -> Facts:
        exif = Image.Exif()
        exif.update(main or {})
        if details:
            exif[IFD.Exif] = details
        if gps:
            exif[IFD.GPSInfo] = gps
        return read(save_photo(tmp_path / "photo.jpg", exif=exif)).facts

    return tell


def test_a_photo_without_exif_says_nothing(tell: Tell) -> None:
    facts = tell()
    assert (facts.taken_at, facts.camera, facts.lens, facts.latitude, facts.longitude) == (None,) * 5
    assert (facts.format, facts.width, facts.height) == ("JPEG", 96, 64)


def test_the_moment_the_shutter_opened_comes_first(tell: Tell) -> None:
    main = {Base.DateTime: "2024:01:03 03:03:03"}
    details = {Base.DateTimeOriginal: "2024:01:01 01:01:01", Base.DateTimeDigitized: "2024:01:02 02:02:02"}
    assert tell(main, details).taken_at == "2024-01-01T01:01:01"
    del details[Base.DateTimeOriginal]
    assert tell(main, details).taken_at == "2024-01-02T02:02:02"
    assert tell(main).taken_at == "2024-01-03T03:03:03"


@pytest.mark.parametrize(
    ("fraction", "told"),
    [
        ("5", ".5"),
        ("123", ".123"),
        ("007 ", ".007"),
        ("123456789", ".123456"),
        ("", ""),
        ("x", ""),
        ("-1", ""),
        ("²", ""),
    ],
)
def test_the_fraction_of_a_second(tell: Tell, fraction: str, told: str) -> None:
    details = {Base.DateTimeOriginal: "2024:05:06 07:08:09", Base.SubsecTimeOriginal: fraction.encode()}
    assert tell({}, details).taken_at == "2024-05-06T07:08:09" + told


def test_each_date_has_a_fraction_of_its_own(tell: Tell) -> None:
    details = {Base.SubsecTimeOriginal: "11", Base.SubsecTimeDigitized: "22", Base.SubsecTime: "33"}
    assert tell({Base.DateTime: "2024:05:06 07:08:09"}, details).taken_at == "2024-05-06T07:08:09.33"


@pytest.mark.parametrize(
    "date",
    ["0000:00:00 00:00:00", "    :  :     :  :  ", "2024:02:30 00:00:00", "2024:05:06 24:00:00", "yesterday", "\0", ""],
)
def test_a_date_that_never_was_gives_way_to_the_next(tell: Tell, date: str) -> None:
    main, details = {Base.DateTime: "2024:05:06 07:08:09"}, {Base.DateTimeOriginal: date}
    assert tell(main, details).taken_at == "2024-05-06T07:08:09"
    assert tell({}, details).taken_at is None


def test_a_date_with_rubbish_behind_its_end(tell: Tell) -> None:
    assert tell({Base.DateTime: "2024:05:06 07:08:09\0\0x"}).taken_at == "2024-05-06T07:08:09"


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("FUJIFILM", "X-T5", "FUJIFILM X-T5"),
        ("NIKON CORPORATION", "NIKON D90", "NIKON D90"),
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("canon", "CANON EOS 5D", "CANON EOS 5D"),
        ("  Ada  ", " One\0\0", "Ada One"),
        ("Ada\0hidden", "One", "Ada One"),
        ("Ada", "", "Ada"),
        ("", "One", "One"),
        ("A\x07da", "One\n", "Ada One"),
        (" ", "\0", None),
        (b"Ad\xe9", b"\xff", "Adé ÿ"),
    ],
)
def test_the_camera_with_its_maker_once(tell: Tell, make: str | bytes, model: str | bytes, camera: str | None) -> None:
    assert tell({Base.Make: make, Base.Model: model}).camera == camera


def test_the_lens(tell: Tell) -> None:
    assert tell({}, {Base.LensModel: "XF35mmF2 R WR\0"}).lens == "XF35mmF2 R WR"


def degrees(north: tuple[Any, ...], east: tuple[Any, ...], ns: str = "N", ew: str = "E") -> dict[int, Any]:
    return {
        GPS.GPSLatitudeRef: ns, GPS.GPSLatitude: north, GPS.GPSLongitudeRef: ew, GPS.GPSLongitude: east,
    }  # fmt: skip


@pytest.mark.parametrize(("ns", "ew", "signs"), [("N", "E", (1, 1)), ("S", "W", (-1, -1)), ("S", "E", (-1, 1))])
def test_the_place(tell: Tell, ns: str, ew: str, signs: tuple[int, int]) -> None:
    facts = tell({}, None, degrees((51.0, 28.0, 40.12), (0.0, 0.0, 5.31), ns, ew))
    assert facts.latitude == pytest.approx(signs[0] * 51.477811, abs=1e-5)
    assert facts.longitude == pytest.approx(signs[1] * 0.001475, abs=1e-5)


@pytest.mark.parametrize(
    "gps",
    [
        degrees((999.0, 0.0, 0.0), (4.0, 0.0, 0.0)),
        degrees((4.0, 0.0, 0.0), (181.0, 0.0, 0.0)),
        degrees((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        degrees((IFDRational(1, 0), 0.0, 0.0), (4.0, 0.0, 0.0)),
        degrees((IFDRational(0, 0), 0.0, 0.0), (4.0, 0.0, 0.0)),
        degrees((4.0,), (4.0, 0.0, 0.0)),
        {GPS.GPSLatitude: (4.0, 0.0, 0.0), GPS.GPSLatitudeRef: "N"},
    ],
)
def test_a_place_that_is_not_on_earth_is_none(tell: Tell, gps: dict[int, Any]) -> None:
    facts = tell({}, None, gps)
    assert (facts.latitude, facts.longitude) == (None, None)


@pytest.mark.parametrize("exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"])
def test_a_ruined_exif_says_nothing(tmp_path: Path, read: Callable[..., Decoded], exif: bytes) -> None:
    draw_photo(1).save(tmp_path / "photo.jpg", exif=exif)
    facts = read(tmp_path / "photo.jpg").facts
    assert (facts.taken_at, facts.camera, facts.latitude) == (None, None, None)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
def test_each_format_tells_its_facts(tmp_path: Path, read: Callable[..., Decoded], suffix: str) -> None:
    exif = make_exif(6, "2024:05:06 07:08:09", "Ada", "One")
    facts = read(save_photo(tmp_path / f"photo.{suffix}", exif=exif)).facts
    assert (facts.taken_at, facts.camera) == ("2024-05-06T07:08:09", "Ada One")
    assert (facts.width, facts.height) == (64, 96)


def test_a_blurred_photo_is_less_sharp(tmp_path: Path, read: Callable[..., Decoded]) -> None:
    photo = draw_photo(1, (300, 200))
    sharpness: list[float] = []
    for radius in (0, 1, 3):
        photo.filter(ImageFilter.GaussianBlur(radius)).save(tmp_path / "photo.png")
        sharpness.append(read(tmp_path / "photo.png").facts.sharpness)
    assert sharpness[0] > 2 * sharpness[1] > 4 * sharpness[2] > 0


def test_a_photo_of_one_colour_is_not_sharp_at_all(tmp_path: Path, read: Callable[..., Decoded]) -> None:
    for size in ((64, 64), (2, 2)):
        Image.new("RGB", size, "teal").save(tmp_path / "photo.png")
        assert read(tmp_path / "photo.png").facts.sharpness == 0
