"""Time and comparisons for duplicates among scanned pages of one form, which all resemble each other.

    python benchmarks/pages.py [--pages N] [--kind NAME] [--seed N]

It draws N pages (300) of a kind of verdict_pages.py, of which each third one of some kinds has a copy, and asks for
their duplicates in a new library. Targets: 60 s on two cores, indexing included; no unique page offered; at most
so many comparisons of thumbnails and of originals a page as do not depend on N.
"""

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np
from machine import tell_machine, verdict
from verdict_answers import ask, losses
from verdict_drawing import Case
from verdict_pages import PAGES

from photosearch.library import Library
from photosearch.settings import usable_cores

KINDS = {draw.__name__: draw for draw in PAGES}
TARGET_S, MOST_COMPARED, MOST_LOOKED = 60.0, 16.0, 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300, metavar="N")
    parser.add_argument("--kind", default="statements", choices=sorted(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tell_machine()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        case = Case(place / "pages", np.random.default_rng(options.seed), [], options.pages)
        KINDS[options.kind](case)
        before = processor_s()
        answer = ask(case.folder, place / "library")
        spent = processor_s() - before
        with Library(place / "library", "cpu") as library:
            compared, looked = (
                library.catalog.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] / len(case.shown)
                for table in ("verdict", "coverage")
            )
    lost = losses(case.shown, answer.offered)
    seconds = answer.index_s + answer.duplicates_s
    print(f"{len(case.shown)} {options.kind}: indexed in {answer.index_s:.1f} s, duplicates in", end=" ")
    print(f"{answer.duplicates_s:.1f} s; {spent / usable_cores():.1f} s if no other work had these cores")
    print(f"{seconds:.1f} s in all  {verdict(seconds <= TARGET_S)}")
    print(f"{compared:.1f} pairs of thumbnails a page  {verdict(compared <= MOST_COMPARED)}")
    print(f"{looked:.2f} pairs of originals a page  {verdict(looked <= MOST_LOOKED)}")
    print(f"{len(answer.offered)} offered, {len(lost.unique)} of them unique  {verdict(not lost.unique)}")


def processor_s() -> float:
    """The processor time of this process and of those that it has ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
