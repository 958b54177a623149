"""Training a network on views of photos, in steps that a checkpoint lets go on after any interruption."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import torch
from pytorch_metric_learning.losses import CrossBatchMemory, SupConLoss
from torch import Tensor
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from photosearch.library import usable_cores
from photosearch.training.descriptor import CopiesAndKinds, Descriptor
from photosearch.training.losses import direction_loss, entropy_loss
from photosearch.training.views import Views, batches

# CrossBatchMemory keeps its place in its queue outside its own state_dict.
MEMORY_STATE = ("embedding_memory", "label_memory", "queue_idx", "has_been_filled")


@dataclass(frozen=True)
class Recipe:
    """How long and how to train; rates are AdamW's."""

    steps: int
    photos_a_step: int = 40
    rate: float = 3e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup_steps: int = 100
    decay_share: float = 0.3  # of the steps, at the end: more steps later only lengthen what comes before
    average_decay: float = 0.998
    temperature: float = 0.05
    memory: int = 4080  # views of earlier steps to tell apart from, at least those of one step
    entropy_weight: float = 3.0
    kinds_weight: float = 5.0
    workers: int = usable_cores()  # processes that edit photos; 0 for none but this one


@dataclass(frozen=True)
class Losses:
    """The losses of one step."""

    step: int
    copies: float
    entropy: float
    kinds: float


def train(
    network: Descriptor, views: Views, kinds: Tensor, recipe: Recipe, checkpoint: Path, every: int = 100
) -> Iterator[Losses]:
    """Train `network`, whose head is CopiesAndKinds, in place, yielding after each step; at the end it is the average.

    `kinds`, unit float32[photos, D2], says where the second part of each photo's vector belongs, however it is edited.
    The state is saved to `checkpoint` after `every` steps and at the end; if that file is there, training goes on
    from it.
    """
    head = network.head
    assert isinstance(head, CopiesAndKinds)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    # On a CPU this order is three times as fast for depthwise convolutions; torch's types do not know the argument.
    cast(Any, network).to(device, memory_format=torch.channels_last).train()
    kinds = kinds.to(device)
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.average_decay))
    backbone = [weight for weight in network.backbone.parameters() if weight.requires_grad]
    others = [*network.pooling.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(
        [
            {"params": backbone, "lr": recipe.rate, "weight_decay": recipe.weight_decay},
            {"params": others, "lr": recipe.head_rate, "weight_decay": 0.0},
        ]
    )
    schedule = LambdaLR(optimizer, partial(_share_of_rate, recipe))
    memory = CrossBatchMemory(SupConLoss(recipe.temperature), head.copies.out_features, memory_size=recipe.memory)
    parts = {"network": network, "average": average, "optimizer": optimizer, "schedule": schedule}
    done = _resume(checkpoint, parts, memory) if checkpoint.exists() else 0
    todo = range(done, recipe.steps)
    for step, (pixels, numbers) in zip(todo, batches(views, recipe.photos_a_step, todo, recipe.workers), strict=True):
        numbers = numbers.to(device)
        copies, kind = head.parts(network.pooled(pixels.to(device)))
        losses = memory(copies, numbers), entropy_loss(copies, numbers), direction_loss(kind, kinds[numbers])
        optimizer.zero_grad()
        (losses[0] + recipe.entropy_weight * losses[1] + recipe.kinds_weight * losses[2]).backward()
        optimizer.step()
        schedule.step()
        average.update_parameters(network)
        if (step + 1) % every == 0 or step + 1 == recipe.steps:
            _save(checkpoint, step + 1, parts, memory)
        yield Losses(step + 1, *(float(loss.detach()) for loss in losses))
    network.load_state_dict(average.module.state_dict())
    network.cpu().eval()


def _share_of_rate(recipe: Recipe, step: int) -> float:
    """Rise for the warm-up, stay, and fall straight to zero over the last `decay_share` of the steps."""
    left = (recipe.steps - step) / max(1.0, recipe.decay_share * recipe.steps)
    return min(1.0, (step + 1) / recipe.warmup_steps, max(0.0, left))


def _save(checkpoint: Path, step: int, parts: dict[str, Any], memory: Any) -> None:
    state = {name: part.state_dict() for name, part in parts.items()}
    state |= {"step": step, "memory": {name: getattr(memory, name) for name in MEMORY_STATE}}
    partial_file = checkpoint.with_suffix(".partial")
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, partial_file)
    os.replace(partial_file, checkpoint)


def _resume(checkpoint: Path, parts: dict[str, Any], memory: Any) -> int:
    """Load what _save wrote and return the number of steps done."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    for name in MEMORY_STATE:
        setattr(memory, name, state["memory"][name])
    return state["step"]
