"""The losses of one step, by their names in a recipe.

Losses that pytorch-metric-learning has are taken from there.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import torch
from pytorch_metric_learning.distances import LpDistance
from pytorch_metric_learning.losses import (
    MarginLoss,
    NormalizedSoftmaxLoss,
    SupConLoss,
    TripletMarginLoss,
)
from pytorch_metric_learning.miners import TripletMarginMiner
from torch import Tensor, nn
from torch.nn.functional import normalize

from photosearch.errors import PhotosearchError
from photosearch.training.objectives.average_precision import BINS, average_precision, average_precision_of_ties
from photosearch.training.objectives.pairs import FineDistanceWeightedMiner, Memory, SquaredContrastiveLoss, pairs_loss
from photosearch.training.objectives.self_taught import (
    DELTA,
    SIGMA,
    context_similarity,
    relaxed_contrastive_loss,
    self_distillation_loss,
)


class Batch(NamedTuple):
    """The outputs of a network for one step's views, a row a view."""

    vectors: Tensor  # unit float32[B, D], with gradients
    labels: Tensor  # int64[B], the class of each row's photo, from 0; -1 for none
    photos: Tensor  # int64[B], the number of each row's photo, which its views share
    teacher: Tensor | None = None  # unit float32[B, T], what the objective's teacher made of the same views
    wide: Tensor | None = None  # float32[B, C], with gradients: what the network's head made the vectors from


class Objective(nn.Module):
    """A loss of one step: a Batch to a scalar. Its parameters, if any, learn beside the network's.

    Call it outside autocast, on 32-bit floats. Some objectives draw from torch's generator, on the CPU and the device.
    """

    teacher: Literal["frozen", "average"] | None = None
    """Which network gives Batch.teacher: as it was before training, or the moving average of its weights."""
    wide: bool = False
    """Whether Batch.wide is wanted, and of the teacher too what its head takes, rather than its vectors."""
    needs_labels: bool = True

    def forward(self, batch: Batch) -> Tensor:
        raise NotImplementedError


class Tuples(Objective):
    """A loss of pytorch-metric-learning over the rows that have a label: all their pairs, or those a miner picks."""

    def __init__(self, loss: nn.Module, miner: nn.Module | None = None) -> None:
        super().__init__()
        self.loss = loss
        self.miner = miner

    def forward(self, batch: Batch) -> Tensor:
        return self.compare(*_labelled(batch))

    def compare(self, vectors: Tensor, classes: Tensor) -> Tensor:
        if not len(classes):
            return 0 * vectors.sum()
        return self.loss(vectors, classes, self.miner(vectors, classes) if self.miner else None)


def make_contrastive(dimension: int, classes: int, margin: float = 0.7) -> Objective:
    """Draw a class together and push others `margin` apart. Source: SquaredContrastiveLoss."""
    return Tuples(SquaredContrastiveLoss(margin))


def make_triplet(dimension: int, classes: int, margin: float = 0.2) -> Objective:
    """Push others `margin` further off, in squared distance, than each match, where they are less than that.

    Schroff et al., "FaceNet", 2015: all pairs of a class, each with all of its semi-hard negatives.
    """
    squared = LpDistance(power=2)
    miner = TripletMarginMiner(margin, type_of_triplets="semihard", distance=squared)
    return Tuples(TripletMarginLoss(margin, distance=squared), miner)


def make_margin(dimension: int, classes: int, margin: float = 0.2, beta: float = 1.2) -> Objective:
    """Draw a class nearer than `beta` - `margin` and push others beyond `beta` + `margin`, learning beta.

    Wu et al., "Sampling matters in deep embedding learning", 2017: negatives come as often from every distance.
    """
    return Tuples(make_margin_loss(margin, beta), FineDistanceWeightedMiner())


def make_margin_loss(margin: float = 0.2, beta: float = 1.2) -> MarginLoss:
    return MarginLoss(margin, beta=beta, learn_beta=True)  # pyright: ignore[reportArgumentType]


def make_supcon(dimension: int, classes: int, temperature: float = 0.1) -> Objective:
    """Tell each row's class among all rows. Khosla et al., "Supervised contrastive learning", 2020, equation 2."""
    return Tuples(SupConLoss(temperature))


class Sscd(Tuples):
    """InfoNCE between views of one photo, and the entropy of all, which needs no labels.

    Pizzi et al., "A self-supervised descriptor for image copy detection", 2022 (SSCD). There
    entropy_weight is 30, for a million photos, and 10 is the authors' advice for another training; 3 suits few photos.
    """

    needs_labels = False

    def __init__(self, dimension: int, classes: int, temperature: float = 0.05, entropy_weight: float = 3.0) -> None:
        super().__init__(SupConLoss(temperature))
        self.entropy_weight = entropy_weight

    def forward(self, batch: Batch) -> Tensor:
        spread = entropy_loss(batch.vectors, batch.photos)
        return self.compare(batch.vectors, batch.photos) + self.entropy_weight * spread


class MultiGrain(Objective):
    """Share λ of telling classes and 1 - λ of the margin loss between photos, whose views are each other's matches.

    Berman et al., "MultiGrain: a unified image embedding for classes and instances", 2019. The classifier compares
    directions (Zhai & Wu, "Classification is a strong baseline for deep metric learning", 2019): from unit vectors, a
    linear map gives scores too near to each other to tell classes. Photos of one class are not pushed apart: the
    authors' steps, drawn from 1,000 classes, hardly ever hold two, but balanced ones do, and would unlearn the class.
    """

    def __init__(self, dimension: int, classes: int, class_share: float = 0.5) -> None:
        super().__init__()
        self.classify = NormalizedSoftmaxLoss(classes, dimension)
        self.instances = make_margin_loss()
        self.miner = FineDistanceWeightedMiner()
        self.classes = classes
        self.class_share = class_share

    def forward(self, batch: Batch) -> Tensor:
        vectors, classes = _labelled(batch)
        of_class = self.classify(vectors, classes) if len(classes) else 0.0
        instances = self.instances(batch.vectors, batch.photos, self._triplets(batch))
        return self.class_share * of_class + (1 - self.class_share) * instances

    def _triplets(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return the rows int64[T] of views, of another view of the same photo, and of one of neither photo nor class.

        A photo without a class is one of its own.
        """
        kinds = torch.where(batch.labels >= 0, batch.labels, self.classes + batch.photos)
        anchors, _, others = self.miner(batch.vectors, kinds)
        views = (batch.photos[:, None] == batch.photos).fill_diagonal_(False)
        seen_twice = views.any(1)[anchors]
        anchors, others = anchors[seen_twice], others[seen_twice]
        matches = views[anchors].float().multinomial(1)[:, 0] if len(anchors) else anchors
        return anchors, matches, others


class ListwiseAP(Objective):
    """1 - the mean average precision of the rows, each a query among the others. Source: average_precision.py."""

    def __init__(self, dimension: int, classes: int, bins: int = BINS, ties: bool = False) -> None:
        super().__init__()
        self.bins = bins
        self.measure = average_precision_of_ties if ties else average_precision

    def forward(self, batch: Batch) -> Tensor:
        vectors, classes = _labelled(batch)
        others = ~torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
        matches = (classes[:, None] == classes) & others
        queries = matches.any(1)
        if not queries.any():
            return 0 * vectors.sum()
        scores, matches = (rows[others].view(len(vectors), -1)[queries] for rows in (vectors @ vectors.T, matches))
        return 1 - self.measure(scores, matches, self.bins).mean()


def make_listwise_ap_of_ties(dimension: int, classes: int, bins: int = BINS) -> Objective:
    return ListwiseAP(dimension, classes, bins, ties=True)


class Stml(Objective):
    """Distils the relations that the moving average of the network gives into vectors and features.

    Kim et al., "Self-taught metric learning without labels", 2022; `neighbours` are photos.
    """

    teacher = "average"
    wide = True
    needs_labels = False

    def __init__(
        self, dimension: int, classes: int, neighbours: int = 5, sigma: float = SIGMA, delta: float = DELTA
    ) -> None:
        super().__init__()
        self.neighbours = neighbours
        self.sigma = sigma
        self.delta = delta

    def forward(self, batch: Batch) -> Tensor:
        assert batch.teacher is not None
        views = int((batch.photos[:, None] == batch.photos).sum(1).max())
        belong = context_similarity(batch.teacher, batch.photos, self.neighbours * views, self.sigma)
        wide = batch.vectors if batch.wide is None else normalize(batch.wide)
        relaxed = [relaxed_contrastive_loss(vectors, belong, self.delta) for vectors in (batch.vectors, wide)]
        return (relaxed[0] + relaxed[1]) / 2 + self_distillation_loss(batch.vectors, wide)


class Distill(Objective):
    """Keep the cosines that the network had before training. Source: similarity_loss."""

    teacher = "frozen"
    needs_labels = False

    def __init__(self, dimension: int, classes: int) -> None:
        super().__init__()

    def forward(self, batch: Batch) -> Tensor:
        assert batch.teacher is not None
        return similarity_loss(batch.vectors, batch.teacher)


def with_memory(objective: Objective, dimension: int, size: int) -> Objective:
    """Let `objective` compare each step's rows with the `size` rows before too, and return it.

    Wang et al., "Cross-batch memory for embedding learning", 2020. `size` is at least the rows of a step. Raises
    PhotosearchError if the objective is not one of pairs or triplets.
    """
    if not isinstance(objective, Tuples):
        raise PhotosearchError("Only an objective of pairs or triplets can use a memory of earlier steps.")
    objective.loss, objective.miner = Memory(objective.loss, dimension, size, objective.miner), None
    return objective


def entropy_loss(vectors: Tensor, numbers: Tensor, epsilon: float = 1e-6) -> Tensor:
    """Mean of -log(distance to the nearest row of another photo), for unit float[B, D] and the photos int[B].

    It spreads the vectors evenly, so that one distance means the same everywhere: the Kozachenko-Leonenko estimate
    of differential entropy. Pizzi et al., "A self-supervised descriptor for image copy detection", 2022, equation 4.
    """
    with torch.no_grad():
        cosines = vectors @ vectors.T
        cosines[numbers[:, None] == numbers] = -2
        nearest = cosines.argmax(dim=1)
    return -((vectors - vectors[nearest]).norm(dim=1) + epsilon).log().mean()


def direction_loss(vectors: Tensor, targets: Tensor) -> Tensor:
    """Mean of 1 - cosine between the rows of `vectors` and the unit rows of `targets`, both float[B, D]."""
    return 1 - torch.nn.functional.cosine_similarity(vectors, targets).mean()


def similarity_loss(vectors: Tensor, teacher: Tensor) -> Tensor:
    """Mean of (cosine - teacher's cosine)² over all pairs of different rows of unit float[B, D] and float[B, T].

    Tung & Mori, "Similarity-preserving knowledge distillation", 2019; what is there divided by the length
    of each row of similarities is left as it is, so that a cosine keeps its meaning.
    """
    rows = len(vectors)
    return (vectors @ vectors.T - teacher @ teacher.T).fill_diagonal_(0).square().sum() / max(1, rows * (rows - 1))


def _labelled(batch: Batch) -> tuple[Tensor, Tensor]:
    known = batch.labels >= 0
    return batch.vectors[known], batch.labels[known]


OBJECTIVES: dict[str, Callable[..., Objective]] = {
    "contrastive": make_contrastive,
    "triplet": make_triplet,
    "margin": make_margin,
    "supcon": make_supcon,
    "multigrain": MultiGrain,
    "listwise-ap": ListwiseAP,
    "listwise-ap-ties": make_listwise_ap_of_ties,
    "sscd": Sscd,
    "stml": Stml,
    "distill": Distill,
}
"""Each takes the dimension of the vectors and the number of classes, and its constants by name."""

__all__ = [
    "OBJECTIVES",
    "Batch",
    "Objective",
    "direction_loss",
    "entropy_loss",
    "pairs_loss",
    "similarity_loss",
    "with_memory",
]
