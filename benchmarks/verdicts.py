"""Whether what `duplicates` proposes for removal can be trusted.

    python benchmarks/verdicts.py [--photos FOLDER ...] [--cases FOLDER] [--groups FOLDER ...] [--only a,b,c,d]
        [--kind NAME ...] [--each N] [--seed N] [--keep DIR]

It draws its cases itself, from a seed, indexes each kind into a library of its own, and asks for its duplicates:
a. pictures of different content that look alike (verdict_pages.py, verdict_scenes.py, verdict_containers.py), among
   them a few true copies. A unique picture is lost where it is offered and no photo that stays shows all of it.
b. pairs of a photo and one edit of it (verdict_edits.py). A pair is found in a group of any tier but similar; decided
   where one of the two is offered. Banners, stickers, frames and the like are content and are told apart.
c. with --cases: folders of which each file is of different content unless its name says so.
d. with --groups: photos with other shots of the same (groups.csv), of which none may be offered.
Photos come from the samples of the project and from --photos, large ones in parts; every third is painted
(verdict_photos.py).
"""

import argparse
import shutil
import tempfile
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from machine import tell_machine, verdict
from verdict_containers import CONTAINERS
from verdict_drawing import Case, Shown
from verdict_edits import COVERED, EDITS, Pair, write_pairs
from verdict_pages import PAGES
from verdict_photos import photos_below, prepare, sample_photos
from verdict_scenes import SCENES

from photosearch.clearing import as_json
from photosearch.library import Library
from photosearch.settings import usable_cores

KINDS: dict[str, Callable[[Case], None]] = {
    draw.__name__.replace("_", " "): draw for draw in (*PAGES, *SCENES, *CONTAINERS)
}
CASE_PICTURES, PAIRS = 6, 40
TIERS = ("identical", "same", "edited", "similar")
TARGET_KEPT, TARGET_DECIDED, TARGET_FOUND = 0.99, 0.75, 0.95
# What the names in the folder of cases say: these show what others show, or a part of it. All else is of its own.
GIVEN = {
    "doc-mirrored.jpg": Shown(frozenset({"doc"})),
    "doc-upside.jpg": Shown(frozenset({"doc"})),
    "doc.jpg": Shown(frozenset({"doc"}), 1),
    "IMG-WA0001.jpg": Shown(frozenset({"IMG_0001"})),
    "IMG_0001.jpg": Shown(frozenset({"IMG_0001"}), 1),
    "exported.jpg": Shown(frozenset({"still"})),
    "PXL_0001.MP.jpg": Shown(frozenset({"still", "film"})),
    "still.png": Shown(frozenset({"frame"})),
    "movie.gif": Shown(frozenset({"frame", "movie"})),
}


class Answer(NamedTuple):
    """What the program says of a folder; groups as `duplicates --json` has them, with file names for paths."""

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


class Aim(NamedTuple):
    """A line at the end."""

    what: str
    value: str
    is_met: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--cases", type=Path, metavar="FOLDER")
    parser.add_argument("--groups", type=Path, nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--only", default="a,b,c,d", help="sections, such as a,c (all)")
    parser.add_argument("--kind", action="append", default=[], metavar="NAME", help="only kinds of this name")
    parser.add_argument("--each", type=int, metavar="N", help=f"pictures a kind ({CASE_PICTURES}, pairs: {PAIRS})")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="a new folder in which what is made stays")
    options = parser.parse_args()
    tell_machine()
    with ExitStack() as stack:
        if options.keep:
            options.keep.mkdir(parents=True)
        place = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        photos = [*sample_photos(), *(path for folder in options.photos for path in photos_below(folder))]
        pool = stack.enter_context(ProcessPoolExecutor(usable_cores(), get_context("spawn")))
        tiles = prepare(photos, options.each or PAIRS, np.random.default_rng(options.seed), place / "photos")
        aims = list[Aim]()
        if "a" in options.only:
            aims += print_contents(pool, tiles, place, options)
        if "b" in options.only:
            aims += print_edits(pool, tiles, place, options)
        if "c" in options.only and options.cases:
            aims += print_cases(options.cases, place)
        if "d" in options.only:
            for folder in options.groups:
                aims += print_groups(folder, place)
    print("\n| aim | measured | |\n| --- | --- | --- |")
    for aim in aims:
        print(f"| {aim.what} | {aim.value} | {verdict(aim.is_met)} |")


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
    """What a long job returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def generator(seed: int, kind: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(kind.encode())])


def chosen(kinds: Sequence[str], options: argparse.Namespace) -> list[str]:
    return [kind for kind in kinds if not options.kind or kind in options.kind]


# a. Different content


def draw_case(kind: str, tiles: Sequence[Path], folder: Path, seed: int, each: int) -> dict[str, Shown]:
    """Draw the files of a kind; what each shows."""
    case = Case(folder, generator(seed, kind), tiles, each)
    KINDS[kind](case)
    return case.shown


class Losses(NamedTuple):
    """Of the files that are offered: those that show what nothing that stays shows, and those that show it best."""

    unique: list[str]
    better: list[str]


def losses(shown: dict[str, Shown], offered: dict[str, str]) -> Losses:
    """What would be lost if all went that is offered."""
    kept = defaultdict[str, int](lambda: -1)
    for name, file in shown.items():
        for content in file.contents if name not in offered else ():
            kept[content] = max(kept[content], file.grade)
    unique = [name for name in offered if any(kept[content] < 0 for content in shown[name].contents)]
    better = [name for name in offered if any(0 <= kept[each] < shown[name].grade for each in shown[name].contents)]
    return Losses(unique, [name for name in better if name not in unique])


def spare(shown: dict[str, Shown]) -> int:
    """How many files may go at most, as what they show is shown by others at least as well."""
    gone = dict[str, str]()
    for name in sorted(shown, key=lambda name: (shown[name].grade, len(shown[name].contents))):
        if not any(losses(shown, gone | {name: ""})):
            gone[name] = ""
    return len(gone)


def print_contents(
    pool: ProcessPoolExecutor, tiles: Sequence[Path], place: Path, options: argparse.Namespace
) -> list[Aim]:
    """Section a: a line for every kind."""
    each = max(options.each or CASE_PICTURES, CASE_PICTURES)
    kinds = chosen(list(KINDS), options)
    if not kinds:
        return []
    folders = {kind: place / "contents" / kind for kind in kinds}
    drawn = {kind: pool.submit(draw_case, kind, tiles, folders[kind], options.seed, each) for kind in kinds}
    print("\n## Pictures of different content\n")
    print("| kind | files | unique offered | the better one offered | spare ones offered | offered as | lost |")
    print("| --- | ---: | ---: | ---: | ---: | --- | --- |")
    total, hit, better, spared, spare_total, index_s, duplicates_s = 0, 0, 0, 0, 0, 0.0, 0.0
    for kind in kinds:
        shown = drawn[kind].result()
        answer = ask(folders[kind], place / "libraries" / kind)
        lost, count = losses(shown, answer.offered), spare(shown)
        right = len(answer.offered) - len(lost.unique) - len(lost.better)
        print_losses(kind, shown, answer, lost, f"{right} of {count}")
        total, hit, better = total + len(lost.unique), hit + bool(lost.unique), better + len(lost.better)
        spared, spare_total = spared + right, spare_total + count
        index_s, duplicates_s = index_s + answer.index_s, duplicates_s + answer.duplicates_s
    print(
        f"| **all** | | **{total} in {hit} of {len(kinds)} kinds** | **{better}** | **{spared} of {spare_total}** | | |"
    )
    print(f"\nIndexed in {index_s:.0f} s, duplicates in {duplicates_s:.0f} s.")
    value = f"{total} in {hit} of {len(kinds)} kinds"
    return [
        Aim("unique pictures offered, drawn cases: 0", value, not total),
        Aim("the better one offered: 0", str(better), not better),
    ]


def print_losses(kind: str, shown: dict[str, Shown], answer: Answer, lost: Losses, right: str) -> None:
    tiers = Counter(answer.offered[name] for name in lost.unique)
    names = ", ".join((lost.unique + lost.better)[:4]) + (" …" if len(lost.unique + lost.better) > 4 else "")
    how = ", ".join(f"{tiers[tier]} {tier}" for tier in TIERS if tiers[tier])
    print(
        f"| {kind} | {len(shown)} | {len(lost.unique)} | {len(lost.better)} | {right} | {how} | {names} |", flush=True
    )


# b. Edits


class Tally:
    """Pairs counted: found, decided, and the original the one that stays."""

    def __init__(self) -> None:
        self.pairs = self.found = self.related = self.decided = self.kept = 0

    def count(self, found: bool, related: bool, decided: bool, kept: bool) -> None:
        self.pairs, self.found, self.related = self.pairs + 1, self.found + found, self.related + related
        self.decided, self.kept = self.decided + decided, self.kept + kept

    def __str__(self) -> str:
        shares = (self.found / self.pairs, self.related / self.pairs, self.decided / self.pairs, self.kept_share)
        return f"{self.pairs} | " + " | ".join(f"{100 * share:.1f}" for share in shares)

    @property
    def kept_share(self) -> float:
        return self.kept / self.decided if self.decided else float("nan")


def print_edits(
    pool: ProcessPoolExecutor, tiles: Sequence[Path], place: Path, options: argparse.Namespace
) -> list[Aim]:
    """Section b: a line for every kind of edit and for every role."""
    kinds = chosen(list(EDITS), options)
    if not kinds:
        return []
    folders = {kind: place / "edits" / kind for kind in kinds}
    written = {
        kind: pool.submit(write_pairs, kind, tiles, generator(options.seed, kind), folders[kind]) for kind in kinds
    }
    head = "pairs | found % | with similar % | decided % | original stays, % of decided"
    print(f"\n## Edits: a photo and one edit of it\n\n| kind | {head} |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    tallies = defaultdict[str, Tally](Tally)
    strangers, index_s, duplicates_s = 0, 0.0, 0.0
    for kind in kinds:
        pairs = written[kind].result()
        answer = ask(folders[kind], place / "libraries" / kind)
        for pair in pairs:
            counted = outcome(pair, answer)
            row = "framed, of any kind" if pair.is_covered and kind not in COVERED else kind
            names = ("covered" if pair.is_covered else "open", row, "all", *(f"role: {role}" for role in pair.roles))
            for name in names:
                tallies[name].count(*counted)
        strangers += count_strangers(pairs, answer)
        index_s, duplicates_s = index_s + answer.index_s, duplicates_s + answer.duplicates_s
        if kind not in COVERED:
            print(f"| {kind} | {tallies[kind]} |", flush=True)
    print(f"| **all of these** | {tallies['open']} |")
    print(f"\nShould stay undecided, as something covers the photo or is around it:\n\n| kind | {head} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in (*COVERED, "framed, of any kind", "covered", "all"):
        if name in tallies:
            print(f"| {name} | {tallies[name]} |")
    print(f"\n| the edit is | {head} |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in sorted(tallies):
        if name.startswith("role: "):
            print(f"| {name.removeprefix('role: ')} | {tallies[name]} |")
    print(f"\n{strangers} groups above similar with photos of more than one pair.", end=" ")
    print(f"Indexed in {index_s:.0f} s, duplicates in {duplicates_s:.0f} s.")
    every, plain = tallies["all"], tallies["open"]
    return [
        Aim("originals kept of decided: ≥ 99 %", f"{100 * every.kept_share:.1f} %", every.kept_share >= TARGET_KEPT),
        Aim(
            "decided, where nothing covers the photo: ≥ 75 %",
            f"{100 * plain.decided / plain.pairs:.1f} % (of all pairs {100 * every.decided / every.pairs:.1f} %)",
            plain.decided >= TARGET_DECIDED * plain.pairs,
        ),
        Aim("found: ≥ 95 %", f"{100 * every.found / every.pairs:.1f} %", every.found >= TARGET_FOUND * every.pairs),
    ]


def outcome(pair: Pair, answer: Answer) -> tuple[bool, bool, bool, bool]:
    """Whether a pair is found, found with similar ones, decided, and the original alone stays."""
    names = {pair.original, pair.edited}
    together = [group["tier"] for group in answer.groups if names <= {photo["path"] for photo in group["photos"]}]
    going = names & answer.offered.keys()
    return any(tier != "similar" for tier in together), bool(together), bool(going), going == {pair.edited}


def count_strangers(pairs: Sequence[Pair], answer: Answer) -> int:
    """Groups that hold photos of more than one pair."""
    pair_of = {name: pair for pair in pairs for name in (pair.original, pair.edited)}
    groups = (group for group in answer.groups if group["tier"] != "similar")
    return sum(len({pair_of[photo["path"]] for photo in group["photos"]}) > 1 for group in groups)


# c. and d. Given folders


def print_cases(folder: Path, place: Path) -> list[Aim]:
    """Section c: a line for every folder, and for every photo that is offered there."""
    print("\n## The given cases\n")
    print("| folder | files | unique offered | the better one offered | offered |\n| --- | ---: | ---: | ---: | --- |")
    total, hit, better, folders = 0, 0, 0, sorted(path for path in folder.iterdir() if path.is_dir())
    for case in folders:
        shown = {path.name: GIVEN.get(path.name, Shown(frozenset({path.name}))) for path in case.iterdir()}
        answer = ask(case, place / "libraries" / case.name)
        lost = losses(shown, answer.offered)
        total, hit, better = total + len(lost.unique), hit + bool(lost.unique), better + len(lost.better)
        offers = "; ".join(
            f"{photo['path']} for {group['photos'][0]['path']} ({told(group, photo)})"
            for group in answer.groups
            for photo in group["photos"]
            if not photo["stays"]
        )
        print(f"| {case.name} | {len(shown)} | {len(lost.unique)} | {len(lost.better)} | {offers} |", flush=True)
    value = f"{total} in {hit} of {len(folders)} folders, {better} better ones"
    return [Aim("unique pictures offered, given cases: 0", value, not total and not better)]


def told(group: dict[str, Any], photo: dict[str, Any]) -> str:
    """Tier, and what is said of the photo beyond it."""
    more = (photo.get(name) for name in ("covers", "relation"))
    return ", ".join(str(each) for each in (group["tier"], *more) if each)


def print_groups(folder: Path, place: Path) -> list[Aim]:
    """Section d: how many photos are in groups of the same and of edited ones, and which are offered."""
    answer = ask(folder, place / "libraries" / folder.name)
    print(f"\n## Other shots: {folder.name}\n")
    offered = 0
    for tier in TIERS:
        groups = [group for group in answer.groups if group["tier"] == tier]
        going = sum(not photo["stays"] for group in groups for photo in group["photos"])
        print(
            f"- {tier}: {sum(len(group['photos']) for group in groups)} photos in {len(groups)} groups, {going} offered"
        )
        offered += going if tier != "identical" else 0
        for group in groups if tier != "similar" else ():
            photos = ", ".join(f"{photo['path']}{'' if photo['stays'] else ' (offered)'}" for photo in group["photos"])
            print(f"  - {photos}")
    print(f"\nIndexed in {answer.index_s:.0f} s, duplicates in {answer.duplicates_s:.0f} s.", flush=True)
    return [Aim(f"other shots offered, {folder.name}: 0", str(offered), not offered)]


if __name__ == "__main__":
    main()
