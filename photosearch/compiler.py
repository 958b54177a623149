"""The command that installs a C++ compiler on this system, to build hnswlib; used by `run.py` and `status`.

Standard library only, as `run.py` imports it before anything is installed.
"""

import os
import sys
import sysconfig
from pathlib import Path
from shutil import which

BUILD_TOOLS = (
    "winget install Microsoft.VisualStudio.2022.BuildTools --override"
    ' "--passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"'
)
INSTALLERS = {  # by the program that installs packages
    "apt-get": ("apt-get", "install", "-y", "--no-install-recommends", "g++", "python3-dev"),
    "dnf": ("dnf", "install", "-y", "gcc-c++", "python3-devel"),
    "zypper": ("zypper", "install", "-y", "gcc-c++", "python3-devel"),
    "pacman": ("pacman", "-S", "--noconfirm", "gcc"),
    "apk": ("apk", "add", "g++", "python3-dev"),
}


def is_there() -> bool:
    """True if this Python's extensions can be built here, as far as a look tells."""
    if sys.platform == "win32":
        programs = os.environ.get("PROGRAMFILES(X86)", r"C:\Program Files (x86)")
        return Path(programs, "Microsoft Visual Studio", "Installer", "vswhere.exe").exists()
    compiler = os.environ.get("CXX") or "c++"
    return bool(which(compiler) or which("g++")) and Path(sysconfig.get_path("include"), "Python.h").exists()


def install_command() -> str:
    """The one command that installs a compiler; empty if unknown."""
    if sys.platform == "win32":
        return BUILD_TOOLS
    if sys.platform == "darwin":
        return "xcode-select --install"
    return next((f"sudo {' '.join(command)}" for program, command in INSTALLERS.items() if which(program)), "")
