"""The program as a process on a virtual screen, driven by real keys and a real mouse, and seen from outside only."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from photosearch.library import Library
from tests.photos import save_sample

WAIT_S = 20.0
PHOTOS = 8
SEARCH = re.compile(r"Like (sample \d\.jpg) – Photosearch")

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb and xdotool are not installed"
)


class Screen:
    """A display of its own, with one window on it."""

    def __init__(self, display: str) -> None:
        self.environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")} | {
            "DISPLAY": display,
            "LC_ALL": "C.UTF-8",
        }
        self.window = ""

    def do(self, *arguments: object) -> str:
        """The output of xdotool for a command."""
        told = subprocess.run(
            ["xdotool", *map(str, arguments)], env=self.environment, capture_output=True, text=True, check=False
        )
        return told.stdout.strip()

    def keys(self, *keys: str) -> None:
        """Press keys, in the window that has the keyboard."""
        self.do("key", "--delay", 30, *keys)

    def title(self) -> str:
        """The title of the window."""
        return self.do("getwindowname", self.window)

    def find_window(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait for the window, and give it the keyboard, as there is no window manager to do so."""

        def found() -> bool:
            assert process.poll() is None, "the program has ended"
            self.window = self.do("search", "--onlyvisible", "--name", "Photosearch").partition("\n")[0]
            return bool(self.window)

        wait_until(found)
        self.do("windowsize", "--sync", self.window, 1200, 800)
        self.do("windowmove", self.window, 0, 0)
        self.do("windowfocus", "--sync", self.window)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self.do("mousemove", x, y, "click", 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in steps, as a hand does, and release."""
        self.do("mousemove", *start, "mousedown", 1)
        steps = 12
        for step in range(1, steps + 1):
            x, y = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y, "sleep", 0.03)
        self.do("mousemove", end[0] + 3, end[1], "sleep", 0.1, "mouseup", 1)


def wait_until(done: Callable[[], bool], again: Callable[[], object] = lambda: None) -> None:
    """Wait for something to come about, doing something `again` each half second."""
    end, turn = time.monotonic() + WAIT_S, time.monotonic()
    while not done():
        assert time.monotonic() < end, "it did not come about"
        if time.monotonic() > turn:
            again()
            turn = time.monotonic() + 0.5
        time.sleep(0.02)


@pytest.fixture
def screen() -> Generator[Screen]:
    """A virtual screen."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x800x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield Screen(f":{number}")
        server.terminate()


@pytest.fixture
def process(screen: Screen, album: Path, tmp_path: Path) -> Generator["subprocess.Popen[bytes]"]:
    """The program with a library of samples; its window has the keyboard."""
    for number in range(PHOTOS):
        save_sample(album / f"sample {number}.jpg", number, (240, 180))
    with Library(tmp_path / "library", "cpu") as library:
        for _ in library.index([str(album)]):
            pass
    command = [sys.executable, "-P", "-m", "photosearch", "--library", str(tmp_path / "library")]
    with subprocess.Popen(command, env=screen.environment) as process:
        screen.find_window(process)
        yield process
        process.kill()


def test_a_person_finds_photos_by_keys_and_mouse(screen: Screen, process: "subprocess.Popen[bytes]") -> None:
    def searched(title: str = "") -> Callable[[], bool]:
        return lambda: bool(SEARCH.fullmatch(screen.title())) and (not title or screen.title() == title)

    wait_until(searched(), again=lambda: (screen.click(300, 160), screen.keys("ctrl+Return")))
    first = screen.title()

    screen.keys("Escape", "alt+Left")
    wait_until(lambda: screen.title() == "Photosearch", again=lambda: screen.keys("alt+Left"))

    # Type-ahead goes to a photo by its name, arrows to its neighbours.
    screen.click(300, 160)
    screen.do("type", "--delay", 30, "sample 5")
    wait_until(searched("Like sample 5.jpg – Photosearch"), again=lambda: screen.keys("ctrl+Return"))
    screen.keys("alt+Left")
    wait_until(lambda: screen.title() == "Photosearch")

    screen.drag((300, 160), (560, 28))
    wait_until(searched(first))

    screen.keys("ctrl+q")
    assert process.wait(WAIT_S) == 0
