"""Other machines read and encode: a real scheduler and real workers on this one, some of which die."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photosearch.errors import LibraryError
from photosearch.ingest import machines as machines_module
from photosearch.ingest.machines import Machines
from photosearch.library import Library
from photosearch.models import Progress, Summary
from tests.jobs import finish, index
from tests.photos import open_sample, save_photo

pytest.importorskip("distributed")
PATIENCE_S = 60


@contextmanager
def process(*arguments: str, until: str) -> Iterator[subprocess.Popen[str]]:
    """A program of Dask's, once it says that it is there."""
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    environment = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
    ) as started:
        assert started.stderr
        drain = threading.Thread(target=started.stderr.read)  # a full pipe would stop it
        try:
            said = list[str]()
            while until not in (line := started.stderr.readline()):
                said.append(line)
                assert line, "".join(said)
            drain.start()
            started.address = line.split()[-1]  # type: ignore[attr-defined]
            yield started
        finally:
            started.kill()
            if drain.ident:
                drain.join()


@pytest.fixture(scope="module")
def scheduler() -> Generator[str]:
    """The address of a scheduler."""
    with process("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", until="Scheduler at:") as at:
        yield at.address  # type: ignore[attr-defined]


@contextmanager
def worker(scheduler: str, place: Path) -> Iterator[subprocess.Popen[str]]:
    """A worker with one thread, in a process of its own."""
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--local-directory"]
    with process("dask_worker", scheduler, *options, str(place), until="Registered to:") as started:
        yield started


@pytest.fixture(scope="module")
def two_workers(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The address of a scheduler with two workers."""
    place = tmp_path_factory.mktemp("workers")
    with worker(scheduler, place), worker(scheduler, place):
        yield scheduler


@pytest.fixture
def photos(album: Path) -> Path:
    """Photos, two of one content, and files that are none."""
    for seed in range(30):
        save_photo(album / f"{seed:02}.jpg", seed)
    shutil.copy(album / "00.jpg", album / "copy.jpg")
    (album / "empty.jpg").touch()
    (album / "broken.jpg").write_bytes((album / "01.jpg").read_bytes()[:200])
    return album


def job(library: Library, folder: Path, machines: Machines) -> Generator[Progress, None, Summary]:
    return library.index([str(folder)], machines=machines)


def told(summary: Summary) -> tuple[object, ...]:
    unreadable = sorted((each.path, str(each.reason), each.cause) for each in summary.unreadable)
    return summary.added, summary.photos, unreadable


def assert_same(one: Library, other: Library) -> None:
    """Both hold the same photos, and nearly the same descriptors: rounding depends on the batch."""
    sql = (
        "SELECT path, size_bytes, mtime_ns, digest, width, unreadable, cause FROM photo"
        " LEFT JOIN content ON content.id = content_id ORDER BY path"
    )
    rows = [library.catalog.connection.execute(sql).fetchall() for library in (one, other)]
    assert rows[0] == rows[1]
    vectors = [dict(library.catalog.photos_with_descriptors(library.encoder_id, None)) for library in (one, other)]
    assert vectors[0].keys() == vectors[1].keys()
    for path, vector in vectors[0].items():
        pair = (np.frombuffer(each, np.float16).astype(np.float32) for each in (vector, vectors[1][path]))
        np.testing.assert_allclose(*pair, atol=2e-3)
    sql = "SELECT digest, count(*) FROM panel JOIN content ON content.id = content_id GROUP BY digest"
    panels = [library.catalog.connection.execute(sql).fetchall() for library in (one, other)]
    assert panels[0] == panels[1]


def test_machines_make_the_library_that_this_one_would(
    two_workers: str, photos: Path, library: Library, tmp_path: Path
) -> None:
    page = Image.new("RGB", (620, 240), "white")
    for place in range(2):
        page.paste(open_sample(place, (290, 220)), (10 + 310 * place, 10))
    page.save(photos / "page.png")
    with closing(Machines(two_workers, {})) as machines:
        summary = finish(job(library, photos, machines))
        sql = "SELECT count(*) FROM panel JOIN photo USING (content_id) WHERE path = ?"
        assert library.catalog.connection.execute(sql, (os.fsencode(photos / "page.png"),)).fetchone() == (2,)
        assert finish(job(library, photos, machines)).added == 0
    with Library(tmp_path / "here") as here:
        assert told(summary) == told(index(here, photos))
        assert_same(library, here)


def test_a_worker_that_is_killed_costs_nothing(
    scheduler: str, photos: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines_module, "LOOK_S", 0.0)
    monkeypatch.setattr("photosearch.ingest.pipeline.BATCH", 2)
    with (
        worker(scheduler, tmp_path / "1") as first,
        worker(scheduler, tmp_path / "2"),
        closing(Machines(scheduler, {})) as machines,
    ):
        running, is_killed = job(library, photos, machines), False
        while True:
            try:
                progress = next(running)
            except StopIteration as end:
                summary: Summary = end.value
                break
            if progress.stage == "indexing" and progress.done and not is_killed:
                first.kill()
                is_killed = True
    assert is_killed
    with Library(tmp_path / "here") as here:
        assert told(summary) == told(index(here, photos))
        assert_same(library, here)


def test_a_worker_that_comes_after_all_are_gone_goes_on(
    scheduler: str, photos: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines_module, "LOOK_S", 0.0)
    monkeypatch.setattr("photosearch.ingest.pipeline.BATCH", 2)
    with worker(scheduler, tmp_path / "1") as first, closing(Machines(scheduler, {})) as machines:
        running = job(library, photos, machines)
        while not (progress := next(running)).done or progress.stage != "indexing":
            pass
        first.kill()  # and with it the one copy of the encoder that the scheduler had
        first.wait()
        with worker(scheduler, tmp_path / "2"):
            summary = finish(running)
    assert (summary.added, summary.photos) == (31, 31)


def test_folders_lie_elsewhere_for_the_workers(
    two_workers: str, photos: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there"
    photos.rename(there)
    photos.mkdir()
    for file in there.iterdir():  # here they have the same names, and nothing in them
        (photos / file.name).write_bytes(b"")
    with closing(Machines(two_workers, {str(photos): str(there)})) as machines:
        assert finish(job(library, photos, machines)).added == 31
    monkeypatch.setattr(machines_module, "UNSEEN", 5)
    lost = Machines(two_workers, {str(there): str(tmp_path / "nowhere")})
    with closing(lost), pytest.raises(LibraryError, match=r"workers do not see “.*--map HERE=THERE"):
        finish(job(library, there, lost))
    assert library.photos.count().present == 31


def test_what_is_in_the_way_gets_a_sentence(
    scheduler: str, photos: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines_module, "CONNECT_S", 0.5)
    for address, told in (("tcp://127.0.0.1:9", "cannot be reached"), ("http://x", "no address"), ("", "no address")):
        with pytest.raises(LibraryError, match=told):
            Machines(address, {})
    with worker(scheduler, tmp_path / "1"), closing(Machines(scheduler, {})) as machines:
        monkeypatch.setattr(machines_module, "decoders", lambda: "of another version")
        with pytest.raises(LibraryError, match="has this version"):
            finish(job(library, photos, machines))


def test_a_scheduler_without_workers_is_told(photos: Path, library: Library) -> None:
    at = process("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", until="Scheduler at:")
    with at as alone:
        machines = Machines(alone.address, {})  # type: ignore[attr-defined]
        with closing(machines), pytest.raises(LibraryError, match="has no workers yet"):
            finish(job(library, photos, machines))
