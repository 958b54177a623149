"""The first window of the packed program, beside a bare window that was packed alike, turn by turn (Linux, Xvfb).

    python benchmarks/packed_window.py BUNDLE [--bare COMMAND] [--library FOLDER] [--runs 9]

BUNDLE is the folder that `packaging/bundle.py` makes. COMMAND shows an empty window: `window_start.py`, packed by
PyInstaller with the same PySide6; without it this Python runs that file. Each start has a new library, or a copy of
FOLDER. The window counts as there when the first pixels of a virtual screen change, and its processor time is that of
the process up to then. Target: less than 2 s by the clock.
"""

import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from machine import spread, tell_machine, verdict

TARGET_S = 2.0
PATIENCE_S = 120.0
HEADER = 4096  # of the file in which Xvfb keeps its screen: more than the description before the pixels
Start = tuple[float, float]  # until the window is there: by the clock, of the processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path)
    own = f"{shlex.quote(sys.executable)} {shlex.quote(str(Path(__file__).with_name('window_start.py')))}"
    parser.add_argument("--bare", default=own)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    tell_machine()
    program = str(options.bundle.absolute() / "photosearch")
    found: dict[str, list[Start]] = {"--version": [], "bare window": [], "first window": []}
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for run in range(options.runs + 1):
            library = place / "library"
            shutil.rmtree(library, ignore_errors=True)
            if options.library:
                shutil.copytree(options.library, library)
            starts = {
                "--version": version_of(program),
                "bare window": window_of([*shlex.split(options.bare), "bare", "0", "--stay"], place),
                "first window": window_of([program, "--library", str(library)], place),
            }
            for name, start in starts.items() if run else ():  # the first ones read the files from the disk
                found[name].append(start)
    for name, starts in found.items():
        print(f"{name}: {spread([s for s, _ in starts])} s, of the processor {spread([s for _, s in starts])} s")
    bare, first = found["bare window"], found["first window"]
    ratios = [mine[1] / its[1] for mine, its in zip(first, bare, strict=True)]
    median = statistics.median(wall for wall, _ in first)
    print(f"processor time as a multiple of the bare window's: {spread(ratios)}")
    print(f"first window in {median:.2f} s, target {TARGET_S} s: {verdict(median < TARGET_S)}")


def version_of(program: str) -> Start:
    """The time of `--version` as a whole."""
    started, before = time.monotonic(), os.times()
    subprocess.run([program, "--version"], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - started, used


def window_of(command: list[str], place: Path) -> Start:
    """The time until `command` shows something on a screen of its own; raises TimeoutError."""
    with screen(place) as (display, pixels):
        started = time.monotonic()
        platform = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(place), "XDG_RUNTIME_DIR": str(place)}
        shown = subprocess.Popen(command, env={**os.environ, **platform}, stdout=subprocess.DEVNULL)
        try:
            while not any(read(pixels)):
                if time.monotonic() - started > PATIENCE_S or shown.poll():
                    raise TimeoutError(f"{command[0]} showed no window.")
                time.sleep(0.005)
            return time.monotonic() - started, used_by(shown.pid)
        finally:
            shown.terminate()
            shown.wait()


@contextmanager
def screen(place: Path) -> Generator[tuple[str, Path]]:
    """A virtual screen: its name, and the file in which its pixels are."""
    number, ready = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(ready),
        "-screen",
        "0",
        "1280x820x24",
        "-fbdir",
        str(place),
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[ready], stderr=subprocess.DEVNULL)
    os.close(ready)
    try:
        with os.fdopen(number) as told:
            yield f":{told.readline().strip()}", place / "Xvfb_screen0"
    finally:
        server.terminate()
        server.wait()


def read(pixels: Path) -> bytes:
    """Some rows of the screen; the pointer, which X draws itself, is in its middle and not among them."""
    with pixels.open("rb") as opened:
        opened.seek(HEADER + 4 * 1280 * 100)
        return opened.read(4 * 1280 * 20)


def used_by(process: int) -> float:
    """Seconds of the processor that a process, without its children, has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
