"""Comparing pairs of photos round by round: what belongs together in one process, which knows its photos then."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, Protocol

from photosearch.find.duplicates.candidates import Clusters, turned
from photosearch.find.duplicates.chunks import eta_s, on_threads
from photosearch.find.duplicates.comparer import IN_USE, Comparer, Thumbnail
from photosearch.models import Progress, Tier, Verdict
from photosearch.store.catalog import Catalog
from photosearch.store.tables.pairs import Pair, add_verdicts

METHOD = 10  # raise it when `verify` comes to see things otherwise: every pair is compared anew then
FEW = 80  # pairs: by the time that processes have started, so many are compared here
CHUNK = 256  # pairs at most that one process compares in a row
PARCEL = 8  # pairs that are handed over together
LOOKED_THROUGH = 100  # chunks that wait: what follows from results stands before all others


class Part(Protocol):
    """Pairs to compare, round by round; nothing that is found of other parts changes which."""

    def take(self) -> list[Pair]:
        """The pairs of the next round; none after the last."""
        ...

    def learn(self, tiers: Mapping[Pair, Tier | None]) -> None:
        """Add the results of comparing a round."""
        ...


class Once:
    """A part of one round."""

    def __init__(self, pairs: Collection[Pair]) -> None:
        self._pairs = list(pairs)

    def take(self) -> list[Pair]:
        """All pairs, at first."""
        pairs, self._pairs = self._pairs, []
        return pairs

    def learn(self, tiers: Mapping[Pair, Tier | None]) -> None:
        """Nothing follows from what is found."""


class Comparers:
    """The comparers of one search, which know the photos that they compared last: one here, and one apart a thread."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._here, self._apart = Comparer(apart=False), list[Comparer]()
        self.homes: dict[int, Comparer] = {}  # by whom each content was compared last

    def __enter__(self) -> "Comparers":
        return self

    def __exit__(self, *_: object) -> None:
        self.rest()

    def take(self, pairs: int) -> list[Comparer]:
        """Those that compare so many pairs."""
        if pairs > FEW and not self._apart:
            self._apart = [Comparer(apart=True) for _ in range(self._threads)]
        return self._apart or [self._here]

    def rest(self) -> None:
        """End the processes and forget all photos, as others need the memory; nothing may be in progress."""
        for comparer in self._apart:
            comparer.close()
        self._here, self._apart, self.homes = Comparer(apart=False), [], {}


def compare_parts(
    catalog: Catalog,
    parts: Sequence[Part],
    digests: Callable[[int], bytes],
    thumbnail: Callable[[int], Thumbnail],
    comparers: Comparers,
) -> Generator[Progress, None, set[Pair]]:
    """Compare pairs of contents and write the results; return those that cannot be compared now.

    `thumbnail` gives that of a content, from any thread.
    """
    schedule = Schedule(parts, comparers)
    kept = lru_cache(IN_USE)(thumbnail)

    def compare(comparer: Comparer) -> Generator[tuple[Pair, Verdict | None]]:
        while chunk := schedule.take(comparer):
            for start in range(0, len(chunk.pairs), PARCEL):
                parcel = chunk.pairs[start : start + PARCEL]
                # in an order that does not depend on which was added first, as what is found may
                swapped = [digests(one) > digests(other) for one, other in parcel]
                ordered = [pair[::-1] if swap else pair for pair, swap in zip(parcel, swapped, strict=True)]
                verdicts = comparer.compare([(kept(first), kept(second)) for first, second in ordered])
                for pair, swap, verdict in zip(parcel, swapped, verdicts, strict=True):
                    if verdict:
                        chunk.round.tiers[pair] = verdict.tier
                    yield pair, turned(verdict) if swap and verdict else verdict
            schedule.finish(chunk)

    failed, done, started = set[Pair](), 0, time.monotonic()
    for finished in on_threads([compare(comparer) for comparer in schedule.comparers], schedule.stop):
        if finished:
            add_verdicts(catalog, METHOD, ((pair, verdict) for pair, verdict in finished if verdict))
            failed |= {pair for pair, verdict in finished if not verdict}
            done += len(finished)
        yield Progress("comparing", done, schedule.total, eta_s=eta_s(started, done, schedule.total))
    return failed


@dataclass
class Round:
    """A round of a part, some of whose chunks have not been compared."""

    part: Part
    chunks: int
    tiers: dict[Pair, Tier | None] = field(default_factory=dict)


class Chunk(NamedTuple):
    """Pairs that one comparer compares in a row."""

    round: Round
    pairs: list[Pair]

    def home(self, homes: Mapping[int, Comparer]) -> Comparer | None:
        """The comparer that knows its photos, or some of them."""
        return homes.get(self.pairs[0][0])


class Schedule:
    """Hands out the pairs of all parts, from any thread: those of a photo to one comparer as far as that goes."""

    def __init__(self, parts: Sequence[Part], comparers: Comparers) -> None:
        rounds = [(part, part.take()) for part in parts]
        self.total = sum(len(pairs) for _, pairs in rounds)  # pairs, as far as they are known
        self.comparers = comparers.take(self.total)
        self._homes: MutableMapping[int, Comparer] = comparers.homes
        self._waiting, self._at_work, self._is_stopped = deque[Chunk](), 0, False
        self._changed = threading.Condition()
        self._left = self.total  # pairs that have not been handed out
        left = self.total
        for part, pairs in rounds:
            self._waiting += self._chunks(part, pairs, left)
            left -= len(pairs)

    def take(self, comparer: Comparer) -> Chunk | None:
        """The next pairs for a comparer; waits while some may follow from what others compare; None: no more do."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or not self._at_work or self._is_stopped)
            if self._is_stopped or not self._waiting:
                return None
            homes = [chunk.home(self._homes) for chunk in islice(self._waiting, LOOKED_THROUGH)]
            known = comparer if comparer in homes else None
            place = homes.index(known) if known in homes else -1  # at last those that others know
            chunk = self._waiting[place]
            del self._waiting[place]
            self._at_work += 1
            self._left -= len(chunk.pairs)
            self._homes.update((content, comparer) for pair in chunk.pairs for content in pair)
            return chunk

    def finish(self, chunk: Chunk) -> None:
        """Add the next round of a part, before all that waits, after the last chunk of one."""
        with self._changed:
            self._at_work -= 1
            chunk.round.chunks -= 1
            if not chunk.round.chunks:
                part = chunk.round.part
                part.learn(chunk.round.tiers)
                pairs = part.take()
                self.total += len(pairs)
                self._left += len(pairs)
                self._waiting.extendleft(self._chunks(part, pairs, self._left)[::-1])
            self._changed.notify_all()

    def stop(self) -> None:
        """Hand out no more."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def _chunks(self, part: Part, pairs: Collection[Pair], left: int) -> list[Chunk]:
        """The chunks of a round, where so many pairs are left: ever less in each, so that all end together."""
        of, chunks = Round(part, 0), list[Chunk]()
        for cluster in _clusters(pairs):
            while cluster:
                size = max(PARCEL, min(CHUNK, -(-left // (4 * len(self.comparers)))))
                piece, cluster = cluster[:size], cluster[size:]
                home = self._homes.get(piece[0][0])
                if chunks and len(chunks[-1].pairs) + len(piece) <= size and home is chunks[-1].home(self._homes):
                    chunks[-1].pairs.extend(piece)
                else:
                    chunks.append(Chunk(of, piece))
                left -= len(piece)
        of.chunks = len(chunks)
        return chunks


def _clusters(pairs: Collection[Pair]) -> Iterator[list[Pair]]:
    """Connected pairs together, so that no photo is prepared twice; else in the given order."""
    clusters, together = Clusters(pairs), defaultdict[int, list[Pair]](list)
    for pair in pairs:
        together[clusters.lead(pair[0])].append(pair)
    return map(sorted, together.values())
