"""Photosearch: find photos by what they show, on your own computer.

    from photosearch import Library, Query

    with Library() as library:
        list(library.index(["/home/me/Pictures"]))
        for match in library.similar(Query(("/home/me/beach.jpg",))):
            print(f"{match.score:.3f}  {match.path}")

The names in `__all__` are the public ones. They are imported at first use, so that the window does not wait for them.
"""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

# onnxruntime writes an identity of this computer into the user's cache and reports to its makers, from its very import
# on. Set here, where every import of this package begins, it holds for the processes that are started as well.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# After each product of matrices, threads of NumPy's OpenBLAS spin for 25 ms, on a core each, unless they are told to
# sleep at once (after 2^4 cycles). Large products take no longer by that. It is read when NumPy is imported.
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")

if sys.platform == "win32":  # in each process, before anything that needs it is imported
    from photosearch.windows_runtime import load_runtime

    load_runtime()

if TYPE_CHECKING:
    from photosearch.errors import (
        CatalogDamaged,
        CatalogTooNew,
        EncoderError,
        FolderError,
        LibraryBusy,
        LibraryError,
        OutputError,
        PhotosearchError,
        QueryError,
        SettingsDamaged,
    )
    from photosearch.library import Library
    from photosearch.models import (
        Duplicates,
        Filter,
        Group,
        Match,
        Member,
        Photo,
        Progress,
        Query,
        Region,
        Summary,
        Unreadable,
    )

__all__ = [
    "CatalogDamaged",
    "CatalogTooNew",
    "Duplicates",
    "EncoderError",
    "Filter",
    "FolderError",
    "Group",
    "Library",
    "LibraryBusy",
    "LibraryError",
    "Match",
    "Member",
    "OutputError",
    "Photo",
    "PhotosearchError",
    "Progress",
    "Query",
    "QueryError",
    "Region",
    "SettingsDamaged",
    "Summary",
    "Unreadable",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name in __all__:
        for room in ("photosearch.models", "photosearch.errors", "photosearch.library"):
            module = import_module(room)
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"module 'photosearch' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
