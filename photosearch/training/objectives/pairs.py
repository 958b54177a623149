"""Losses of pairs that pytorch-metric-learning has, as their authors or this program need them."""

from typing import Any

import torch
from pytorch_metric_learning.losses import ContrastiveLoss, CrossBatchMemory
from pytorch_metric_learning.miners import DistanceWeightedMiner
from torch import Tensor


class SquaredContrastiveLoss(ContrastiveLoss):
    """Half of d² for a match and of max(0, margin - d)² for others, d being the distance of unit vectors.

    The means over matches and over others, zeros left out, are added. Radenović, Tolias & Chum, "Fine-tuning CNN
    image retrieval with no human annotation", 2018, where the sums over a step's pairs stand for these means.
    """

    def __init__(self, margin: float = 0.7, **settings: Any) -> None:
        super().__init__(pos_margin=0, neg_margin=margin, **settings)  # pyright: ignore[reportArgumentType]

    def pos_calc(self, pos_pair_dist: Tensor, margin: float) -> Tensor:
        return super().pos_calc(pos_pair_dist, margin) ** 2 / 2

    def neg_calc(self, neg_pair_dist: Tensor, margin: float) -> Tensor:
        return super().neg_calc(neg_pair_dist, margin) ** 2 / 2


class FineDistanceWeightedMiner(DistanceWeightedMiner):
    """The library's miner in 64 bits: in 32, of vectors of 512 numbers, the weights of most rows round to nothing."""

    def mine(self, embeddings: Tensor, labels: Tensor, ref_emb: Tensor, ref_labels: Tensor) -> Any:
        return super().mine(embeddings.double(), labels, ref_emb.double(), ref_labels)


class Memory(CrossBatchMemory):
    """A memory whose state_dict is all of it: the library's leaves out its place in its queue."""

    @staticmethod
    def supported_losses() -> list[str]:
        return [*CrossBatchMemory.supported_losses(), SquaredContrastiveLoss.__name__]

    def get_extra_state(self) -> dict[str, Any]:
        return {"queue_idx": self.queue_idx, "has_been_filled": self.has_been_filled}

    def set_extra_state(self, state: dict[str, Any]) -> None:
        self.queue_idx, self.has_been_filled = state["queue_idx"], state["has_been_filled"]


def pairs_loss(vectors: Tensor, photos: Tensor, rejected: Tensor, margin: float = 0.7) -> Tensor:
    """SquaredContrastiveLoss over the pairs of rows whose photos a person called no match; 0 if a step has none.

    `vectors` is unit float[B, D] of `photos` int64[B]; `rejected` is int64[P, 2], photos in any order.
    """
    none = photos[:0]
    return SquaredContrastiveLoss(margin)(vectors, indices_tuple=(none, none, *_pairs_among(photos, rejected)))


def _pairs_among(photos: Tensor, pairs: Tensor) -> tuple[Tensor, ...]:
    """Return the rows int64[R] and int64[R] of all pairs of rows, in both orders, whose photos are one of `pairs`."""
    here, there = torch.meshgrid(photos, photos, indexing="ij")
    pairs = pairs.to(photos.device)
    return torch.where(torch.isin(_key(here, there), _key(pairs[:, 0], pairs[:, 1])))


def _key(some: Tensor, others: Tensor) -> Tensor:
    """Return one number for each two photos, whichever comes first."""
    return torch.minimum(some, others) << 32 | torch.maximum(some, others)
