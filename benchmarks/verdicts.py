"""Whether what `duplicates` proposes for removal can be trusted.

    python benchmarks/verdicts.py [--photos FOLDER ...] [--cases FOLDER] [--groups FOLDER ...] [--only a,b,c,d]
        [--kind NAME ...] [--each N] [--seed N] [--keep DIR]

It draws its cases itself, from a seed, indexes each kind into a library of its own, and asks for its duplicates:
a. pictures of different content that look alike (verdict_pages.py, verdict_scenes.py, verdict_faint.py,
   verdict_small.py, verdict_containers.py), among them a few true copies. A unique picture is lost where it is offered
   and no photo that stays shows all of it.
b. pairs of a photo and one edit of it (verdict_edits.py). A pair is found in a group of any tier but similar; decided
   where one of the two is offered. Banners, stickers, frames and the like are content and are told apart.
c. with --cases: folders of which each file is of different content unless its name says so.
d. with --groups: photos with other shots of the same (groups.csv), of which none may be offered.
Photos come from the samples of the project and from --photos, large ones in parts; every third is painted
(verdict_photos.py).
"""

import argparse
import csv
import tempfile
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
from verdict_answers import Answer, Losses, ask, losses, spare
from verdict_containers import CONTAINERS
from verdict_drawing import Case, Shown
from verdict_edits import COVERED, EDITS, OVERLAID, Pair, write_pairs
from verdict_faint import FAINT
from verdict_pages import PAGES
from verdict_photos import photos_below, prepare, sample_photos
from verdict_scenes import SCENES
from verdict_small import SMALL

from photosearch.settings import usable_cores

KINDS: dict[str, Callable[[Case], None]] = {
    draw.__name__.replace("_", " "): draw for draw in (*PAGES, *SCENES, *FAINT, *SMALL, *CONTAINERS)
}
CASE_PICTURES, PAIRS = 6, 40
LEAST_PHOTOS = 24  # with fewer, two pictures of a case may show the same
TIERS = ("identical", "same", "edited", "similar")
FRAMED = "framed, of any kind"
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
        count = options.each or PAIRS
        tiles = prepare(photos, max(count, LEAST_PHOTOS), np.random.default_rng(options.seed), place / "photos")
        aims = list[Aim]()
        if "a" in options.only:
            aims += print_contents(pool, tiles, place, options)
        if "b" in options.only:
            aims += print_edits(pool, tiles[:count], place, options)
        if "c" in options.only and options.cases:
            aims += print_cases(options.cases, place)
        if "d" in options.only:
            for folder in options.groups:
                aims += print_groups(folder, place)
    print("\n| aim | measured | |\n| --- | --- | --- |")
    for aim in aims:
        print(f"| {aim.what} | {aim.value} | {verdict(aim.is_met)} |")


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
    every, tiers, right, spares, index_s, duplicates_s = list[Losses](), Counter[str](), 0, 0, 0.0, 0.0
    for kind in kinds:
        shown = drawn[kind].result()
        answer = ask(folders[kind], place / "libraries" / kind)
        lost = losses(shown, answer.offered)
        lost_tiers = Counter(answer.offered[name] for name in lost.unique)
        own, count = len(answer.offered) - len(lost.unique) - len(lost.better), spare(shown)
        print(
            f"| {kind} | {len(shown)} | {len(lost.unique)} | {len(lost.better)} | {own} of {count} "
            f"| {in_words(lost_tiers)} | {', '.join((*lost.unique, *lost.better)[:4])} |",
            flush=True,
        )
        every.append(lost)
        tiers, right, spares = tiers + lost_tiers, right + own, spares + count
        index_s, duplicates_s = index_s + answer.index_s, duplicates_s + answer.duplicates_s
    better = sum(len(lost.better) for lost in every)
    value = f"{tiers.total()} in {sum(bool(lost.unique) for lost in every)} of {len(kinds)} kinds"
    print(f"| **all** | | **{value}** | **{better}** | **{right} of {spares}** | {in_words(tiers)} | |")
    print(f"\nIndexed in {index_s:.0f} s, duplicates in {duplicates_s:.0f} s.")
    return [
        Aim("unique pictures offered, drawn cases: 0", value, not tiers),
        Aim("the better one offered: 0", str(better), not better),
    ]


def in_words(tiers: Counter[str]) -> str:
    """The number of each tier."""
    return ", ".join(f"{tiers[tier]} {tier}" for tier in TIERS if tiers[tier])


# b. Edits


class Outcome(NamedTuple):
    """The outcome for a pair."""

    is_found: bool  # in one group of any tier but similar
    is_related: bool  # in one group
    is_decided: bool  # one of the two is offered
    is_original_kept: bool  # and that is the edit alone


class Tally:
    """Outcomes of pairs, counted by name: of the kind, of the role, of all."""

    def __init__(self) -> None:
        self._outcomes = defaultdict[str, list[Outcome]](list)

    def count(self, kind: str, pair: Pair, found: Outcome) -> None:
        """Count a pair under all its names."""
        names = [kind if kind in COVERED or not pair.is_covered else FRAMED, "covered" if pair.is_covered else "open"]
        names += ["all", *(["overlaid"] if kind in OVERLAID else []), *(f"role: {role}" for role in pair.roles)]
        for name in names:
            self._outcomes[name].append(found)

    def share(self, name: str, what: str) -> float:
        """The share of the outcomes under a name of which something is true; nan if there are none."""
        found = self._outcomes[name]
        return sum(getattr(each, what) for each in found) / len(found) if found else float("nan")

    def kept(self, name: str) -> float:
        """The share of the decided ones in which the original stays; nan if none is decided."""
        decided = self.share(name, "is_decided")
        return self.share(name, "is_original_kept") / decided if decided else float("nan")

    def roles(self) -> list[str]:
        return sorted(name for name in self._outcomes if name.startswith("role: "))

    def print_row(self, name: str, title: str = "") -> None:
        """A line of a table, if there are pairs under this name."""
        if self._outcomes[name]:
            shares = [self.share(name, what) for what in Outcome._fields[:3]] + [self.kept(name)]
            told = " | ".join(f"{100 * share:.1f}" for share in shares)
            print(f"| {title or name} | {len(self._outcomes[name])} | {told} |", flush=True)


def print_edits(
    pool: ProcessPoolExecutor, tiles: Sequence[Path], place: Path, options: argparse.Namespace
) -> list[Aim]:
    """Section b: a line for every kind of edit and for every role; and a table of all pairs in the folder `place`."""
    kinds = chosen(list(EDITS), options)
    if not kinds:
        return []
    folders = {kind: place / "edits" / kind for kind in kinds}
    written = {
        kind: pool.submit(write_pairs, kind, tiles, generator(options.seed, kind), folders[kind]) for kind in kinds
    }
    print("\n## Edits: a photo and one edit of it")
    print_head("kind")
    tally, strangers, index_s, duplicates_s = Tally(), 0, 0.0, 0.0
    with (place / "edits.csv").open("w", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(("kind", *Pair._fields, *Outcome._fields))
        for kind in kinds:
            pairs = written[kind].result()
            answer = ask(folders[kind], place / "libraries" / kind)
            for pair in pairs:
                found = outcome(pair, answer)
                tally.count(kind, pair, found)
                table.writerow((kind, *pair._replace(roles=" ".join(pair.roles)), *map(int, found)))
            strangers += count_strangers(pairs, answer)
            index_s, duplicates_s = index_s + answer.index_s, duplicates_s + answer.duplicates_s
            if kind not in COVERED:
                tally.print_row(kind)
    tally.print_row("open", "**all of these**")
    print("\nShould stay undecided, as something covers the photo or is around it:")
    print_head("kind")
    for name in (*COVERED, FRAMED, "covered", "all"):
        tally.print_row(name)
    print_head("the edit is")
    for name in tally.roles():
        tally.print_row(name, name.removeprefix("role: "))
    print(f"\n{strangers} groups above similar with photos of more than one pair.", end=" ")
    print(f"Indexed in {index_s:.0f} s, duplicates in {duplicates_s:.0f} s.")
    return edit_aims(tally)


def print_head(name: str) -> None:
    print(f"\n| {name} | pairs | found % | with similar % | decided % | original stays, % of decided |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")


def edit_aims(tally: Tally) -> list[Aim]:
    """The aims of section b, without those of which there are no pairs."""
    kept, found, decided = tally.kept("all"), tally.share("all", "is_found"), tally.share("open", "is_decided")
    of_all, overlaid = tally.share("all", "is_decided"), tally.share("overlaid", "is_decided")
    aims = [
        Aim("originals kept of decided: ≥ 99 %", f"{100 * kept:.1f} %", kept >= TARGET_KEPT),
        Aim(
            "decided, where nothing covers the photo: ≥ 75 %",
            f"{100 * decided:.1f} % (of all pairs {100 * of_all:.1f} %)",
            decided >= TARGET_DECIDED,
        ),
        Aim("decided, where words or pictures cover the photo: 0", f"{100 * overlaid:.1f} %", overlaid == 0),
        Aim("found: ≥ 95 %", f"{100 * found:.1f} %", found >= TARGET_FOUND),
    ]
    return [aim for aim in aims if not aim.value.startswith("nan")]


def outcome(pair: Pair, answer: Answer) -> Outcome:
    names = {pair.original, pair.edited}
    together = [group["tier"] for group in answer.groups if names <= {photo["path"] for photo in group["photos"]}]
    going = names & answer.offered.keys()
    return Outcome(any(tier != "similar" for tier in together), bool(together), bool(going), going == {pair.edited})


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
    every, folders = list[Losses](), sorted(path for path in folder.iterdir() if path.is_dir())
    for case in folders:
        shown = {path.name: GIVEN.get(path.name, Shown(frozenset({path.name}))) for path in case.iterdir()}
        answer = ask(case, place / "libraries" / case.name)
        every.append(lost := losses(shown, answer.offered))
        offers = "; ".join(
            f"{photo['path']} for {group['photos'][0]['path']} ({told(group, photo)})"
            for group in answer.groups
            for photo in group["photos"]
            if not photo["stays"]
        )
        print(f"| {case.name} | {len(shown)} | {len(lost.unique)} | {len(lost.better)} | {offers} |", flush=True)
    unique, better = sum(len(lost.unique) for lost in every), sum(len(lost.better) for lost in every)
    value = f"{unique} in {sum(bool(lost.unique) for lost in every)} of {len(folders)} folders, {better} better ones"
    return [Aim("unique pictures offered, given cases: 0", value, not unique and not better)]


def told(group: dict[str, Any], photo: dict[str, Any]) -> str:
    """Tier, and what is said of the photo beyond it."""
    more = (photo.get(name) for name in ("covers", "relation"))
    return ", ".join(str(each) for each in (group["tier"], *more) if each)


def print_groups(folder: Path, place: Path) -> list[Aim]:
    """Section d: how many photos are in groups of the same and of edited ones, and which are offered."""
    answer = ask(folder, place / "libraries" / folder.name)
    print(f"\n## Other shots: {folder.name}\n")
    offered = Counter[str]()
    for tier in TIERS:
        groups = [group for group in answer.groups if group["tier"] == tier]
        offered[tier] = sum(not photo["stays"] for group in groups for photo in group["photos"])
        photos = sum(len(group["photos"]) for group in groups)
        print(f"- {tier}: {photos} photos in {len(groups)} groups, {offered[tier]} offered")
        for group in groups if tier != "similar" else ():
            names = (photo["path"] + ("" if photo["stays"] else " (offered)") for photo in group["photos"])
            print(f"  - {', '.join(names)}")
    print(f"\nIndexed in {answer.index_s:.0f} s, duplicates in {answer.duplicates_s:.0f} s.", flush=True)
    del offered["identical"]
    return [Aim(f"other shots offered, {folder.name}: 0", in_words(offered) or "0", not offered.total())]


if __name__ == "__main__":
    main()
