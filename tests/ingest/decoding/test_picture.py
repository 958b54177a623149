"""Looking at one photo: whole, upright, in sRGB, of a bounded size."""

import io
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photosearch.ingest.decoding import picture as picture_module
from photosearch.library import Library
from photosearch.models import Unreadable
from tests.ingest.dng import save_dng
from tests.photos import difference, draw_photo, make_exif, save_photo


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generator[Library]:
    """One library for all: it reads any file, and the process that it starts for some formats costs half a second."""
    with Library(tmp_path_factory.mktemp("reading") / "library") as library:
        yield library


def look(library: Library, path: str | Path, longest_side: int | None = None) -> NDArray[np.uint8]:
    pixels = library.photos.picture(str(path), longest_side)
    assert not isinstance(pixels, Unreadable), pixels
    assert (pixels.dtype, pixels.ndim, pixels.flags.c_contiguous) == (np.uint8, 3, True)
    return pixels


@pytest.mark.parametrize("suffix", ["jpg", "png", "avif", "tif"])
def test_the_whole_photo_is_seen_upright(library: Library, tmp_path: Path, suffix: str) -> None:
    upright = draw_photo(2, (320, 200))
    upright.transpose(Image.Transpose.ROTATE_90).save(tmp_path / f"photo.{suffix}", exif=make_exif(6), quality=95)
    pixels = look(library, tmp_path / f"photo.{suffix}")
    assert pixels.shape == (200, 320, 3)
    assert difference(pixels, upright) < 6


@pytest.mark.parametrize("side", [1, 100, 319, 320, 1000])
@pytest.mark.parametrize("suffix", ["jpg", "png", "tif"])
def test_it_is_shrunk_to_the_longest_side_and_never_enlarged(
    library: Library, tmp_path: Path, suffix: str, side: int
) -> None:
    path = save_photo(tmp_path / f"photo.{suffix}", 4, (320, 200))
    pixels = look(library, path, side)
    assert max(pixels.shape[:2]) == min(side, 320)
    shown = draw_photo(4, (320, 200)).resize((pixels.shape[1], pixels.shape[0]), Image.Resampling.BOX)
    assert difference(pixels, shown) < 12


@pytest.mark.parametrize("suffix", ["jpg", "png", "avif"])
def test_a_huge_photo_is_shrunk_by_whole_halvings(
    library: Library, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_photo(tmp_path / f"photo.{suffix}", 4, (320, 200))
    if suffix != "avif":  # which is decoded in a process of its own
        monkeypatch.setattr(picture_module, "MAX_VIEW_PIXELS", 320 * 200 // 4 - 1)
        assert look(library, path).shape == (50, 80, 3)
        assert look(library, path, 40).shape == (25, 40, 3)
    monkeypatch.setattr(picture_module, "MAX_VIEW_PIXELS", 320 * 200)
    assert look(library, path).shape == (200, 320, 3)


def test_white_shows_through(library: Library, tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert (look(library, tmp_path / "clear.png") == 255).all()


def test_a_raw_photo_is_seen_by_its_preview(library: Library, tmp_path: Path) -> None:
    preview, packed = draw_photo(5, (600, 400)), io.BytesIO()
    preview.save(packed, "JPEG", quality=95)
    save_dng(tmp_path / "photo.dng", draw_photo(5, (606, 404)), 1, packed.getvalue())
    pixels = look(library, tmp_path / "photo.dng")
    assert pixels.shape == (400, 600, 3)
    assert difference(pixels, preview) < 6


def test_what_cannot_be_seen_is_told(library: Library, tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("no photo")
    told = library.photos.picture(str(tmp_path / "text.jpg"))
    assert isinstance(told, Unreadable)
    assert "not a picture" in told.reason
    gone = Unreadable(str(tmp_path / "gone.jpg"), "The file is not there any more.", "disk")
    assert library.photos.picture(gone.path) == gone
    assert library.photos.facts(gone.path) == gone


def test_facts_of_any_file(library: Library, tmp_path: Path) -> None:
    path = save_photo(tmp_path / "photo.jpg", 1, (320, 200), make_exif(make="Canon", model="EOS 5D"))
    told = library.photos.facts(path)
    assert not isinstance(told, Unreadable)
    facts, thumbnail = told
    assert (facts.format, facts.width, facts.height, facts.camera) == ("JPEG", 320, 200, "Canon EOS 5D")
    assert thumbnail == library.photos.thumbnail_of_file(path)


def test_many_threads_look_at_once(library: Library, tmp_path: Path) -> None:
    paths = [save_photo(tmp_path / f"{seed}.{suffix}", seed) for seed in range(4) for suffix in ("png", "tif", "jpg")]
    alone = [look(library, path) for path in paths]
    with ThreadPoolExecutor(4) as pool:
        for expected, pixels in zip(alone * 2, pool.map(lambda path: look(library, path), paths * 2), strict=True):
            np.testing.assert_array_equal(pixels, expected)
