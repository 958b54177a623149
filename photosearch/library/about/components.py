"""The parts that come with the program, and the texts of their licences."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from photosearch.own_files import checked, read_json
from photosearch.paths import resources


@dataclass(frozen=True)
class Component:
    """A part that is shipped; `licence` is as its own package states it, "" where it states none."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True)
class Notice(Component):
    """A part of a packaged program, with the texts of its licence."""

    kind: str  # "python", or "system" for a library of the system that it was packed on
    texts: dict[str, str]  # the names of files in the folder of notices, and the SHA-256 of each
    files: list[str]  # the libraries that it brought, in the folder of the program


def components() -> list[Component]:
    """Every installed package that the program needs, also by way of others, in the order of the alphabet."""
    waiting, found = ["photosearch", "hnswlib", "openTSNE"], dict[str, Component]()
    while waiting:
        package = installed(waiting.pop())
        key = normal(package.name) if package else ""
        if package and key not in found:
            found[key] = Component(package.name, package.version, licence(package))
            waiting += _required(package)
    return [found[name] for name in sorted(found)]


def normal(name: str) -> str:
    """One name of a package is written in many ways; this is how PyPI compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(package: Distribution) -> str:
    """The licence that `package` states: an SPDX expression, else a short text, else its classifiers."""
    about = package.metadata
    texts: list[str] = [*(about.get_all("License-Expression") or []), *(about.get_all("License") or [])]
    if texts and "\n" not in texts[0].strip() and len(texts[0]) < 80:
        return texts[0].strip()
    said = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return ", ".join(said)


def installed(name: str) -> Distribution | None:
    """A package by its name, or what takes its place."""
    for candidate in (name, f"{name}-gpu"):  # onnxruntime-gpu takes the place of onnxruntime where CUDA is wanted
        with suppress(PackageNotFoundError):
            return distribution(candidate)
    return None


def notices_folder() -> Path:
    """The texts of licences, and `index.json` that tells whose they are; only a packaged program has it."""
    return resources() / "notices"


def read_notices() -> list[Notice]:
    """All parts of a packaged program; [] where it is not packaged. Raises OSError, ValueError where it is damaged."""
    index = notices_folder() / "index.json"
    return checked(read_json(index), list[Notice]) if notices_folder().is_dir() else []


def missing_texts(notices: list[Notice]) -> list[str]:
    """The faults in the texts of these parts and of `components()`, as sentences."""
    wrong: list[str] = []
    known = {normal(notice.name) for notice in notices}
    wrong += [f"{part.name} is listed with no licence." for part in components() if normal(part.name) not in known]
    for notice in notices:
        if not notice.texts:
            wrong.append(f"There is no licence text of {notice.name}.")
        for name, sha256 in notice.texts.items():
            try:
                found = hashlib.sha256((notices_folder() / name).read_bytes()).hexdigest()
            except OSError:
                wrong.append(f"The licence text {name} of {notice.name} is missing.")
                continue
            if found != sha256:
                wrong.append(f"The licence text {name} of {notice.name} is damaged.")
    return wrong


def _required(package: Distribution) -> Iterator[str]:
    """The names of what `package` needs without extras; what another system needs is not installed here."""
    for requirement in package.requires or []:
        if "extra ==" not in requirement and (name := re.match(r"[\w.-]+", requirement)):
            yield name[0]
