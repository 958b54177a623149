"""The copies that the tests of duplicates look for, and the groups of an answer in short."""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import ImageOps

from photosearch.library import Library
from photosearch.models import Duplicates, Group, Progress
from tests.jobs import finish
from tests.photos import open_sample, save_sample

RunJson = Callable[..., Any]
SIZE = (640, 480)


def save_copies(folder: Path) -> None:
    """Two scenes: one with a copy, a smaller one and a mirrored crop; the other with a re-saved one. And a third."""
    save_sample(folder / "one.jpg", 1, SIZE, quality=95)
    shutil.copy(folder / "one.jpg", folder / "one copy.jpg")
    save_sample(folder / "one small.jpg", 1, (400, 300), quality=90)
    ImageOps.mirror(open_sample(1, SIZE)).crop((40, 40, 600, 440)).save(folder / "one mirrored.jpg", quality=92)
    save_sample(folder / "two.png", 2, SIZE)
    save_sample(folder / "two.jpg", 2, SIZE, quality=80)
    save_sample(folder / "three.jpg", 5, SIZE)
    for file in folder.glob("*.*"):
        os.utime(file, (10**9, 10**9))  # else a slow second makes one the earlier


def names(group: Group) -> str:
    """The names of a group, the keeper first."""
    keeper, *others = (os.path.basename(member.photo.path) for member in group.photos)
    return " | ".join([keeper, *sorted(others)])


def told(found: Duplicates) -> list[tuple[str, str]]:
    return sorted((group.tier, names(group)) for group in found.groups)


ALL = [
    ("edited", "one.jpg | one mirrored.jpg"),
    ("identical", "one.jpg | one copy.jpg"),
    ("same", "one.jpg | one small.jpg"),
    ("same", "two.png | two.jpg"),
]


def find(library: Library, **options: Any) -> Duplicates:
    return finish(library.duplicates(**options))


def stages(job: Any) -> Counter[str]:
    """The total of each stage of a job."""
    done = Counter[str]()
    last: dict[str, Progress] = {}
    for progress in job:
        before = last.get(progress.stage)
        done[progress.stage] += progress.done - (before.done if before and before.done < progress.done else 0)
        last[progress.stage] = progress
    return done


def group_of(found: Duplicates, title: str) -> Group:
    return next(group for group in found.groups if names(group) == title)


def ids_of(group: Group) -> list[int]:
    return [member.photo.photo_id for member in group.photos]
