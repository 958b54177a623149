"""How probably a photo carries a label, told from those that carry it and from all others.

The score of a photo is its discriminant (Fisher, 1936) with a shrunk covariance (Ledoit and Wolf, 2004, at a fixed
share): the mean of the carriers against that of the library. The scores of all photos that do not carry the label are
a mixture of two t-distributions. One is known: it is that of the carriers, each scored as if it had not been labelled.
The other one, and the share of each, come of expectation maximisation. So a library full of other things makes a
suggestion no more probable than it is, and a label of few photos makes it less certain. Photos that are alike to a
narrow label, of one thing among dozens of its like, pass for its carriers: they score as these do.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST = 3  # carriers from which anything can be told
SHRINKAGE = 0.8  # share of the identity in the covariance: the descriptors are whitened already, nearly
TAILS = 3.0  # degrees of freedom of the scores of other photos: some of them come near
LIBRARY = 10.0  # so many refused photos count for as much as the library, in the mean that carriers are told from
NARROWEST = 0.25  # of the spread of all scores: that of the carriers, which may be shots of one moment
BINS = 4_000  # of scores
ROUNDS = 100

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Background:
    """What photos of a library are like: `mean` float64[D], and the inverse of their shrunk covariance [D,D]."""

    mean: Floats
    precision: Floats


def learn_background(sample: NDArray[np.float32]) -> Background:
    """From the descriptors float32[n,D] of some photos."""
    centred = sample.astype(np.float64)
    mean = centred.mean(axis=0)
    centred -= mean
    covariance = centred.T @ centred / max(len(sample) - 1, 1)
    dimension = len(mean)
    level = max(float(np.trace(covariance)) / dimension, 1e-9)
    return Background(mean, np.linalg.inv((1 - SHRINKAGE) * covariance + SHRINKAGE * level * np.eye(dimension)))


def weights(carriers: NDArray[np.float32], refused: NDArray[np.float32], background: Background) -> Floats:
    """float64[D]: the score of a photo is its descriptor times these, in units of the library's spread."""
    return _weights(carriers.mean(axis=0, dtype=np.float64), _opposite(refused, background), background)


def held_out_scores(
    carriers: NDArray[np.float32], refused: NDArray[np.float32], background: Background, scene: float
) -> Floats:
    """The score of each carrier as if neither it nor those of its scene were labelled, float64[n].

    `scene` is the cosine from which on two photos show one scene. Where all do, only the carrier itself is left out.
    """
    alike = (carriers @ carriers.T) >= scene
    np.fill_diagonal(alike, True)
    alike[alike.all(axis=1)] = np.eye(len(carriers), dtype=bool)[alike.all(axis=1)]
    total, opposite = carriers.sum(axis=0, dtype=np.float64), _opposite(refused, background)
    scores = np.empty(len(carriers))
    for row, own in enumerate(alike):
        mean = (total - carriers[own].sum(axis=0, dtype=np.float64)) / (len(carriers) - int(own.sum()))
        scores[row] = carriers[row] @ _weights(mean, opposite, background)
    return scores


def learn_probability(scores: Floats, held_out: Floats) -> Callable[[Floats], Floats]:
    """From the scores of photos that do not carry the label, and those of its carriers, held out: how probable it is.

    The probability never falls as the score rises.
    """
    edges = np.linspace(min(scores.min(), held_out.min()) - 1e-6, max(scores.max(), held_out.max()) + 1e-6, BINS + 1)
    at, counts = (edges[:-1] + edges[1:]) / 2, np.histogram(scores, edges)[0].astype(np.float64)
    count = len(held_out)
    spread = max(float(held_out.std(ddof=1)), NARROWEST * float(scores.std())) * math.sqrt(1 + 1 / count)
    carrying = _density(at, float(held_out.mean()), spread, max(count - 1.0, 2.0))
    middle = float(np.median(scores))
    width = max(1.48 * float(np.median(np.abs(scores - middle))), 1e-6)
    share, probable = 0.1, np.zeros(BINS)
    for _ in range(ROUNDS):
        here, others = share * carrying, (1 - share) * _density(at, middle, width, TAILS)
        probable = np.maximum.accumulate(np.where(at < middle, 0.0, here / (here + others + 1e-300)))
        share = float(np.clip(counts @ probable / counts.sum(), 1e-5, 0.9))
        left = counts * (1 - probable)
        near = left * (TAILS + 1) / (TAILS + ((at - middle) / width) ** 2)
        middle = float(near @ at / near.sum())
        width = max(math.sqrt(float(near @ (at - middle) ** 2 / left.sum())), 1e-6)
    return lambda wanted: np.interp(wanted, at, probable)


def _opposite(refused: NDArray[np.float32], background: Background) -> Floats:
    """The mean of what the carriers are told from: the library, and what was refused."""
    if not len(refused):
        return background.mean
    return (LIBRARY * background.mean + refused.sum(axis=0, dtype=np.float64)) / (LIBRARY + len(refused))


def _weights(mean: Floats, opposite: Floats, background: Background) -> Floats:
    apart = mean - opposite
    found = background.precision @ apart
    return found / math.sqrt(max(float(apart @ found), 1e-12))


def _density(at: Floats, middle: float, width: float, freedom: float) -> Floats:
    """Of Student's t-distribution."""
    log = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(width * math.sqrt(freedom * math.pi))
    return np.exp(log - (freedom + 1) / 2 * np.log1p(((at - middle) / width) ** 2 / freedom))
