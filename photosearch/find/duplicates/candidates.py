"""Comparing photos that may be copies of each other: found by their descriptors, verified on their thumbnails.

Both are done once: the catalog remembers how far the search came and what every comparison gave.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from functools import lru_cache
from queue import Empty, LifoQueue, SimpleQueue
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from photosearch.find.duplicates.comparer import IN_USE, Comparer, Thumbnail
from photosearch.models import Evidence, Progress, Ranked, Tier, Verdict
from photosearch.store.catalog import Catalog
from photosearch.store.tables.pairs import Pair, add_candidates, add_verdicts, forget_candidates, searched_through
from photosearch.store.vectors import Vectors

METHOD = 9  # raise it when `verify` comes to see things otherwise: every pair is compared anew then
NEIGHBOURS = 10  # that are asked for at first; of the photos whose 10 are all alike, four times as many, and so on
MOST_NEIGHBOURS = 640  # so that a film in single pictures takes hours, not days
STEP = 2_000  # descriptors between two reports of progress
FEW = 80  # pairs: by the time that processes have started, so many are compared here
CHUNK = 256  # pairs at most that one process compares in a row, so that it knows their photos already
PARCEL = 8  # pairs that are handed over together
WRITE_EVERY_S = 0.5
COPIES = ("same", "edited")
IN_A_ROUND = 3  # comparisons of one content
MOST_VAIN = 8  # of one content: if it is no copy of its nearest, it is hardly one of those farther away

Work = TypeVar("Work")
Result = TypeVar("Result")


class Lookalikes(NamedTuple):
    """Finds the photos that may be copies: those whose descriptors, of this encoder, score `floor` or more."""

    vectors: Vectors
    encoder_id: int
    floor: float

    def score(self, catalog: Catalog, one: int, other: int) -> float:
        """The cosine of two contents; 0 where one is not described."""
        first, second = (catalog.descriptor(self.encoder_id, content) for content in (one, other))
        return 0.0 if first is None or second is None else float(first @ second)


def search_lookalikes(catalog: Catalog, lookalikes: Lookalikes, threads: int) -> Generator[Progress]:
    """Note every pair of contents that may be copies, of which one has not been searched yet."""
    vectors, encoder_id, floor = lookalikes
    through = searched_through(catalog, encoder_id, floor)
    if not through:
        forget_candidates(catalog, encoder_id)
    todo = catalog.count_descriptors(encoder_id) - (catalog.count_descriptors(encoder_id, through) if through else 0)
    done = 0
    while True:
        last, contents, descriptors = catalog.descriptors_after(encoder_id, through, STEP)
        if not len(contents):
            return
        near = _near(vectors, descriptors.astype(np.float32), floor, threads)
        add_candidates(catalog, encoder_id, ((contents[part], ranked) for part, ranked in near), floor, last)
        through, done = last, done + len(contents)
        yield Progress("finding lookalikes", done, max(done, todo))


def compare_pairs(
    catalog: Catalog,
    pairs: Collection[Pair],
    digests: Callable[[int], bytes],
    thumbnail: Callable[[int], Thumbnail],
    threads: int,
) -> Generator[Progress, None, set[Pair]]:
    """Compare pairs of contents and write the results; return those that cannot be compared now.

    `thumbnail` gives that of a content, from any thread.
    """
    processes = 0 if len(pairs) <= FEW else threads
    comparers = [Comparer(apart=processes > 0) for _ in range(processes or 1)]
    idle = LifoQueue[Comparer]()
    for comparer in comparers:
        idle.put(comparer)
    kept = lru_cache(IN_USE)(thumbnail)

    def compare(chunk: Sequence[Pair]) -> Iterator[tuple[Pair, Verdict | None]]:
        comparer = idle.get()
        try:
            for start in range(0, len(chunk), PARCEL):
                parcel = chunk[start : start + PARCEL]
                # in an order that does not depend on which was added first, as what is found may
                swapped = [digests(one) > digests(other) for one, other in parcel]
                ordered = [pair[::-1] if swap else pair for pair, swap in zip(parcel, swapped, strict=True)]
                verdicts = comparer.compare([(kept(first), kept(second)) for first, second in ordered])
                for pair, swap, verdict in zip(parcel, swapped, verdicts, strict=True):
                    yield pair, turned(verdict) if swap and verdict else verdict
        finally:
            idle.put(comparer)

    failed, done, started = set[Pair](), 0, time.monotonic()
    try:
        for finished in in_chunks(compare, _by_cluster(pairs), len(comparers), CHUNK):
            if finished:
                add_verdicts(catalog, METHOD, ((pair, verdict) for pair, verdict in finished if verdict))
                failed |= {pair for pair, verdict in finished if not verdict}
                done += len(finished)
            yield Progress("comparing", done, len(pairs), eta_s=eta_s(started, done, len(pairs)))
    finally:
        for comparer in comparers:
            comparer.close()
    return failed


def eta_s(started: float, done: int, total: int) -> float | None:
    """Seconds left of work begun at `started`, on the monotonic clock; None before anything is done."""
    return (time.monotonic() - started) / done * (total - done) if done else None


class Clusters:
    """Connected groups of contents (union-find)."""

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self._leader: dict[int, int] = {}
        for pair in pairs:
            self.join(pair)

    def lead(self, content: int) -> int:
        """The representative of all contents connected to this one."""
        path = list[int]()
        while (above := self._leader.setdefault(content, content)) != content:
            path.append(content)
            content = above
        for passed in path:
            self._leader[passed] = content
        return content

    def join(self, pair: Pair) -> None:
        first, second = sorted(map(self.lead, pair))
        self._leader[second] = first

    def is_joined(self, pair: Pair) -> bool:
        return self.lead(pair[0]) == self.lead(pair[1])


class Rounds:
    """The candidates to compare, the nearest first, few of each content in a round.

    Those that a chain of copies joins are not: groups ask for what they need of them. Nor are those of two contents
    that were both compared in vain often enough. So a content costs a number of comparisons that does not grow with
    the library, however alike its photos are.
    """

    def __init__(self, pairs: Sequence[Pair], known: Mapping[Pair, Tier | None], vain: Counter[int]) -> None:
        """`known` are pairs compared before, `vain` how many of each content were no copies."""
        self._pairs = pairs
        self._copies = Clusters(pair for pair, tier in known.items() if tier in COPIES)
        self._vain = vain

    def take(self) -> list[Pair]:
        """The pairs of the next round; none after the last."""
        taken, left, count = list[Pair](), list[Pair](), Counter[int]()
        for pair in self._pairs:
            if self._copies.is_joined(pair) or all(self._vain[content] >= MOST_VAIN for content in pair):
                continue
            if any(count[content] >= IN_A_ROUND for content in pair):
                left.append(pair)
            else:
                count.update(pair)
                taken.append(pair)
        self._pairs = left
        return taken

    def learn(self, tiers: Mapping[Pair, Tier | None]) -> None:
        """Add the results of comparing a round."""
        for pair, tier in tiers.items():
            if tier in COPIES:
                self._copies.join(pair)
            else:
                self._vain.update(pair)


def in_chunks(
    work: Callable[[Sequence[Work]], Iterator[Result]],
    todo: Sequence[Work],
    threads: int,
    most: int,
    interrupt: Callable[[], None] = lambda: None,
) -> Generator[list[Result]]:
    """Process chunks of at most `most` on `threads` threads; yield the results, if any, every half second or so.

    Where it is closed early, `interrupt` is called to let each thread come to an end soon.
    """
    done, start, lock, stop = SimpleQueue[Result](), 0, threading.Lock(), threading.Event()

    def take() -> Sequence[Work]:
        nonlocal start
        with lock:
            size = min(most, -(-(len(todo) - start) // (4 * threads)))  # ever less, so that all end together
            chunk, start = todo[start : start + size], start + size
        return chunk

    def run() -> None:
        while not stop.is_set() and (chunk := take()):
            for result in work(chunk):
                done.put(result)
                if stop.is_set():
                    return

    def ready() -> Iterator[Result]:
        try:
            while True:
                yield done.get_nowait()
        except Empty:
            return

    pool = ThreadPoolExecutor(threads, "comparer")
    runs = {pool.submit(run) for _ in range(threads)}
    try:
        while runs:
            finished, runs = wait(runs, WRITE_EVERY_S, FIRST_EXCEPTION)
            yield list(ready())
            for each in finished:
                each.result()
    finally:
        stop.set()
        if runs:
            interrupt()
        pool.shutdown()


def turned(verdict: Verdict) -> Verdict:
    """The same, with the other photo as the first."""
    evidence = verdict.evidence
    if evidence is None:
        return verdict
    forth = np.array([*evidence.transform, 0, 0, 1]).reshape(3, 3)
    if abs(np.linalg.det(forth)) < 1e-9:
        return Verdict(verdict.tier)
    back = np.linalg.inv(forth)
    left, top, width, height = evidence.overlap
    corners = np.array([(x, y, 1) for x in (left, left + width) for y in (top, top + height)])
    seen = np.clip((corners @ back.T)[:, :2], 0, 1)
    (left, top), (right, bottom) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
    a, b, c, d, e, f = back[:2].ravel().tolist()
    overlap = left, top, right - left, bottom - top
    return Verdict(
        verdict.tier, Evidence((a, b, c, d, e, f), evidence.mirrored, overlap, evidence.inliers, evidence.agreement)
    )


def _near(
    vectors: Vectors, queries: NDArray[np.float32], floor: float, threads: int
) -> Iterator[tuple[NDArray[np.int64], Ranked]]:
    """The neighbours of float32[Q,D] queries from `floor` on, with the places int64[] of the queries that have them."""
    part, k = np.arange(len(queries)), NEIGHBOURS
    while len(part):
        ranked = vectors.search_near(queries[part], k, threads)
        more = (
            ranked.scores[:, -1] >= floor
            if ranked.scores.shape[1] == k < MOST_NEIGHBOURS
            else np.zeros(len(part), bool)
        )
        yield part[~more], Ranked(ranked.ids[~more], ranked.scores[~more])
        part, k = part[more], 4 * k


def _by_cluster(pairs: Collection[Pair]) -> list[Pair]:
    """Order connected pairs one after the other, so that no photo is prepared twice; else keep the given order."""
    clusters, place = Clusters(pairs), dict[int, int]()
    for number, (one, _) in enumerate(pairs):
        place.setdefault(clusters.lead(one), number)
    return sorted(pairs, key=lambda pair: (place[clusters.lead(pair[0])], pair))
