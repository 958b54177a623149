"""A run in which another encoder takes over is killed: what it encoded is kept, and the next run goes on."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from photosearch.library import Library
from tests.encode.small_encoders import use_small_encoders
from tests.jobs import index
from tests.library.switching import COUNT, FIRST, OTHER, ask, encoded_by, fill

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")


KILLED = """
import os, signal, sys
from pathlib import Path
from photosearch.ingest import pipeline
from photosearch.library import Library

pipeline.REPORT_EVERY_S = 0.001  # so that it is known from the first batch on that it encodes
left, is_encoding = int(sys.argv[2]), False

def trace(_: str) -> None:
    global left
    left -= is_encoding
    if left < 0 or is_encoding and library.encoders.adopting is None:
        os.kill(os.getpid(), signal.SIGKILL)

library = Library(Path(sys.argv[1]))
library.catalog.connection.set_trace_callback(trace)
for progress in library.index(threads=2):
    is_encoding = is_encoding or progress.stage == "re-encoding"
    print(progress.stage, progress.done, flush=True)
"""


def index_until_killed(library: Library, statement: int) -> tuple[str, int]:
    """Index in a process that is killed at an SQL statement, at the latest when the other encoder has taken over.

    Return the last stage and number of photos that it told.
    """
    command = [sys.executable, "-c", KILLED, str(library.places.library), str(statement)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    stage, done = ended.stdout.splitlines()[-1].rsplit(maxsplit=1)
    return stage, int(done)


@pytest.mark.parametrize("part", range(3))
def test_a_killed_run_is_resumed(part: int, library: Library, album: Path, tmp_path: Path) -> None:
    """The process is killed at some SQL statement, in or between transactions."""
    fill(library, album, 30)
    before = ask(library, album)
    library.encoders.adopt(OTHER)
    stage, done = index_until_killed(library, random.Random(part).randint(40 * part, 40 * part + 39))
    kept = encoded_by(library, OTHER)
    assert stage == "re-encoding"
    assert done <= kept <= 30
    assert library.settings.encoder == FIRST
    assert ask(library, album) == before
    assert index(library).encoded_again == 30 - kept
    assert library.settings.encoder == OTHER
    with Library(tmp_path / "clean") as clean:
        use_small_encoders(clean)
        clean.encoders.adopt(OTHER)
        index(clean, album)
        expected = dict(clean.catalog.photos_with_descriptors(clean.encoder_id, None))
        found = dict(library.catalog.photos_with_descriptors(library.encoder_id, None))
        assert found.keys() == expected.keys()
        for path, vector in found.items():
            one, other = (np.frombuffer(each, np.float16).astype(np.float32) for each in (vector, expected[path]))
            np.testing.assert_allclose(one, other, atol=2e-2)  # eight bits, in batches of different sizes
    library.encoders.undo()
    assert ask(library, album) == before


def test_a_run_that_is_killed_when_it_has_taken_over_has_taken_over(library: Library, album: Path) -> None:
    fill(library, album, COUNT)
    before = ask(library, album)
    library.encoders.adopt(OTHER)
    assert index_until_killed(library, 10**6) == ("re-encoding", COUNT)
    assert (library.settings.encoder, library.encoders.adopting, library.settings.previous_encoder) == (
        OTHER,
        None,
        FIRST,
    )
    assert {len(matches) for matches in ask(library, album)} == {COUNT - 1}
    assert index(library).encoded_again == 0
    library.encoders.undo()
    assert ask(library, album) == before
