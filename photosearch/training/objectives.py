"""What training makes small in one step, by the name that a recipe calls it."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from pytorch_metric_learning.losses import CrossBatchMemory, SupConLoss
from torch import Tensor, nn

from photosearch.training.losses import SquaredContrastiveLoss, entropy_loss


class Batch(NamedTuple):
    """What a network made of one step's views, a row a view."""

    vectors: Tensor  # unit float32[B, D], with gradients
    labels: Tensor  # int64[B], the class of each row's photo, from 0; -1 for none
    photos: Tensor  # int64[B], the number of each row's photo, which its views share
    teacher: Tensor | None = None  # unit float32[B, T], what the objective's teacher made of the same views
    wide: Tensor | None = None  # float32[B, C], with gradients: what the network's head made the vectors from


class Objective(nn.Module):
    """A loss of one step: a Batch to a scalar. Its parameters, if any, learn beside the network's.

    Call it outside autocast, on 32-bit floats. Some objectives draw from torch's generator.
    """

    teacher: Literal["frozen", "average"] | None = None
    """Which network gives Batch.teacher: as it was before training, or the moving average of its weights."""
    wide: bool = False
    """Whether Batch.wide is wanted, and of the teacher too what its head takes, rather than its vectors."""
    needs_labels: bool = True

    def forward(self, batch: Batch) -> Tensor:
        raise NotImplementedError


class Contrastive(Objective):
    """Views of one class are drawn together, others pushed `margin` apart: SquaredContrastiveLoss over all pairs."""

    def __init__(self, dimension: int, classes: int, margin: float = 0.7) -> None:
        super().__init__()
        self.loss = SquaredContrastiveLoss(margin)

    def forward(self, batch: Batch) -> Tensor:
        return self.loss(*labelled(batch))


class Sscd(Objective):
    """InfoNCE between views of one photo, and the entropy of all, which needs no labels.

    Pizzi et al., "A self-supervised descriptor for image copy detection", 2022, equation 5.
    """

    needs_labels = False

    def __init__(self, dimension: int, classes: int, temperature: float = 0.05, entropy_weight: float = 3.0) -> None:
        super().__init__()
        self.loss = SupConLoss(temperature)
        self.entropy_weight = entropy_weight

    def forward(self, batch: Batch) -> Tensor:
        pull = self.loss(batch.vectors, batch.photos)
        return pull + self.entropy_weight * entropy_loss(batch.vectors, batch.photos)


def labelled(batch: Batch) -> tuple[Tensor, Tensor]:
    """Return the vectors and labels of the rows that have a label."""
    known = batch.labels >= 0
    return batch.vectors[known], batch.labels[known]


def with_memory(objective: Objective, dimension: int, size: int) -> Objective:
    """Let `objective` compare each step's vectors with `size` of earlier steps too, and return it."""
    objective.loss = Memory(objective.loss, dimension, size)
    return objective


class Memory(CrossBatchMemory):
    """A memory whose state_dict is all of it: the library's leaves out its place in its queue."""

    def get_extra_state(self) -> dict[str, Any]:
        return {"queue_idx": self.queue_idx, "has_been_filled": self.has_been_filled}

    def set_extra_state(self, state: dict[str, Any]) -> None:
        self.queue_idx, self.has_been_filled = state["queue_idx"], state["has_been_filled"]


OBJECTIVES: dict[str, Callable[..., Objective]] = {
    "contrastive": Contrastive,
    "sscd": Sscd,
}
"""Each takes the dimension of the vectors and the number of classes, and its constants by name."""
