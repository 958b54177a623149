"""The limit of a process's memory, as far as the system keeps one."""

import subprocess
import sys

import pytest

from tests.conftest import not_under_wine

CODE = """
from photosearch.ingest.decoding.memory_limit import limit_memory

def fits(size_bytes):
    try:
        return len(bytearray(size_bytes)) == size_bytes
    except MemoryError:
        return False

print(fits(400 << 20))
lift = limit_memory(200 << 20)
print(fits(20 << 20), fits(400 << 20))
lift()
print(fits(400 << 20))
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes no heed of a limit")
@not_under_wine("no process heeds the limit of its job")
def test_no_more_memory_is_given_until_the_limit_is_lifted() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["True", "True", "False", "True"]
