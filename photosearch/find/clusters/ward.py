"""Ward's hierarchy of many vectors (Ward, 1963), made along the edges of their neighbour graph.

A merge of clusters A and B costs |A||B| / (|A|+|B|) · ‖mean A − mean B‖², the growth of the sum of squares. Pairs that
are each other's cheapest merge all in one round, which gives the same tree as one merge at a time, since Ward's cost is
reducible (Sumengen et al., "Scaling hierarchical agglomerative clustering to billion-sized datasets", 2021). Once few
clusters are left, all pairs of them are compared, by chains of nearest neighbours (Murtagh, 1983).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.clusters.blocks import in_blocks

FEW = 2_000  # clusters of which all pairs are compared: 16 MB
LINKS = 12  # neighbours of a cluster that are compared once the edges are used up

AT_ONCE = 50_000  # merges: so that the means of all are not held twice

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Edges = NDArray[np.int32]  # [e,2], each once, the lower end first


class Merges(NamedTuple):
    """n-1 merges in ascending order of cost: merge m makes cluster n+m of the two in row m of int64[n-1,2] `pairs`."""

    pairs: Ints
    costs: NDArray[np.float64]


class _Clusters:
    """Clusters under way, each in the slot of its first member: mean, count and summed spread of the members."""

    def __init__(self, means: Floats, spread: Floats) -> None:
        count = len(means)
        self.means = means
        self.counts = np.ones(count, np.float32)
        self.spreads = spread.copy()
        self.names = np.arange(count)  # of the clusters in the slots, as `Merges` counts them, in order of making
        self.alive = np.ones(count, bool)
        self.pairs: list[Ints] = []
        self.heights: list[Floats] = []
        self.made = count

    def costs(self, edges: Edges) -> Floats:
        """The cost of merging the slots at the ends of edges."""

        def cost(part: slice) -> Floats:
            left, right = edges[part].T
            here, there = self.counts[left], self.counts[right]
            apart = self.means[left]
            apart -= self.means[right]
            square = np.einsum("ij,ij->i", apart, apart)
            square += self.spreads[left] / here**2 + self.spreads[right] / there**2
            return here * there / (here + there) * square

        return in_blocks(cost, len(edges))

    def merge(self, edges: Edges, costs: Floats) -> None:
        """Merge the second slot of each edge into the first; no slot stands twice."""
        into, gone = edges.T
        self.pairs.append(np.stack([self.names[into], self.names[gone]], axis=1))
        self.heights.append(costs)
        self.names[into] = self.made + np.arange(len(into))
        self.made += len(into)
        share = (self.counts[gone] / (self.counts[into] + self.counts[gone]))[:, None]
        for start in range(0, len(into), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            self.means[into[part]] += share[part] * (self.means[gone[part]] - self.means[into[part]])
        self.counts[into] += self.counts[gone]
        self.spreads[into] += self.spreads[gone]
        self.alive[gone] = False


def merge_all(vectors: Floats, spread: Floats, edges: Edges) -> Merges:
    """The whole tree of float32[n,d] vectors, which are overwritten, of which the edges are compared first.

    `spread` float32[n] is added to the squared distance of a photo from all others, as if it lay that far off in a
    direction of its own.
    """
    clusters = _Clusters(vectors, spread)
    chance = np.random.default_rng(0)
    while (left := int(np.count_nonzero(clusters.alive))) > FEW:
        if not len(edges):
            edges = _nearest_clusters(clusters)
        edges = _one_pass(clusters, edges, left, chance)
    _merge_rest(clusters)
    return _in_order(np.concatenate(clusters.pairs), np.concatenate(clusters.heights), len(vectors))


def _one_pass(clusters: _Clusters, edges: Edges, left: int, chance: np.random.Generator) -> Edges:
    """Merge along edges, in rounds, until few clusters or no edges are left; return the edges that are."""
    costs = clusters.costs(edges)
    while len(edges) and left > FEW:
        chosen = _mutual(edges, costs, len(clusters.alive), chance)
        merged = edges[chosen]
        clusters.merge(merged, costs[chosen])
        left -= len(merged)
        slots = np.arange(len(clusters.alive), dtype=np.int32)
        slots[merged[:, 1]] = merged[:, 0]
        changed = np.zeros(len(slots), bool)
        changed[merged] = True
        touched = changed[edges].any(axis=1)
        one, other = slots[edges[touched]].T
        renewed = edges_of(one, other, len(slots))
        kept = ~touched
        edges = np.concatenate([edges[kept], renewed])
        costs = np.concatenate([costs[kept], clusters.costs(renewed)])
    return edges[:0]  # the remaining ones are compared with all others


def _mutual(edges: Edges, costs: Floats, slots: int, chance: np.random.Generator) -> Ints:
    """The edges whose ends are each other's cheapest; among equals, chance decides, as an order would take long."""
    least = np.full(slots, np.inf, np.float32)
    for end in (0, 1):
        np.minimum.at(least, edges[:, end], costs)
    found = np.flatnonzero((costs <= least[edges[:, 0]]) & (costs <= least[edges[:, 1]]))
    place = chance.permutation(len(found))
    first = np.full(slots, len(found))
    for end in (0, 1):
        np.minimum.at(first, edges[found, end], place)
    return found[(first[edges[found, 0]] == place) & (first[edges[found, 1]] == place)]


def edges_of(one: NDArray[np.integer], other: NDArray[np.integer], slots: int) -> Edges:
    """The edges between slots [e] below `slots`, each once; none from a slot to itself."""
    apart = one != other
    one, other = one[apart], other[apart]
    keys = np.minimum(one, other).astype(np.int64)
    keys *= slots
    keys += np.maximum(one, other)
    keys = distinct(keys)
    return np.stack([keys // slots, keys % slots], axis=1, dtype=np.int32)


def distinct(keys: Ints) -> Ints:
    """Each once, ascending: ten times as fast as np.unique, which hashes. The keys are sorted in place."""
    keys.sort()
    return keys[np.append(np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1])]


def _nearest_clusters(clusters: _Clusters) -> Edges:
    """Edges from every cluster to the nearest others, by their means."""
    slots = np.flatnonzero(clusters.alive)
    means = clusters.means[slots]
    squares = np.einsum("ij,ij->i", means, means)
    links = min(LINKS, len(slots) - 1)
    found: list[Ints] = []
    step = max(1, 20_000_000 // len(slots))
    for start in range(0, len(slots), step):
        rows = np.arange(start, min(start + step, len(slots)))
        apart = squares - 2 * means[rows] @ means.T
        apart[np.arange(len(rows)), rows] = np.inf
        near = np.argpartition(apart, links - 1, axis=1)[:, :links]
        found.append(np.stack([np.repeat(slots[rows], links), slots[near.ravel()]]))
    one, other = np.concatenate(found, axis=1)
    return edges_of(one, other, len(clusters.alive))


def _merge_rest(clusters: _Clusters) -> None:
    """Merge the few that are left, comparing all pairs, by chains of nearest neighbours."""
    slots = np.flatnonzero(clusters.alive)
    costs = _all_costs(clusters, slots)
    counts = clusters.counts[slots].astype(np.float64)
    chain: list[int] = []
    active = np.ones(len(slots), bool)
    for _ in range(len(slots) - 1):
        if not chain:
            chain.append(int(np.argmax(active)))
        while True:
            here = chain[-1]
            near = int(np.argmin(costs[here]))
            if len(chain) > 1 and costs[here, near] >= costs[here, chain[-2]]:
                near = chain[-2]
                break
            chain.append(near)
        del chain[-2:]
        into, gone = min(here, near), max(here, near)
        cost = costs[here, near]
        clusters.merge(slots[[[into, gone]]].astype(np.int32), np.array([cost], np.float32))
        # Lance & Williams, 1967: the costs of the new cluster, by those of its parts.
        total = counts + counts[into] + counts[gone]
        row = (counts[into] + counts) * costs[into] + (counts[gone] + counts) * costs[gone] - counts * cost
        row /= total
        counts[into] += counts[gone]
        active[gone] = False
        row[~active] = np.inf
        row[into] = np.inf
        costs[into] = costs[:, into] = row
        costs[gone] = costs[:, gone] = np.inf


def _all_costs(clusters: _Clusters, slots: Ints) -> NDArray[np.float64]:
    counts = clusters.counts[slots].astype(np.float64)
    means = clusters.means[slots]
    own = np.einsum("ij,ij->i", means, means).astype(np.float64) + clusters.spreads[slots] / counts**2
    costs = np.maximum(own[:, None] + own - 2.0 * (means @ means.T), 0)
    costs *= counts[:, None] * counts / (counts[:, None] + counts)
    np.fill_diagonal(costs, np.inf)
    return costs


def _in_order(pairs: Ints, heights: Floats, count: int) -> Merges:
    """Merges by cost, none before those of its parts: along edges, a merge may cost less than one of its parts."""
    costs = heights.astype(np.float64)
    for merge, (one, other) in enumerate((pairs - count).tolist()):
        costs[merge] = max(costs[merge], costs[one] if one >= 0 else 0, costs[other] if other >= 0 else 0)
    order = np.argsort(costs, kind="stable")
    names = np.empty(count + len(order), np.int64)
    names[:count] = np.arange(count)
    names[count + order] = count + np.arange(len(order))
    return Merges(names[pairs[order]], costs[order])
