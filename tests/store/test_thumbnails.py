"""The thumbnail cache: emptied while others have it open, and thrown away when it is damaged."""

from contextlib import closing
from pathlib import Path

import pytest

from photosearch.errors import LibraryError
from photosearch.store.thumbnails import Thumbnails

PAIRS = [(bytes([number]) * 32, b"jpeg" * 500) for number in range(100)]


def open_filled(file: Path) -> Thumbnails:
    thumbnails = Thumbnails(file)
    thumbnails.put(PAIRS)
    return thumbnails


def test_clearing_keeps_what_another_writes_later(tmp_path: Path) -> None:
    with closing(open_filled(tmp_path / "t.sqlite")) as one, closing(Thumbnails(tmp_path / "t.sqlite")) as other:
        assert other.get(PAIRS[0][0]) == PAIRS[0][1]
        one.clear()
        assert other.get(PAIRS[0][0]) is None
        other.put(PAIRS[:1])
        assert one.get(PAIRS[0][0]) == PAIRS[0][1]


def damage(file: Path) -> None:
    """Scribble over all but the first page, once the log is in the file."""
    open_filled(file).close()
    with file.open("r+b") as scribbled:
        scribbled.seek(4096)
        scribbled.write(b"\xaa" * (file.stat().st_size - 4096))


@pytest.mark.parametrize("start", [0, 4096])
def test_a_damaged_cache_begins_anew(tmp_path: Path, start: int) -> None:
    file = tmp_path / "t.sqlite"
    damage(file)
    if not start:
        file.write_bytes(b"\xaa" * 8192)
    with closing(Thumbnails(file)) as thumbnails:
        assert thumbnails.get(PAIRS[0][0]) is None
        assert thumbnails.check()
        thumbnails.put(PAIRS[:1])
        assert thumbnails.get(PAIRS[0][0]) == PAIRS[0][1]


def test_a_damaged_cache_that_another_process_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    damage(tmp_path / "t.sqlite")
    with closing(Thumbnails(tmp_path / "t.sqlite")) as thumbnails:
        monkeypatch.setattr(Path, "unlink", refuse)
        with pytest.raises(LibraryError, match="close every other"):
            thumbnails.clear()


@pytest.mark.parametrize("suffix", ["", "-wal", "-journal"])
def test_a_folder_in_its_place_is_put_aside_with_what_it_holds(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / "t.sqlite"
    for number in (1, 2):
        file.unlink(missing_ok=True)
        folder = tmp_path / f"t.sqlite{suffix}"
        folder.mkdir()
        (folder / "mine.jpg").write_text(f"mine {number}")
        with closing(open_filled(file)) as thumbnails:
            assert thumbnails.get(PAIRS[0][0]) == PAIRS[0][1]
        assert (tmp_path / f"t.sqlite{suffix}.aside-{number}" / "mine.jpg").read_text() == f"mine {number}"
