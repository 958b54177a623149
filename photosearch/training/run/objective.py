"""The loss of teaching: the objective of the recipe, and the distance from the encoder before."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor
from torch.nn.functional import normalize

from photosearch.training.augmentations.mixed_maps import MANIFOLD_MIXUP, mixed_maps
from photosearch.training.data.dataset import Dataset
from photosearch.training.networks.backbones import Backbone
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor
from photosearch.training.objectives.aim import Aim, Views
from photosearch.training.objectives.losses import (
    OBJECTIVES,
    Batch,
    Objective,
    direction_loss,
    pairs_loss,
    similarity_loss,
    with_memory,
)
from photosearch.training.run.recipe import Recipe

COPIES, KINDS = 0, 1


def parts_of(network: Descriptor, pooled: Tensor) -> tuple[Tensor, ...]:
    """The unit vectors that the head makes, each float[B, Di]: copies and kinds, or the one vector there is."""
    if isinstance(network.head, CopiesAndKinds):
        return network.head.parts(pooled)
    return (normalize(network.head(pooled)),)


def taught_part(network: Descriptor, objective_name: str) -> int:
    """Which part an objective is for: SSCD tells copies apart, all others tell kinds."""
    return KINDS if isinstance(network.head, CopiesAndKinds) and objective_name != "sscd" else COPIES


class Teaching(Aim):
    """The objective on the part of the vectors that is taught, beside what keeps the rest as it was.

    Of a head with two parts, the other one of every view, and the taught one of photos without a class, stay in the
    direction that the plain photo had before (weight `keep`), as when that head was made. A new head has no such
    directions: there the similarities that the pooled features had before are kept.

    With `mixed_with` the maps of each row are mixed with those of the row that many before it; 0 mixes none.
    """

    rejected: Tensor

    def __init__(
        self,
        objective: Objective,
        part: int,
        keep: float,
        start: Sequence[Tensor],
        rejected: Tensor,
        mixed_with: int = 0,
    ) -> None:
        """`start`: unit float[N, Di] of all photos before training, by part, or pooled; `rejected` int64[R, 2]."""
        super().__init__()
        self.objective, self.part, self.keep, self.mixed_with = objective, part, keep, mixed_with
        self.start = [f"start_{number}" for number in range(len(start))]
        for name, vectors in zip(self.start, start, strict=True):
            self.register_buffer(name, vectors, persistent=False)
        self.register_buffer("rejected", rejected, persistent=False)

    def forward(self, network: Descriptor, average: Descriptor, views: Views) -> Tensor:
        with self._mixing(network):
            pooled = network.pooled(views.pixels)
        with torch.autocast(views.pixels.device.type, enabled=False):
            pooled = pooled.float()
            parts = parts_of(network, pooled)
            loss = self.objective(self._rows(network, average, views, pooled, parts[self.part]))
            if len(self.rejected):
                loss = loss + pairs_loss(parts[self.part], views.photos, self.rejected)
            return loss + self._kept(views, parts)

    def _mixing(self, network: Descriptor) -> AbstractContextManager[None]:
        if not self.mixed_with:
            return nullcontext()
        assert isinstance(network.backbone, Backbone)
        return mixed_maps(network.backbone.trained, self.mixed_with)

    def _rows(self, network: Descriptor, average: Descriptor, views: Views, pooled: Tensor, vectors: Tensor) -> Batch:
        teacher = None
        if self.objective.teacher == "frozen":
            teacher = self._before(self.part, views.photos)
        elif self.objective.teacher == "average":
            with torch.no_grad():
                seen = average.pooled(views.pixels).float()
                teacher = seen if self.objective.wide else parts_of(average, seen)[self.part]
        return Batch(vectors, views.labels, views.photos, teacher, pooled if self.objective.wide else None)

    def _kept(self, views: Views, parts: tuple[Tensor, ...]) -> Tensor | float:
        if not self.keep:
            return 0.0
        if len(parts) == 1:
            return self.keep * similarity_loss(parts[0], self._before(0, views.photos))
        loss: Tensor | float = 0.0
        for number, part in enumerate(parts):
            stays = torch.ones_like(views.labels, dtype=torch.bool)
            if number == self.part:
                stays = views.labels < 0 if self.objective.needs_labels else ~stays
            if stays.any():
                loss = loss + self.keep * direction_loss(part[stays], self._before(number, views.photos[stays]))
        return loss

    def _before(self, part: int, photos: Tensor) -> Tensor:
        return self.get_buffer(self.start[part])[photos]


def make_aim(recipe: Recipe, dataset: Dataset, network: Descriptor, start: Sequence[Tensor]) -> Teaching:
    """The loss of a recipe; `start` are the parts of the vectors of all photos before training, or pooled features."""
    part = taught_part(network, recipe.objective)
    dimension = start[part].shape[1] if isinstance(network.head, CopiesAndKinds) else recipe.dimension
    classes = int(dataset.classes.max(initial=-1)) + 1
    return Teaching(
        _make_objective(recipe, dimension, max(1, classes)),
        part,
        recipe.keep,
        start,
        torch.from_numpy(dataset.rejected),
        recipe.repeated if recipe.mix == MANIFOLD_MIXUP else 0,
    )


def _make_objective(recipe: Recipe, dimension: int, classes: int) -> Objective:
    objective = OBJECTIVES[recipe.objective](dimension, classes)
    if recipe.memory:
        views = recipe.photos_a_step * recipe.repeated
        objective = with_memory(objective, dimension, max(recipe.memory, 2 * views))
    return objective
