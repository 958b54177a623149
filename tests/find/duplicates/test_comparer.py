"""Comparing pairs in processes of their own: what it gives is as on one thread, whatever happens to the processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations, count, cycle
from multiprocessing import active_children
from pathlib import Path

import pytest

import photosearch
from photosearch.find.duplicates import chunks, comparer, comparison
from photosearch.find.duplicates.candidates import Rounds
from photosearch.find.duplicates.chunks import in_chunks
from photosearch.find.duplicates.comparer import Comparer, Thumbnail, Thumbnails, Verdicts
from photosearch.find.duplicates.comparison import Comparers, Once, Schedule
from photosearch.library import Library
from photosearch.models import Duplicates
from photosearch.store.tables.pairs import Pair
from tests.jobs import finish, index
from tests.photos import open_sample, save_sample

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    before = set(active_children())
    yield
    assert set(active_children()) == before


@pytest.fixture(scope="module")
def pairs() -> list[Thumbnails]:
    jpegs = [jpeg(seed, side) for seed in (1, 2, 5) for side in (256, 200)]
    return list(combinations(map(Thumbnail, [*jpegs, b"damaged", None]), 2))


def jpeg(seed: int, side: int) -> bytes:
    packed = BytesIO()
    open_sample(seed, (side, side * 3 // 4)).save(packed, "JPEG", quality=85)
    return packed.getvalue()


@pytest.fixture
def apart() -> Iterator[Comparer]:
    apart = Comparer(apart=True)
    yield apart
    apart.close()


@pytest.fixture
def here(pairs: list[Thumbnails]) -> Verdicts:
    verdicts = Comparer(apart=False).compare(pairs)
    assert {verdict and verdict.tier for verdict in verdicts} >= {"same", None}
    return verdicts


def test_a_process_finds_what_is_found_here(apart: Comparer, pairs: list[Thumbnails], here: Verdicts) -> None:
    assert apart.compare(pairs) == here
    assert len(active_children()) == 1


def test_a_process_that_crashes_once_costs_nothing(apart: Comparer, pairs: list[Thumbnails], here: Verdicts) -> None:
    apart.compare(pairs[:1])
    (process,) = active_children()
    killer = threading.Timer(0.05, process.kill)
    killer.start()
    assert apart.compare(pairs) == here
    killer.join()


def test_pairs_that_take_too_long_are_left_for_another_time(
    apart: Comparer, pairs: list[Thumbnails], monkeypatch: pytest.MonkeyPatch
) -> None:
    apart.compare(pairs[:1])
    with monkeypatch.context() as patched:
        patched.setattr(comparer, "TIMEOUT_S", 0)
        assert apart.compare(pairs[1:3]) == [None, None]


def test_where_no_process_starts_pairs_are_compared_here(
    apart: Comparer, pairs: list[Thumbnails], here: Verdicts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photosearch.worker_process.START_TIMEOUT_S", 0)
    assert apart.compare(pairs) == here


def test_hardly_any_photo_is_compared_by_both_of_two_that_compare() -> None:
    scenes = [list(combinations(range(8 * scene, 8 * scene + 8), 2)) for scene in range(10)]
    pairs, knows = [pair for scene in scenes for pair in scene], defaultdict[int, set[Comparer]](set)
    with Comparers(2) as comparers:
        for parts in ([Rounds(scene, {}, Counter()) for scene in scenes], [Once(pairs)]):
            schedule, compared = Schedule(parts, comparers), list[Pair]()
            for each in cycle(schedule.comparers):
                if (chunk := schedule.take(each)) is None:
                    break
                compared += chunk.pairs
                for one, other in chunk.pairs:
                    knows[one].add(each)
                    knows[other].add(each)
                schedule.finish(chunk)
            assert sorted(compared) == pairs
            assert schedule.total == len(pairs)
    assert sum(len(by) for by in knows.values()) <= 90, "in the end both take what is left"
    assert len(set[Comparer]().union(*knows.values())) == 2


@pytest.fixture
def many(library: Library, album: Path) -> Library:
    for seed in range(4):
        for side in (320, 240):
            save_sample(album / f"{seed} {side}.jpg", seed, (side, side * 3 // 4))
    index(library, album)
    return library


def told(found: Duplicates) -> list[tuple[object, ...]]:
    return [(group.tier, [(member.photo.path, member.verdict) for member in group.photos]) for group in found.groups]


def test_a_library_is_compared_by_processes_as_by_one_thread(many: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(finish(many.duplicates(threads=1)))
    assert before
    monkeypatch.setattr(comparison, "FEW", 0)
    monkeypatch.setattr(comparison, "METHOD", comparison.METHOD + 1)
    monkeypatch.setattr("photosearch.find.duplicates.finder.METHOD", comparison.METHOD)
    assert told(finish(many.duplicates(threads=2))) == before


def test_a_search_that_is_left_ends_its_processes(many: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "FEW", 0)
    monkeypatch.setattr(chunks, "WRITE_EVERY_S", 0.01)
    job = many.duplicates(threads=2)
    assert any(progress.stage == "comparing" and progress.done for progress in job)
    assert active_children()
    job.close()
    assert finish(many.duplicates()).groups


def test_work_that_fails_ends_the_others() -> None:
    done = count()

    def work(chunk: object) -> Iterator[int]:
        yield next(done)
        time.sleep(0.001)
        if chunk == [3]:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_chunks(work, list(range(10_000)), 2, 1))
    assert next(done) < 10_000


KILLED = """
import os, sys, threading
from photosearch.find.duplicates.comparer import Comparer, Thumbnail

if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        jpeg = file.read()
    comparer = Comparer(apart=True)
    comparer.compare([(Thumbnail(jpeg), Thumbnail(jpeg))])
    print(comparer._worker._process._process.pid, flush=True)
    if sys.argv[2] == "busy":
        comparer.compare([(Thumbnail(jpeg + bytes([number])), Thumbnail(jpeg)) for number in range(200)])
    threading.Event().wait()
"""


@needs_signals
@pytest.mark.parametrize("when", ["busy", "idle"])
def test_no_process_outlives_a_killed_program(tmp_path: Path, when: str) -> None:
    script, photo = tmp_path / "killed.py", tmp_path / "photo.jpg"
    script.write_text(KILLED)
    photo.write_bytes(jpeg(1, 64))
    root = str(Path(photosearch.__file__).parents[1])
    command = [sys.executable, str(script), str(photo), when]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": root}, stdout=subprocess.PIPE) as program:
        assert program.stdout
        process = int(program.stdout.readline())
        os.kill(process, 0)
        program.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while is_alive(process):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"  # nobody may have reaped it
    except OSError:
        return True


@needs_signals
def test_ctrl_c_ends_a_search_and_its_processes(tmp_path: Path, many: Library) -> None:
    many.close()
    script = tmp_path / "search.py"
    script.write_text(INTERRUPTED)
    command = [sys.executable, str(script), str(many.places.library)]
    root = str(Path(photosearch.__file__).parents[1])
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": root}, capture_output=True, text=True, start_new_session=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "interrupted, 0 left\n", "")


INTERRUPTED = """
import os, signal, sys
from multiprocessing import active_children
from pathlib import Path
from photosearch.find.duplicates import chunks, comparison
from photosearch.library import Library

if __name__ == "__main__":
    comparison.FEW = 0
    chunks.WRITE_EVERY_S = 0.01
    with Library(Path(sys.argv[1])) as library:
        try:
            for progress in library.duplicates(threads=2):
                if progress.stage == "comparing" and progress.done:
                    assert active_children()
                    os.killpg(0, signal.SIGINT)
        except KeyboardInterrupt:
            print("interrupted,", len(active_children()), "left")
"""
