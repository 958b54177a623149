"""Reading files takes only as much memory as they fill; replacing one waits until nobody has it open."""

import io
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from photosearch.files import read_file, read_up_to
from photosearch.own_files import replace_file

LIMIT = 1 << 31


def read_opened(path: Path) -> bytes:
    with path.open("rb") as file:
        return read_up_to(file, LIMIT)


@pytest.mark.parametrize("read", [lambda path: read_file(path, LIMIT), read_opened], ids=["read_file", "read_up_to"])
def test_a_short_file_takes_little_memory(tmp_path: Path, read: Callable[[Path], bytes]) -> None:
    (tmp_path / "short").write_bytes(b"abc" * 1000)
    tracemalloc.start()
    try:
        content = read(tmp_path / "short")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert content == b"abc" * 1000
    assert peak < 1 << 20


def test_the_rest_is_read_up_to_the_limit() -> None:
    file = io.BytesIO(b"abcdef")
    file.seek(2)
    assert read_up_to(file, 3) == b"cde"
    assert read_up_to(file, 3) == b"f"
    assert read_up_to(file, 3) == b""


def test_a_file_that_another_program_has_open_for_a_moment_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b"old")
    with (tmp_path / "settings.json").open("rb") as opened:
        closing = threading.Timer(0.3, opened.close)
        closing.start()
        replace_file(tmp_path / "settings.json", b"new")
        closing.join()
    assert (tmp_path / "settings.json").read_bytes() == b"new"
