"""Fixtures for tests of whole flows: a library in a fresh folder, and the command line in this process."""

import ctypes
import gc
import json
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # of NumPy and torch: what tests compute is small, and threads cost more

import pytest

from photosearch.cli import main as cli
from photosearch.encode.encoder import Encoder
from photosearch.library import Library
from photosearch.paths import resources
from tests.jobs import index
from tests.trash import use_trash

MEMORY = "/dev/shm"  # where Linux keeps files in memory
ROOM_BYTES = 4 << 30
SECONDS = "photosearch/seconds"  # where pytest's cache keeps how long each test took here
QUICK_SECONDS = 0.2  # of a test that --quick runs
if os.path.ismount(MEMORY) and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)  # a disk would take most of the time of many tests

Run = Callable[..., tuple[int, str, str]]


def not_under_wine(reason: str) -> pytest.MarkDecorator:
    """The test runs on Windows and on all other systems, but not under Wine, in which tests for Windows may run."""
    is_wine = sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
    return pytest.mark.skipif(is_wine, reason=f"under Wine, {reason}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="leave out the tests that took long here the last time")


def pytest_configure(config: pytest.Config) -> None:
    if config.pluginmanager.hasplugin("cacheprovider"):
        config.pluginmanager.register(Stopwatch(config), "stopwatch")


class Stopwatch:
    """Keeps the seconds that each test takes, and leaves out the slow ones if pytest is to be quick."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._before: dict[str, float] = config.cache.get(SECONDS, {})
        self._now = defaultdict[str, float](float)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._config.getoption("--quick"):
            slow = [item for item in items if self._before.get(item.nodeid, 0) > QUICK_SECONDS]
            self._config.hook.pytest_deselected(items=slow)
            items[:] = [item for item in items if self._before.get(item.nodeid, 0) <= QUICK_SECONDS]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.passed:  # what failed is to run the next time, however long it took
            self._now[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        if hasattr(self._config, "workerinput"):  # reports of all processes come to the first one
            return
        is_quick = self._config.getoption("--quick")  # or a test that was slow by chance would be left out from then on
        self._config.cache.set(SECONDS, self._now | self._before if is_quick else self._before | self._now)


def pytest_collection_finish() -> None:
    """All that the tests import stays: neither a collection of garbage nor a fork has to look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def loaded_encoders() -> list[Encoder]:
    """The program's encoders stay loaded: those that tests make of the same models share their sessions."""
    return [Encoder(card.parent, "cpu") for card in (resources() / "encoders").glob("*/encoder.json")]


@pytest.fixture(scope="session", autouse=True)
def measured_encoders() -> Generator[None]:
    """The speed of each model is measured once, as that takes longer than most tests."""
    known, measure = dict[str, float](), Encoder.measure

    def measure_once(encoder: Encoder, seconds: float = 0.1) -> float:
        if encoder.bundle.sha256 not in known:
            known[encoder.bundle.sha256] = measure(encoder, seconds)
        return known[encoder.bundle.sha256]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Encoder, "measure", measure_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """The folder of this person's state is another one, where the system lets a program say so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """An empty folder for photos."""
    folder = tmp_path / "album"
    folder.mkdir(exist_ok=True)  # it is there where a test has photos that were made once for many
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Generator[Library]:
    """A new library."""
    with Library(tmp_path / "library") as library:
        yield library


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a library of the test's own: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, arguments), "--library", str(tmp_path / "library")])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """Run a command that must succeed and return its JSON document."""

    def run_json(*arguments: object) -> Any:
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return run_json


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's trash, which no test may touch, is this one."""
    return use_trash(monkeypatch, tmp_path / "home")


def keep(place: Path) -> None:
    """Keep what is in `place` now, photos and their library, for `restore`; the library must be closed."""
    shutil.copytree(place, _kept(place), symlinks=True)


@contextmanager
def kept_library(place: Path) -> Generator[Library]:
    """A library of the album in `place`; both are kept for `restore`, with what is done to it."""
    with Library(place / "library") as library:
        index(library, place / "album")
        yield library
    keep(place)


def restore(place: Path) -> Path:
    """Bring `place` back to what was kept, times of change included: photos lie where their library says. Return it."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(_kept(place), place, symlinks=True))


def restored(made: str, asked: str) -> Any:
    """A fixture `tmp_path`: the place that the fixture `made` kept, as it was, in tests that ask for `asked`."""

    @pytest.fixture(name="tmp_path")
    def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        return restore(request.getfixturevalue(made)) if asked in request.fixturenames else tmp_path

    return place


def _kept(place: Path) -> Path:
    return place.with_name(f"{place.name} as it was made")
