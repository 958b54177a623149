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

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Merges(NamedTuple):
    """n-1 merges in ascending order of cost: merge m makes cluster n+m of the two in row m of int64[n-1,2] `pairs`."""

    pairs: Ints
    costs: NDArray[np.float64]


class _Clusters:
    """Clusters under way, each in the slot of its first member: mean, count and summed spread of the members."""

    def __init__(self, vectors: Floats, spread: Floats) -> None:
        count = len(vectors)
        self.means = vectors.copy()
        self.counts = np.ones(count, np.float32)
        self.spreads = spread.copy()
        self.names = np.arange(count)  # of the clusters in the slots, as `Merges` counts them, in order of making
        self.alive = np.ones(count, bool)
        self.pairs: list[Ints] = []
        self.heights: list[Floats] = []
        self.made = count

    def costs(self, one: Ints, other: Ints) -> Floats:
        """The cost of merging the slots `one` with the slots `other`."""

        def cost(part: slice) -> Floats:
            left, right = one[part], other[part]
            here, there = self.counts[left], self.counts[right]
            apart = self.means[left]
            apart -= self.means[right]
            square = np.einsum("ij,ij->i", apart, apart)
            square += self.spreads[left] / here**2 + self.spreads[right] / there**2
            return here * there / (here + there) * square

        return in_blocks(cost, len(one))

    def merge(self, into: Ints, gone: Ints, costs: Floats) -> None:
        """Merge each slot `gone` into the slot `into`; no slot stands twice."""
        self.pairs.append(np.stack([self.names[into], self.names[gone]], axis=1))
        self.heights.append(costs)
        self.names[into] = self.made + np.arange(len(into))
        self.made += len(into)
        share = (self.counts[gone] / (self.counts[into] + self.counts[gone]))[:, None]
        self.means[into] += share * (self.means[gone] - self.means[into])
        self.counts[into] += self.counts[gone]
        self.spreads[into] += self.spreads[gone]
        self.alive[gone] = False


def merge_all(vectors: Floats, spread: Floats, edges: Ints) -> Merges:
    """The whole tree of float32[n,d] vectors, of which the int64[e,2] edges are compared first.

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


def _one_pass(clusters: _Clusters, edges: Ints, left: int, chance: np.random.Generator) -> Ints:
    """Merge along edges, in rounds, until few clusters or no edges are left; return the edges that are."""
    edges = _unique(np.sort(edges, axis=1), len(clusters.alive))
    costs = clusters.costs(edges[:, 0], edges[:, 1])
    while len(edges) and left > FEW:
        chosen = _mutual(edges, costs, len(clusters.alive), chance)
        into, gone = edges[chosen, 0], edges[chosen, 1]
        clusters.merge(into, gone, costs[chosen])
        left -= len(into)
        slots = np.arange(len(clusters.alive))
        slots[gone] = into
        changed = np.zeros(len(slots), bool)
        changed[into] = changed[gone] = True
        touched = changed[edges[:, 0]] | changed[edges[:, 1]]
        renewed = np.sort(slots[edges[touched]], axis=1)
        renewed = _unique(renewed[renewed[:, 0] != renewed[:, 1]], len(slots))
        kept = ~touched
        edges = np.concatenate([edges[kept], renewed])
        costs = np.concatenate([costs[kept], clusters.costs(renewed[:, 0], renewed[:, 1])])
    return edges[:0]  # the remaining ones are compared with all others


def _mutual(edges: Ints, costs: Floats, slots: int, chance: np.random.Generator) -> Ints:
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


def _unique(edges: Ints, slots: int) -> Ints:
    keys = distinct(edges[:, 0] * slots + edges[:, 1])
    return np.stack([keys // slots, keys % slots], axis=1)


def distinct(keys: Ints) -> Ints:
    """Each once, ascending: ten times as fast as np.unique, which hashes."""
    keys = np.sort(keys)
    return keys[np.append(np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1])]


def _nearest_clusters(clusters: _Clusters) -> Ints:
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
        found.append(np.stack([np.repeat(slots[rows], links), slots[near.ravel()]], axis=1))
    return np.concatenate(found)


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
        clusters.merge(slots[[into]], slots[[gone]], np.array([cost], np.float32))
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
