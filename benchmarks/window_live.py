"""The times in which the window appears and answers, with 100,000 photos and while photos are indexed.

    python benchmarks/window_live.py [PHOTOS_FOLDER] [--photos 100000] [--in FOLDER] [--runs 5]

PHOTOS_FOLDER holds the photos that are indexed with an open window; without it nothing is. FOLDER keeps the made-up
library for the next run. Each part is a process of its own, without a screen, and the start also on a virtual one if
Xvfb is installed. Targets: first paint in less than 1 s, an answer in less than 0.2 s apart from decoding and encoding,
and no beat of the window's thread late by more than 50 ms.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from machine import spread, tell_machine, verdict
from window_library import draw, library_in

HERE = Path(__file__).parent
PAINT_S, ANSWER_S, LATE_MS = 1.0, 0.2, 50.0
STARTS_AT_ONCE = 5
OUTSIDE = 20  # photos that are not in the library
PATIENCE_S = 900


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--in", dest="place", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.place or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        library = str(library_in(place, options.photos))
        offscreen = {"QT_QPA_PLATFORM": "offscreen"}
        tell_starts("without a screen", library, options.runs, offscreen)
        if shutil.which("Xvfb"):
            with virtual_screen() as display:
                tell_starts("on a virtual screen", library, options.runs, {"DISPLAY": display, "QT_QPA_PLATFORM": ""})
        tell_drops(library, Path(temporary), offscreen)
        if options.folder:
            tell_heartbeat(options.folder, offscreen)


def tell_starts(where: str, library: str, runs: int, screen: dict[str, str]) -> None:
    """Print when the window is painted, beside an empty one."""
    started = [(child("start", "bare", now(), **screen), child("start", library, now(), **screen)) for _ in range(runs)]
    bare = [first["painted"] for first, _ in started]
    painted = [second["painted"] for _, second in started]
    ratio = statistics.median(painted) / statistics.median(bare)
    told = verdict(statistics.median(painted) < PAINT_S)
    print(f"first paint {where}: {spread(painted)} s, target {PAINT_S} s: {told}")
    print(f"  ratio to an empty window, {spread(bare)} s: {ratio:.1f}")
    print(f"  processor time until then: {spread([second['painted, processor'] for _, second in started])} s")
    print(f"  first photos seen: {spread([second['photos painted'] for _, second in started])} s")
    print(f"  closing: {spread([second['ended'] - second['photos painted'] for _, second in started])} s")
    settled = child("start", library, now(), "--settle", **screen)
    told = f"{settled['settled']:.1f} s, {settled['settled, processor']:.1f} s of processor time"
    print(f"  the first scan ends after {told}")


def tell_drops(library: str, place: Path, screen: dict[str, str]) -> None:
    """Print how long answers take."""
    outside = [str(place / f"{number}.jpg") for number in range(OUTSIDE)]
    for number, path in enumerate(outside):
        draw(Path(path), 10**6 + number, (4000, 3000))
    told = child("drop", library, *outside, **screen)
    inside, all_of_it, alone = told["inside"], told["outside"], statistics.median(told["alone"])
    rest = [seconds - least for seconds, least in zip(all_of_it, told["alone"], strict=True)]
    at_once = [child("drop", library, "--at-once", **screen)["at once"][0] for _ in range(STARTS_AT_ONCE)]
    print(f"a dropped photo of the library is answered in {spread(inside, 3)} s, {target(inside)}")
    print(
        f"another one, of 12 megapixels: {spread(all_of_it, 3)} s; {alone:.3f} s of it for decoding and encoding alone"
    )
    print(f"  the rest: {spread(rest, 3)} s, {target(rest)}")
    print(f"one of the library, dropped as soon as photos are listed: {spread(at_once, 3)} s")


def target(seconds: list[float]) -> str:
    """True if answers were quick enough."""
    return f"target {ANSWER_S} s: {verdict(statistics.median(seconds) < ANSWER_S)}"


def tell_heartbeat(folder: Path, screen: dict[str, str]) -> None:
    """Print how late the window's thread was at worst."""
    told = child("heartbeat", str(folder), **screen)
    speed = told["photos"] / told["seconds"]
    print(
        f"while {told['photos']:,} photos are indexed ({speed:.0f} photos/s), scrolled and searched, beats are late by"
    )
    print(f"  {told['median']:.1f} ms (median), {told['p99']:.1f} ms (99 %), {told['worst']:.1f} ms (worst)")
    print(f"  more than {LATE_MS:g} ms: {told['over 50']} of {told['beats']:,}: {verdict(not told['over 50'])}")
    print(f"  the worst apart from the time in which no core was free: {told['not queued']:.1f} ms")
    for gap in told["at worst"]:
        print(
            f"  {gap['late_ms']:.0f} ms, {gap['own_ms']:.0f} ms of them at work itself,"
            f" {gap['queued_ms']:.0f} ms without a core: {gap['stage']}"
        )


def child(part: str, *arguments: str, **environment: str) -> Any:
    """The output of a part of this benchmark as a process of its own."""
    told = subprocess.run(
        [sys.executable, str(HERE / f"window_{part}.py"), *arguments],
        env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE_S,
    ).stdout  # fmt: skip
    return json.loads(told)


def now() -> str:
    """The moment of a start."""
    return repr(time.time())


@contextmanager
def virtual_screen() -> Generator[str]:
    """A screen of its own, as long as it is used; the name of the display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
        server.terminate()


if __name__ == "__main__":
    main()
