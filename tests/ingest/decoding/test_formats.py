"""A file is what its bytes say, whatever it is called; what is no picture, or too large, is refused in words."""

import struct
import zlib
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

import pi_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photosearch.encode.preprocess import fit
from photosearch.ingest.decoding.formats import HEAD_BYTES, TRIED, Kind, is_no_picture, is_photo_name
from photosearch.ingest.reader import Reader
from photosearch.models import Decoded, Unreadable
from tests.ingest.conftest import SIDE
from tests.photos import difference, draw_photo, save_photo
from tests.tree import REFERENCE

Read = Callable[..., Decoded]
Fail = Callable[..., str]

NO_PICTURE = "The file is damaged, or is not a picture of a kind that Photosearch knows."


def assert_shows(decoded: Decoded, photo: Image.Image) -> None:
    assert (decoded.facts.width, decoded.facts.height) == photo.size
    assert difference(decoded.pixels, fit(photo, SIDE, "squash")) < 9


@pytest.mark.parametrize(
    "name", ["a.jpg", "A.JPG", "a.b.JpEg", "a.heic", "a.NEF", "a.dng", "a.tif", "a.webp", "a.avif", "a.gif", "a.png"]
)
def test_names_of_photos(name: str) -> None:
    assert is_photo_name(name)


@pytest.mark.parametrize("name", ["a", "jpg", ".jpg", "a.txt", "a.jpg.part", "a.mp4", "a.xmp", "a.jpg ", "a.jpg/"])
def test_names_of_other_files(name: str) -> None:
    assert not is_photo_name(name)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "bmp", "tif", "avif", "jp2", "ppm", "tga", "ico"])
def test_formats(tmp_path: Path, read: Read, suffix: str) -> None:
    photo = draw_photo(2)
    photo.save(tmp_path / f"photo.{suffix}", sizes=[photo.size])  # or an icon would be a square
    decoded = read(tmp_path / f"photo.{suffix}")
    assert decoded.facts.format == Image.registered_extensions()[f".{suffix}"]
    assert_shows(decoded, photo)


def test_heic_is_turned_as_its_container_says_and_not_again_by_exif(read: Read) -> None:
    """The file is draw_photo(7, (48, 32)), stored on its side by pillow-heif with `irot` and EXIF orientation 6."""
    decoded = read(REFERENCE / "turned.heic")
    assert_shows(decoded, draw_photo(7, (48, 32)))
    assert decoded.facts.format == "HEIF"
    assert decoded.facts.taken_at == "2024-05-06T07:08:09"
    assert decoded.facts.camera == "Ada One"


@pytest.mark.parametrize(
    ("written", "called"),
    [("jpg", "png"), ("png", "jpg"), ("webp", "jpg"), ("jpg", "heic"), ("avif", "jpg"), ("tif", "jpg"), ("jpg", "nef")],
)
def test_a_wrong_name_does_no_harm(tmp_path: Path, read: Read, written: str, called: str) -> None:
    path = Path(save_photo(tmp_path / f"photo.{written}", 2)).rename(tmp_path / f"wrong.{called}")
    assert_shows(read(path), draw_photo(2))


def test_a_heic_that_is_called_jpg_is_read(tmp_path: Path, read: Read) -> None:
    (tmp_path / "wrong.jpg").write_bytes((REFERENCE / "turned.heic").read_bytes())
    assert_shows(read(tmp_path / "wrong.jpg"), draw_photo(7, (48, 32)))


@pytest.mark.parametrize("suffix", ["gif", "webp", "png", "apng", "tif"])
def test_of_a_moving_picture_the_first_is_taken(tmp_path: Path, read: Read, suffix: str) -> None:
    others = [draw_photo(seed) for seed in (8, 9)]
    path = save_photo(tmp_path / f"photo.{suffix}", 2, save_all=True, append_images=others, quality=90)
    assert_shows(read(path), draw_photo(2))


def test_of_a_multi_picture_jpeg_the_first_is_taken(tmp_path: Path, read: Read) -> None:
    draw_photo(2).save(tmp_path / "photo.jpg", "MPO", save_all=True, append_images=[draw_photo(8)])
    assert_shows(read(tmp_path / "photo.jpg"), draw_photo(2))


@pytest.mark.parametrize("suffix", ["jpg", "heic", "nef"])
@pytest.mark.parametrize("content", [b"x", b"Dear diary, no pictures today.\n" * 40, bytes(4096)])
def test_what_is_no_picture(tmp_path: Path, fail: Fail, suffix: str, content: bytes) -> None:
    (tmp_path / f"photo.{suffix}").write_bytes(content)
    assert fail(tmp_path / f"photo.{suffix}") == NO_PICTURE


@pytest.mark.parametrize("suffix", ["tif", "nef"])
def test_postscript_is_not_taken_for_a_picture_since_pillow_would_start_ghostscript(
    tmp_path: Path, fail: Fail, suffix: str
) -> None:
    path = tmp_path / f"photo.{suffix}"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n%%EndComments\nshowpage\n%%EOF\n")
    assert fail(path) == NO_PICTURE


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"RIFF\0\0\0\0WEBP", b"II*\0"]
)
def test_a_picture_of_nothing_but_its_first_bytes(tmp_path: Path, fail: Fail, head: bytes) -> None:
    (tmp_path / "photo.jpg").write_bytes(head)
    assert fail(tmp_path / "photo.jpg") == NO_PICTURE


@pytest.mark.parametrize("suffix", ["jpg", "heic"])
def test_an_empty_file(tmp_path: Path, fail: Fail, suffix: str) -> None:
    (tmp_path / f"photo.{suffix}").touch()
    assert fail(tmp_path / f"photo.{suffix}") == "The file is empty."


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif", "bmp", "ppm", "tga"])
def test_a_photo_that_is_cut_short(tmp_path: Path, fail: Fail, suffix: str) -> None:
    path = Path(save_photo(tmp_path / f"photo.{suffix}", 2, (300, 200)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert fail(path) == "The file is cut short."


@pytest.mark.parametrize("suffix", ["webp", "tif", "avif", "jp2"])
def test_a_photo_that_is_cut_short_and_does_not_know(tmp_path: Path, fail: Fail, suffix: str) -> None:
    path = Path(save_photo(tmp_path / f"photo.{suffix}", 2, (300, 200)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert fail(path).startswith(("The file is", "The picture is damaged"))


def png_of(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = b"IDAT" + zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in (header, pixels)
    )


def bmp_of(width: int, height: int) -> bytes:
    return struct.pack("<2sIIIIiiHHIIiiII", b"BM", 54, 0, 54, 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)


def gif_of(width: int, height: int) -> bytes:
    screen = struct.pack("<6sHHBBB", b"GIF89a", width, height, 0x80, 0, 0) + bytes(6)
    return screen + struct.pack("<BHHHHBB", 0x2C, 0, 0, width, height, 0, 2) + b"\x02\x4c\x01\x00\x3b"


def ppm_of(width: int, height: int) -> bytes:
    return b"P6 %d %d 255\n" % (width, height)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.png", png_of(60_000, 60_000)),
        ("bomb.bmp", bmp_of(60_000, 60_000)),
        ("bomb.gif", gif_of(60_000, 60_000)),
        ("bomb.ppm", ppm_of(60_000, 60_000)),
    ],
)
def test_a_picture_that_says_it_is_huge_is_refused_with_its_size(
    tmp_path: Path, fail: Fail, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    assert fail(tmp_path / name) == "The picture is too large: 3,600 megapixels; at most 500 are read."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\x0a\x7a\x1f", "JPEG XL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl ", "JPEG XL"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<!doctype HTML><title>404</title>", "HTML"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video"),
    ],
)
@pytest.mark.parametrize("name", ["photo.jpg", "photo.jxl", "photo.heic"])
def test_what_is_no_photo_that_is_read_is_told_by_its_kind(
    tmp_path: Path, fail: Fail, name: str, content: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(content + bytes(100))
    assert fail(tmp_path / name) == f"Photosearch does not read files of this kind: {kind}."


def test_a_jpeg_that_says_it_is_huge_is_refused_with_its_size(tmp_path: Path, fail: Fail) -> None:
    path = Path(save_photo(tmp_path / "bomb.jpg", 2))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack(">HH", 64, 96), struct.pack(">HH", 60_000, 60_000), 1))
    assert fail(path) == "The picture is too large: 3,600 megapixels; at most 500 are read."


def test_what_begins_like_no_picture_starts_no_process(tmp_path: Path) -> None:
    before = set(active_children())
    with Reader(SIDE, "squash") as reader:
        for content in (b"no picture", b"\xff" * 5000, b"{", b"path,label\n"):
            (tmp_path / "a.jpg").write_bytes(content)
            answer = reader.read(str(tmp_path / "a.jpg"), lambda _: None)
            assert isinstance(answer, Unreadable) and answer.reason == NO_PICTURE
        assert set(active_children()) == before


BEGINNINGS = [
    *(
        b"II*\0",
        b"II\0*",
        b"II+\0",
        b"MM\0*",
        b"MM*\0",
        b"MM\0+",
        b"8BPS",
        b"P1",
        b"P6",
        b"Pf",
        b"Py",
        b"\xff\x4f\xff\x51",
    ),
    *(
        b"\0\0\0\x0cjP  \r\n\x87\n",
        b"\0\0\1\0",
        b"\x0c\0\0\0",
        b"\x7c\0\0\0",
        b"1234ftypheic",
        b"1234ftypavif",
        b"\0\1\2",
        b"",
    ),
]


@given(st.sampled_from(BEGINNINGS), st.binary(min_size=HEAD_BYTES, max_size=HEAD_BYTES))
def test_what_any_decoder_would_take_is_handed_to_it(beginning: bytes, rest: bytes) -> None:
    Image.init()
    head = (beginning + rest)[:HEAD_BYTES]
    taken = [
        name for name in TRIED if name in Image.OPEN and (accepts := Image.OPEN[name][1]) and accepts(head) is True
    ]
    if taken or pi_heif.is_supported(head):
        assert not is_no_picture(head, Kind("pillow", None, isolated=True)), taken
