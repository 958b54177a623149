"""Finding in the trash of each system what was thrown away."""

import os
import struct
import time
from pathlib import Path

import pytest

from photosearch.act import trash as trashes
from photosearch.act.trash import find_trashed, forget_record, forget_untaken, in_trash, read_recycle_record, to_trash
from tests.act.files import digest, write
from tests.trash import needs_own


def record_windows(path: str, thrown_at: int, version: int) -> bytes:
    text = path.encode("utf-16-le") + b"\0\0"
    if version == 1:
        return struct.pack("<qqq", 1, 5, thrown_at) + text.ljust(520, b"\0")
    return struct.pack("<qqqi", 2, 5, thrown_at, len(path) + 1) + text


@pytest.mark.parametrize("version", [1, 2])
def test_a_recycle_bin_is_read(tmp_path: Path, version: int) -> None:
    """Made by hand as Windows Vista and Windows 10 make it."""
    path = r"C:\Photos\Übung 1.jpg"
    assert read_recycle_record(record_windows(path, 130, version)) == (path, 130)
    own = tmp_path / "S-1-5-21"
    write(own / "$IAAAAAA.jpg", record_windows(path, 100, version))
    write(own / "$IBBBBBB.jpg", record_windows(path, 200, version))
    write(own / "$ICCCCCC.jpg", record_windows(r"C:\Photos\other.jpg", 300, version))
    write(own / "$IDDDDDD.jpg", b"\x02damaged")
    assert list(trashes._candidates_windows(str(tmp_path), path)) == [  # pyright: ignore[reportPrivateUsage]
        str(own / "$RBBBBBB.jpg"), str(own / "$RAAAAAA.jpg"),
    ]  # fmt: skip
    forget_record(str(own / "$RBBBBBB.jpg"))
    assert sorted(os.listdir(own)) == ["$IAAAAAA.jpg", "$ICCCCCC.jpg", "$IDDDDDD.jpg"]


@needs_own
def test_each_of_many_of_one_name_is_found(album: Path) -> None:
    paths = [write(album / str(number) / "same.jpg", "same") for number in range(12)]
    content = digest(paths[0])
    for path in paths:
        to_trash(path)
    found = [find_trashed(path, content, lambda _: False) for path in paths]
    assert None not in found
    assert len(set(found)) == 12


@needs_own
def test_other_bytes_are_not_it(album: Path, trash: Path) -> None:
    path = write(album / "one.jpg")
    content = digest(path)
    to_trash(path)
    assert find_trashed(path, content, lambda _: False) == str(trash / "files" / "one.jpg")
    assert find_trashed(path, content, lambda found: found.startswith(str(trash))) is None
    (trash / "files" / "one.jpg").write_text("another")
    assert find_trashed(path, content, lambda _: False) is None


@needs_own
def test_records_of_what_the_trash_took_or_of_other_files_stay(album: Path, trash: Path) -> None:
    path = write(album / "one.jpg")
    to_trash(path)  # an earlier one of this name
    write(path)
    record = (trash / "info" / "one.jpg.trashinfo").read_text()
    write(trash / "info" / "one 1.jpg.trashinfo", record.replace("album", "elsewhere"))
    write(trash / "info" / "one 2.jpg.trashinfo", "")  # long ago
    tried_ns = time.time_ns() - 10**9
    write(trash / "info" / "one 3.jpg.trashinfo", record)
    (trash / "info" / "one 4.jpg.trashinfo").touch()
    forget_untaken(path, tried_ns)
    numbered = ("one 1.jpg.trashinfo", "one 2.jpg.trashinfo", "one.jpg.trashinfo")
    assert sorted(os.listdir(trash / "info")) == list(numbered)
    assert Path(path).exists() and os.listdir(trash / "files") == ["one.jpg"]


def test_what_a_trash_is() -> None:
    assert in_trash("/home/me/.local/share/Trash/files/one.jpg")
    assert in_trash("/media/me/stick/.Trash-1000/files/one.jpg")
    assert in_trash("/photos/.photosearch-trash/3/one.jpg")
    assert not in_trash("/photos/Trash/one.jpg")
    assert not in_trash("/photos/trash cans/files/one.jpg")
