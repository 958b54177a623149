"""Nothing leaves the computer: the program, its helpers and the libraries it uses are watched at the system's calls."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from photosearch.__main__ import COMMANDS
from photosearch.settings import missing_to_train
from tests.photos import save_photo, save_sample

CALLS = "network,open,openat,openat2,creat"
UNTRACEABLE = (
    not shutil.which("strace") or subprocess.run(["strace", "-qq", "true"], capture_output=True, check=False).returncode
)
NOT_WRITTEN_YET = {"map", "trash", "move"}  # names that are kept for commands to come
FAMILIES = ("AF_UNIX", "AF_LOCAL")
OPENED = re.compile(r'(?:openat2?\((?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, |open\(|creat\()"(?P<name>[^"]*)"')
WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT", "creat(")

pytestmark = pytest.mark.skipif(bool(UNTRACEABLE), reason="strace is not installed, or may not trace")

RUN_ALL = """
import sys
from photosearch.__main__ import main

for arguments in {commands!r}:
    try:
        code = main([*arguments, "--library", {library!r}])
    except SystemExit as end:
        code = end.code
    if code not in (0, None):
        sys.exit(f"{{arguments}} ended with {{code}}")
"""
SHOW_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from photosearch.gui.shell import app

make = app.make_application
def make_and_end(arguments):
    made = make(arguments)
    QTimer.singleShot({milliseconds}, QApplication.quit)
    return made
app.make_application = make_and_end
from photosearch.__main__ import main
sys.exit(main(["--library", {library!r}, {album!r}]))
"""


def trace(script: str, tmp_path: Path) -> list[str]:
    """The calls of a Python process, which must succeed, and of all that it starts, in a home of their own."""
    for name in ("home", "tmp", "runtime"):
        (tmp_path / name).mkdir(mode=0o700, exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))},
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    calls = tmp_path / "calls.txt"
    command = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-qq",
        "-s",
        "4096",
        "-e",
        f"trace={CALLS}",
        "-o",
        calls,
        sys.executable,
        "-c",
    ]
    done = subprocess.run([*command, script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return calls.read_text(errors="surrogateescape").splitlines()


def sockets(calls: list[str]) -> list[str]:
    """The calls that made a socket which may lead out of this computer."""
    return [call for call in calls if re.search(r"\bsocket\(", call) and not any(name in call for name in FAMILIES)]


def written(calls: list[str], own: Path) -> Iterator[Path]:
    """The files that were opened for writing, below `own` or elsewhere, but for those of the system itself."""
    for call in calls:
        opened = OPENED.search(call)
        if opened and any(mark in call for mark in WRITING) and " = -1 " not in call:
            path = Path(os.path.normpath(os.path.join(opened["folder"] or "/", opened["name"])))
            if path.is_relative_to(own) or path.parts[1] not in ("dev", "proc", "sys"):
                yield path


def outside(calls: list[str], own: Path, *places: Path) -> set[Path]:
    """The written files that lie in none of `places`; `own` is the folder of the test."""
    return {path for path in written(calls, own) if not any(path.is_relative_to(place) for place in places)}


def test_no_command_uses_the_network_or_writes_elsewhere(album: Path, tmp_path: Path) -> None:
    for number in range(3):
        save_sample(album / f"{number}.jpg", number, (200, 150))
    shutil.copy(album / "0.jpg", album / "0 copy.jpg")
    save_photo(album / "4.tif", 4)  # is decoded in a process of its own
    (album / "groups.csv").write_text("path,group\n0.jpg,a\n0 copy.jpg,a\n1.jpg,b\n")
    out, photo = tmp_path / "out", str(album / "0.jpg")
    out.mkdir()
    commands = [
        ["index", str(album)], ["similar", photo, "--sheet", f"{out}/sheet.jpg"], ["label", "a", photo],
        ["labels", "--csv", f"{out}/labels.csv"], ["vectors", f"{out}/vectors.npz"],
        ["evaluate", f"{album}/groups.csv"], ["encoders", "list"], ["encoders", "use", "default-int8"],
        ["duplicates", "--csv", f"{out}/groups.csv", "--sheet", f"{out}/groups.png"],
        ["duplicates", "--tier", "identical", "--move", f"{out}/gone", "--yes"],
        ["label", "b", f"{album}/1.jpg", f"{album}/2.jpg"], ["label", "a", f"{album}/4.tif"], ["teach", "--adopt"],
        ["history"], ["undo"], ["decisions"], ["clusters"], ["bursts"], ["publish", f"{out}/published"], ["status"],
        ["doctor", "--repair"], ["tour"],
    ]  # fmt: skip
    if not missing_to_train():
        commands.append(["train", "--help"])
    asked = {command for command, *_ in commands} | ({"train"} if missing_to_train() else set())
    assert asked == set(COMMANDS) - NOT_WRITTEN_YET
    calls = trace(RUN_ALL.format(commands=commands, library=str(tmp_path / "library")), tmp_path)
    assert sockets(calls) == []
    lock = tmp_path / "home" / ".local" / "state" / "Photosearch" / "clearing.lock"
    assert outside(calls, tmp_path, tmp_path / "library", out, album, tmp_path / "tmp") == {lock}
    assert [path for path in (tmp_path / "home").rglob("*") if not path.is_dir()] == [lock]
    assert lock.stat().st_size == 0


def test_the_window_does_not_either(album: Path, tmp_path: Path) -> None:
    save_photo(album / "1.jpg", 1)
    script = SHOW_WINDOW.format(library=str(tmp_path / "library"), album=str(album), milliseconds=4000)
    calls = trace(script, tmp_path)
    assert sockets(calls) == []
    caches = tmp_path / "home" / ".cache" / "fontconfig"  # of the system's fonts
    assert outside(calls, tmp_path, tmp_path / "library", tmp_path / "tmp", tmp_path / "runtime", caches) == set()
    assert (tmp_path / "library" / "catalog.sqlite").exists()
    others = [path for path in (tmp_path / "library").rglob("*") if path.stat().st_mode & 0o077]
    assert others == [], "they are its owner's alone"
