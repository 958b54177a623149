"""A large PNG is read some rows at a time, and looks as if it had been read as a whole."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from photosearch.ingest.decoding import png
from photosearch.ingest.decoding.picture import open_image
from photosearch.ingest.decoding.png import can_be_read_in_strips, read_in_strips
from photosearch.ingest.reader import Reader
from photosearch.models import Decoded, Unreadable
from tests.ingest.conftest import SIDE
from tests.photos import difference, draw_photo, make_exif, save_photo

SIZE = (346, 211)


def draw(mode: str) -> Image.Image:
    photo = draw_photo(5, SIZE)
    if mode == "P":
        return photo.quantize(200)
    drawn = photo.convert(mode)
    if mode in ("LA", "RGBA"):
        drawn.putalpha(draw_photo(6, SIZE).convert("L"))
    return drawn


@pytest.mark.parametrize("mode", ["L", "P", "RGB", "LA", "RGBA"])
@pytest.mark.parametrize("factor", [1, 2, 7])
@pytest.mark.parametrize("strip_bytes", [1, 9_999, 1 << 20])
def test_strips_make_the_whole(monkeypatch: pytest.MonkeyPatch, mode: str, factor: int, strip_bytes: int) -> None:
    monkeypatch.setattr(png, "STRIP_BYTES", strip_bytes)
    monkeypatch.setattr(png, "PIECE_BYTES", 1000)
    file = io.BytesIO()
    draw(mode).save(file, "PNG")
    image = open_image(file, ("PNG",))
    assert can_be_read_in_strips(image, file)
    whole = Image.open(file)
    reduced = (whole.convert("RGB") if mode == "P" else whole).reduce(factor)
    assert np.array_equal(np.asarray(read_in_strips(image, file, factor)), np.asarray(reduced))


@pytest.mark.parametrize("depth", [1, 2, 4])
@pytest.mark.parametrize("colour", [0, 3], ids=["grey", "palette"])
@pytest.mark.parametrize("factor", [1, 7])
def test_few_bits_a_pixel(monkeypatch: pytest.MonkeyPatch, depth: int, colour: int, factor: int) -> None:
    """Each row is stored as its difference from the one above, the last of the strip before included."""
    monkeypatch.setattr(png, "STRIP_BYTES", 9_999)
    levels = np.asarray(draw_photo(5, SIZE).convert("L"))[..., None] >> (8 - depth)
    rows = np.packbits(np.unpackbits(levels, axis=2)[..., -depth:].reshape(SIZE[1], -1), axis=1)
    rows = np.pad(np.diff(rows, axis=0, prepend=np.zeros_like(rows[:1])), ((0, 0), (1, 0)), constant_values=2)
    header = b"".join(side.to_bytes(4) for side in SIZE) + bytes([depth, colour, 0, 0, 0])
    palette = [(b"PLTE", np.random.default_rng(1).bytes(3 * 2**depth))] if colour else []
    chunks = [(b"IHDR", header), *palette, (b"IDAT", zlib.compress(rows.tobytes())), (b"IEND", b"")]
    packed = [len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4) for kind, data in chunks]
    file = io.BytesIO(png.SIGNATURE + b"".join(packed))
    image = open_image(file, ("PNG",))
    assert can_be_read_in_strips(image, file)
    reduced = Image.open(file).convert("RGB" if colour else "L").reduce(factor)
    assert np.array_equal(np.asarray(read_in_strips(image, file, factor)), np.asarray(reduced))


def test_other_kinds_are_read_as_a_whole() -> None:
    file = io.BytesIO()
    draw_photo(5, SIZE).convert("L").convert("I;16").save(file, "PNG")
    assert not can_be_read_in_strips(open_image(file, ("PNG",)), file)


@pytest.fixture(scope="module")
def large() -> Image.Image:
    return draw_photo(4, (8192, 5000))


@pytest.fixture(scope="module")
def large_png(large: Image.Image, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """It as a file, which a camera took lying."""
    path = tmp_path_factory.mktemp("large") / "large.png"
    large.save(path, exif=make_exif(6, "2024:05:06 07:08:09"), compress_level=1)
    return path.read_bytes()


def test_a_large_png_is_read_with_all_it_says(tmp_path: Path, large: Image.Image, large_png: bytes) -> None:
    path = str(tmp_path / "large.png")
    Path(path).write_bytes(large_png)
    with Reader(SIDE, "squash") as reader:
        answer = reader.read(path, lambda _: None)
        seen = reader.look(path, 1000)
    assert isinstance(answer, Decoded) and isinstance(seen, Decoded)
    assert (answer.facts.width, answer.facts.height, answer.facts.taken_at) == (5000, 8192, "2024-05-06T07:08:09")
    shown = large.transpose(Image.Transpose.ROTATE_270).resize(seen.pixels.shape[1::-1])
    assert difference(seen.pixels, shown) < 2


def test_a_large_png_that_is_cut_short_is_told(tmp_path: Path, large_png: bytes) -> None:
    path = str(tmp_path / "large.png")
    Path(path).write_bytes(large_png[: len(large_png) // 2])
    with Reader(SIDE, "squash") as reader:
        assert reader.read(path, lambda _: None) == Unreadable(path, "The file is cut short.")


LONG = zlib.compress(b"a" * 3_000_000)
TEXT = b"tool\0"


@pytest.mark.parametrize("is_at_end", [False, True])
@pytest.mark.parametrize(
    ("kind", "data", "count"),
    [
        (b"zTXt", TEXT + b"\0" + LONG, 1),
        (b"iTXt", TEXT + b"\1\0\0\0" + LONG, 1),
        (b"zTXt", TEXT + b"\0" + zlib.compress(b"a" * 999_999), 70),
        (b"tEXt", TEXT + b"a" * 5_000_000, 14),
    ],
)
def test_a_picture_is_read_whatever_texts_it_carries(
    tmp_path: Path, read: Callable[..., Decoded], kind: bytes, data: bytes, count: int, is_at_end: bool
) -> None:
    whole = Path(save_photo(tmp_path / "whole.png", 4)).read_bytes()
    chunk = len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
    at = len(whole) - 12 if is_at_end else 33
    (tmp_path / "texts.png").write_bytes(whole[:at] + chunk * count + whole[at:])
    assert np.array_equal(read(tmp_path / "texts.png").pixels, read(tmp_path / "whole.png").pixels)


def test_a_long_profile_is_applied(tmp_path: Path, read: Callable[..., Decoded]) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = srgb.replace(b"rXYZ", b"____", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"____", b"bXYZ", 1)
    long = (len(other) + 3_000_000).to_bytes(4) + other[4:] + bytes(3_000_000)
    short, with_long = tmp_path / "short.png", tmp_path / "long.png"
    for path, profile in ((short, other), (with_long, long)):
        draw_photo(4).save(path, icc_profile=profile)
    assert np.array_equal(read(with_long).pixels, read(short).pixels)
    assert difference(read(short).pixels, read(save_photo(tmp_path / "plain.png", 4)).pixels) > 10
