"""Start Photosearch: `python3 run.py [arguments]`. Check it: `python3 run.py test [--quick] [pytest arguments]`.

Makes `.venv` beside this file, installs the program and what it needs there, once, and runs it there; standard library
only. `.venv` belongs to this script: one that was not finished, was moved or is another Python's is emptied and made
again. Whatever is said about setting up goes to stderr: stdout is the program's alone.
"""

from __future__ import annotations  # an old Python must get as far as the sentence that refuses it

import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from photosearch import compiler  # standard library only, as this file

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = "photosearch-is-installed"  # the file in .venv that says so, written when an install has finished
INDEX, NO_INDEX = "index", "no index"  # in the stamp: the extra that a compiler builds, or that this failed with one
OLDEST_PYTHON = (3, 11)
SLOW_TESTS = ("tests/training", "tests/gui/shell/test_real_window.py")  # --quick leaves out these and what took long
IN_PROCESSES = ["-n", "auto", "--maxprocesses", "2", "--dist", "worksteal"]  # each comes to need up to 4 GB
OUTER_PYTHON = str(getattr(sys, "_base_executable", sys.executable))  # the one outside, even when started from .venv
INSTALL_PACKAGES = ["apt-get", "install", "-y", "--no-install-recommends"]
FONTS = Path("/usr/share/fonts")
QT_LIBRARIES = {  # what Qt's wheels load from a Linux system, and the package that has it on Debian and Ubuntu
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",  # newer systems call it libglib2.0-0t64, and take this name for it
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    # from here on for a window on the screen; tests do without
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class SetupError(Exception):
    """Setting up cannot go on; the message says why and what to do."""


def say(sentence: str) -> None:
    """Tell the person, without touching stdout."""
    print(sentence, file=sys.stderr)


def refuse_old(version: tuple[int, ...]) -> None:
    """Raise SetupError for a Python that is too old."""
    if version < OLDEST_PYTHON:
        needed, given = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version))
        raise SetupError(f"It needs Python {needed} or newer; this is {given}.")


def read_command(arguments: list[str]) -> tuple[set[str], list[str]]:
    """The extras to install and the arguments for .venv's Python, from run.py's own arguments."""
    if arguments[:1] != ["test"]:
        extras = {"map", "train"} & set(arguments[:1])
        return extras, ["-P", "-m", "photosearch", *arguments]  # -P: a json.py among the photos is not the library's
    is_quick = "--quick" in arguments
    extras = {"test"} if is_quick or "--no-train" in arguments else {"test", "train"}
    left_out = ["--quick", *(f"--ignore={folder}" for folder in SLOW_TESTS)] if is_quick else []
    chosen = [argument for argument in arguments[1:] if argument not in ("--quick", "--no-train")]
    return extras, ["-m", "pytest", *left_out, *(chosen or IN_PROCESSES)]


def venv_python(venv: Path, platform: str = sys.platform) -> Path:
    """Where a virtual environment keeps its Python on `platform`."""
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def expected_stamp(venv: Path, project: bytes) -> list[str]:
    """A valid stamp's first two lines: whose environment it is, and the hash of the pyproject.toml installed."""
    return [f"{sys.implementation.cache_tag} {venv}", hashlib.sha256(project).hexdigest()]


def read_stamp(venv: Path) -> list[str]:
    """The stamp's lines, installed extras from the third on; [] if no install finished or .venv's Python is gone."""
    try:
        return (venv / STAMP).read_text(encoding="utf-8").splitlines() if venv_python(venv).exists() else []
    except (OSError, UnicodeDecodeError):
        return []


def is_ready(found: list[str], expected: list[str], extras: set[str]) -> bool:
    """True if the environment with the stamp `found` has all that is asked for."""
    return found[:2] == expected and extras <= set(found[2:])


def try_lock(descriptor: int) -> bool:
    """Take the system's lock on an open file; it goes when the last process holding it ends, however that ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # past the end: Windows lets nobody else read what is locked
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


@contextmanager
def only_one() -> Generator[None]:
    """Wait until no other run.py is setting up; the lock is on this file itself, so no lock file is left about."""
    with Path(__file__).open("r+b") as file:
        os.set_inheritable(file.fileno(), True)  # a pip that outlives a killed run.py still holds the lock
        if not try_lock(file.fileno()):
            say("Another run.py is setting Photosearch up; waiting for it …")
            while not try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def succeeds(*command: str) -> bool:
    """True if a command exits with 0; what it prints is thrown away."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def run_quietly(command: list[str], failure: str) -> None:
    """Run one step of setting up; if it fails, show what it printed and raise SetupError(failure)."""
    null = subprocess.DEVNULL  # close_fds: what is being run keeps the lock that only_one took
    done = subprocess.run(command, cwd=ROOT, stdin=null, capture_output=True, close_fds=False, check=False)
    if done.returncode:
        say((done.stdout + done.stderr).decode(errors="replace"))
        raise SetupError(failure)


def install_packages(packages: list[str], missing: str) -> None:
    """Install packages as root on Debian or Ubuntu; raises SetupError with what is `missing`, and what to do."""
    if sys.platform == "win32" or not which("apt-get"):
        raise SetupError(f"{missing} Install what is missing, then start again.")
    command = [*INSTALL_PACKAGES, *packages]
    if os.geteuid() != 0:
        install = f"sudo {' '.join(command)}"
        raise SetupError(f"{missing} This command installs what is missing; then start again:\n    {install}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    succeeds("apt-get", "update")  # if it fails, the package lists that are there may do
    run_quietly(command, f"{missing} It could not be installed with: {' '.join(command)}")


def need_outer_pip() -> None:
    """See to it that the Python outside .venv has a pip."""
    if not succeeds(OUTER_PYTHON, "-m", "pip", "--version"):
        install_packages(["python3-pip"], f"{OUTER_PYTHON} has neither pip nor ensurepip.")


def loads(library: str) -> bool:
    """True if the system's loader finds a library and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def offer_qt_libraries() -> None:
    """See to it that Qt finds its system libraries and a font; without, all but the window works."""
    if sys.platform != "linux":
        return
    missing = {library: package for library, package in QT_LIBRARIES.items() if not loads(library)}
    if not any(FONTS.rglob("*.[ot]t[fc]")):
        missing["a font"] = "fonts-dejavu-core"  # without one, all text is boxes
    if missing:
        names = "libraries" if which("apt-get") else ", ".join(missing)  # the command to install them names them too
        try:
            install_packages([*missing.values()], f"The window needs {names} that this system lacks.")
        except SetupError as error:
            say(f"{error}\nUntil then Photosearch works in the terminal.")


def make_venv() -> None:
    """Make .venv anew, with its own pip unless this Python cannot give one (Debian's without python3-venv)."""
    if VENV.is_symlink():
        VENV.unlink()  # what it leads to is not this script's
    command = [OUTER_PYTHON, "-m", "venv", "--clear", str(VENV)]
    if not find_spec("ensurepip"):
        command.append("--without-pip")
    run_quietly(command, f"{VENV} could not be made.")


def install(extras: set[str]) -> None:
    """Install the program, editable, with `extras`: by .venv's own pip, or else by the one outside (22.3 or newer)."""
    pip = [str(venv_python(VENV)), "-m", "pip"]
    if not succeeds(*pip, "--version"):
        need_outer_pip()
        pip = [OUTER_PYTHON, "-m", "pip", "--python", pip[0]]
    target = f".[{','.join(sorted(extras))}]" if extras else "."
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input", "-e", target]
    run_quietly(command, "Photosearch could not be installed; pip says why, above.")


def may_build_index(found: list[str]) -> bool:
    """True if a compiler has come since the environment with the stamp `found` was set up without."""
    return not {INDEX, NO_INDEX} & set(found[2:]) and compiler.is_there()


def build_index() -> set[str]:
    """Install what makes search quick, built from source: INDEX, or NO_INDEX if that failed although it should not.

    Nothing without a compiler: then search is exact, and the next start that finds one builds it.
    """
    lacking = (
        "Search among many photos is quick with hnswlib, which is built with a C++ compiler; this system has none."
    )
    if not compiler.is_there() and which("apt-get") and os.geteuid() == 0:
        with suppress(SetupError):
            install_packages(["g++", "python3-dev"], lacking)
    if not compiler.is_there():
        command = compiler.install_command()
        how = f"This command installs one; then start again:\n    {command}\n" if command else ""
        say(f"{lacking} {how}Until then each search looks at every photo.")
        return set()
    try:
        install({INDEX})
    except SetupError:
        say("hnswlib could not be built, as pip says above. Each search looks at every photo; all else works.")
        return {NO_INDEX}
    return {INDEX}


def set_up(extras: set[str]) -> None:
    """Bring .venv to where it has the program and `extras`: two small reads when it is there already."""
    expected = expected_stamp(VENV, (ROOT / "pyproject.toml").read_bytes())
    found = read_stamp(VENV)
    if is_ready(found, expected, extras) and not may_build_index(found):
        return
    with only_one():
        found = read_stamp(VENV)
        if is_ready(found, expected, extras) and not may_build_index(found):  # thanks to the run.py waited for
            return
        if found[:2] == expected:
            extras = extras | set(found[2:]) - {INDEX, NO_INDEX}
        what = " and its tests" if "test" in extras else " and what teaching needs" if extras else ""
        time_needed = "a few minutes" if extras else "about a minute"
        say(f"Setting up Photosearch{what} (once, {time_needed}) …")
        (VENV / STAMP).unlink(missing_ok=True)  # from here until the install is finished, .venv is half made
        if found[:1] != expected[:1]:
            make_venv()
        install(extras)
        extras |= build_index()
        offer_qt_libraries()
        (VENV / STAMP).write_text("\n".join([*expected, *sorted(extras), ""]), encoding="utf-8")


def start(arguments: list[str]) -> int:
    """Become .venv's Python with `arguments`; on Windows, where no process can, run it and give its exit code."""
    command = [str(venv_python(VENV)), *arguments]
    if sys.platform != "win32":
        os.execv(command[0], command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the program as well, and is its to answer
    return subprocess.call(command)


def main() -> int:
    """Set up, then start: the program's exit code, 1 if setting up failed, 130 if it was interrupted."""
    extras, arguments = read_command(sys.argv[1:])
    try:
        refuse_old(sys.version_info[:2])
        set_up(extras)
    except (SetupError, OSError) as error:
        say(f"Photosearch did not start. {error}")
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next start sets up again.")
        return 130
    if "test" in extras:
        os.chdir(ROOT)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of hundreds of processes compiles anew
    return start(arguments)


if __name__ == "__main__":
    sys.exit(main())
