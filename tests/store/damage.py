"""A library whose files are damaged, and the commands that have to tell so in sentences; each try is a process."""

import contextlib
import functools
import io
import json
import os
import random
import shutil
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from photosearch.cli import main as cli
from photosearch.encode import encoder
from photosearch.library import Library
from photosearch.paths import resources
from photosearch.store import vectors
from photosearch.store.index import index
from tests.photos import save_photo, save_sample

PATIENCE_S, WAIT_S = 120, 1200  # of the processor, and by the clock, beside other work
PHOTOS = 10
LABELS = ("Hut", "Wolf")
ADDED = "mine"  # the name of an encoder


class Damage(NamedTuple):
    """One byte of one file of a library, and its new value."""

    file: str
    place: int
    value: int


class Outcome(NamedTuple):
    """The end of a command: its exit code, and a traceback if it was no sentence."""

    arguments: tuple[str, ...]
    code: int | None
    told: str
    trace: str = ""

    @property
    def is_right(self) -> bool:
        """True if it did what it should or said why not."""
        return not self.trace and self.code in (0, 1, 2) and (self.code == 0 or bool(self.told.strip()))


def make_library(folder: Path, album: Path) -> Path:
    """A library of everything that one holds: labels, decisions, acts, an encoder, settings, and all caches.

    From here on an encoder is loaded once, how fast it is is not asked, and few photos are enough for a graph to be
    searched: what is tried takes a hundredth of that.
    """
    vectors.YOUNG_LIMIT, vectors.LEAST, index.GRAPH_COST = 5, 2, 0
    encoder.Encoder.measure = lambda *_: 1.0
    encoder.Encoder = functools.cache(encoder.Encoder)
    for seed in range(PHOTOS - 4):
        save_photo(album / f"{seed}.jpg", seed, (60, 40))
    for copy in range(4):
        save_sample(album / f"copy {copy}.jpg", copy // 2, (200, 150))
    for arguments in (
        ("index", str(album)), ("label", LABELS[0], str(album / "0.jpg")), ("label", LABELS[1], str(album / "1.jpg")),
        ("duplicates",),
        ("duplicates", "--tier", "identical", "--in", str(album), "--move", str(album.parent / "gone"), "--yes"),
        ("encoders", "add", str(make_encoder(album.parent / ADDED))),
    ):  # fmt: skip
        assert run(folder, arguments).is_right
    with Library(folder) as library:
        library.change(library.settings)
        first, second, *_ = library.photos.listing().ids
        library.feedback.decide("not duplicates", [first], second)
        library.feedback.confirm(str(album / "0.jpg"), [second], same=True)
    for arguments in (*questions(album), ("doctor", "--repair")):  # so that every process has loaded what it needs
        assert run(folder, arguments).is_right, arguments
    return folder


def make_encoder(folder: Path) -> Path:
    """A copy of an encoder that comes with the program, under a name that `encoders add` takes."""
    given = resources() / "encoders" / "default-int8"
    card = json.loads((given / "encoder.json").read_text("utf-8"))
    folder.mkdir()
    shutil.copy(given / "model.onnx", folder)
    (folder / "encoder.json").write_text(json.dumps(card | {"name": ADDED}), "utf-8")
    return folder


def questions(album: Path) -> list[tuple[str, ...]]:
    """Commands that read all there is in a library."""
    photo = str(album / "0.jpg")
    return [
        ("status",), ("similar", photo, "--min-score", "-1"), ("similar", photo, "--limit", "1"), ("duplicates",),
        ("labels",), ("labels", LABELS[0]), ("history",), ("clusters",), ("bursts",), ("decisions",), ("encoders",),
        ("encoders", "undo"), ("index",), ("doctor",),
    ]  # fmt: skip


def run(folder: Path, arguments: Sequence[str]) -> Outcome:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code: Any = cli.main([*arguments, "--library", str(folder)])
        except SystemExit as end:
            code = end.code
        except BaseException:
            return Outcome(tuple(arguments), None, "", traceback.format_exc())
    return Outcome(tuple(arguments), code, err.getvalue() or out.getvalue())


def apart(work: Callable[[], list[Outcome]], wait_s: int = WAIT_S) -> list[Outcome]:
    """The result of `work` in a process of its own; a crash or a hang is a result, too."""
    import resource  # which Windows lacks

    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which this does not touch
        child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_S, PATIENCE_S))
            signal.alarm(wait_s)
            told = json.dumps(work()).encode()
            with open(writing, "wb") as out:
                out.write(told)
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    if not told:
        return [Outcome((), None, "", f"the process ended with {os.waitstatus_to_exitcode(status)}")]
    return [Outcome(tuple(arguments), *rest) for arguments, *rest in json.loads(told)]


def damages(folder: Path, seed: int, near_start: float = 0.5) -> Iterator[Damage]:
    """Endless damages of the files of a library, each as often as another; `near_start` of them in the first pages."""
    chance = random.Random(seed)
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
    files = [file for file in files if (folder / file).stat().st_size]
    while True:
        file = chance.choice(files)
        size = (folder / file).stat().st_size
        end = min(size, 8192) if chance.random() < near_start else size
        yield Damage(file, chance.randrange(end), chance.choice([0, 0x41, 0x80, 0xAA, 0xFF, chance.randrange(256)]))


def try_damage(library: Path, album: Path, scratch: Path, damage: Damage) -> list[Outcome]:
    """Damage a copy of a library, ask it everything, repair it, and ask again."""
    shutil.copytree(library, scratch)
    try:
        with (scratch / damage.file).open("r+b") as file:
            file.seek(damage.place)
            file.write(bytes([damage.value]))

        def work() -> list[Outcome]:
            asked = [run(scratch, arguments) for arguments in questions(album)]
            if ADDED in damage.file:
                asked.append(run(scratch, ("encoders", "use", ADDED)))
            repaired = [run(scratch, ("doctor", "--repair")), run(scratch, ("index", str(album)))]
            again = [run(scratch, (*arguments, "--json")) for arguments in (("status",), ("labels",), ("history",))]
            return [*asked, *repaired, *again]

        return apart(work)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def peak_bytes() -> int:
    """The most memory that a process of this one had."""
    import resource  # which Windows lacks

    return 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
