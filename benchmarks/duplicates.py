"""The share of edited copies found among distractors, and the number of other photos taken for copies.

    python benchmarks/duplicates.py PHOTOS [--copied N] [--distractors N] [--groups FOLDER ...]

Copies of N photos of a folder, one of each kind in edited.py, are indexed with the photos and with distractors of the
same folder. Each copy is searched among all that are no copies; its nearest are candidates, and those are verified.
Targets: the original nearest to 95 % of the copies; 90 % of them found as same or edited; 99 % of what is found right.
Distractors that are found to be copies of one another are listed: photos from the web often are. FOLDER holds a
groups.csv with other shots of the same: none of them may be found to be the same picture; those that are found to be
edited copies are listed. Two files of a group that are equal in
every pixel are no other shots: those are told apart, and must be found to be the same.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from edited import KINDS, write_copies
from machine import tell_machine, verdict
from PIL import Image

from photosearch.find.evaluation import read_groups
from photosearch.find.registration.verify import Described, describe, verify
from photosearch.library import Library
from photosearch.models import Unreadable

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
NEIGHBOURS, CANDIDATES = 64, 5
TIERS = ("same", "edited", "similar", None)
COPIES = ("same", "edited")
TARGET_NEAREST, TARGET_FOUND, TARGET_RIGHT, TARGET_PAIR_MS, TARGET_DESCRIBE_MS = 0.95, 0.90, 0.99, 8.0, 12.0
ROW = "{:>12} {:>9} {:>9} {:>7} {:>7} {:>7} {:>7}"


class Searched(NamedTuple):
    """A photo, and those that are no copies, nearest first."""

    path: Path
    nearest: list[Path]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--copied", type=int, default=60, metavar="N")
    parser.add_argument("--distractors", type=int, default=600, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--groups", type=Path, nargs="*", default=[], metavar="FOLDER")
    options = parser.parse_args()
    tell_machine()
    photos = sorted(path for path in options.photos.rglob("*") if path.suffix.lower() in SUFFIXES)
    random.Random(options.seed).shuffle(photos)
    with tempfile.TemporaryDirectory() as place, Library(Path(place, "library"), "cpu") as library:
        lay_out(photos, options.copied, options.distractors, Path(place))
        for _ in library.index([place], exclude=["library"]):
            pass
        print_copies(library, list(search(library)))
        for folder in options.groups:
            print_groups(library, folder)


def lay_out(photos: Sequence[Path], copied: int, distractors: int, place: Path) -> None:
    """Put originals, distractors and copies into folders of these names."""
    for name in ("originals", "distractors", "copies"):
        (place / name).mkdir()
    for number, photo in enumerate(photos[:copied]):
        shutil.copyfile(photo, place / "originals" / f"{number}{photo.suffix}")
        others = photos[-1 - 3 * number - 2 : len(photos) - 3 * number] if len(photos) > 4 * copied else photos[-3:]
        for _ in write_copies(photo, others, number, place / "copies"):
            pass
    for photo in photos[copied : copied + distractors]:
        shutil.copyfile(photo, place / "distractors" / photo.name)


def search(library: Library) -> Iterator[Searched]:
    """Each photo with the originals and distractors that are nearest to it, itself left out."""
    _, contents, vectors = library.catalog.descriptors_after(library.encoder_id, 0, 1_000_000)
    places = library.catalog.places(contents.tolist())
    paths = {content: Path(found[0].path) for content, found in places.items()}
    ranked = library.vectors.search(vectors.astype(np.float32), NEIGHBOURS)
    for content, ids in zip(contents.tolist(), ranked.ids.tolist(), strict=True):
        others = [paths[other] for other in ids if other != content and other in paths]
        yield Searched(paths[content], [path for path in others if path.parent.name != "copies"])


def print_copies(library: Library, searched: Sequence[Searched]) -> None:
    """Verify what is near, and say what came of it by kind of edit."""
    looks = Looks(library)
    nearest, tiers, wrong, natural = Counter[str](), defaultdict[str, Counter[str | None]](Counter), list[str](), 0
    copies = Counter(kind_of(one.path) for one in searched if one.path.parent.name == "copies")
    for one in searched:
        kind = kind_of(one.path)
        for rank, other in enumerate(one.nearest[:CANDIDATES]):
            own = bool(kind) and other.parent.name == "originals" and other.stem == one.path.name.split("-")[0]
            if kind:
                nearest[kind] += own and rank == 0
            elif one.path > other and any(one.path == back for back in looks.searched(searched, other)):
                continue  # compared already, from the other side
            tier = looks.tier(one.path, other)
            if own:
                tiers[kind][tier] += 1
            elif tier in COPIES and kind:
                wrong.append(f"{one.path.name} ~ {other.name}: {tier}")
            elif tier in COPIES:
                natural += 1
                print(f"  distractors found as {tier}: {one.path.name} {other.name}")
    print(ROW.format("kind", "nearest", "found", "same", "edited", "similar", "none"))
    for kind in KINDS:
        row, count = tiers[kind], copies[kind]
        missed = count - sum(row[tier] for tier in TIERS[:3])
        shares = (nearest[kind] / count, (row["same"] + row["edited"]) / count)
        print(
            ROW.format(kind, *(f"{share:.3f}" for share in shares), row["same"], row["edited"], row["similar"], missed)
        )
    found, total = sum(row[tier] for row in tiers.values() for tier in COPIES), copies.total()
    print(f"nearest {nearest.total() / total:.3f}  {verdict(nearest.total() / total >= TARGET_NEAREST)}")
    print(f"found {found / total:.3f}  {verdict(found / total >= TARGET_FOUND)}")
    right = found / max(1, found + len(wrong))
    print(f"right {right:.4f}  {verdict(right >= TARGET_RIGHT)}; {natural} pairs of distractors", *wrong, sep="\n  ")
    looks.print_times()


def kind_of(path: Path) -> str:
    """The kind of edit of a copy, "" for what is none."""
    return path.stem.split("-", 1)[1] if path.parent.name == "copies" else ""


def print_groups(library: Library, folder: Path) -> None:
    """Say what pairs of other shots of the same are found to be."""
    looks, groups = Looks(library), defaultdict[str, list[Path]](list)
    for path, group in zip(*read_groups(folder / "groups.csv"), strict=True):
        groups[group].append(Path(path))
    counts, one_picture = Counter[str | None](), Counter[str | None]()
    for pair in (pair for photos in groups.values() for pair in combinations(photos, 2)):
        tier = looks.tier(*pair)
        if looks.are_one_picture(*pair):
            one_picture[tier] += 1
            print(f"  {pair[0].name} {pair[1].name}: equal in every pixel, so no other shots, found to be {tier}")
            continue
        counts[tier] += 1
        if tier in COPIES:
            print(f"  {pair[0].name} {pair[1].name}: {tier}")
    tail = ", ".join(f"{counts[tier]} {tier or 'not related'}" for tier in TIERS)
    met = not counts["same"] and one_picture.total() == one_picture["same"]
    print(f"{folder.name}: {counts.total()} pairs of other shots: {tail}  {verdict(met)}")
    looks.print_times()


class Looks:
    """Described photos, kept, and the processor time that describing and verifying took."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._described: dict[Path, Described | None] = {}
        self._describe_s = self._verify_s = 0.0
        self._verified = 0
        self._nearest: dict[Path, list[Path]] = {}

    def searched(self, searched: Sequence[Searched], path: Path) -> list[Path]:
        """The candidates of a photo."""
        if not self._nearest:
            self._nearest = {one.path: one.nearest[:CANDIDATES] for one in searched}
        return self._nearest[path]

    def tier(self, one: Path, other: Path) -> str | None:
        """The verdict on two photos."""
        first, second = self._look(one), self._look(other)
        if first is None or second is None:
            return None
        start = time.thread_time()
        found = verify(first, second)
        self._verify_s += time.thread_time() - start
        self._verified += 1
        return found.tier

    def are_one_picture(self, one: Path, other: Path) -> bool:
        """True if two files hold the same pixels; a set of other shots may hold one picture twice."""
        first, second = self._look(one), self._look(other)
        if first is None or second is None or not np.array_equal(first.grey, second.grey):
            return False
        with Image.open(one) as picture, Image.open(other) as other_picture:
            return picture.size == other_picture.size and picture.tobytes() == other_picture.tobytes()

    def print_times(self) -> None:
        """Say what a photo and a pair cost."""
        describe_ms = 1000 * self._describe_s / max(1, len(self._described))
        pair_ms = 1000 * self._verify_s / max(1, self._verified)
        print(f"  {describe_ms:.1f} ms to describe a photo  {verdict(describe_ms <= TARGET_DESCRIBE_MS)}")
        print(f"  {pair_ms:.1f} ms to verify a pair  {verdict(pair_ms <= TARGET_PAIR_MS)}")

    def _look(self, path: Path) -> Described | None:
        if path not in self._described:
            found = self._library.photos.facts(str(path))
            if isinstance(found, Unreadable):
                self._described[path] = None
            else:
                pixels = np.asarray(Image.open(BytesIO(found[1])).convert("RGB"))
                start = time.thread_time()
                self._described[path] = described = describe(pixels)
                described.found  # noqa: B018 - the features, which verifying looks for only where it needs them
                self._describe_s += time.thread_time() - start
        return self._described[path]


if __name__ == "__main__":
    main()
