"""Quality of what is taught in seconds, and the speed and recall of search by it.

    python benchmarks/teaching.py GROUPS.csv [GROUPS.csv ...]
    python benchmarks/teaching.py --photos N [N ...]

The list has `path,group`, paths relative to it. Half of the photos get their group as a label, or half of the groups
give labels to all of their photos; the others are asked, among all photos. The seconds are those of `teach`, with its
own check.

N photos have made-up descriptors, in a real catalog with a search index; a metric is learned from 200 groups of near
ones. The ten nearest by the index are compared with the ten of highest scores, the time with that of a plain search.
Targets: recall@10 of 0.99, at most eight times the time.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from clusters import make
from machine import tell_machine, verdict
from numpy.typing import NDArray

from photosearch.find.evaluation import mean_average_precision, read_groups
from photosearch.find.metric import Search, learn_metric, search_by
from photosearch.library import Library
from photosearch.library.learning.metric_lesson import Lesson
from photosearch.settings import usable_cores
from photosearch.store.index.exact import in_order, widen

QUERIES, NEIGHBOURS, BLOCK = 200, 10, 20_000
GROUPS, EACH = 200, 10
RECALL, RATIO = 0.99, 8.0
ROW = "{:>10} {:>28} {:>8} {:>8} {:>8} {:>8} {:>8}"
SPEED_ROW = "{:>10} {:>8} {:>9} {:>9} {:>7}  {}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", type=Path, metavar="GROUPS.csv")
    parser.add_argument("--photos", nargs="+", type=int, default=[], metavar="N")
    options = parser.parse_args()
    tell_machine()
    if options.groups:
        print(ROW.format("photos", "labels of", "before", "after", "better", "wall s", "of cpu s"))
    for groups in options.groups:
        measure_quality(groups)
    if options.photos:
        print(SPEED_ROW.format("photos", "recall", "plain ms", "taught ms", "ratio", "target"))
    for photos in options.photos:
        with tempfile.TemporaryDirectory() as place:
            make(Path(place), photos)
            measure_speed(Path(place), photos)


def measure_quality(groups: Path) -> None:
    """Index the photos of a list, teach half of it, and print how well the other half finds its groups."""
    paths, names = read_groups(groups)
    paths = [str(Path(path).resolve()) for path in paths]
    truth = np.unique(names, return_inverse=True)[1]
    chance = np.random.default_rng(0)
    some = chance.permutation(int(truth.max()) + 1)[: (int(truth.max()) + 1) // 2]
    ways = {"half of the photos": chance.random(len(truth)) < 0.5, "half of the groups": np.isin(truth, some)}
    with tempfile.TemporaryDirectory() as place, Library(Path(place)) as library:
        list(library.index([str(groups.parent)]))
        ids = {photo.path: photo.photo_id for photo in library.photos.get(library.photos.listing().ids).values()}
        rows = dict(library.catalog.photos_with_descriptors(library.encoder_id, None))
        vectors = np.stack([np.frombuffer(rows[path], np.float16).astype(np.float32) for path in paths])
        for way, taught in ways.items():
            for label in library.labels.counts():
                library.labels.delete(label)
            for group in np.unique(truth[taught]).tolist():
                photos = np.flatnonzero(taught & (truth == group)).tolist()
                library.labels.add(names[photos[0]], [ids[paths[photo]] for photo in photos])
            wall, processor = time.perf_counter(), time.process_time()
            lesson = learn(library)
            wall, processor = time.perf_counter() - wall, time.process_time() - processor
            before, after = (
                mean_precision(scores, truth, np.flatnonzero(~taught))
                for scores in (vectors @ vectors.T, lesson.metric.score(vectors, vectors))
            )
            print(ROW.format(f"{int(taught.sum()):,}", f"{way}, {groups.parent.name}", f"{before:.2f}", f"{after:.2f}",
                             str(lesson.is_better), f"{wall:.1f}", f"{processor:.1f}"), flush=True)  # fmt: skip


def learn(library: Library) -> Lesson:
    job = library.teaching.learn()
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def mean_precision(scores: NDArray[np.float32], truth: NDArray[np.int64], asked: NDArray[np.int64]) -> float:
    """mAP in percent of the asked photos among all, by scores float32[n,n]."""
    places = []
    for photo in asked.tolist():
        order = np.argsort(-scores[photo], kind="stable")
        places.append(np.flatnonzero(truth[order[order != photo]] == truth[photo]))
    return 100 * mean_average_precision(places)


def measure_speed(place: Path, photos: int) -> None:
    """Search a library by a metric, through the index and exactly, and print a row."""
    with Library(place) as library:
        vectors = library.vectors
        chance = np.random.default_rng(0)
        ids = np.sort(chance.permutation(photos)[: QUERIES + GROUPS]) + 1
        known = vectors.descriptors(ids)[1]
        near = vectors.search_near(known[:GROUPS], EACH, 1).ids
        learned = np.concatenate([vectors.descriptors(group)[1] for group in near])
        classes = np.repeat(np.arange(GROUPS), [len(group) for group in near])
        metric = learn_metric(known, learned, classes, np.empty((0, 2), np.int64))
        queries = known[GROUPS:]
        taught: Search = search_by(metric, partial(vectors.search_near, threads=usable_cores()), vectors.descriptors)
        taught(queries[:1], NEIGHBOURS)
        times = [
            [timed_ms(search, query) for query in queries[:, None]]
            for search in (lambda query: vectors.search(query, NEIGHBOURS), lambda query: taught(query, NEIGHBOURS))
        ]
        found = np.vstack([taught(query, NEIGHBOURS).ids for query in queries[:, None]])
        best = in_order(np.empty((len(queries), 0), np.int64), np.empty((len(queries), 0), np.float32), 0)
        after = 0
        while True:
            after, contents, halves = library.catalog.descriptors_after(library.encoder_id, after, BLOCK)
            if not len(contents):
                break
            scores = metric.score(queries, widen(halves))
            both = np.hstack([best.ids, np.broadcast_to(contents, scores.shape)]), np.hstack([best.scores, scores])
            best = in_order(*both, NEIGHBOURS)
        shared = [len(set(one) & set(other)) for one, other in zip(found.tolist(), best.ids.tolist(), strict=True)]
        recall = sum(shared) / best.ids.size
        plain, own = map(statistics.median, times)
        good = verdict(recall >= RECALL and own <= RATIO * plain)
        told = (f"{photos:,}", f"{recall:.4f}", f"{plain:.2f}", f"{own:.2f}", f"{own / plain:.1f}", good)
        print(SPEED_ROW.format(*told), flush=True)


def timed_ms(search: Callable[[NDArray[np.float32]], object], query: NDArray[np.float32]) -> float:
    start = time.perf_counter()
    search(query)
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
