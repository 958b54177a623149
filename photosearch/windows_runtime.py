"""Microsoft's runtime for C++, which a Windows may lack; onnxruntime, rawpy and openTSNE are not loaded without it."""

import ctypes
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

OPENMP = "vcomp140.dll"
LIBRARIES = "msvcp140.dll", "msvcp140_1.dll", OPENMP
CARRIERS = "rawpy", "shiboken6"  # packages of the program that bring some of them


def load_runtime() -> None:
    """Load Windows' own libraries, or those of a package where it has none: what is loaded is found by all.

    Of OpenMP a package's own comes first, with which its LibRaw was built: by that of Wine 10 RAW is developed wrongly.
    """
    if sys.platform == "win32":
        packages = [spec for package in CARRIERS if (spec := find_spec(package))]
        folders = [folder for spec in packages for folder in spec.submodule_search_locations or []]
        for name in LIBRARIES:
            own = [str(Path(folder, name)) for folder in folders]
            for library in (*own, name) if name == OPENMP else (name, *own):
                with suppress(OSError):
                    ctypes.WinDLL(library)
                    break
