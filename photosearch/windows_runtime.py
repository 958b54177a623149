"""Microsoft's runtime for C++, which a Windows may lack; onnxruntime, rawpy and openTSNE are not loaded without it."""

import ctypes
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = "msvcp140.dll", "msvcp140_1.dll", "vcomp140.dll"
CARRIERS = "rawpy", "shiboken6"  # packages of the program that bring some of them


def load_runtime() -> None:
    """Load Windows' own libraries, or those of a package where it has none: what is loaded is found by all."""
    if sys.platform == "win32":
        packages = [spec for package in CARRIERS if (spec := find_spec(package))]
        folders = [folder for spec in packages for folder in spec.submodule_search_locations or []]
        for name in LIBRARIES:
            for library in (name, *(str(Path(folder, name)) for folder in folders)):
                with suppress(OSError):
                    ctypes.WinDLL(library)
                    break
