"""Whether every file that was packed is there and, unless it may have been signed since, has the bytes it had."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from photosearch.own_files import checked, read_json
from photosearch.paths import is_packaged, resources

MANIFEST = "packed.json"  # {path below the program's inner folder: SHA-256, or "" for a library}
KINDS = {"notices": "licence text", "model.onnx": "model of an encoder", "imageformats": "plugin for pictures"}


def check_files() -> Iterator[str]:
    """A sentence for each file that is missing or damaged; none where this program is not packaged."""
    manifest = resources() / MANIFEST
    if not manifest.exists():
        if is_packaged():
            yield f"The list of the packed files, {MANIFEST}, is missing."
        return
    try:
        packed = checked(read_json(manifest), dict[str, str])
    except (OSError, ValueError) as error:
        yield f"The list of the packed files, {MANIFEST}, is damaged: {error}."
        return
    inner = resources().parents[1]
    for name, sha256 in packed.items():
        file = inner / name
        if not file.is_file():
            yield f"The {_kind(name, sha256)} {name} is missing."
        elif sha256 and _digest(file) != sha256:
            yield f"The {_kind(name, sha256)} {name} is damaged."


def _kind(name: str, sha256: str) -> str:
    parts = name.split("/")
    kinds = [kind for part, kind in KINDS.items() if part in parts]
    return kinds[0] if kinds else "resource" if sha256 else "library"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
