"""Contents of files beside the one picture that is shown."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, TiffImagePlugin
from PIL.ExifTags import Base

from photosearch.ingest.decoding.containers import FIRST_BOX, PIECE_BYTES, inspect
from tests.photos import draw_photo, make_exif, save_photo

BOX = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64)


@pytest.mark.parametrize(("suffix", "options"), [("gif", {}), ("webp", {}), ("png", {}), ("tif", {})])
def test_frames_and_pages_are_counted(tmp_path: Path, suffix: str, options: dict[str, object]) -> None:
    pictures = [draw_photo(seed) for seed in range(3)]
    pictures[0].save(tmp_path / f"a.{suffix}", save_all=True, append_images=pictures[1:])
    found = inspect(str(tmp_path / f"a.{suffix}"))
    assert found is not None and found.pictures == 3
    still = inspect(save_photo(tmp_path / f"b.{suffix}"))
    assert still is not None and (still.pictures, still.extras) == (1, ())


@pytest.mark.parametrize(
    ("trailer", "extras"),
    [
        (BOX, ("video",)),
        (b"MotionPhoto_Data" + BOX, ("video",)),
        (b'<x GCamera:MotionPhoto="1"/>', ("video",)),
        (b"a remark that says nothing", ()),
    ],
)
def test_a_motion_photo_is_told_by_what_follows_its_picture(
    tmp_path: Path, trailer: bytes, extras: tuple[str, ...]
) -> None:
    path = Path(save_photo(tmp_path / "a.jpg"))
    path.write_bytes(path.read_bytes() + trailer)
    found = inspect(str(path))
    assert found is not None and found.extras == extras


@pytest.mark.parametrize("before", [1, 8, 15])
def test_a_mark_is_found_wherever_the_pieces_end_in_which_a_file_is_read(tmp_path: Path, before: int) -> None:
    path = Path(save_photo(tmp_path / "a.jpg"))
    filling = bytes(FIRST_BOX + PIECE_BYTES - path.stat().st_size - before)
    path.write_bytes(path.read_bytes() + filling + b"MotionPhoto_Data" + bytes(100))
    found = inspect(str(path))
    assert found is not None and found.extras == ("video",)


def test_how_a_jpeg_was_saved_is_told(tmp_path: Path) -> None:
    exif = make_exif(6, make="Canon", model="EOS")
    exif.get_ifd(0x8769)[Base.ExposureTime] = 0.25
    found = inspect(save_photo(tmp_path / "a.jpg", exif=exif, quality=85))
    assert found is not None and found.table is not None and len(found.table) == 64
    assert (found.orientation, found.exposure_s, found.has_camera) == (6, 0.25, True)
    assert found.quality == pytest.approx(85, abs=1)
    assert found.colour_table is not None and sum(found.colour_table) > sum(found.table)
    plain = inspect(save_photo(tmp_path / "b.png"))
    assert plain is not None and (plain.table, plain.quality, plain.has_camera) == (None, None, False)


@pytest.mark.parametrize(("subsampling", "colour_px"), [(0, (1, 1)), (1, (2, 1)), (2, (2, 2))])
def test_the_pixels_of_one_colour_of_a_jpeg_are_told(
    tmp_path: Path, subsampling: int, colour_px: tuple[int, int]
) -> None:
    found = inspect(save_photo(tmp_path / "a.jpg", subsampling=subsampling))
    assert found is not None and found.colour_px == colour_px
    Image.new("L", (32, 32)).save(tmp_path / "grey.jpg")
    grey = inspect(str(tmp_path / "grey.jpg"))
    assert grey is not None and grey.table is not None and (grey.colour_table, grey.colour_px) == (None, (1, 1))


@pytest.mark.parametrize("sizes", [b"\x11\x22\x22", b"\x00\x11\x11", b"\x31\x21\x21", b"\x22\x11\x21"])
def test_of_colours_that_are_no_whole_pixels_nothing_is_told(tmp_path: Path, sizes: bytes) -> None:
    data = bytearray(Path(save_photo(tmp_path / "a.jpg")).read_bytes())
    head = data.index(b"\xff\xc0")
    data[head + 11 : head + 19 : 3] = sizes
    (tmp_path / "b.jpg").write_bytes(data)
    found = inspect(str(tmp_path / "b.jpg"))
    assert found is None or (found.colour_table, found.colour_px) == (None, (1, 1))


@pytest.mark.parametrize(
    ("software", "is_editor"),
    [("GIMP 2.10.36", True), ("Windows Photo Editor 10.0", True), ("Ver.1.02", False), ("G991BXXU5CVDD", False)],
)
def test_a_program_that_edits_photos_is_told_from_what_runs_in_a_camera(
    tmp_path: Path, software: str, is_editor: bool
) -> None:
    exif = make_exif(1, make="Canon", model="EOS")
    exif[Base.Software] = software
    found = inspect(save_photo(tmp_path / "a.jpg", exif=exif))
    assert found is not None and found.has_editor is is_editor


def test_of_what_is_no_picture_or_damaged_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "cut.jpg").write_bytes(Path(save_photo(tmp_path / "a.jpg")).read_bytes()[:60])
    for name in ("empty.jpg", "cut.jpg", "gone.jpg"):
        found = inspect(str(tmp_path / name))
        assert found is None or found.pictures == 1


@pytest.mark.parametrize("seed", range(20))
def test_no_bytes_make_it_fail(tmp_path: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    data = bytearray(Path(save_photo(tmp_path / "a.tif" if seed % 2 else tmp_path / "a.jpg")).read_bytes())
    for place in random.integers(0, len(data), 20):
        data[place] = int(random.integers(256))
    path = tmp_path / "b.jpg"
    path.write_bytes(data)
    inspect(str(path))


def test_the_small_copies_of_a_tiff_are_no_pages(tmp_path: Path) -> None:
    pages = [Image.new("L", (64, 64), 9), Image.new("L", (16, 16), 9)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    data = (tmp_path / "a.tif").read_bytes()
    found = inspect(str(tmp_path / "a.tif"))
    assert found is not None and found.pictures == 2 and data


def test_no_pixel_is_decoded(tmp_path: Path) -> None:
    save_photo(tmp_path / "photo.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "photo.png").read_bytes()[:100])  # of which none could be
    assert inspect(str(tmp_path / "cut.png")) == inspect(str(tmp_path / "photo.png"))


def test_of_a_photo_with_an_endless_head_nothing_is_known(tmp_path: Path) -> None:
    data = Path(save_photo(tmp_path / "photo.jpg")).read_bytes()
    (tmp_path / "odd.jpg").write_bytes(data[:2] + b"\xff" * 20_000 + data[2:])
    assert inspect(str(tmp_path / "photo.jpg"))
    assert inspect(str(tmp_path / "odd.jpg")) is None


def test_what_is_not_seen_on_white_paper_in_eight_bits_is_told(tmp_path: Path) -> None:
    photo = draw_photo(1)
    see_through = photo.convert("RGBA")
    see_through.putpixel((3, 4), (255, 255, 255, 0))
    see_through.save(tmp_path / "a.png")
    see_through.save(tmp_path / "a.webp", lossless=True)
    see_through.save(tmp_path / "a.tif")
    photo.convert("RGBA").save(tmp_path / "opaque.png")
    Image.fromarray(np.asarray(photo.convert("L"), np.uint16) * 257).save(tmp_path / "deep.png")
    Image.fromarray(np.asarray(photo.convert("L"), np.uint16) * 257).save(tmp_path / "deep.tif")
    Image.fromarray(np.asarray(photo.convert("L"), np.float32)).save(tmp_path / "float.tif")
    layers = TiffImagePlugin.ImageFileDirectory_v2()
    layers[37724] = b"Adobe Photoshop Document Data Block"
    photo.save(tmp_path / "layers.tif", tiffinfo=layers)

    def told(name: str) -> tuple[str, ...]:
        found = inspect(str(tmp_path / name))
        assert found is not None
        return found.extras

    assert [told(name) for name in ("a.png", "a.webp", "a.tif")] == [("transparency",)] * 3
    assert [told(name) for name in ("deep.png", "deep.tif", "float.tif")] == [("depth of tones",)] * 3
    assert told("layers.tif") == ("layers",)
    assert told("opaque.png") == ()


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_another_picture_behind_the_first_is_told_and_a_note_is_not(tmp_path: Path, suffix: str) -> None:
    path = Path(save_photo(tmp_path / f"a.{suffix}"))
    picture = path.read_bytes()
    second = Path(save_photo(tmp_path / "b.jpg", seed=2)).read_bytes()
    for more, extras in ((second + bytes(range(256)) * 16, ("more behind it",)), (bytes(9000) + b"a note", ())):
        path.write_bytes(picture + more)
        found = inspect(str(path))
        assert found is not None and found.extras == extras


@pytest.mark.parametrize(
    ("marker", "name", "is_more"),
    [
        (0xE1, b"FLIR\0", True),
        (0xEB, b"HDR_RI ver=11", True),
        (0xE2, b"FPXR\0", True),
        (0xEB, b"JP" + bytes(10) + b"jumb", False),
        (0xED, b"Photoshop 3.0\0", False),
        (0xFE, b"a long comment", False),
    ],
    ids=["heat", "light", "sound", "credentials", "an editor's notes", "a comment"],
)
def test_data_in_a_segment_of_its_own_is_told(tmp_path: Path, marker: int, name: bytes, is_more: bool) -> None:
    path = Path(save_photo(tmp_path / "a.jpg"))
    picture, data = path.read_bytes(), name + bytes(range(256)) * 20
    segment = bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2) + data
    for fill in (b"", b"\xff\xff"):  # which may stand before a marker
        path.write_bytes(picture[:2] + fill + segment + picture[2:])
        found = inspect(str(path))
        assert found is not None and found.extras == (("more before it",) if is_more else ())


def test_infrared_and_slices_of_a_tiff_are_told(tmp_path: Path) -> None:
    photo, path = draw_photo(1), tmp_path / "a.tif"
    alpha, infrared = TiffImagePlugin.ImageFileDirectory_v2(), TiffImagePlugin.ImageFileDirectory_v2()
    alpha[338], infrared[338] = 2, 0
    for image, more, extras in (
        (photo.convert("RGBA"), {"tiffinfo": alpha}, ("transparency",)),
        (photo.convert("RGBX"), {"tiffinfo": infrared}, ("more channels",)),
        (photo, {"description": "ImageJ=1.53\nimages=8\nslices=8\n"}, ("another picture",)),
        (photo, {"description": "ImageJ=1.53\nimages=1\n"}, ()),
    ):
        image.save(path, **more)
        found = inspect(str(path))
        assert found is not None and found.extras == extras, extras


def test_colours_beyond_those_of_srgb_are_told(tmp_path: Path) -> None:
    photo = draw_photo(1)
    photo.convert("CMYK").save(tmp_path / "ink.jpg")
    profiles = [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()]
    green = profiles[0].index(b"gXYZ")
    place = int.from_bytes(profiles[0][green + 4 : green + 8])
    profiles.append(profiles[0][: place + 8] + bytes(12) + profiles[0][place + 20 :])  # of another green
    for name, profile in zip(("plain.jpg", "wide.jpg"), profiles, strict=True):
        photo.save(tmp_path / name, icc_profile=profile)
    found = [inspect(str(tmp_path / name)) for name in ("ink.jpg", "plain.jpg", "wide.jpg")]
    assert [each.extras for each in found if each is not None] == [("other colours",), (), ()]
    assert [bool(each.colours) for each in found if each is not None] == [False, False, True]
