"""A library in whose place of files there are pipes, devices, links, sockets and folders; each try is a process."""

import hashlib
import json
import os
import random
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.store.damage import ADDED, LABELS, Outcome, apart, questions, run

WAIT_S = 300  # by the clock, beside other work: a command that waits for a pipe never ends
MADE = (  # names that a library may come to hold
    "catalog.sqlite-wal", "catalog.sqlite-shm", "catalog.sqlite-journal", "thumbnails.sqlite-wal",
    "thumbnails.sqlite-journal", "catalog.lock", "seats", "training", "pasted", "clusters/occasion.npz",
    "bursts", "maps", "outputs.json", "identity.json", "settings.partial",
)  # fmt: skip
SOMEBODYS = b"somebody's"
KEPT = ((("labels", "--json"), 2), (("history", "--json"), 1))  # what a person said and did


class Replacement(NamedTuple):
    """What stands at the place of a file or folder of a library."""

    file: str
    kind: str


def _socket(path: Path, _: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # as names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


def _full_folder(path: Path, _: Path) -> None:
    path.mkdir()
    (path / "0.jpg").write_bytes(SOMEBODYS)


KINDS: dict[str, Callable[[Path, Path], None]] = {
    "pipe": lambda path, _: os.mkfifo(path),
    "socket": _socket,
    "endless device": lambda path, _: path.symlink_to("/dev/zero"),
    "full device": lambda path, _: path.symlink_to("/dev/full"),
    "link": lambda path, elsewhere: path.symlink_to(elsewhere / "victim"),
    "link to a folder": lambda path, elsewhere: path.symlink_to(elsewhere),
    "link to nothing": lambda path, elsewhere: path.symlink_to(elsewhere / "made"),
    "link to itself": lambda path, _: path.symlink_to(path.name),
    "folder": lambda path, _: path.mkdir(),
    "full folder": _full_folder,
    "empty file": lambda path, _: path.touch(),
}


def replacements(folder: Path, seed: int) -> list[Replacement]:
    """Every name with every kind, in an order that the seed gives."""
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
    every = [Replacement(file, kind) for file in (*files, *MADE) for kind in KINDS]
    random.Random(seed).shuffle(every)
    return every


def commands(album: Path) -> list[tuple[str, ...]]:
    """Commands that read or write all there is in a library, without acting on photos."""
    photo = str(album / "2.jpg")
    return [
        *questions(album), ("clusters", "--by", "occasion"), ("label", "New", photo), ("labels", "--delete", LABELS[0]),
        ("encoders", "use", ADDED), ("encoders", "use", "default-int8"), ("index", "--verify"), ("doctor", "--repair"),
        ("vectors", str(album.parent / "copy" / "out.npz")), ("teach", "--adopt"),
        ("publish", str(album.parent / "copy" / "published")),
    ]  # fmt: skip


def try_replacement(library: Path, album: Path, scratch: Path, replacement: Replacement) -> list[Outcome]:
    """The outcomes of commands that are not right, each asked of a copy of its own; `scratch` is beside the album."""

    def work(asked: Sequence[tuple[str, ...]]) -> list[Outcome]:
        elsewhere = _replace(library, album, scratch, replacement)
        before = dict(_around(album.parent, scratch))
        outcomes = [run(scratch, arguments) for arguments in asked]
        if changed := sorted(set(before.items()) ^ set(_around(elsewhere.parent, scratch))):
            outcomes.append(Outcome(("around",), None, "", f"changed outside the library: {changed}"))
        if replacement.kind == "full folder" and not any(_is_somebodys(file) for file in scratch.rglob("0.jpg")):
            outcomes.append(Outcome(("in it",), None, "", "somebody's file in the library is gone"))
        return [each if each.is_right else each._replace(arguments=asked[0]) for each in outcomes]

    outcomes: list[Outcome] = []
    for arguments in commands(album):
        outcomes += apart(partial(work, [arguments]), WAIT_S)
    if not replacement.file.startswith("catalog.sqlite"):
        *_, labels, acts = apart(partial(work, [("doctor", "--repair"), *(command for command, _ in KEPT)]), WAIT_S)
        for told, (command, count) in zip((labels, acts), KEPT, strict=True):
            if told.code == 0 and len(next(iter(json.loads(told.told).values()))) != count:
                outcomes.append(Outcome(command, None, told.told, f"not {count} are left"))
    return [each for each in outcomes if not each.is_right]


def _replace(library: Path, album: Path, scratch: Path, replacement: Replacement) -> Path:
    """Make a copy of the library with one file replaced; return a folder that links may lead to."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(library, scratch)
    place, elsewhere = scratch / replacement.file, album.parent / "elsewhere"
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    elsewhere.mkdir(exist_ok=True)
    for name in ("victim", "kind.npz", "judged.npz", "0123456789abcdef.vectors", "0123456789abcdef.graph"):
        (elsewhere / name).write_bytes(SOMEBODYS)  # called as what a library throws away
    KINDS[replacement.kind](place, elsewhere)
    return elsewhere


def _is_somebodys(file: Path) -> bool:
    return file.read_bytes() == SOMEBODYS


def _around(folder: Path, apart_from: Path) -> Iterator[tuple[str, str]]:
    """All files of a folder but those of one in it, each with what it is and holds."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if os.path.join(parent, name) != str(apart_from)]
        for name in [*folders, *names]:
            path = Path(parent, name)
            if path.is_symlink() or not path.is_file():
                yield str(path), oct(path.lstat().st_mode)
            else:
                yield str(path), hashlib.sha256(path.read_bytes()).hexdigest()
