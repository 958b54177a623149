"""The objective of the default encoder: tell pictures apart, recognise other shots of a scene, and keep kinds."""

import math
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import softplus

from photosearch.training.augmentations.album import VIEWS
from photosearch.training.data.relations import Relations
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor
from photosearch.training.objectives.aim import Aim, Views
from photosearch.training.objectives.losses import direction_loss, entropy_loss


class Weights(NamedTuple):
    """What the parts of the loss count for, beside telling pictures apart."""

    entropy: float
    kinds: float
    scenes: float
    frame: float  # another frame of the same fixed camera, as that many other photos


class CopiesAndKindsAim(Aim):
    """Views of a photo are told from those of all others, and point to where its kind is, unit float32[photos, D2].

    It remembers the latest descriptor of each plain photo, so that every step tells its views from all of them: Wu,
    Xiong, Yu & Lin, "Unsupervised feature learning via non-parametric instance discrimination", 2018. Photos of one
    scene are told from those of others as well, with the weight `scenes`; the labels of the views number
    the scenes of a step.
    """

    kinds: Tensor
    families: Tensor
    places: Tensor
    memory: Tensor
    remembered: Tensor

    def __init__(
        self, dimension: int, kinds: Tensor, relations: Relations, temperature: float, weights: Weights
    ) -> None:
        super().__init__()
        self.temperature = temperature
        self.weights = weights
        for name, tensor in (
            ("kinds", kinds),
            ("families", torch.from_numpy(relations.families)),
            ("places", torch.from_numpy(relations.places)),
        ):
            self.register_buffer(name, tensor, persistent=False)
        self.register_buffer("memory", torch.zeros(len(kinds), dimension))
        self.register_buffer("remembered", torch.zeros(len(kinds), dtype=torch.bool))

    def forward(self, network: Descriptor, average: Descriptor, views: Views) -> Tensor:
        assert isinstance(network.head, CopiesAndKinds)
        pooled = network.pooled(views.pixels)
        with torch.autocast(pooled.device.type, enabled=False):
            copies, kind = network.head.parts(pooled.float())
            loss = self._tell_pictures(copies, views)
            loss += self.weights.entropy * entropy_loss(copies, self.places[views.photos])
            loss += self.weights.kinds * direction_loss(kind, self.kinds[views.photos])
        self.memory[views.photos[::VIEWS]] = copies[::VIEWS].detach()
        self.remembered[views.photos[::VIEWS]] = True
        return loss

    def _tell_pictures(self, copies: Tensor, views: Views) -> Tensor:
        photos = views.photos
        families, places = self.families[photos], self.places[photos]
        scores = copies @ torch.cat([copies, self.memory.to(copies.dtype)]).T / self.temperature
        others = (families[:, None] != torch.cat([families, self.families])) & self._known(len(copies))
        strangers = (places[:, None] != torch.cat([places, self.places])) & self._known(len(copies))
        same = (photos[:, None] == photos).fill_diagonal_(fill_value=False)
        shots = (views.labels[:, None] == views.labels) & (photos[:, None] != photos)
        shots &= families[:, None] == families  # frames of a fixed camera are told apart, not drawn together
        frames = (others & ~strangers) * math.log(self.weights.frame)
        return tell_apart(scores + frames, same, others) + self.weights.scenes * tell_apart(scores, shots, strangers)

    def _known(self, rows: int) -> Tensor:
        return torch.cat([self.remembered.new_ones(rows), self.remembered])


def tell_apart(scores: Tensor, matches: Tensor, others: Tensor) -> Tensor:
    """Mean over matches of -log(e^s / (e^s + sum of e^t)), s the score of the match and t those of the row's others.

    `scores` are float[B, B + N], `others` bool of the same shape; `matches` are among the first B, bool[B, B]. Nothing
    if there is no match. van den Oord, Li & Vinyals, "Representation learning with contrastive predictive coding",
    2018, equation 4, for each match by itself.
    """
    against = scores.masked_fill(~others, float("-inf")).logsumexp(dim=1, keepdim=True)
    losses = softplus(against - scores[:, : len(scores)])[matches]
    return losses.mean() if len(losses) else 0 * scores.sum()
