"""Whether the folder holds what its libraries need of Microsoft's runtime, which not every Windows has."""

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from photosearch.windows_runtime import CARRIERS, LIBRARIES

RUNTIME = re.compile(r"(msvcp|vcruntime|vcomp|concrt|vccorlib|vcamp)\d+(_\w+)?\.dll")

Entry = tuple[str, str, str]  # where a file goes in the program's folder, where it comes from, its kind


def lacking_runtime(binaries: Iterable[Entry], asked_by: Callable[[str], Iterable[str]]) -> list[str]:
    """A sentence for each library whose runtime would not be found; `asked_by` gives the names that a file imports.

    It is found beside the program, in the folder of the package that asks for it, and where the program loads it from.
    """
    files = [(PurePosixPath(target.replace("\\", "/").lower()), source) for target, source, _ in binaries]
    packed = {str(target) for target, _ in files}
    loaded = {name for name in LIBRARIES for carrier in CARRIERS if f"{carrier}/{name}" in packed}
    return [
        f"{target} needs {name} of Microsoft's runtime, which is not packed."
        for target, source in files
        for name in sorted({name.lower() for name in asked_by(source)})
        if RUNTIME.fullmatch(name) and name not in loaded and not packed & {name, f"{target.parts[0]}/{name}"}
    ]
