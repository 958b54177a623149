"""Deciding of groups of duplicates in the real window, by keyboard alone: keys a group, and how soon the next is shown.

    python benchmarks/review.py PHOTOS_FOLDER [--groups 200] [--kills 10] [--in FOLDER]

Makes GROUPS groups of the photos in PHOTOS_FOLDER and of edits of them, starts the window on a virtual screen (Xvfb)
and presses real keys (xdotool): Return where something is proposed, A where nothing is. Then it undoes every step, and
kills the window KILLS times at random moments of deciding: what was shown as decided must be written down. Last, the
page with 20,000 groups of five photos. Targets: 2 keys a group, the next group within 50 ms (99 of 100), no decision
lost, the page with 20,000 groups within 300 ms, no gap of more than 50 ms in scrolling, 200 MB.
"""

import argparse
import json
import os
import random
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

from machine import tell_machine, verdict
from PIL import Image, ImageOps

from photosearch.library import Library

HERE = Path(__file__).parent
KEYS, KEY_MS, OPEN_MS, GAP_MS, MEGABYTES = 2.0, 50.0, 300.0, 50.0, 200.0
PATIENCE_S = 1800
EDITS = ("identical", "saved again", "smaller", "cropped", "mirrored")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--groups", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--in", dest="place", type=Path)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as temporary, virtual_screen() as display:
        place = options.place or Path(temporary)
        library = make_library(options.photos, place, options.groups)
        forget(library)
        decide_all(library, display, options.groups)
        kill_often(library, display, options.kills)
    tell_large()


def make_library(photos: Path, place: Path, groups: int) -> Path:
    """A library of so many photos, each with an edit of it; one that an earlier run made is used again."""
    library, finished = place / "library", place / f"{groups}-groups"
    if finished.exists():
        return library
    album = place / "album"
    for edit in EDITS:
        (album / edit).mkdir(parents=True)
    sources = sorted(path for path in photos.rglob("*.jpg") if path.is_file())
    chosen = random.Random(1).sample(sources, groups)
    for number, source in enumerate(chosen):
        original = album / f"{number:03}.jpg"
        shutil.copy2(source, original)
        make_edit(original, album, EDITS[number % len(EDITS)])
    with Library(library, "cpu") as made:
        for _ in made.index([str(album)]):
            pass
        for _ in made.duplicates():
            pass
    finished.touch()
    return library


def make_edit(original: Path, album: Path, edit: str) -> None:
    """A copy of a photo as people make them."""
    copy = album / edit / original.name
    if edit == "identical":
        shutil.copy2(original, copy)
        return
    with Image.open(original) as photo:
        photo = ImageOps.exif_transpose(photo).convert("RGB")
    width, height = photo.size
    if edit == "smaller":
        photo = photo.resize((width // 2, height // 2), Image.Resampling.LANCZOS)
    elif edit == "cropped":
        photo = photo.crop((width // 10, height // 10, width * 9 // 10, height * 9 // 10))
    elif edit == "mirrored":
        photo = ImageOps.mirror(photo)
    photo.save(copy, quality=80)


def forget(place: Path) -> None:
    """Take back what an earlier run decided."""
    with Library(place, "cpu") as library:
        for decision in library.feedback.decisions():
            library.feedback.take_back(decision.number)


class Window:
    """The window as a process, and the keys that it is sent."""

    def __init__(self, library: Path, display: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
        self._environment = environment | {"DISPLAY": display, "LC_ALL": "C.UTF-8"}
        command = [sys.executable, str(HERE / "review_window.py"), str(library)]
        self.process = subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE, text=True)
        self.state = self.next()
        found = self._do("search", "--onlyvisible", "--name", "Photosearch").partition("\n")[0]
        self._do("windowfocus", "--sync", found)

    def press(self, key: str) -> dict[str, Any]:
        """Press a key, and wait for what is shown after it."""
        self.send(key)
        self.state = self.next()
        return self.state

    def send(self, key: str) -> None:
        """Press a key."""
        self._do("key", key)

    def next(self) -> dict[str, Any]:
        """The next that the window tells; nothing: it has ended."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        return json.loads(line) if line else {}

    def kill(self) -> int:
        """Kill it; return how many decisions it had shown."""
        self.process.kill()
        shown = self.state["decisions"]
        while told := self.next():
            shown = told["decisions"]
        self.process.wait()
        return shown

    def _do(self, *arguments: str) -> str:
        told = subprocess.run(
            ["xdotool", *arguments], env=self._environment, capture_output=True, text=True, check=False
        )
        return told.stdout.strip()


def decide_all(library: Path, display: str, groups: int) -> None:
    """Decide of every group, print keys and times, and undo all of it."""
    window = Window(library, display)
    keys, proposed, before = 0, 0, count(library)
    took, worked = list[float](), list[float]()
    for _ in range(len(EDITS)):
        while window.state["waiting"] and window.state["groups"]:
            is_proposed = window.state["proposed"]
            told = window.press("Return" if is_proposed else "a")
            keys += 1
            proposed += is_proposed
            took.append(told["ms"])
            worked.append(told["worked_ms"])
        if window.press("ctrl+Tab")["tier"] == "similar":
            break
        keys += 1
    decided = count(library) - before
    p99, worked_p99 = (sorted(times)[max(0, round(0.99 * len(times)) - 1)] for times in (took, worked))
    print(f"decided {decided} times of {groups} photos and their edits, {proposed} of them as proposed")
    print(f"keys a decision: {keys / max(decided, 1):.2f}, target {KEYS}: {verdict(keys <= KEYS * decided)}")
    told = f"median {statistics.median(took):.1f} ms, 99 of 100 within {p99:.1f} ms, at worst {max(took):.1f} ms"
    print(f"from a key to the next group: {told}, target {KEY_MS:.0f} ms: {verdict(p99 <= KEY_MS)}")
    told = f"median {statistics.median(worked):.1f} ms, 99 of 100 within {worked_p99:.1f} ms"
    print(f"of that, processor time of the window's thread, which other work does not lengthen: {told}")
    while window.state["undoable"]:
        window.press("ctrl+z")
    wait_for(lambda: count(library) == before)
    left = count(library) - before
    print(f"undone, step by step: {decided} decisions, {left} left: {verdict(left == 0)}")
    window.send("ctrl+q")
    window.process.wait(PATIENCE_S)


def kill_often(library: Path, display: str, kills: int) -> None:
    """Kill the window while keys are pressed, and print whether what it had shown is there."""
    lost, shown = 0, 0
    chance = random.Random(2)
    for _ in range(kills):
        forget(library)  # so that there is something to decide of
        before = count(library)
        window = Window(library, display)
        for _ in range(chance.randrange(3, 15)):
            window.press(chance.choice(["Return", "a", "Right", "x"]))
        window.send("a")
        time.sleep(chance.random() * 0.05)
        seen = window.kill()
        lost += max(0, seen - (count(library) - before))
        shown += seen
    print(f"killed {kills} times: {shown} decisions were shown, {lost} lost: {verdict(lost == 0)}")


def tell_large() -> None:
    """Print what the page costs with 20,000 groups."""
    command = [sys.executable, str(HERE / "review_window.py"), "--groups", "20000"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    told = json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout)
    print("20,000 groups of 100,000 photos, once they are known:")
    for what, value, target in (
        ("open", told["open_ms"], OPEN_MS),
        ("the longest gap in scrolling", told["gap_ms"], GAP_MS),
        ("a decision and the next group, at worst", max(told["key_ms"]), KEY_MS),
    ):
        print(f"  {what}: {value} ms, target {target:.0f} ms: {verdict(value <= target)}")
    print(f"  memory: {told['megabytes']} MB, target {MEGABYTES:.0f} MB: {verdict(told['megabytes'] <= MEGABYTES)}")


def count(place: Path) -> int:
    """The number of stored decisions."""
    with Library(place, "cpu") as library:
        return len(library.feedback.decisions())


def wait_for(done: Any) -> None:
    end = time.monotonic() + 20
    while not done() and time.monotonic() < end:
        time.sleep(0.1)


@contextmanager
def virtual_screen() -> Generator[str]:
    """A display of its own."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield f":{number}"
        server.terminate()


if __name__ == "__main__":
    main()
