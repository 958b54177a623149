"""Measures of rankings beyond those that `photosearch evaluate` prints."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photosearch.find.evaluation import Places, mean_over_queries

Rows = Sequence[int] | NDArray[np.int64]  # of the database


def find_places(ranks: NDArray[np.int64], relevant: Sequence[Rows], junk: Sequence[Rows]) -> list[Places]:
    """The places of the right rows in int64[Q,N], the whole database ranked for each query, without junk.

    The revisited Oxford protocol: Radenović, Iscen, Tolias, Avrithis & Chum, "Revisiting Oxford and Paris", CVPR 2018.
    """
    return [
        np.flatnonzero(np.isin(order[~np.isin(order, passed_over)], right))
        for order, right, passed_over in zip(ranks, relevant, junk, strict=True)
    ]


def average_precision_at_r(places: Places) -> float:
    """Precision at each right answer among the first R, summed, by R, the number of right answers, one or more.

    Musgrave, Belongie & Lim, "A metric learning reality check", 2020, section 2.3.
    """
    first = places[places < len(places)]
    return float(((np.arange(len(first)) + 1) / (first + 1)).sum()) / len(places)


def map_at_r(places: Sequence[Places]) -> float:
    """MAP@R, 0 to 1."""
    return mean_over_queries(places, average_precision_at_r)


def precision_at(places: Sequence[Places], k: int) -> float:
    """The share of right answers among the first `k`, or up to the last right one where that comes sooner."""

    def precision(found: Places) -> float:
        until = min(k, int(found[-1]) + 1)
        return np.count_nonzero(found < until) / until

    return mean_over_queries(places, precision)
