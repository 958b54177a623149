"""Self-taught metric learning: what belongs together is read off a teacher's vectors, without labels.

Kim et al., "Self-taught metric learning without labels", 2022 (STML). The teacher is the network's own moving average.
"""

import torch
from torch import Tensor
from torch.nn.functional import kl_div, normalize

SIGMA = 3.0
DELTA = 1.0


def context_similarity(teacher: Tensor, photos: Tensor, neighbours: int, sigma: float = SIGMA) -> Tensor:
    """Return float[B, B] in 0 to 1: how much the rows of `teacher`, float[B, T], belong together.

    It is the mean of how near two rows are and of how many of their `neighbours` nearest rows, where both count each
    other, they share. Views of one photo, int64[B], come first among their neighbours.
    """
    teacher = normalize(teacher)
    near = (torch.cdist(teacher, teacher) ** 2 / -sigma).exp()
    ranked = near.masked_fill(photos[:, None] == photos, 1).topk(min(neighbours, len(near)))[1]
    listed = torch.zeros_like(near).scatter(1, ranked, 1)
    mutual = listed * listed.T
    shared = mutual * (mutual @ mutual) / mutual.sum(1, keepdim=True).clamp(min=1)
    # A row speaks with those nearest to it, half as many as its neighbours.
    context = shared[ranked[:, : max(1, round(ranked.shape[1] / 2))]].mean(1)
    return (near + (context + context.T) / 2) / 2


def relaxed_contrastive_loss(vectors: Tensor, similarity: Tensor, delta: float = DELTA) -> Tensor:
    """Draw rows of float[B, D] together and push them apart, each pair by its share of similarity, float[B, B].

    Kim et al., "Embedding transfer with label relaxation for improved metric learning", 2021.
    """
    distances = relative_distances(vectors)
    losses = similarity * distances**2 + (1 - similarity) * (delta - distances).relu() ** 2
    rows = len(vectors)
    return (losses.sum() - losses.diagonal().sum()) / max(1, rows * (rows - 1))


def self_distillation_loss(vectors: Tensor, wide: Tensor) -> Tensor:
    """Mean over rows of the Kullback-Leibler divergence of `vectors`' distances from those of `wide`, which stay.

    Both float[B, …]; each row's distances to all rows are compared by their softmax.
    """
    student, teacher = -relative_distances(vectors), -relative_distances(wide.detach())
    return kl_div(student.log_softmax(1), teacher.log_softmax(1), reduction="batchmean", log_target=True)


def relative_distances(vectors: Tensor) -> Tensor:
    """Return the distances float[B, B] between the rows of float[B, D], each row's divided by their mean."""
    distances = torch.cdist(vectors, vectors)
    return distances / distances.mean(1, keepdim=True).clamp(min=1e-12)
