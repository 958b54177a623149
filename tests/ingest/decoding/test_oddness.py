"""Photos that would take long or much memory for their size are told by a look, and decoded apart within limits."""

import io
import sys
import time
import warnings
import zlib
from multiprocessing import active_children
from pathlib import Path

import pytest
from PIL import Image

from photosearch.ingest.decoding import isolation
from photosearch.ingest.decoding.oddness import is_odd
from photosearch.ingest.reader import Reader
from photosearch.models import Decoded, Unreadable
from tests.ingest.conftest import SIDE
from tests.photos import draw_photo, save_photo


def packed(pillow_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    draw_photo(3).save(file, pillow_format, **options)
    return file.getvalue()


def with_scans(count: int) -> bytes:
    """A JPEG whose last pass comes again and again."""
    data = packed("JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


def with_segments(count: int) -> bytes:
    """A JPEG with empty application segments."""
    data = packed("JPEG")
    return data[:2] + b"\xff\xec\x00\x02" * count + data[2:]


def with_exif(count: int) -> bytes:
    """A JPEG with so many segments of EXIF, as long as they can be."""
    data = packed("JPEG")
    return data[:2] + (b"\xff\xe1\xff\xffExif\0\0" + bytes(0xFFFF - 8)) * count + data[2:]


def with_filling(count: int) -> bytes:
    """A JPEG with so many bytes before its picture that mean nothing."""
    data = packed("JPEG")
    return data[:2] + b"\xff" * count + data[2:]


def with_chunks(count: int) -> bytes:
    """A PNG with empty chunks of a private kind."""
    data = packed("PNG")
    chunk = b"\0\0\0\0" + b"phOt" + zlib.crc32(b"phOt").to_bytes(4)
    return data[:33] + chunk * count + data[33:]


def with_comment(blocks: int) -> bytes:
    """A GIF with a comment of so many blocks."""
    data = packed("GIF")
    table = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    return data[:table] + b"\x21\xfe" + (b"\xff" + b"c" * 255) * blocks + b"\0" + data[table:]


ODD = [
    ("JPEG", with_scans(200)),
    ("JPEG", with_segments(5_000)),
    ("JPEG", with_exif(300)),
    ("JPEG", with_exif(20)),
    ("JPEG", with_filling(3_000_000)),
    ("JPEG", b"\xff\xd8" + b"\xff\x00" * 10_000),
    ("PNG", with_chunks(30_000)),
    ("GIF", with_comment(5_000)),
    ("BMP", packed("BMP")[:30] + b"\x01" + packed("BMP")[31:]),
]


@pytest.mark.parametrize(("pillow_format", "data"), ODD)
def test_what_is_odd(pillow_format: str, data: bytes) -> None:
    assert is_odd(pillow_format, data)
    for size in range(200):
        is_odd(pillow_format, data[:size])  # wherever it ends


@pytest.mark.parametrize(
    ("pillow_format", "data"),
    [
        ("JPEG", packed("JPEG")),
        ("JPEG", packed("JPEG", progressive=True, comment=b"c" * 60_000)),
        ("JPEG", with_segments(300)),
        ("JPEG", with_filling(9_000)),
        ("PNG", packed("PNG")),
        ("GIF", with_comment(100)),
        ("BMP", packed("BMP")),
        ("WEBP", packed("WEBP")),
    ],
)
def test_what_is_not(pillow_format: str, data: bytes) -> None:
    assert not is_odd(pillow_format, data)


def test_an_odd_photo_is_read_apart(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(with_scans(200))
    before = set(active_children())
    with Reader(SIDE, "squash") as reader:
        assert isinstance(reader.read(save_photo(tmp_path / "plain.jpg"), lambda _: None), Decoded)
        assert set(active_children()) == before
        assert isinstance(reader.read(str(tmp_path / "photo.jpg"), lambda _: None), Decoded)
        assert set(active_children()) != before


def test_an_odd_photo_that_takes_long_costs_no_more_than_its_time_and_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "TIMEOUT_S", 0.3)
    path = tmp_path / "photo.jpg"
    data = io.BytesIO()
    Image.effect_noise((2000, 1500), 50).save(data, "JPEG", progressive=True)
    last = data.getvalue().rindex(b"\xff\xda")
    scan = data.getvalue()[last : last + 40]
    path.write_bytes(data.getvalue()[:last] + scan * 3000 + b"\xff\xd9")
    with Reader(SIDE, "squash") as reader:
        began = time.monotonic()
        answer = reader.read(str(path), lambda _: None)
    assert isinstance(answer, Unreadable) and not answer.transient
    assert answer.reason.startswith("Decoding took longer than")
    assert time.monotonic() - began < 30


@pytest.mark.skipif(sys.platform != "linux", reason="address space cannot be limited here")
def test_an_odd_photo_cannot_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(with_segments(3_000_000))
    with Reader(SIDE, "squash") as reader:
        answer = reader.read(str(path), lambda _: None)
    assert answer == Unreadable(str(path), "The picture is too large: decoding it would take too much memory.")


def test_pillow_is_as_it_was(tmp_path: Path) -> None:
    guard, filters = Image.MAX_IMAGE_PIXELS, list(warnings.filters)
    with Reader(SIDE, "squash") as reader:
        assert isinstance(reader.read(save_photo(tmp_path / "photo.png"), lambda _: None), Decoded)
    assert guard is not None and guard == Image.MAX_IMAGE_PIXELS
    assert list(warnings.filters) == filters
