"""Quality and speed of clusters, beside scikit-learn's KMeans and HDBSCAN in the same run.

    python benchmarks/clusters.py BY GROUPS.csv [BY GROUPS.csv ...]
    python benchmarks/clusters.py --photos N [N ...]

BY is `kind` or `occasion`; the list has `path,group`, paths relative to it. Photosearch and HDBSCAN are told nothing,
KMeans is told the right number. By occasion it is asked once more with times of taking made up: the photos of a group
within ten minutes, each group on a day of its own; and all within an hour, by chance. A photo that is left out counts
as a cluster of its own. Targets of normalised mutual information: 0.93 by kind; by occasion 0.97 of scenes, 0.995 of
objects; at most 10 % left out.

N photos have made-up descriptors, in a real catalog with a search index, which must be there before. Targets: 30 s and
1 GB for 100,000, 6 minutes and 6 GB for 1,000,000; a cut in 50 ms. The time is that of the command's own job.
"""

import argparse
import os
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import numpy as np
from machine import tell_machine, verdict
from numpy.typing import NDArray
from synthetic import Scenes, fill

from photosearch.find.evaluation import read_groups
from photosearch.library import Library
from photosearch.library.clusters import Clustering
from photosearch.models import FoundFile
from photosearch.settings import usable_cores
from photosearch.store.tables.clusters import By

ROW = "{:>9}  {:32} {:>8} {:>8} {:>8} {:>9}"
SPEED_ROW = "{:>9} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}  {}"
TARGETS = {100_000: (30.0, 1.0), 1_000_000: (360.0, 6.0)}  # seconds, GB
CUT_MS = 50.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="BY GROUPS.csv")
    parser.add_argument("--photos", nargs="+", type=int, default=[], metavar="N")
    options = parser.parse_args()
    tell_machine()
    if options.sets:
        print(ROW.format("", "", "NMI", "ARI", "clusters", "left out"))
    for by, groups in zip(options.sets[::2], options.sets[1::2], strict=True):
        measure_quality(cast(By, by), Path(groups))
    if options.photos:
        print(SPEED_ROW.format("photos", "first s", "of cpu s", "again s", "cut ms", "GB", "clusters", "target"))
    for photos in options.photos:
        with tempfile.TemporaryDirectory() as place:
            make(Path(place), photos)
            with ProcessPoolExecutor(1, get_context("spawn")) as alone:
                first, processor, again, cut, grown, clusters = alone.submit(measure_speed, Path(place)).result()
            most_s, most_gb = TARGETS.get(photos, (float("inf"), float("inf")))
            good = verdict(first <= most_s and grown <= most_gb and cut <= CUT_MS)
            told = (f"{first:.1f}", f"{processor:.1f}", f"{again:.1f}", f"{cut:.2f}", f"{grown:.2f}", f"{clusters:,}")
            print(SPEED_ROW.format(f"{photos:,}", *told, good), flush=True)


def measure_quality(by: By, groups: Path) -> None:
    """Index the photos of a list, cluster them, and print how well that agrees with its groups."""
    from sklearn.cluster import HDBSCAN, KMeans

    paths, names = read_groups(groups.resolve())
    truth = np.unique(names, return_inverse=True)[1]
    with tempfile.TemporaryDirectory() as place, Library(Path(place)) as library:
        list(library.index([str(groups.parent)]))
        found = {"Photosearch": find(library, by)}
        if by == "occasion":
            chance = np.random.default_rng(0)
            for name, days in (("the same, with their times", truth), ("the same, with times by chance", 0 * truth)):
                take(library, paths, 86_400 * days + chance.integers(0, 600 if days.any() else 3_600, len(paths)))
                found[name] = find(library, by)
        ids = {photo.path: photo.photo_id for photo in library.photos.get(library.photos.listing().ids).values()}
        rows = dict(library.catalog.photos_with_descriptors(library.encoder_id, None))
    vectors = np.stack([np.frombuffer(rows[path], np.float16).astype(np.float32) for path in paths])
    print(f"{by} of {groups.parent.name}: {len(paths):,} photos, {truth.max() + 1} groups")
    for name, each in found.items():
        numbers = {int(photo): place for place, cluster in enumerate(each.clusters) for photo in cluster.photos}
        tell(name, truth, np.array([numbers.get(ids[path], -1) for path in paths]))
    tell("KMeans, told the number", truth, KMeans(int(truth.max()) + 1, n_init=10, random_state=0).fit_predict(vectors))
    tell("HDBSCAN", truth, HDBSCAN(min_cluster_size=2, copy=True).fit_predict(vectors))


def find(library: Library, by: By) -> Clustering:
    job = library.clusters.find(by)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def take(library: Library, paths: list[str], seconds: NDArray[np.int64]) -> None:
    """Say that photos were taken so many seconds after a moment."""
    rows = [(int(each), os.fsencode(path)) for each, path in zip(seconds, paths, strict=True)]
    sql = "UPDATE content SET taken_at = datetime(1700000000 + ?, 'unixepoch') WHERE id ="
    library.catalog.connection.executemany(f"{sql} (SELECT content_id FROM photo WHERE path = ?)", rows)
    library.clusters.discard()


def tell(name: str, truth: NDArray[np.int64], labels: NDArray[np.int64]) -> None:
    """Print a row; what is left out, -1, counts as a cluster of its own each."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    alone = labels < 0
    clusters = len(np.unique(labels[~alone]))
    labels = np.where(alone, labels.max() + 1 + np.arange(len(labels)), labels)
    mutual, rand = normalized_mutual_info_score(truth, labels), adjusted_rand_score(truth, labels)
    print(ROW.format("", name, f"{mutual:.4f}", f"{rand:.4f}", clusters, f"{100 * alone.mean():.1f} %"), flush=True)


def make(place: Path, photos: int) -> None:
    """A library of photos with made-up descriptors and their search index."""
    with Library(place) as library:
        files = (FoundFile(f"/photos/{n // 500:04}/IMG_{n:07}.JPG", 4_000_000, 10**18 + n) for n in range(photos))
        fill(library.catalog, library.encoder_id, files, Scenes(library.bundle.dimension, photos))
        for _ in library.vectors.extend(usable_cores()):
            pass


def measure_speed(place: Path) -> tuple[float, float, float, float, float, int]:
    """Seconds to cluster, of a processor, once more, milliseconds of a cut, most GB of the process, clusters."""
    times: list[float] = []
    processor_s: list[float] = []
    clusters = 0
    with Library(place) as library:
        for _ in range(2):
            start, before = time.perf_counter(), time.process_time()
            clusters = len(find(library, "occasion").clusters)
            times.append(time.perf_counter() - start)
            processor_s.append(time.process_time() - before)
        preview = library.clusters.preview("occasion")
        assert preview is not None
        start = time.perf_counter()
        preview.cut(40)
        cut = 1000 * (time.perf_counter() - start)
    return times[0], processor_s[0], times[1], cut, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, clusters


if __name__ == "__main__":
    main()
