"""Reading a photo: upright, the whole or a region, with the digest of its file, and not at all where that is known."""

import ctypes
import hashlib
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base
from PIL.PngImagePlugin import PngInfo

from photosearch.encode.preprocess import fit
from photosearch.errors import CatalogDamaged
from photosearch.ingest.reader import Reader
from photosearch.models import Decoded, Region, Unreadable
from tests.ingest.conftest import SIDE
from tests.photos import difference, draw_photo, make_exif, open_thumbnail, save_photo

Read = Callable[..., Decoded]
Fail = Callable[..., str]

# Where the first row and the first column of the stored picture are seen (EXIF 2.32, table 6).
SIDES = {
    1: ("top", "left"), 2: ("top", "right"), 3: ("bottom", "right"), 4: ("bottom", "left"),
    5: ("left", "top"), 6: ("right", "top"), 7: ("right", "bottom"), 8: ("left", "bottom"),
}  # fmt: skip
TOLERANCE = 9.0  # of 255: what lossy formats change; any wrong turn of these photos changes more than 30


def store_turned(upright: Image.Image, orientation: int) -> Image.Image:
    """The picture that an EXIF orientation turns into `upright`."""
    row, column = SIDES[orientation]
    pixels = np.asarray(upright)
    if row in ("left", "right"):
        pixels = pixels.swapaxes(0, 1)
    if row in ("right", "bottom"):
        pixels = pixels[::-1]
    if column in ("right", "bottom"):
        pixels = pixels[:, ::-1]
    return Image.fromarray(np.ascontiguousarray(pixels))


@contextmanager
def kept_from_others(path: str) -> Generator[None]:
    """Have a file open as some programs on Windows do: nobody else may read it."""
    windows = ctypes.WinDLL("kernel32")
    windows.CreateFileW.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(windows.CreateFileW(path, 0x80000000, 0, None, 3, 0, None))  # to read, shared with none
    yield
    assert windows.CloseHandle(handle)


def assert_shows(decoded: Decoded, photo: Image.Image) -> None:
    assert (decoded.facts.width, decoded.facts.height) == photo.size
    assert difference(open_thumbnail(decoded), photo) < TOLERANCE
    assert difference(decoded.pixels, fit(photo, SIDE, "squash")) < TOLERANCE


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
@pytest.mark.parametrize("orientation", SIDES)
def test_exif_orientation_is_applied(tmp_path: Path, read: Read, suffix: str, orientation: int) -> None:
    path, photo = tmp_path / f"photo.{suffix}", draw_photo(3)
    store_turned(photo, orientation).save(path, exif=make_exif(orientation), quality=95)
    assert_shows(read(path), photo)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_orientation_that_only_xmp_gives_is_applied(tmp_path: Path, read: Read, suffix: str, orientation: int) -> None:
    path, photo = tmp_path / f"photo.{suffix}", draw_photo(3)
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="{orientation}"/></x:xmpmeta>'
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp)
    options: dict[str, dict[str, Any]] = {"png": {"pnginfo": text}, "tif": {"tiffinfo": {700: xmp.encode()}}}
    store_turned(photo, orientation).save(path, quality=95, **options.get(suffix, {"xmp": xmp.encode()}))
    assert_shows(read(path), photo)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_means_nothing_is_ignored(tmp_path: Path, read: Read, orientation: int) -> None:
    path = save_photo(tmp_path / "photo.jpg", 3, exif=make_exif(orientation), quality=95)
    assert_shows(read(path), draw_photo(3))


def test_a_large_jpeg_is_shrunk_while_it_is_read_but_keeps_its_size_in_the_facts(tmp_path: Path, read: Read) -> None:
    photo = draw_photo(5, (3000, 2000))
    store_turned(photo, 6).save(tmp_path / "photo.jpg", exif=make_exif(6))
    decoded = read(tmp_path / "photo.jpg")
    thumbnail = open_thumbnail(decoded)
    assert (decoded.facts.width, decoded.facts.height) == (3000, 2000)
    assert thumbnail.size == (384, 256)
    assert difference(thumbnail, photo.resize(thumbnail.size)) < TOLERANCE
    assert difference(decoded.pixels, fit(photo, SIDE, "squash")) < TOLERANCE


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 2)])
@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_the_smallest_and_the_narrowest_are_photos_too(
    tmp_path: Path, read: Read, suffix: str, size: tuple[int, int]
) -> None:
    decoded = read(save_photo(tmp_path / f"photo.{suffix}", 1, size))
    assert (decoded.facts.width, decoded.facts.height) == size
    assert decoded.pixels.shape == (SIDE, SIDE, 3)
    assert max(open_thumbnail(decoded).size) == min(384, max(size))


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_the_digest_is_that_of_the_bytes_in_the_file(tmp_path: Path, read: Read, suffix: str) -> None:
    path = save_photo(tmp_path / f"photo.{suffix}")
    assert read(path).digest == hashlib.sha256(Path(path).read_bytes()).digest()


@pytest.mark.parametrize("name", ["photo.jpg", "photo.heic"])
def test_a_known_digest_spares_the_decoding(tmp_path: Path, reader: Reader, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"bytes that no decoder could read")
    ids = {hashlib.sha256(path.read_bytes()).digest(): 41}
    assert reader.read(str(path), ids.get) == 41


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif"])
def test_a_fault_of_the_catalog_is_none_of_the_photo(tmp_path: Path, reader: Reader, name: str) -> None:
    def known(_: bytes) -> None:
        raise CatalogDamaged("The catalog is damaged.")

    with pytest.raises(CatalogDamaged):
        reader.read(save_photo(tmp_path / name), known)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif"])
def test_a_lack_of_memory_is_no_fault_of_the_photo(tmp_path: Path, reader: Reader, name: str) -> None:
    def known(_: bytes) -> None:
        raise MemoryError

    answer = reader.read(save_photo(tmp_path / name), known)
    assert isinstance(answer, Unreadable) and answer.transient


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif"])
def test_a_file_that_is_gone_raises(tmp_path: Path, reader: Reader, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        reader.read(str(tmp_path / name), lambda _: None)


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is read cannot be removed there")
def test_a_file_that_goes_away_while_it_is_read_is_gone_and_not_damaged(tmp_path: Path, reader: Reader) -> None:
    path = Path(save_photo(tmp_path / "photo.tif"))
    os.truncate(path, 65 << 20)  # a smaller one is read at once
    with pytest.raises(FileNotFoundError):
        reader.read(str(path), lambda _: path.unlink())
    save_photo(path, 3)
    assert isinstance(reader.read(str(path), lambda _: None), Decoded)


@pytest.mark.skipif(sys.platform != "win32", reason="no program can keep others from reading here")
def test_a_photo_that_another_program_keeps_to_itself_is_read_later(tmp_path: Path, reader: Reader) -> None:
    path = save_photo(tmp_path / "photo.jpg", 3)
    with kept_from_others(path):
        answer = reader.read(path, lambda _: None)
    assert isinstance(answer, Unreadable) and answer.transient and "another program" in answer.reason
    assert isinstance(reader.read(path, lambda _: None), Decoded)


def test_a_folder_with_the_name_of_a_photo_is_a_fault_of_the_disk(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "photo.jpg").mkdir()
    answer = reader.read(str(tmp_path / "photo.jpg"), lambda _: None)
    assert answer is not None and not isinstance(answer, Decoded)
    assert answer.transient


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are always text here")
@pytest.mark.parametrize("suffix", [b"jpg", b"tif"])
def test_a_file_name_need_not_be_text(tmp_path: Path, read: Read, suffix: bytes) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9." + suffix)
    assert_shows(read(save_photo(path, 3, quality=95)), draw_photo(3))


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
@pytest.mark.parametrize("orientation", SIDES)
def test_a_region_is_that_of_the_photo_as_it_is_seen(tmp_path: Path, read: Read, suffix: str, orientation: int) -> None:
    path, photo = tmp_path / f"photo.{suffix}", draw_photo(3)
    store_turned(photo, orientation).save(path, exif=make_exif(orientation), quality=95)
    decoded = read(path, Region(60, 8, 30, 40))
    part = photo.crop((60, 8, 90, 48))
    assert difference(open_thumbnail(decoded), part) < TOLERANCE
    assert difference(decoded.pixels, fit(part, SIDE, "squash")) < TOLERANCE
    assert (decoded.facts.width, decoded.facts.height) == photo.size


def test_a_region_of_a_large_photo_keeps_its_detail(tmp_path: Path, read: Read) -> None:
    stripes = np.asarray(draw_photo(5, (3000, 2000))).copy()
    stripes[0::4] = stripes[1::4] = 0
    photo = Image.fromarray(stripes)
    store_turned(photo, 8).save(tmp_path / "photo.jpg", exif=make_exif(8), quality=95)
    part = photo.crop((100, 1500, 2600, 1564))
    assert difference(read(tmp_path / "photo.jpg", Region(100, 1500, 2500, 64)).pixels, fit(part, SIDE, "squash")) < 9


def test_a_region_that_sticks_out_is_cut_at_the_edge(tmp_path: Path, read: Read) -> None:
    path = save_photo(tmp_path / "photo.png")
    assert open_thumbnail(read(path, Region(-20, 50, 40, 100))).size == (20, 14)


@pytest.mark.parametrize("region", [Region(64, 0, 10, 10), Region(0, 96, 10, 10), Region(-10, 0, 10, 9)])
@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_a_region_outside_the_photo_is_refused_with_its_size(
    tmp_path: Path, fail: Fail, suffix: str, region: Region
) -> None:
    path = save_photo(tmp_path / f"photo.{suffix}", exif=make_exif(6))
    assert fail(path, region) == "The region lies outside the photo, which is 64 × 96 pixels."


def test_a_photo_that_takes_much_memory_is_decoded_in_the_separate_process(tmp_path: Path) -> None:
    Image.new("1", (7000, 5000), 1).save(tmp_path / "large.png")
    before = len(active_children())
    with Reader(SIDE, "squash") as reader:
        save_photo(tmp_path / "small.png")
        assert isinstance(reader.read(str(tmp_path / "small.png"), lambda _: None), Decoded)
        assert len(active_children()) == before
        large = reader.read(str(tmp_path / "large.png"), lambda _: None)
        assert len(active_children()) == before + 1
    assert len(active_children()) == before
    assert isinstance(large, Decoded)
    assert (large.facts.width, large.facts.height) == (7000, 5000)
    assert large.pixels.min() == 255


def test_a_large_file_is_decoded_in_the_separate_process(tmp_path: Path, read: Read) -> None:
    path = save_photo(tmp_path / "photo.png", 3)
    os.truncate(path, 65 << 20)  # nothing but zeros behind the picture
    assert_shows(read(path), draw_photo(3))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.integers(0, 400), st.integers(0, 255), min_size=1, max_size=12))
@pytest.mark.filterwarnings(r"ignore:::PIL\.")  # as the program does
def test_no_damage_to_the_exif_makes_a_photo_unreadable(tmp_path: Path, read: Read, damage: dict[int, int]) -> None:
    exif = make_exif(1, "2024:05:06 07:08:09", "Ada", "One")
    exif[Base.ExifOffset] = {Base.DateTimeOriginal: "2024:05:06 07:08:09", Base.LensModel: "50 mm"}
    exif[Base.GPSInfo] = {1: "N", 2: (1.0, 2.0, 3.0), 3: "E", 4: (4.0, 5.0, 6.0)}
    packed = bytearray(exif.tobytes())
    for place, value in damage.items():
        packed[6 + place % (len(packed) - 6)] = value
    path = tmp_path / "photo.jpg"
    draw_photo(3).save(path, exif=bytes(packed))
    assert sorted((read(path).facts.width, read(path).facts.height)) == [64, 96]


@pytest.mark.parametrize("suffix", ["png", "webp"])
@pytest.mark.parametrize(("length", "camera"), [(20, "Canon EOS 5D"), (2 << 20, None)])
def test_of_a_long_exif_the_beginning_is_read(
    tmp_path: Path, read: Read, suffix: str, length: int, camera: str | None
) -> None:
    exif = make_exif(6, make="Canon", model="EOS 5D")
    exif[Base.ImageDescription] = "x" * length  # which lies before the names of the camera
    found = read(save_photo(tmp_path / f"photo.{suffix}", 3, (96, 64), exif)).facts
    assert (found.width, found.height, found.camera) == (64, 96, camera)
