"""The training itself: views in, steps, measurements and checkpoints, until the steps are done or a stop is asked."""

import copy
import hashlib
import math
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from photosearch.errors import PhotosearchError
from photosearch.training.data.dataset import Dataset
from photosearch.training.data.views import Step, ViewMakers
from photosearch.training.networks.descriptor import Descriptor
from photosearch.training.objectives.aim import Views
from photosearch.training.run.batch_sampler import plan_round
from photosearch.training.run.events import Event, Loss, Measured, Progress, StopAsked, paced
from photosearch.training.run.fit import Pace, Run
from photosearch.training.run.network import see
from photosearch.training.run.objective import Teaching
from photosearch.training.run.recipe import Recipe
from photosearch.training.run.validation import Validation

EVERY_S = 30.0  # a checkpoint
REPORT_EVERY_S = 0.1
MEASUREMENTS = 8  # while training
TRIAL_STEPS, TIMED_STEPS = 10, 5  # the first ones run beside the start of the processes that make views


@dataclass
class Learning:
    """A training run under way; `notes` are what a checkpoint tells of it beside the weights."""

    dataset: Dataset
    recipe: Recipe
    pixels: NDArray[np.uint8]  # [N, side, side, 3]
    validation: Validation
    network: Descriptor
    aim: Teaching
    makers: ViewMakers
    checkpoint: Path
    stop: threading.Event
    notes: dict[str, Any]  # what the checkpoint belongs to
    device: Literal["cpu", "cuda"]

    def learn(self, state: dict[str, Any] | None, finish: bool = False) -> Generator[Event, None, Descriptor]:
        """Train from `state`, what a checkpoint held, or from the start; return the best average there was.

        `finish`: take no further step from `state`.

        Raises StopAsked after a checkpoint was written.
        """
        photos = hashlib.sha256(b"".join(self.dataset.digests)).hexdigest()
        if state:
            self.notes = state["notes"]
            if self.notes["photos"] != photos:  # some came or went, so the numbers of the round mean others
                self.notes |= {"photos": photos, "order": [], "begun_at": state["step"]}
        else:
            began = time.monotonic()
            before = yield from self.measure(self.network.eval())
            yield Measured(0, before)
            measuring_s = time.monotonic() - began
            self.notes |= {"photos": photos, "best": None, "round": -1, "order": [], "begun_at": 0, "measured_at": 0}
            self.notes["steps"] = self.recipe.steps or (yield from self._steps_in_time(measuring_s))
        run = Run(self.network, self.aim, pace_of(self.recipe, self.notes["steps"]), self.device)
        if state:
            run.load(state)
            if finish:
                self.notes["steps"] = run.step
        yield from self._train(run)
        best = self.notes["best"]
        run.network.load_state_dict(best["weights"])
        return run.network.cpu().eval()

    def _train(self, run: Run) -> Generator[Event]:
        total, kept_at = self.notes["steps"], time.monotonic()
        began, first, reported = kept_at, run.step, 0.0
        try:
            yield Progress("training", run.step, total)  # it takes a while until the first views are there
            yield from self._measure_if_due(run)  # where the run was stopped before it could be
            while run.step < total:
                steps = yield from self._steps(run)
                for step, pixels in zip(steps, self.makers.make(steps), strict=True):
                    loss = run.take_step(self.views(step, pixels))
                    if not math.isfinite(loss) and not run.is_sound():
                        raise PhotosearchError(
                            "The training diverged: its loss is not a number any more. A recipe with a smaller rate or"
                            " another objective may help."
                        )
                    now = time.monotonic()
                    if math.isfinite(loss) and (now - reported >= REPORT_EVERY_S or run.step == total):
                        reported, pace_s = now, (now - began) / (run.step - first)
                        yield Progress("training", run.step, total, pace_s * (total - run.step))
                        yield Loss(run.step, loss)
                    yield from self._measure_if_due(run)
                    if time.monotonic() - kept_at >= EVERY_S or run.step == total:
                        run.save(self.checkpoint, **self.notes)
                        kept_at = time.monotonic()
                    if self.stop.is_set():
                        raise StopAsked
        except StopAsked:
            run.save(self.checkpoint, **self.notes)
            raise

    def _steps(self, run: Run) -> Generator[Event, None, list[Step]]:
        """The rest of the round that `run` is in, or the next one."""
        notes = self.notes
        if run.step >= notes["begun_at"] + len(notes["order"]):
            vectors = None
            if self.recipe.mining == "clusters":
                vectors = yield from self._see_all(run.average)
            order = plan_round(self.dataset, self.recipe, notes["round"] + 1, vectors)
            notes |= {
                "round": notes["round"] + 1,
                "begun_at": run.step,
                "order": [torch.from_numpy(numbers) for numbers in order],
            }
        places = range(run.step - notes["begun_at"], len(notes["order"]))
        left = notes["steps"] - run.step
        return [(notes["begun_at"] + place, notes["order"][place].numpy()) for place in places[:left]]

    def _see_all(self, network: Descriptor) -> Generator[Event, None, NDArray[np.float32]]:
        """The part that is taught, unit float32[N, D], of all photos that are not held out; of those, zeros."""
        numbers = np.flatnonzero(~self.dataset.held_out)
        parts = yield from paced("measuring", see(network, self.pixels, numbers, self.recipe.training_size), self.stop)
        seen = parts[self.aim.part].numpy()
        vectors = np.zeros((len(self.pixels), seen.shape[1]), np.float32)
        vectors[numbers] = seen
        return vectors

    def views(self, step: Step, pixels: NDArray[np.uint8]) -> Views:
        """The input of a step: its pixels, and their photos."""
        photos = np.repeat(step[1], self.recipe.repeated)
        classes = np.where(self.dataset.held_out, -1, self.dataset.classes)
        return Views(torch.from_numpy(pixels), torch.from_numpy(classes[photos]), torch.from_numpy(photos))

    def _measure_if_due(self, run: Run) -> Generator[Event]:
        """Now and then, and at the end, measure the average, and keep it if it is the best."""
        total, notes = self.notes["steps"], self.notes
        is_due = run.step and (run.step % -(-total // MEASUREMENTS) == 0 or run.step == total)
        if not is_due or notes["measured_at"] == run.step:
            return
        share = yield from self.measure(run.average)
        notes["measured_at"] = run.step
        if notes["best"] is None or share >= notes["best"]["map"]:
            weights = {name: value.detach().cpu().clone() for name, value in run.average.state_dict().items()}
            notes["best"] = {"map": share, "step": run.step, "weights": weights}
        yield Measured(run.step, share)

    def measure(self, network: Descriptor) -> Generator[Progress, None, float]:
        """mAP of the validation, in percent, at the size of the views."""

        def encode(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
            return joined(network, pixels)

        def picture(number: int) -> Image.Image:
            return Image.fromarray(self.pixels[number])

        describing = self.validation.describe(picture, encode, self.recipe.training_size, "squash", threads=1)
        return self.validation.mark(*(yield from paced("measuring", describing, self.stop))).map

    def _steps_in_time(self, measuring_s: float) -> Generator[Progress, None, int]:
        """Estimate the number of steps in the minutes, beside the measurements, by steps of a copy."""
        trial = Run(*copy.deepcopy((self.network, self.aim)), pace_of(self.recipe, TRIAL_STEPS), self.device)
        order = plan_round(self.dataset, self.recipe, 0, None)
        steps = [(number, order[number % len(order)]) for number in range(TRIAL_STEPS)]
        times: list[float] = []
        yield Progress("training", 0, 0)  # of how many is what is found out here
        for step, pixels in zip(steps, self.makers.make(steps), strict=True):
            trial.take_step(self.views(step, pixels))
            times.append(time.monotonic())
            yield Progress("training", 0, 0)
            if self.stop.is_set():
                raise StopAsked
        left = max(0.3 * 60 * self.recipe.minutes, 60 * self.recipe.minutes - MEASUREMENTS * measuring_s)
        return max(1, round(left / float(np.median(np.diff(times)[-TIMED_STEPS:]))))


def pace_of(recipe: Recipe, steps: int) -> Pace:
    """A run of few steps warms up in fewer, and averages over fewer."""
    return Pace(
        steps=steps,
        rate=recipe.rate,
        head_rate=recipe.head_rate,
        power_rate=10 * recipe.rate,
        warmup_steps=min(100, max(1, steps // 10)),
        average_decay=min(0.998, max(0.0, 1 - 20 / steps)),
        seed=recipe.seed,
    )


def joined(network: Descriptor, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The whole vectors, unit float32[B, D], of uint8[B, S, S, 3]."""
    with torch.inference_mode():
        device = next(network.parameters()).device
        return network(torch.from_numpy(pixels).to(device)).float().cpu().numpy()
