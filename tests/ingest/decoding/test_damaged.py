"""A JPEG that was cut short is read as far as it goes, if that is most of it, and it is known how much is lacking."""

from pathlib import Path

import pytest
from PIL import Image

from photosearch.ingest.reader import Reader
from photosearch.models import Decoded, Unreadable
from tests.ingest.conftest import SIDE
from tests.photos import difference, draw_photo, open_thumbnail, save_photo

SIZE = (960, 640)


@pytest.fixture
def reader() -> Reader:
    return Reader(SIDE, "squash")


def cut(path: Path, missing_bytes: int, **options: object) -> str:
    """A photo that lacks its last bytes."""
    save_photo(path, 7, SIZE, quality=95, **options)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - missing_bytes])
    return str(path)


def read(reader: Reader, path: str) -> Decoded:
    answer = reader.read(path, lambda _: None)
    assert isinstance(answer, Decoded), answer
    return answer


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_whole_photo_lacks_nothing(tmp_path: Path, reader: Reader, options: dict[str, object]) -> None:
    assert read(reader, cut(tmp_path / "photo.jpg", 0, **options)).facts.lacking == 0


@pytest.mark.parametrize("missing_bytes", [3, 40, 200])
def test_a_photo_that_lacks_its_last_pixels_is_read(tmp_path: Path, reader: Reader, missing_bytes: int) -> None:
    decoded = read(reader, cut(tmp_path / "photo.jpg", missing_bytes))
    assert (decoded.facts.width, decoded.facts.height) == SIZE
    assert 0 < decoded.facts.lacking < 0.1
    thumbnail = open_thumbnail(decoded)
    assert difference(thumbnail, draw_photo(7, SIZE).resize(thumbnail.size)) < 8


def test_a_photo_without_its_end_but_with_all_its_pixels_lacks_next_to_nothing(tmp_path: Path, reader: Reader) -> None:
    assert read(reader, cut(tmp_path / "photo.jpg", 2)).facts.lacking < 0.02


@pytest.mark.parametrize("side", [SIDE, 48])
def test_a_photo_that_was_cut_short_and_ended_anew_is_known_to_lack_a_part(tmp_path: Path, side: int) -> None:
    path = cut(tmp_path / "photo.jpg", 0)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[: len(data) * 2 // 3] + b"\xff\xd9")
    assert 0.2 < read(Reader(side, "squash"), path).facts.lacking < 0.5


@pytest.mark.parametrize("grey", [(0, 400, 960, 640), (952, 632, 960, 640)])
def test_a_whole_photo_that_ends_in_grey_lacks_nothing(
    tmp_path: Path, reader: Reader, grey: tuple[int, int, int, int]
) -> None:
    photo = draw_photo(7, SIZE)
    photo.paste((128, 128, 128), grey)
    photo.save(tmp_path / "photo.jpg", quality=95, subsampling=0)
    with Image.open(tmp_path / "photo.jpg") as stored:
        assert stored.getpixel((959, 639)) == (128, 128, 128)
    assert read(reader, str(tmp_path / "photo.jpg")).facts.lacking == 0


def test_half_a_photo_is_refused(tmp_path: Path, reader: Reader) -> None:
    path = cut(tmp_path / "photo.jpg", 0)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[: len(data) // 2])
    assert reader.read(path, lambda _: None) == Unreadable(path, "The file is cut short.")


def test_a_photo_that_gets_finer_as_it_is_read_may_lack_its_last_passes(tmp_path: Path, reader: Reader) -> None:
    decoded = read(reader, cut(tmp_path / "photo.jpg", 2000, progressive=True))
    assert decoded.facts.lacking == 1.0
    thumbnail = open_thumbnail(decoded)
    assert difference(thumbnail, draw_photo(7, SIZE).resize(thumbnail.size)) < 8


def test_a_photo_without_its_first_pass_is_refused(tmp_path: Path, reader: Reader) -> None:
    path = cut(tmp_path / "photo.jpg", 0, progressive=True)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[: data.index(b"\xff\xda") + 100])
    assert reader.read(path, lambda _: None) == Unreadable(path, "The file is cut short.")


@pytest.mark.parametrize("kept", [0.3, 0.5])
def test_a_photo_that_lacks_passes_and_was_ended_anew_is_known_to(tmp_path: Path, reader: Reader, kept: float) -> None:
    path = cut(tmp_path / "photo.jpg", 0, progressive=True)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[: int(len(data) * kept)] + b"\xff\xd9")
    decoded = read(reader, path)
    assert decoded.facts.lacking == 1.0
    assert difference(open_thumbnail(decoded), draw_photo(7, SIZE).resize(open_thumbnail(decoded).size)) < 8


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_a_whole_photo_of_several_passes_lacks_none(tmp_path: Path, reader: Reader, mode: str) -> None:
    draw_photo(7, SIZE).convert(mode).save(tmp_path / "photo.jpg", progressive=True, subsampling=0)
    assert read(reader, str(tmp_path / "photo.jpg")).facts.lacking == 0


def test_a_photo_of_one_pass_is_no_coarser_one_for_a_preview_within(tmp_path: Path, reader: Reader) -> None:
    path = cut(tmp_path / "photo.jpg", 0)
    data = Path(path).read_bytes()
    preview = b"Exif\0\0" + data[data.index(b"\xff\xda") :][:60_000]
    segment = b"\xff\xe1" + (len(preview) + 2).to_bytes(2) + preview
    Path(path).write_bytes(data[:2] + segment + data[2 : data.index(b"\xff\xda") + 100])
    assert reader.read(path, lambda _: None) == Unreadable(path, "The file is cut short.")
