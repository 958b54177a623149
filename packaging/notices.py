"""Gathers the licence texts of all that is packed, and tells which part each library came with.

Packages keep their texts in their metadata, some beside their modules, and some nowhere: for those the texts of the
licences that they name are taken from `notices/`. Libraries of the system that was packed
on bring those of its package.
"""

import hashlib
import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

from photosearch.library.about.components import components, normal
from photosearch.library.about.components import installed as find_package

TEXTS = Path(__file__).parent / "notices"
IS_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|third.?party)", re.IGNORECASE)
NO_TEXT = re.compile(r"\.(py|pyc|pyi|so|dll|pyd|dylib|json)$")
NAMED = {  # what a package without texts says of its licence, and the texts of that
    "pyside6-essentials": ["LGPL-3.txt", "GPL-3.txt", "GPL-2.txt", "Qt-third-parties.txt"],
    "shiboken6": ["LGPL-3.txt", "GPL-3.txt", "GPL-2.txt"],
    "flatbuffers": ["Apache-2.0.txt"],
}
WITH_BUNDLER = "pyinstaller"  # its starter is part of every packaged program

Packed = tuple[str, str]  # where a file goes in the program's folder, and where it comes from


def write_notices(folder: Path, packed: Iterable[Packed]) -> list[dict[str, object]]:
    """Write the texts and `index.json` into `folder` and return what the index says; raises ValueError for a gap."""
    folder.mkdir(parents=True, exist_ok=True)
    files = _by_owner(packed)
    notices: list[dict[str, object]] = []
    for part in components():
        package = find_package(part.name)
        assert package is not None
        texts = [*_texts(package), *(TEXTS / name for name in NAMED.get(normal(part.name), []))]
        notices.append(
            _notice(folder, part.name, part.version, part.licence, "python", texts, files.pop(normal(part.name), []))
        )
    bundler = find_package(WITH_BUNDLER)
    if bundler is not None:
        notices.append(
            _notice(
                folder,
                "PyInstaller",
                bundler.version,
                "GPL-2.0-or-later with an exception for what it packs",
                "python",
                _texts(bundler),
                [],
            )
        )
    python = [
        path
        for root in (sys.base_prefix, f"{sys.base_prefix}/lib/python{sys.version_info[0]}.{sys.version_info[1]}")
        for path in Path(root).glob("LICENSE*")
        if path.is_file()
    ]
    notices.append(
        _notice(folder, "Python", platform.python_version(), "PSF-2.0", "python", python[:1], files.pop("python", []))
    )
    for owner, theirs in sorted(files.items()):
        notices.append(_system_notice(folder, owner, theirs))
    if gaps := [str(notice["name"]) for notice in notices if not notice["texts"]]:
        raise ValueError(f"There are no licence texts of {', '.join(gaps)}.")
    (folder / "index.json").write_text(json.dumps(notices, indent=1, sort_keys=True), encoding="utf-8")
    return notices


def _notice(
    folder: Path, name: str, version: str, licence: str, kind: str, texts: Iterable[Path], files: list[str]
) -> dict[str, object]:
    written: dict[str, str] = {}
    for number, text in enumerate(texts):
        content = text.read_bytes()
        target = f"{normal(name)}-{number}-{text.stem}.txt"
        (folder / target).write_bytes(content)
        written[target] = hashlib.sha256(content).hexdigest()
    return {
        "name": name,
        "version": version,
        "licence": licence,
        "kind": kind,
        "texts": written,
        "files": sorted(files),
    }


def _texts(package: Distribution) -> list[Path]:
    """The files of a package that are texts of licences, in its metadata or beside its modules, each content once."""
    found: dict[bytes, Path] = {}
    for file in package.files or []:
        path = Path(str(file.locate()))
        if IS_TEXT.search(file.name) and not NO_TEXT.search(file.name) and path.is_file():
            found.setdefault(path.read_bytes(), path)
    return sorted(found.values())


def _by_owner(packed: Iterable[Packed]) -> dict[str, list[str]]:
    """The libraries by the part that brought them: a package's normal name, "python", or one of Debian's."""
    owners: dict[str, str] = {}
    for package in distributions():
        for file in package.files or []:
            owners[str(Path(str(file.locate())).resolve())] = normal(package.name)
    found: dict[str, list[str]] = {}
    for target, source in packed:
        real = str(Path(source).resolve())
        inside_python = real.startswith(str(Path(sys.base_prefix).resolve()))
        owner = owners.get(real) or ("python" if inside_python else _package_of_system(source) or "python")
        found.setdefault(owner, []).append(target.replace("\\", "/"))
    return found


def _package_of_system(path: str) -> str | None:
    """The Debian package that a library belongs to."""
    if sys.platform != "linux":
        return None
    for candidate in (path, str(Path(path).resolve()), path.removeprefix("/usr"), "/usr" + path):
        asked = subprocess.run(["dpkg", "-S", candidate], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            return asked.stdout.split(":")[0]
    return None


def _system_notice(folder: Path, package: str, files: list[str]) -> dict[str, object]:
    if sys.platform != "linux" or package in {normal(each.name) for each in distributions()}:
        return _notice(
            folder, package, "", "", "python", _texts(found) if (found := find_package(package)) else [], files
        )
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}\n", package], capture_output=True, text=True, check=False
    )
    text = Path("/usr/share/doc") / package / "copyright"
    return _notice(
        folder, package, asked.stdout.split("\n")[0], "see its text", "system", [text] if text.is_file() else [], files
    )
