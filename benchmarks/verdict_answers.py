"""The program's answers about a folder of photos, and the loss if all proposed photos went."""

import shutil
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from verdict_drawing import Shown

from photosearch.cli.duplicates import as_json
from photosearch.library import Library


class Answer(NamedTuple):
    """The program's answer for a folder; groups as `duplicates --json` has them, with file names for paths."""

    groups: list[dict[str, Any]]
    index_s: float
    duplicates_s: float

    @property
    def offered(self) -> dict[str, str]:
        """The files that may go, and the strongest tier in which they are offered."""
        found: dict[str, str] = {}
        for group in self.groups:
            for photo in group["photos"]:
                if not photo["stays"]:
                    found.setdefault(photo["path"], group["tier"])
        return found


def ask(folder: Path, place: Path) -> Answer:
    """Index a folder into a new library in `place`, and ask for its duplicates."""
    shutil.rmtree(place, ignore_errors=True)
    start = time.perf_counter()
    with Library(place, "cpu") as library:
        run(library.index([str(folder)]))
        indexed = time.perf_counter()
        groups = as_json(run(library.duplicates()))["groups"]
    for group in groups:
        for photo in group["photos"]:
            photo["path"] = Path(photo["path"]).name
    return Answer(groups, indexed - start, time.perf_counter() - indexed)


def run(steps: Any) -> Any:
    """The return value of a long job."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


class Losses(NamedTuple):
    """Of the files that are offered: those that show what nothing that stays shows, and those that show it best."""

    unique: list[str]
    better: list[str]


def losses(shown: dict[str, Shown], offered: dict[str, str]) -> Losses:
    """The loss if all proposed photos went."""
    kept = defaultdict[str, int](lambda: -1)
    for name, file in shown.items():
        for content in file.contents if name not in offered else ():
            kept[content] = max(kept[content], file.grade)
    unique = [name for name in offered if any(kept[content] < 0 for content in shown[name].contents)]
    better = [name for name in offered if any(0 <= kept[each] < shown[name].grade for each in shown[name].contents)]
    return Losses(unique, [name for name in better if name not in unique])


def spare(shown: dict[str, Shown]) -> int:
    """The largest number of files that may go because others show the same at least as well."""
    gone = dict[str, str]()
    for name in sorted(shown, key=lambda name: (shown[name].grade, len(shown[name].contents))):
        if not any(losses(shown, gone | {name: ""})):
            gone[name] = ""
    return len(gone)
