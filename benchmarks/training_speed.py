"""The speed of training, beside a bare loop of the same network, size and optimiser on views in memory.

    python -m benchmarks.training_speed [--steps N] [--size PIXELS]

Target: the real loop, with its views, losses and average, makes at least 0.8 of the bare loop's views a second.
"""

import argparse
import io
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from benchmarks.losses import consume, draw, make_dataset
from benchmarks.machine import tell_machine, verdict
from photosearch.settings import usable_cores
from photosearch.training.data.cache import fill_cache, side_of
from photosearch.training.data.views import CachedViews, ViewMakers
from photosearch.training.run.batch_sampler import plan_round
from photosearch.training.run.fit import Run
from photosearch.training.run.learn import Learning, pace_of
from photosearch.training.run.network import DEFAULT, build_network, see
from photosearch.training.run.objective import make_aim
from photosearch.training.run.recipe import Recipe
from photosearch.training.run.validation import plan_validation

LABELS, PICTURES_A_LABEL = 6, 12
WARM_UP = 3  # steps, while the processes start
TARGET = 0.8


def bare_step(network: torch.nn.Module, optimizer: torch.optim.Optimizer, pixels: torch.Tensor) -> float:
    """One step on a loss that costs nothing; return the seconds it took."""
    began = time.perf_counter()
    vectors = network(pixels)
    optimizer.zero_grad()
    vectors[:, 0].sum().backward()
    optimizer.step()
    return time.perf_counter() - began


def main() -> None:
    """Print views a second of both loops, one after the other, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--size", type=int, default=Recipe.training_size)
    options = parser.parse_args()
    tell_machine()
    recipe = replace(Recipe(), training_size=options.size)
    dataset = make_dataset([number % LABELS for number in range(LABELS * PICTURES_A_LABEL)], list("abcdef"))

    def jpeg(number: int) -> bytes:
        file = io.BytesIO()
        draw(number % LABELS, number).save(file, "JPEG")
        return file.getvalue()

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        cache = consume(fill_cache(folder, side_of(recipe.training_size), dataset.digests, jpeg))
        network = build_network(recipe, DEFAULT, recipe.training_size)
        start = consume(see(network.eval(), cache.open(), np.arange(len(dataset.digests)), recipe.training_size))
        run = Run(network, make_aim(recipe, dataset, network, start), pace_of(recipe, 1000), "cpu")
        bare = build_network(recipe, DEFAULT, recipe.training_size).to(memory_format=torch.channels_last).train()
        optimizer = torch.optim.AdamW([weight for weight in bare.parameters() if weight.requires_grad], 1e-6)
        order = plan_round(dataset, recipe, 0, None)
        jobs = [(step, order[step % len(order)]) for step in range(WARM_UP + options.steps)]
        make = CachedViews(cache, recipe.augment, recipe.mix, recipe.repeated, recipe.training_size, recipe.seed)
        real_s: list[float] = []
        with ViewMakers(make, max(1, usable_cores() - 1)) as makers:
            learning = Learning(
                dataset, recipe, cache.open(), plan_validation(dataset, "none"), network, run.aim, makers,
                folder / "checkpoint.pt", threading.Event(), {}, "cpu",
            )  # fmt: skip
            made, views = makers.make(jobs), 0
            for job in jobs:
                began = time.perf_counter()
                pixels = next(made)
                run.take_step(learning.views(job, pixels))
                real_s.append(time.perf_counter() - began)
                views = len(pixels)
            bare_s = [bare_step(bare, optimizer, torch.from_numpy(pixels)) for _ in jobs]
    real, plain = (views / statistics.median(seconds[WARM_UP:]) for seconds in (real_s, bare_s))
    print(f"training: {real:.1f} views/s, bare loop: {plain:.1f} views/s, of {views} views at {options.size} px")
    print(f"ratio {real / plain:.2f} (target {TARGET}): {verdict(real / plain >= TARGET)}")


if __name__ == "__main__":
    main()
