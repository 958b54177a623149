"""One network from two that began alike and learned otherwise: the average of their weights.

It often does better than either, above all on photos unlike those of the training: Wortsman et al., "Model soups:
averaging weights of multiple fine-tuned models improves accuracy without increasing inference time", 2022. Each head is
first turned so that its vectors point where those of the other network do, which changes none of its cosines:
Schönemann, "A generalized solution of the orthogonal Procrustes problem", 1966.
"""

from copy import deepcopy

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from photosearch.training.networks.backbones import fold_batch_norms
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor


def average(network: Descriptor, other: Descriptor, share: float, pooled: Tensor, other_pooled: Tensor) -> Descriptor:
    """Return a network with `share` of the weights of `network` and the rest of `other`, batch norms folded.

    Both are backbones of one kind with a head of copies and kinds; `pooled` and `other_pooled` are what the heads of
    each take of the same photos, unit float[N, C], N at least as many as the dimensions of either part.
    """
    averaged, turned = deepcopy(network).eval(), deepcopy(other).eval()
    fold_batch_norms(averaged)
    fold_batch_norms(turned)
    assert isinstance(averaged.head, CopiesAndKinds)
    assert isinstance(turned.head, CopiesAndKinds)
    _turn(turned.head.copies, averaged.head.copies, other_pooled, pooled)
    _turn(turned.head.kinds, averaged.head.kinds, other_pooled, pooled)
    theirs = turned.state_dict()
    weights = {name: share * own + (1 - share) * theirs[name] for name, own in averaged.state_dict().items()}
    averaged.load_state_dict(weights)
    return averaged


def _turn(layer: nn.Linear, like: nn.Linear, pooled: Tensor, like_pooled: Tensor) -> None:
    """Rotate what `layer` gives, and scale it, to be as near as can be to what the layer `like` gives."""
    with torch.no_grad():
        given, wanted = layer(pooled), like(like_pooled)
        left, _, right = torch.linalg.svd(normalize(given).T @ normalize(wanted))
        rotation = left @ right
        scale = wanted.norm(dim=1).mean() / given.norm(dim=1).mean()
        layer.weight.copy_(scale * rotation.T @ layer.weight)
        layer.bias.copy_(scale * layer.bias @ rotation)
