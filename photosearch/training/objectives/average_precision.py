"""Average precision as something to learn: the ranking's histogram has a gradient where its order has none."""

import torch
from torch import Tensor

BINS = 20  # of similarity, from 1 down to 0


def average_precision(scores: Tensor, matches: Tensor, bins: int = BINS) -> Tensor:
    """Return the average precision float[Q] of scores float[Q, N] in bins, given matches bool[Q, N], one a row or more.

    Revaud et al., "Learning with average precision: training image retrieval with a listwise loss", 2019, with the
    range of similarity of the authors' code: 0 to 1, and what is less falls into the last bin.
    """
    counts, hits = _histograms(scores, matches, bins)
    precision = _up_to(hits) / _up_to(counts).clamp(min=1e-16)
    return (precision * hits).sum(1) / hits.sum(1)


def average_precision_of_ties(scores: Tensor, matches: Tensor, bins: int = BINS) -> Tensor:
    """Return what average_precision does, but as the mean over all orders of the photos within each bin.

    He et al., "Hashing as tie-aware learning to rank", 2018, on the histograms of Revaud et al., 2019.
    """
    counts, hits = _histograms(scores, matches, bins)
    counted, hit = _up_to(counts) - counts, _up_to(hits) - hits  # in the bins before
    others = (hits - 1).clamp(min=0) / ((counts - 1).clamp(min=0) + 1e-8)  # of a hit's bin, the share that hits too
    spread = ((counted + counts + 1) / (counted + 1)).log()
    precisions = counts * others + (hit + 1 - others * (counted + 1)) * spread
    return (hits * precisions / (counts + 1e-8)).sum(1) / matches.sum(1)


def _histograms(scores: Tensor, matches: Tensor, bins: int) -> tuple[Tensor, Tensor]:
    """Return float[Q, bins] twice: how many photos, and matches, are in each bin; a score is shared by the nearest two.

    The bins' middles go from 1 to 0.
    """
    middles = torch.linspace(1, 0, bins, device=scores.device, dtype=scores.dtype)[:, None]
    shares = (1 - (bins - 1) * (scores.clamp(0, 1)[:, None] - middles).abs()).clamp(min=0)
    return shares.sum(2), (shares * matches[:, None]).sum(2)


def _up_to(bins: Tensor) -> Tensor:
    """Return the running sums of float[Q, bins]; torch's own depend on chance on a GPU."""
    return (bins[:, None] * torch.ones_like(bins[0]).expand(bins.shape[1], -1).tril()).sum(2)
