"""One reader for all tests of a file, since the process that it starts for dangerous formats costs half a second."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from photosearch.ingest.decoding import isolation
from photosearch.ingest.reader import Reader
from photosearch.models import Decoded, Region, Unreadable

PATIENCE_S = 300.0
SIDE = 64  # px, of what the encoder would be given


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoder may take its time, as it must on a busy computer, unless that is what a test is about."""
    for name in ("TIMEOUT_S", "TIMEOUT_ALONE_S"):
        monkeypatch.setattr(isolation, name, PATIENCE_S)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(SIDE, "squash") as reader:
        yield reader


@pytest.fixture
def read(reader: Reader) -> Callable[..., Decoded]:
    """Read a photo that must be readable."""

    def read(path: str | Path, region: Region | None = None) -> Decoded:
        answer = reader.read(str(path), lambda _: None, region)
        assert isinstance(answer, Decoded), answer
        return answer

    return read


@pytest.fixture
def fail(reader: Reader) -> Callable[..., str]:
    """Read a photo that must not be readable, and return why."""

    def fail(path: str | Path, region: Region | None = None) -> str:
        answer = reader.read(str(path), lambda _: None, region)
        assert isinstance(answer, Unreadable), answer
        assert answer.path == str(path)
        return answer.reason

    return fail
