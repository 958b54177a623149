"""Start Photosearch: `python3 run.py [arguments]`. Check it: `python3 run.py test [pytest arguments] [--no-train]`.

Makes `.venv` beside this file, installs the program and what it needs there, once, and runs it there; standard library
only. `.venv` belongs to this script: one that was not finished, was moved or is another Python's is emptied and made
again. Whatever is said about setting up goes to stderr: stdout is the program's alone.
"""

from __future__ import annotations  # an old Python must get as far as the sentence that refuses it

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = "photosearch-is-installed"  # the file in .venv that says so, written when an install has finished
OLDEST_PYTHON = (3, 11)
OUTER_PYTHON = str(getattr(sys, "_base_executable", sys.executable))  # the one outside, even when started from .venv
INSTALL_PIP = ["apt-get", "install", "-y", "--no-install-recommends", "python3-pip"]


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
        return set(), ["-P", "-m", "photosearch", *arguments]  # -P: a json.py among the photos is not the library's
    extras = {"test"} if "--no-train" in arguments else {"test", "train"}
    return extras, ["-m", "pytest", *(a for a in arguments[1:] if a != "--no-train")]


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
    """Whether the environment with the stamp `found` has all that is asked for."""
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
    """Whether a command exits with 0; what it prints is thrown away."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def run_quietly(command: list[str], failure: str) -> None:
    """Run one step of setting up; if it fails, show what it printed and raise SetupError(failure)."""
    null = subprocess.DEVNULL  # close_fds: what is being run keeps the lock that only_one took
    done = subprocess.run(command, cwd=ROOT, stdin=null, capture_output=True, close_fds=False, check=False)
    if done.returncode:
        say((done.stdout + done.stderr).decode(errors="replace"))
        raise SetupError(failure)


def need_outer_pip() -> None:
    """See to it that the Python outside .venv has a pip: as root on Debian or Ubuntu by installing it."""
    if succeeds(OUTER_PYTHON, "-m", "pip", "--version"):
        return
    command = " ".join(INSTALL_PIP)
    if sys.platform == "win32" or not Path("/usr/bin/apt-get").exists():
        raise SetupError(f"{OUTER_PYTHON} has neither pip nor ensurepip; install pip for it, then start again.")
    if os.geteuid() != 0:
        raise SetupError(f"Python's pip is missing. This command installs it; then start again:\n    sudo {command}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    run_quietly(["apt-get", "update"], "The package lists could not be fetched with: apt-get update")
    run_quietly(INSTALL_PIP, f"Python's pip could not be installed with: {command}")


def make_venv() -> None:
    """Make .venv anew, with its own pip unless this Python cannot give one (Debian's without python3-venv)."""
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


def set_up(extras: set[str]) -> None:
    """Bring .venv to where it has the program and `extras`: two small reads when it is there already."""
    expected = expected_stamp(VENV, (ROOT / "pyproject.toml").read_bytes())
    if is_ready(read_stamp(VENV), expected, extras):
        return
    with only_one():
        found = read_stamp(VENV)
        if is_ready(found, expected, extras):  # thanks to the run.py waited for
            return
        if found[:2] == expected:
            extras = extras | set(found[2:])
        what = " and its tests (once, a few minutes)" if extras else " (once, about a minute)"
        say(f"Setting up Photosearch{what} …")
        (VENV / STAMP).unlink(missing_ok=True)  # from here until the install is finished, .venv is half made
        if found[:1] != expected[:1]:
            make_venv()
        install(extras)
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
    if extras:
        os.chdir(ROOT)
    return start(arguments)


if __name__ == "__main__":
    sys.exit(main())
