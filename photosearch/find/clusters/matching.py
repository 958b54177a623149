"""Matching of current clusters to previous ones, by their members."""

from collections.abc import Sequence

import numpy as np

from photosearch.find.clusters.ward import Ints


def same_as_before(before: Sequence[Ints], now: Sequence[Ints]) -> list[int | None]:
    """For each current cluster, the position of the previous one of whose remaining members it holds the most.

    Clusters are members int64[n]; no member lies in two of `before`, nor in two of `now`. Where several came together,
    it is the one that gave most.
    """
    found: list[int | None] = [None] * len(now)
    if not before or not now:
        return found
    members = np.concatenate(before)
    order = np.argsort(members)
    owners = np.repeat(np.arange(len(before)), [len(each) for each in before])[order]
    members = members[order]
    asked = np.concatenate(now)
    clusters = np.repeat(np.arange(len(now)), [len(each) for each in now])
    places = np.minimum(np.searchsorted(members, asked), len(members) - 1)
    known = members[places] == asked
    olds, news = owners[places[known]], clusters[known]
    left = np.bincount(olds, minlength=len(before))
    pairs, counts = np.unique(olds * len(now) + news, return_counts=True)
    best = np.zeros(len(now), np.int64)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        old, new = divmod(pair, len(now))
        if 2 * count > left[old] and count > best[new]:
            best[new], found[new] = count, old
    return found
