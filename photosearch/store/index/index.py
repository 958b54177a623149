"""The descriptors that the files of an index hold, and search among them: by their sketches, then exactly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photosearch.models import Ranked
from photosearch.store.index.exact import best_of, in_order, widen
from photosearch.store.index.graph import Candidates, Graph
from photosearch.store.index.matrix import Matrix

# The squared distance of two sketches is at most that of their descriptors, and hardly ever more than this of it
# (0.84 of it, for one in a thousand of the tenth nearest to each of 5,946 photos).
MOST_TOLD = 0.85
AT_FIRST = 3  # candidates scored at once, times k
WIDER = 2  # times as many candidates, where the last one may be nearer than the k-th
GRAPH_COST = 30  # vectors that are scored while a graph finds one candidate
AT_ONCE = 8_000  # rows that are scored together: 16 MB of 512 dimensions


@dataclass(frozen=True)
class Index:
    """Rows of descriptors, and a graph over them; without one, all are scored."""

    matrix: Matrix
    graph: Graph | None

    def search(self, queries: NDArray[np.float32], k: int, candidates: int, threads: int, *, safe: bool) -> Ranked:
        """The `k` nearest of each of float32[Q,D] unit queries; raises Damaged.

        As many `candidates` of each are looked at, or where `safe`, as many more as it takes to be sure of the k-th.
        """
        k = min(k, len(self.matrix))
        candidates = max(candidates, 2 * k)
        found = None
        if self.graph and GRAPH_COST * candidates < len(self.matrix):
            found = self.graph.candidates(queries, candidates, threads)
        if found is None:
            ranked = best_of(queries, len(self.matrix), self.matrix.vectors, k, threads)
            return Ranked(self._contents(ranked.ids), ranked.scores)
        ranked = self._score(queries, found, k)
        if safe:
            unsafe = found.distances[:, -1] < _reach(ranked.scores[:, -1])
            if unsafe.any():
                wider = self.search(queries[unsafe], k, WIDER * candidates, threads, safe=False)
                ranked.ids[unsafe], ranked.scores[unsafe] = wider
        return ranked

    def _score(self, queries: NDArray[np.float32], found: Candidates, k: int) -> Ranked:
        """The `k` best candidates by their exact scores, of which no more are read than may be among them."""
        scores = np.full(found.rows.shape, -2, np.float32)
        at_first = np.arange(found.rows.shape[1]) < AT_FIRST * k
        self._fill(scores, np.broadcast_to(at_first, scores.shape), queries, found.rows)
        least = np.partition(scores[:, at_first], -k)[:, -k] if k else np.empty(len(scores), np.float32)
        self._fill(scores, ~at_first & (found.distances < _reach(least)[:, None]), queries, found.rows)
        ranked = in_order(found.rows, scores, k)
        return Ranked(self._contents(ranked.ids), ranked.scores)

    def _fill(
        self,
        scores: NDArray[np.float32],
        wanted: NDArray[np.bool_],
        queries: NDArray[np.float32],
        rows: NDArray[np.int64],
    ) -> None:
        asked, columns = np.nonzero(wanted)
        for start in range(0, len(asked), AT_ONCE):
            one, other = asked[start : start + AT_ONCE], columns[start : start + AT_ONCE]
            vectors = widen(self.matrix.take(rows[one, other])[1])
            scores[one, other] = np.vecdot(vectors, queries[one])

    def _contents(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.matrix.take(rows.ravel())[0].reshape(rows.shape)


def _reach(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The squared distance of sketches within which another photo may score more than `scores`."""
    return np.float32(MOST_TOLD) * (2 - 2 * scores)
