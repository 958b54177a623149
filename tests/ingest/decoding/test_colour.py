"""Every mode and profile is seen as it is meant to be seen: 8-bit sRGB, on white paper where it is transparent."""

import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from photosearch.encode.preprocess import fit
from photosearch.ingest.decoding.colour import to_srgb
from photosearch.models import Decoded
from tests.ingest.conftest import SIDE
from tests.photos import difference, draw_photo

Read = Callable[..., Decoded]
TOLERANCE = 4.0  # of 255

PHOTO = draw_photo(4)
GREY = PHOTO.convert("L")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LINEAR_CURVE = b"curv" + bytes(8)


def rename(profile: bytes, name: str) -> bytes:
    """Give a profile made from SRGB another name, of four letters."""
    return profile.replace("sRGB".encode("utf-16-be"), name.encode("utf-16-be"))


def swap_red_and_blue(profile: bytes) -> bytes:
    """A profile whose red is the other's blue."""
    return profile.replace(b"rXYZ", b"____", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"____", b"bXYZ", 1)


def make_linear(profile: bytes) -> bytes:
    """A profile of the same primaries, whose values are proportional to light."""
    start = profile.index(b"para")
    return profile[:start] + LINEAR_CURVE + profile[start + len(LINEAR_CURVE) :]


def save(image: Image.Image, path: Path, **options: Any) -> Path:
    image.save(path, **options)
    return path


def assert_shows(decoded: Decoded, expected: Image.Image, tolerance: float = TOLERANCE) -> None:
    assert difference(decoded.pixels, fit(expected.convert("RGB"), SIDE, "squash")) < tolerance


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif"])
def test_cmyk(tmp_path: Path, read: Read, name: str) -> None:
    cmyk = PHOTO.convert("CMYK")
    assert_shows(read(save(cmyk, tmp_path / name, quality=95)), PHOTO)


def test_a_large_cmyk_jpeg_is_shrunk_in_its_own_colours(tmp_path: Path, read: Read) -> None:
    photo = draw_photo(4, (2400, 1600))
    assert_shows(read(save(photo.convert("CMYK"), tmp_path / "photo.jpg")), photo.resize((384, 256)))


@pytest.mark.parametrize("name", ["photo.png", "photo.tif"])
@pytest.mark.parametrize("factor", [16, 257], ids=["12 bits in 16", "16 bits"])
def test_sixteen_bit_grey(tmp_path: Path, read: Read, name: str, factor: int) -> None:
    values = np.asarray(GREY, np.uint16) * factor
    values[0, 0] = 255 * factor  # or a dark photo of 16 bits would pass for one of 12
    assert_shows(read(save(Image.fromarray(values), tmp_path / name)), GREY)


def test_large_sixteen_bit_grey(tmp_path: Path, read: Read) -> None:
    """It is converted in strips."""
    grey = draw_photo(4, (1500, 1600)).convert("L")
    path = save(Image.fromarray(np.asarray(grey, np.uint16) * 257), tmp_path / "photo.png")
    assert_shows(read(path), grey)


def test_sixteen_bit_colour(tmp_path: Path, read: Read) -> None:
    values = (np.asarray(PHOTO, np.uint16) * 257).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in values)
    header = struct.pack(">IIBBBBB", *PHOTO.size, 16, 2, 0, 0, 0)
    chunks = (b"IHDR" + header, b"IDAT" + zlib.compress(rows), b"IEND")
    png = b"".join(struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + png)
    assert_shows(read(tmp_path / "photo.png"), PHOTO)


@pytest.mark.parametrize("dtype", [np.int32, np.float32])
@pytest.mark.parametrize("factor", [0.25, 70_000.0])
def test_values_of_no_known_range_are_spread_over_all_greys(
    tmp_path: Path, read: Read, dtype: type[np.generic], factor: float
) -> None:
    values = np.asarray(GREY, np.float64)
    values = (values - values.min()) * (255 / (values.max() - values.min()))
    measured = (values - 128) * factor if dtype == np.float32 else (values - 128) * max(factor, 1)
    path = save(Image.fromarray(measured.astype(dtype)), tmp_path / "photo.tif")
    assert_shows(read(path), Image.fromarray(values.astype(np.uint8)))


def test_32_bit_values_that_fit_into_16_are_taken_as_16(tmp_path: Path, read: Read) -> None:
    values = np.asarray(GREY, np.int32) * 257
    assert_shows(read(save(Image.fromarray(values), tmp_path / "photo.tif")), GREY)


def test_values_that_are_no_numbers_do_no_harm(tmp_path: Path, read: Read) -> None:
    values = np.asarray(GREY, np.float32) / 255
    values[:2, :2] = [[np.nan, np.inf], [-np.inf, np.nan]]
    values[0, 5], values[0, 6] = 0, 1
    assert_shows(read(save(Image.fromarray(values), tmp_path / "photo.tif")), GREY)


def test_a_float_photo_of_one_value_is_read(tmp_path: Path, read: Read) -> None:
    pixels = read(save(Image.new("F", (8, 8), 0.5), tmp_path / "photo.tif")).pixels
    assert pixels.min() == pixels.max()


@pytest.mark.parametrize("name", ["photo.png", "photo.tif", "photo.bmp", "photo.gif"])
def test_black_and_white(tmp_path: Path, read: Read, name: str) -> None:
    halves = Image.new("1", (96, 64))
    halves.paste(1, (0, 0, 48, 64))
    assert_shows(read(save(halves, tmp_path / name)), halves)


def test_palette(tmp_path: Path, read: Read) -> None:
    assert_shows(read(save(PHOTO.quantize(256), tmp_path / "photo.png")), PHOTO, 8)


@pytest.mark.parametrize("name", ["photo.png", "photo.gif"])
def test_a_transparent_colour_of_a_palette_is_paper(tmp_path: Path, read: Read, name: str) -> None:
    picture = Image.new("P", (96, 64), 1)
    picture.putpalette([250, 0, 0, 0, 0, 250])
    picture.paste(0, (0, 0, 48, 64))
    expected = Image.new("RGB", (96, 64), (0, 0, 250))
    expected.paste((255, 255, 255), (0, 0, 48, 64))
    assert_shows(read(save(picture, tmp_path / name, transparency=0)), expected)


@pytest.mark.parametrize(("mode", "transparency"), [("L", 200), ("RGB", (200, 200, 200))])
def test_a_transparent_colour_is_paper(tmp_path: Path, read: Read, mode: str, transparency: object) -> None:
    picture = Image.new("RGB", (96, 64), (30, 30, 30))
    picture.paste((200, 200, 200), (0, 0, 48, 64))
    expected = picture.copy()
    expected.paste((255, 255, 255), (0, 0, 48, 64))
    path = save(picture.convert(mode), tmp_path / "photo.png", transparency=transparency)
    assert_shows(read(path), expected)


@pytest.mark.parametrize("name", ["photo.png", "photo.webp", "photo.tif", "photo.avif"])
@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_what_is_half_transparent_lies_on_white_paper(tmp_path: Path, read: Read, name: str, mode: str) -> None:
    if (name, mode) == ("photo.avif", "LA"):
        mode = "RGBA"  # AVIF has no grey with alpha in Pillow
    picture = PHOTO.convert(mode)
    alpha = Image.linear_gradient("L").resize(PHOTO.size)
    picture.putalpha(alpha)
    colours = np.asarray(PHOTO.convert("L" if mode == "LA" else "RGB").convert("RGB"), np.float32)
    opacity = np.asarray(alpha, np.float32)[..., None] / 255
    expected = Image.fromarray((colours * opacity + 255 * (1 - opacity)).astype(np.uint8))
    assert_shows(read(save(picture, tmp_path / name, quality=95)), expected)


def test_lab(tmp_path: Path, read: Read) -> None:
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(PHOTO, to_lab)
    assert lab is not None
    assert_shows(read(save(lab, tmp_path / "photo.tif")), PHOTO)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.webp", "photo.tif", "photo.avif"])
def test_a_profile_other_than_srgb_is_converted(tmp_path: Path, read: Read, name: str) -> None:
    profile = rename(swap_red_and_blue(SRGB), "BGRs")
    stored = Image.merge("RGB", PHOTO.split()[::-1])
    assert_shows(read(save(stored, tmp_path / name, icc_profile=profile, quality=95)), PHOTO, 6)


@pytest.mark.parametrize("mode", ["P", "RGBA"])
def test_a_profile_is_also_that_of_a_palette_and_of_transparent_colours(tmp_path: Path, read: Read, mode: str) -> None:
    profile = rename(swap_red_and_blue(SRGB), "BGRs")
    stored = Image.merge("RGB", PHOTO.split()[::-1]).convert(mode)
    assert_shows(read(save(stored, tmp_path / "photo.png", icc_profile=profile)), PHOTO, 25)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png"])
def test_a_large_photo_keeps_its_profile_while_it_is_shrunk(tmp_path: Path, read: Read, name: str) -> None:
    profile = rename(swap_red_and_blue(SRGB), "BGRs")
    photo = draw_photo(4, (2400, 1600))
    stored = Image.merge("RGB", photo.split()[::-1])
    assert_shows(read(save(stored, tmp_path / name, icc_profile=profile)), photo.resize((384, 256)))


def test_a_linear_profile_is_converted_though_it_is_called_srgb(tmp_path: Path, read: Read) -> None:
    light = np.asarray(PHOTO, np.float32) / 255
    linear = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    stored = Image.fromarray(np.round(linear * 255).astype(np.uint8))
    assert_shows(read(save(stored, tmp_path / "photo.png", icc_profile=make_linear(SRGB))), PHOTO)


@pytest.mark.parametrize("profile", [SRGB, rename(SRGB, "same")], ids=["called sRGB", "called otherwise"])
def test_an_srgb_profile_leaves_the_pixels_alone(tmp_path: Path, read: Read, profile: bytes) -> None:
    plain = read(save(PHOTO, tmp_path / "plain.png"))
    same = read(save(PHOTO, tmp_path / "same.png", icc_profile=profile))
    assert np.array_equal(plain.pixels, same.pixels)


@pytest.mark.parametrize(
    "profile", [b"no profile", SRGB[:200], SRGB[:128] + b"\xff" * (len(SRGB) - 128)], ids=["text", "short", "garbled"]
)
def test_a_damaged_profile_does_no_harm(tmp_path: Path, read: Read, profile: bytes) -> None:
    plain = read(save(PHOTO, tmp_path / "plain.jpg", quality=95))
    damaged = read(save(PHOTO, tmp_path / "damaged.jpg", icc_profile=profile, quality=95))
    assert np.array_equal(plain.pixels, damaged.pixels)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_profile_made_for_another_mode_does_no_harm(tmp_path: Path, read: Read, mode: str) -> None:
    profile = rename(swap_red_and_blue(SRGB), "BGRs")
    path = save(PHOTO.convert(mode), tmp_path / "photo.jpg", icc_profile=profile, quality=95)
    assert_shows(read(path), PHOTO.convert(mode))


def test_transforms_of_long_profiles_are_not_kept() -> None:
    """Each is kept with its profile; of short ones there are few, and many photos have the same."""
    tracemalloc.start()
    try:
        for number in range(4):
            photo = PHOTO.copy()
            photo.info["icc_profile"] = rename(swap_red_and_blue(SRGB), "BGRs") + bytes([number]) * (2 << 20)
            assert difference(to_srgb(photo), PHOTO) > 2
            del photo
        assert tracemalloc.get_traced_memory()[0] < 1 << 20
    finally:
        tracemalloc.stop()
