"""Which photos meet in one step of training. Photos are int64, their numbers in the arrays that are given."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pytorch_metric_learning.samplers import MPerClassSampler
from pytorch_metric_learning.utils import common_functions

Photos = NDArray[np.int64]

NEGATIVES = 5  # of each query
AT_ONCE = 256  # queries: their scores with 100,000 photos are 100 MB


def balanced(labels: Photos, classes_a_step: int, photos_a_class: int, rng: np.random.Generator) -> list[Photos]:
    """Return the steps of an epoch: `photos_a_class` photos each of `classes_a_step` classes, drawn by chance.

    `labels` is int64[N], -1 for none: those stay out. A class that has fewer photos gives some twice; if there are
    fewer classes, a step has them all.
    """
    known = np.flatnonzero(labels >= 0)
    if not len(known):
        return []
    step = min(classes_a_step, len(np.unique(labels[known]))) * photos_a_class
    theirs, common_functions.NUMPY_RANDOM = common_functions.NUMPY_RANDOM, rng  # what the sampler draws from
    try:
        drawn = list(MPerClassSampler(labels[known], photos_a_class, step, max(step, len(known))))
    finally:
        common_functions.NUMPY_RANDOM = theirs
    return list(known[drawn].reshape(-1, step))


def mine(vectors: NDArray[np.float32], labels: Photos, photos_a_step: int, rng: np.random.Generator) -> list[Photos]:
    """Return the steps of an epoch in which hard negatives meet, by unit float32[N, D] as the network sees them now.

    Each photo whose class, int64[N], has another is a query once: with it come another of its class and its NEGATIVES
    nearest photos of other classes, at most one of each. Photos without a class, -1, stay out. Radenović, Tolias &
    Chum, "Fine-tuning CNN image retrieval with no human annotation", 2018.
    """
    by_class = np.argsort(labels, kind="stable")[np.count_nonzero(labels < 0) :]
    if not len(by_class):
        return []
    _, starts, own, sizes = np.unique(labels[by_class], return_index=True, return_inverse=True, return_counts=True)
    vectors = vectors[by_class]
    queries = rng.permutation(np.flatnonzero(sizes[own] > 1))
    steps: list[list[int]] = [[]]
    for some in np.split(queries, range(AT_ONCE, len(queries), AT_ONCE)):
        for query, scores in zip(some, vectors[some] @ vectors.T, strict=True):
            match = starts[own[query]] + rng.integers(sizes[own[query]] - 1)
            nearest = np.maximum.reduceat(scores, starts)
            nearest[own[query]] = -np.inf
            hardest = np.argsort(-nearest)[: min(NEGATIVES, len(starts) - 1)]
            negatives = (starts[each] + scores[starts[each] :][: sizes[each]].argmax() for each in hardest)
            meeting = dict.fromkeys([query, match + (match >= query), *negatives])
            new = [photo for photo in meeting if photo not in steps[-1]]
            if len(steps[-1]) + len(new) > photos_a_step and steps[-1]:
                steps.append(list(meeting))
            else:
                steps[-1] += new
    return [by_class[step[:photos_a_step]] for step in steps if step]


def neighbourhoods(
    vectors: NDArray[np.float32], photos_a_step: int, rng: np.random.Generator, neighbours: int = 5
) -> list[Photos]:
    """Return the steps of an epoch of photos without labels: some by chance, each with those nearest to it.

    A photo by chance and its nearest by unit float32[N, D] are `neighbours` together. Kim et al., "Self-taught metric
    learning without labels", 2022.
    """
    neighbours = min(neighbours, len(vectors))
    queries = max(1, photos_a_step // max(1, neighbours))
    steps: list[Photos] = []
    for _ in range(max(1, len(vectors) // photos_a_step)):
        chosen = rng.permutation(len(vectors))[:queries]
        scores = vectors[chosen] @ vectors.T
        scores[np.arange(len(chosen)), chosen] = np.inf
        nearest = np.argpartition(-scores, neighbours - 1, axis=1)[:, :neighbours]
        steps.append(np.unique(nearest))
    return steps


def with_pairs(steps: Sequence[Photos], pairs: Photos, rng: np.random.Generator, pairs_a_step: int = 1) -> list[Photos]:
    """Return `steps`, to each of which come `pairs_a_step` of the pairs int64[P, 2] that a person judged, in turn.

    A step grows by as many photos as it did not have.
    """
    if not len(pairs):
        return list(steps)
    turns = np.concatenate([rng.permutation(len(pairs)) for _ in range(1 + len(steps) * pairs_a_step // len(pairs))])
    turns = turns[: len(steps) * pairs_a_step].reshape(len(steps), -1)
    joined = (np.concatenate([step, pairs[turn].ravel()]) for step, turn in zip(steps, turns, strict=True))
    return [step[np.sort(np.unique(step, return_index=True)[1])] for step in joined]
