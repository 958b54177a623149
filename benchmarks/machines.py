"""Indexing by the workers of a Dask scheduler, beside indexing by this computer alone.

    python benchmarks/machines.py PHOTOS [--workers 1 2 4 8] [--kills N]

A scheduler and two workers of one thread each run on this computer and index the photos of a folder, as this program
does with two threads: the ratio is what the scheduler costs. Then workers that sleep for as long as a photo takes in
place of reading it: their rate by their number, against that of one. Last, the two workers are killed (10 times, a new
one takes the place of each), and the library must hold what the local one holds. Targets: 0.85 of the local rate; 0.9
of linear; the same libraries.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import numpy as np
from machine import tell_machine, verdict

from photosearch.ingest import machines as machines_module
from photosearch.ingest.machine import NO_PIXELS, Remote
from photosearch.ingest.machines import Machines
from photosearch.library import Library
from photosearch.models import Decoded, Facts, FoundFile

TARGET_RATIO, TARGET_LINEAR = 0.85, 0.9
PHOTO_S, SLEPT = 0.05, 100  # a photo of 8 megapixels on one core; photos for each sleeping worker


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4, 8])
    parser.add_argument("--kills", type=int, default=10)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as temporary, scheduler() as address:
        place = Path(temporary)
        local_s = index_s(place / "local", options.photos, None)
        with workers(address, 2, place):
            remote_s = index_s(place / "remote", options.photos, address)
        ratio = local_s / remote_s
        is_near = verdict(ratio >= TARGET_RATIO)
        print(f"two threads {local_s:.1f} s, two workers {remote_s:.1f} s, ratio {ratio:.2f}: {is_near}")
        tell_linear(address, options.workers, place)
        tell_killed(address, options.photos, options.kills, place)


def index_s(library: Path, photos: Path, address: str | None) -> float:
    """Seconds of a whole run, starting included."""
    with ExitStack() as stack:
        opened = stack.enter_context(Library(library, "cpu"))
        machines = stack.enter_context(closing(Machines(address, {}))) if address else None
        start = time.perf_counter()
        for _ in opened.index([str(photos)], machines=machines, threads=2):
            pass
        return time.perf_counter() - start


def sleeping(paths: Sequence[str], _: str, __: object) -> list[Remote]:
    """In place of reading: nothing is done for as long as it would take."""
    time.sleep(PHOTO_S * len(paths))
    decoded = Decoded(b"", NO_PIXELS, b"\0" * 8_000, Facts("JPEG", 1, 1), b"")
    return [Remote(decoded, np.zeros(512, np.float32), None) for _ in paths]


def tell_linear(address: str, numbers: Sequence[int], place: Path) -> None:
    machines_module.read_files = sleeping  # type: ignore[assignment]
    rates = dict[int, float]()
    for number in numbers:
        with workers(address, number, place), closing(Machines(address, {})) as machines:
            count = SLEPT * number
            files = (FoundFile(f"/{n}", 1, 1) for n in range(count))
            with Library(place / "none", "cpu") as library:
                folder = library.bundles.folder("default")
            start = time.perf_counter()
            done = sum(len(reads) for reads in machines.read_ahead(files, folder, lambda _: None, 8))
            rates[number] = done / (time.perf_counter() - start)
    first = rates[numbers[0]] / numbers[0]
    for number, rate in rates.items():
        linear = rate / (number * first)
        is_linear = verdict(linear >= TARGET_LINEAR)
        print(f"{number} sleeping workers: {rate:.0f} photos/s, {linear:.2f} of linear: {is_linear}")


def tell_killed(address: str, photos: Path, kills: int, place: Path) -> None:
    from photosearch.ingest import machine

    machines_module.read_files = machine.read_files
    chance, left = random.Random(1), kills
    with ExitStack() as stack, Library(place / "killed", "cpu") as library:
        running = [stack.enter_context(workers(address, 1, place)) for _ in range(2)]
        machines = stack.enter_context(closing(Machines(address, {})))
        total = 0
        for progress in library.index([str(photos)], machines=machines):
            total = progress.total or total
            if left and total and progress.stage == "indexing" and progress.done > total * (kills - left) / kills:
                left -= 1
                running.pop(chance.randrange(2))[0].kill()
                running.append(stack.enter_context(workers(address, 1, place)))
        with Library(place / "local", "cpu") as local:
            is_same = held(library) == held(local)
    print(f"{kills - left} workers killed while they indexed: the same library: {verdict(is_same)}")


def held(library: Library) -> list[tuple[object, ...]]:
    sql = "SELECT path, digest, unreadable FROM photo LEFT JOIN content ON content.id = content_id ORDER BY path"
    return library.catalog.connection.execute(sql).fetchall()


@contextmanager
def scheduler() -> Iterator[str]:
    with dask("dask_scheduler", "--host", "127.0.0.1", "--port", "0", until="Scheduler at:") as (_, address):
        yield address


@contextmanager
def workers(address: str, number: int, place: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """So many workers of one thread each."""
    options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(place), "--host", "127.0.0.1"]
    with ExitStack() as stack:
        yield [
            stack.enter_context(dask("dask_worker", address, *options, until="Registered to:"))[0]
            for _ in range(number)
        ]


@contextmanager
def dask(name: str, *arguments: str, until: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", f"distributed.cli.{name}", "--no-dashboard", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr
        while until not in (line := process.stderr.readline()):
            assert line
        threading.Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would stop it
        try:
            yield process, line.split()[-1]
        finally:
            process.kill()


if __name__ == "__main__":
    main()
