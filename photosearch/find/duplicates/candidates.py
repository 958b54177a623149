"""Photos that may be copies of each other: found by their descriptors, to be compared in rounds.

Both are done once: the catalog remembers how far the search came and what every comparison gave.
"""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.models import Evidence, Progress, Ranked, Tier, Verdict
from photosearch.store.catalog import Catalog
from photosearch.store.tables.pairs import Pair, add_candidates, forget_candidates, searched_through
from photosearch.store.vectors import Vectors

NEIGHBOURS = 10  # that are asked for at first; of the photos whose 10 are all alike, four times as many, and so on
MOST_NEIGHBOURS = 640  # so that a film in single pictures takes hours, not days
STEP = 2_000  # descriptors between two reports of progress
COPIES = ("same", "edited")
IN_A_ROUND = 3  # comparisons of one content
MOST_VAIN = 8  # of one content: if it is no copy of its nearest, it is hardly one of those farther away
PART = 250  # candidates that belong together at least, of which some are compared


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


def in_parts(pairs: Sequence[Pair], known: Mapping[Pair, Tier | None], vain: Counter[int]) -> list[Rounds]:
    """The rounds of candidates, apart where neither these nor known copies connect them: none changes another's."""
    clusters = Clusters([*pairs, *(pair for pair, tier in known.items() if tier in COPIES)])
    together, copies = defaultdict[int, list[Pair]](list), defaultdict[int, dict[Pair, Tier | None]](dict)
    for pair in pairs:
        together[clusters.lead(pair[0])].append(pair)
    for pair, tier in known.items():
        copies[clusters.lead(pair[0])][pair] = tier
    parts, small, related = list[Rounds](), list[Pair](), dict[Pair, Tier | None]()
    for number, (lead, connected) in enumerate(together.items(), 1):
        small += connected
        related |= copies[lead]
        if len(small) >= PART or number == len(together):
            parts.append(Rounds(small, related, vain))
            small, related = [], {}
    return parts


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
