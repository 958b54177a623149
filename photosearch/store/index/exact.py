"""Exact search: the scores of float16 vectors, in blocks that stay in the processor's cache, on several threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.models import Ranked

BLOCK = 1_000  # vectors widened to float32 at a time: 2 MB of 512 dimensions
FEW_QUERIES = 8  # scored one by one on threads of our own; more are one product, which BLAS spreads over all cores
PARALLEL = 20_000  # vectors from which on several threads are worth starting
SHIFT, KEPT_BITS, RESCALE = 13, np.int32(-0x70002000), np.float32(2.0**112)

Blocks = Callable[[int, int], NDArray[np.float16]]  # the vectors float16[n,D] from one place up to another


class Found(NamedTuple):
    """The best of one part: places int64[Q,k] and scores float32[Q,k], in no order."""

    places: NDArray[np.int64]
    scores: NDArray[np.float32]


def widen(vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    """float16 as float32, exactly; finite numbers only.

    By shifting the bits into place and scaling by the difference of the exponents' biases, which the processor does
    eight and more at a time: five times as fast as NumPy's own conversion.
    """
    bits = vectors.view(np.int16).astype(np.int32)
    bits <<= SHIFT  # the sign, which the wider integer repeats, is in its place at bit 31, and in three below
    bits &= KEPT_BITS
    widened = bits.view(np.float32)
    widened *= RESCALE
    return widened


def rank(
    queries: NDArray[np.float32], ids: NDArray[np.int64], vectors: NDArray[np.float16], k: int, threads: int = 1
) -> Ranked:
    """Exact search: score float16[n,D] `vectors` for every query and keep the `k` best."""
    ranked = best_of(queries, len(ids), lambda start, stop: vectors[start:stop], k, threads)
    return Ranked(ids[ranked.ids], ranked.scores)


def best_of(queries: NDArray[np.float32], count: int, vectors: Blocks, k: int, threads: int = 1) -> Ranked:
    """The same of `count` vectors that are asked for in blocks, from any thread; the ids are their places."""
    k = min(k, count)
    parts = threads if len(queries) <= FEW_QUERIES and count >= PARALLEL else 1
    bounds = np.linspace(0, count, parts + 1, dtype=int).tolist()

    def scan(part: tuple[int, int]) -> Found:
        found = Found(np.empty((len(queries), 0), np.int64), np.empty((len(queries), 0), np.float32))
        for start in range(*part, BLOCK):
            block = widen(vectors(start, min(start + BLOCK, part[1])))
            scores = np.vecdot(queries[:, None], block) if len(queries) <= FEW_QUERIES else queries @ block.T
            places = np.broadcast_to(np.arange(start, start + len(block)), scores.shape)
            found = _best(np.hstack([found.places, places]), np.hstack([found.scores, scores]), k)
        return found

    if parts == 1:
        found = [scan((0, count))]
    else:
        with ThreadPoolExecutor(parts, "exact search") as pool:
            found = list(pool.map(scan, pairwise(bounds)))
    return in_order(np.hstack([part.places for part in found]), np.hstack([part.scores for part in found]), k)


def in_order(ids: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Ranked:
    """The `k` best of each row, best first; of equal scores, the first."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return Ranked(np.take_along_axis(ids, order, axis=1), np.take_along_axis(scores, order, axis=1))


def _best(places: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Found:
    if scores.shape[1] <= k:
        return Found(places, scores)
    kept = np.argpartition(-scores, k, axis=1)[:, :k] if k else np.empty((len(scores), 0), np.int64)
    return Found(np.take_along_axis(places, kept, axis=1), np.take_along_axis(scores, kept, axis=1))
