"""Duplicates beside those of programs from PyPI, on one folder: found, wrong, seconds.

    python benchmarks/rivals.py PHOTOS [--copied N] [--each N] [--distractors N] [--rivals-python PATH]

A folder is laid out once, as duplicates.py does it: N photos with their edited copies, and distractors. Of each photo
there is a copy of every kind in edited.py, or of some kinds only (--each), for where there are all of them, chains lead
from one to the next. Each program, ours too, is a process of its own that starts from nothing and ends with groups. A
copy is found where a group holds it and its original; a pair in a group is false where the two come from different
photos. Rivals run as their documentation has them, and then, not timed, at other thresholds: of those with 99 % right
pairs the one that finds most is told, which favours them, as it is chosen on the photos that it is measured on.
PATH is a Python that has the rivals, in an environment of their own; those it lacks are left out:

    pip install czkawka difPy fastdup matplotlib PyWavelets scikit-learn tqdm && pip install --no-deps imagededup
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from duplicates import SUFFIXES, kind_of, lay_out
from edited import KINDS
from machine import tell_machine

RIGHT = 0.99  # the share of pairs from which on a threshold may be used
SHOWN = 6  # false pairs that are named
TIMEOUT_S = 1200

# Each program is a text, as it runs where nothing of ours is installed. It sets `found`: threshold -> groups of paths.
START = "import json, os, sys; folder, file, *thresholds = sys.argv[1:]; found = {}\n"
END = """
folder = os.path.realpath(folder)
groups = {key: [[os.path.relpath(os.path.realpath(os.path.join(folder, path)), folder) for path in group]
                for group in groups] for key, groups in found.items()}
json.dump(groups, open(file, "w"))
"""
# What a keeper took as the same picture is not in its group of edited copies again: here all are put together.
OURS = """
from photosearch.library import Library
from photosearch.models import TIERS
def run(steps):
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
from pathlib import Path
with Library(Path("library"), "cpu") as library:
    run(library.index([folder]))
    groups = run(library.duplicates(("identical", "same", "edited"))).groups
together = {}
for group in sorted(groups, key=lambda group: TIERS.index(group.tier)):
    keeper, *_ = paths = [member.photo.path for member in group.photos]
    together[keeper] = set().union(*(together.pop(path, {path}) for path in paths))
found["ours"] = [list(paths) for paths in together.values()]
"""
# Only its networks need torch, and their weights are not in the package. Its own way from pairs to what is removed
# (get_files_to_remove) goes through the photos in the order of the disk; here originals come first, to its advantage.
HASHES = """
import types
sys.modules["imagededup.methods.cnn"] = types.SimpleNamespace(CNN=None)
sys.modules["imagededup.utils.models"] = types.SimpleNamespace(CustomModel=None)
from imagededup.methods import {method}
hasher = {method}(verbose=False)
hashes = hasher.encode_images(folder, recursive=True)
for threshold in thresholds:
    pairs = hasher.find_duplicates(encoding_map=hashes, max_distance_threshold=int(threshold))
    found[threshold], removed = [], set()
    for name in sorted(pairs, key=lambda name: (not name.startswith("originals"), name)):
        if name not in removed and pairs[name]:
            found[threshold].append([name, *pairs[name]])
            removed.update(pairs[name])
"""
CZKAWKA = """
from czkawka import ImageSimilarity
for threshold in thresholds:
    finder = ImageSimilarity()
    finder.set_directories([folder])
    finder.set_similarity(int(threshold))
    found[threshold] = [[str(path) for path in group] for group in finder.find_similar()]
"""
DIFPY = """
import difPy
built = difPy.build(folder, show_progress=False)
for threshold in thresholds:
    result = difPy.search(built, similarity=float(threshold), same_dim=False, show_progress=False).result
    found[threshold] = [[name, *(match[0] for match in matches)] for name, matches in result.items()]
"""
FASTDUP = """
import fastdup
for threshold in thresholds:
    task = fastdup.create(input_dir=folder, work_dir="fastdup-" + threshold)
    task.run(ccthreshold=float(threshold), overwrite=True)
    table = task.connected_components_grouped()
    found[threshold] = [] if table is None else [list(files) for files in table["files"]]
"""

Groups = list[list[str]]  # paths from the folder


class Program(NamedTuple):
    """A program: what runs it, the threshold it recommends, and those to try."""

    name: str
    text: str
    recommended: str
    thresholds: tuple[str, ...] = ()


class Score(NamedTuple):
    """The result of a program's groups; `found` by kind of edit."""

    found: Counter[str]
    relatives: int  # copies that share a group with another copy or their original
    right_pairs: int
    false_pairs: list[tuple[str, str]]
    groups: int
    false_groups: int
    largest: int

    @property
    def right(self) -> float:
        return self.right_pairs / max(1, self.right_pairs + len(self.false_pairs))


RIVALS = (
    Program("imagededup PHash", HASHES.format(method="PHash"), "10", tuple(map(str, range(21)))),
    Program("imagededup DHash", HASHES.format(method="DHash"), "10", tuple(map(str, range(21)))),
    Program("czkawka", CZKAWKA, "15", tuple(map(str, range(0, 51, 2)))),
    Program("difPy", DIFPY, "5", ("50", "200", "500", "1000")),
    Program("fastdup", FASTDUP, "0.96", ("0.8", "0.82", "0.84", "0.86", "0.88", "0.9", "0.92", "0.94", "0.98")),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--copied", type=int, default=30, metavar="N")
    parser.add_argument("--each", type=int, default=len(KINDS), metavar="N")
    parser.add_argument("--distractors", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rivals-python", default=sys.executable, metavar="PATH")
    options = parser.parse_args()
    tell_machine()
    photos = sorted(path for path in options.photos.rglob("*") if path.suffix.lower() in SUFFIXES)
    random.Random(options.seed).shuffle(photos)
    if len(photos) < 4 * options.copied + options.distractors:
        parser.error(f"{options.photos} holds too few photos: {len(photos)}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "photos")
        folder.mkdir()
        lay_out(photos, options.copied, options.distractors, folder)
        keep_some(folder, options.each)
        compare(folder, options.rivals_python)


def keep_some(folder: Path, each: int) -> None:
    """Remove all but some copies of each photo, so that every kind of edit stays about as often."""
    for path in (folder / "copies").iterdir():
        if (KINDS.index(kind_of(path)) - each * int(path.stem.split("-")[0])) % len(KINDS) >= each:
            path.unlink()


def compare(folder: Path, rivals_python: str) -> None:
    """Run each program on the folder and print what came of it, one column each."""
    count = sum(path.is_file() for path in folder.rglob("*"))
    columns: list[tuple[str, Score, float | None]] = []
    for program in (Program("ours", OURS, "ours"), *RIVALS):
        python = sys.executable if program.text == OURS else rivals_python
        start = time.perf_counter()
        groups = run(program, [program.recommended], folder, python)
        seconds = time.perf_counter() - start
        if groups is None:
            continue
        print(f"{program.name}: {seconds:.1f} s", flush=True)
        scores = {key: score(folder, found) for key, found in groups.items()}
        name = program.name if program.text == OURS else f"{program.name} {program.recommended}"
        columns.append((name, scores[program.recommended], seconds))
        tried = run(program, program.thresholds, folder, python) if program.thresholds else None
        scores |= {key: score(folder, found) for key, found in (tried or {}).items()}
        able = {key: each for key, each in scores.items() if each.right >= RIGHT}
        best = max(able, key=lambda key: able[key].found.total(), default=program.recommended)
        if best != program.recommended:
            columns.append((f"{program.name} {best}", scores[best], None))
        elif best not in able:
            print(f"  no threshold of {program.name} has {RIGHT:.0%} right pairs")
    print_table(folder, columns, count)


def run(
    program: Program, thresholds: list[str] | tuple[str, ...], folder: Path, python: str
) -> dict[str, Groups] | None:
    """The groups at each threshold, None where the program fails."""
    with tempfile.TemporaryDirectory() as home:
        # A home of its own: hashes that an earlier run kept would make it fast.
        paths = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
        own = {"HOME": home, "XDG_CACHE_HOME": home, "SENTRY_OPT_OUT": "1"}
        environment = os.environ | own | ({"PYTHONPATH": paths} if program.text == OURS else {"PYTHONPATH": ""})
        command = [python, "-c", START + program.text + END, str(folder), "found.json", *thresholds]
        ended = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S)
        if ended.returncode:
            print(f"{program.name} is left out: {ended.stderr.strip().splitlines()[-1:]}")
            return None
        return json.loads(Path(home, "found.json").read_text())


def score(folder: Path, groups: Groups) -> Score:
    """Count what groups hold."""
    right, false = set[tuple[str, str]](), set[tuple[str, str]]()
    for group in groups:
        for one, other in combinations(sorted(set(group)), 2):
            (right if origin(one) == origin(other) else false).add((one, other))
    # "copies/…" sorts before "originals/…", so that a copy is the first of its pair with the original
    found = Counter(kind_of(folder / one) for one, other in right if other.startswith("originals"))
    relatives = {path for pair in right for path in pair if path.startswith("copies")}
    mixed = sum(len({origin(path) for path in group}) > 1 for group in groups)
    largest = max((len(set(group)) for group in groups), default=0)
    return Score(found, len(relatives), len(right), sorted(false), len(groups), mixed, largest)


def origin(path: str) -> str:
    """The content of a photo: the number of the original of copies, the path of a distractor."""
    folder, name = path.split(os.sep, 1)
    return path if folder == "distractors" else Path(name).stem.split("-")[0]


def print_table(folder: Path, columns: list[tuple[str, Score, float | None]], count: int) -> None:
    """Print what each program found, as Markdown, and some of what it took wrongly."""
    copies = Counter(kind_of(path) for path in (folder / "copies").iterdir())
    scores = [score for _, score, _ in columns]

    def row(name: str, cells: list[str]) -> None:
        print(f"| {name} | {' | '.join(cells)} |")

    row(f"{count} photos", [name for name, _, _ in columns])
    print("|---" + "|---:" * len(columns) + "|")
    for kind in KINDS:
        row(kind, [f"{each.found[kind] / copies[kind]:.2f}" for each in scores])
    row("**found with the original**", [f"**{each.found.total() / copies.total():.3f}**" for each in scores])
    row("found with any of the same", [f"{each.relatives / copies.total():.3f}" for each in scores])
    row("right pairs", [str(each.right_pairs) for each in scores])
    row("false pairs", [str(len(each.false_pairs)) for each in scores])
    row("share of right pairs", [f"{each.right:.4f}" for each in scores])
    row("groups", [str(each.groups) for each in scores])
    row("false groups", [str(each.false_groups) for each in scores])
    row("photos in the largest group", [str(each.largest) for each in scores])
    row("seconds", ["" if seconds is None else f"{seconds:.1f}" for _, _, seconds in columns])
    row("photos a second", ["" if seconds is None else f"{count / seconds:.0f}" for _, _, seconds in columns])
    for name, each, _ in columns:
        print(f"\n{name}, false:", *(" ~ ".join(pair) for pair in each.false_pairs[:SHOWN]), sep="\n  ")


if __name__ == "__main__":
    main()
