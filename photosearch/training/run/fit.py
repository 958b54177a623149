"""Training a network step by step, with everything that a later run needs to go on as if it had not stopped."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import torch
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from photosearch.training.data.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from photosearch.training.networks.descriptor import Descriptor
from photosearch.training.networks.pooling import GeM
from photosearch.training.objectives.aim import Aim, Views


@dataclass(frozen=True)
class Pace:
    """Length and rates of a training; rates are AdamW's."""

    steps: int
    rate: float = 3e-4
    head_rate: float = 1e-3
    power_rate: float = 3e-3  # of GeM's p: ten times the others', as in Radenović, Tolias & Chum, 2018
    weight_decay: float = 0.01
    warmup_steps: int = 100
    decay_share: float = 0.3  # of the steps, at the end: more steps later only lengthen what comes before
    average_decay: float = 0.998
    seed: int = 0

    def share_of_rate(self, step: int) -> float:
        """Rise for the warm-up, stay, and fall straight to zero over the last `decay_share` of the steps."""
        left = (self.steps - step) / max(1.0, self.decay_share * self.steps)
        return min(1.0, (step + 1) / self.warmup_steps, max(0.0, left))


class Run:
    """A network in training, which `take_step` changes in place; `average` is what will be kept of it."""

    def __init__(self, network: Descriptor, aim: Aim, pace: Pace, device: Literal["cpu", "cuda"]) -> None:
        """Move the network and the aim to `device` and begin at step 0."""
        self.device = torch.device(device)
        self.step = 0
        self.pace = pace
        # On a CPU this order is three times as fast for depthwise convolutions; torch's types do not know the argument.
        cast(Any, network).to(self.device, memory_format=torch.channels_last).train()
        self.network, self.aim = network, aim.to(self.device).train()
        self._average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(pace.average_decay))
        self._average.eval()
        backbone = [weight for weight in network.backbone.parameters() if weight.requires_grad]
        powers = [part.p for part in network.pooling.modules() if isinstance(part, GeM)]
        others = [weight for part in (network.pooling, network.head, aim) for weight in part.parameters()]
        rest = [weight for weight in others if weight.requires_grad and all(weight is not power for power in powers)]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": backbone, "lr": pace.rate, "weight_decay": pace.weight_decay},
                {"params": powers, "lr": pace.power_rate, "weight_decay": 0.0},
                {"params": rest, "lr": pace.head_rate, "weight_decay": 0.0},
            ]
        )
        self._schedule = LambdaLR(self._optimizer, pace.share_of_rate)
        # Narrow numbers never on a CPU: bfloat16 there can end in an illegal instruction on virtual machines.
        needs_scale = device == "cuda" and not torch.cuda.is_bf16_supported()
        self._number = torch.float16 if needs_scale else torch.bfloat16
        self._scaler = torch.amp.GradScaler(device, enabled=needs_scale)

    @property
    def average(self) -> Descriptor:
        """The running average of the weights."""
        return cast(Descriptor, self._average.module)

    def take_step(self, views: Views) -> float:
        """Learn from `views` and return the loss; the same step of two runs draws the same random numbers."""
        torch.manual_seed(self.pace.seed * 1_000_003 + self.step)
        views = Views(*(part.to(self.device, non_blocking=True) for part in views))
        with torch.autocast(self.device.type, self._number, enabled=self.device.type == "cuda"):
            loss = self.aim(self.network, self.average, views)
        self._optimizer.zero_grad()
        self._scaler.scale(loss).backward()
        self._scaler.step(self._optimizer)
        self._scaler.update()
        self._schedule.step()
        self._average.update_parameters(self.network)
        self.step += 1
        return float(loss.detach())

    def is_sound(self) -> bool:
        """True if all weights are numbers still."""
        return all(bool(weight.isfinite().all()) for weight in self.network.parameters())

    def finish(self) -> Descriptor:
        """The network, with the average of its weights, on the CPU and no longer in training."""
        self.network.load_state_dict(self.average.state_dict())
        return self.network.cpu().eval()

    def save(self, file: Path, **notes: Any) -> None:
        """Write the state, and what else `notes` say of it, in one step."""
        state = {name: part.state_dict() for name, part in self._parts().items()}
        write_state(file, {**state, "step": self.step, "notes": notes})

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state that `read_state` gave."""
        for name, part in self._parts().items():
            part.load_state_dict(state[name])
        self.step = state["step"]

    def _parts(self) -> dict[str, Any]:
        return {
            "network": self.network,
            "average": self._average,
            "aim": self.aim,
            "optimizer": self._optimizer,
            "schedule": self._schedule,
            "scaler": self._scaler,
        }


def write_state(file: Path, state: dict[str, Any]) -> None:
    """Write `state` in one step; raises OSError, and leaves what there was, if the disk is full."""
    written = io.BytesIO()  # torch's own writing hides that a disk is full
    torch.save(state, written)
    write_checkpoint(file, Checkpoint(written.getbuffer(), state["step"], state.get("notes", {}).get("key")))


def read_state(file: Path) -> dict[str, Any] | None:
    """Read the file of `Run.save`, its notes under "notes"; None if there is none, or it is damaged."""
    checkpoint = read_checkpoint(file)
    if checkpoint is None:
        return None
    try:
        state = torch.load(io.BytesIO(checkpoint.content), map_location="cpu", weights_only=True)
    except Exception:  # whatever another version of torch may say of it
        return None
    return state if isinstance(state, dict) and isinstance(state.get("notes"), dict) else None
