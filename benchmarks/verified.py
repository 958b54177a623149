"""Search with `--verify` beside plain search, on photos with known groups: mean average precision, and the time.

    python benchmarks/verified.py GROUPS.csv

Each photo that has others in its group is searched with, and all photos are ranked. Each search
finds the features of fifty thumbnails anew, as the first search of a session has to. Target: 300 ms more (median).
"""

import argparse
import csv
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from machine import tell_machine, verdict

from photosearch.find.evaluation import Places, mean_average_precision, recall_at
from photosearch.find.shared_details import described
from photosearch.library import Library
from photosearch.models import Query

TARGET_MS = 300.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", type=Path)
    options = parser.parse_args()
    with options.groups.open(newline="", encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    group_of = {str((options.groups.parent / row["path"]).resolve()): row["group"] for row in rows}
    tell_machine()
    with tempfile.TemporaryDirectory() as folder, Library(folder) as library:
        for _ in library.index(sorted({str(Path(path).parent) for path in group_of})):
            pass
        places: dict[bool, list[Places]] = {False: [], True: []}
        took: dict[bool, list[float]] = {False: [], True: []}
        for path, group in group_of.items():
            others = sum(each == group for each in group_of.values()) - 1
            if not others:
                continue
            for verify in (False, True):
                described.cache_clear()
                start = time.perf_counter()
                matches = library.similar(Query((path,), min_score=-1, limit=len(group_of), verify=verify))
                took[verify].append(1000 * (time.perf_counter() - start))
                found = [group_of.get(match.path) == group for match in matches]
                places[verify].append(np.flatnonzero(found))
    for verify, name in ((False, "plain"), (True, "verified")):
        precision, first = 100 * mean_average_precision(places[verify]), 100 * recall_at(places[verify], 1)
        print(
            f"{name:>9}: mAP {precision:.2f}, recall@1 {first:.2f}, {statistics.median(took[verify]):.0f} ms a search"
        )
    more = statistics.median(took[True]) - statistics.median(took[False])
    print(f"verifying takes {more:.0f} ms: {verdict(more <= TARGET_MS)}")


if __name__ == "__main__":
    main()
