"""Each objective of training, briefly, on the same small labelled set: mAP of held-out photos before and after.

    python -m benchmarks.losses [FOLDER] [--steps N] [--size PIXELS] [--objective NAME …] [--start NAME]

FOLDER has a sub-folder of photos for each label; without it, pictures are drawn whose label is their kind of shape.
`sscd` teaches to tell copies apart and not kinds, so it is measured by that: edits of held-out photos ask for these.
Target: every objective improves. `distill` keeps what was, so from it no more is asked than to lose nothing.
"""

import argparse
import io
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.machine import tell_machine, verdict
from photosearch.training.data.cache import Cache, fill_cache, side_of
from photosearch.training.data.dataset import Dataset
from photosearch.training.data.views import CachedViews, ViewMakers
from photosearch.training.networks.descriptor import CopiesAndKinds
from photosearch.training.objectives.losses import OBJECTIVES
from photosearch.training.photos import load_photo
from photosearch.training.run.events import Measured
from photosearch.training.run.learn import Learning
from photosearch.training.run.network import DEFAULT, build_network, see
from photosearch.training.run.objective import make_aim
from photosearch.training.run.recipe import NAMES, Recipe
from photosearch.training.run.validation import plan_validation

SHAPES, PICTURES_A_SHAPE = 8, 20
HELD_OUT = 0.4
TOLERANCE = 0.5  # points of mAP that `distill` may lose

Result = TypeVar("Result")


def draw(shape: int, seed: int) -> Image.Image:
    """A picture with four polygons of 3 + `shape` corners, of any colour and place, on any ground."""
    rng = np.random.default_rng((shape, seed))
    picture = Image.fromarray(rng.integers(0, 256, (3, 3, 3), np.uint8)).resize((256, 192), Image.Resampling.BICUBIC)
    brush = ImageDraw.Draw(picture)
    for _ in range(4):
        x, y, radius = rng.uniform((40, 40, 20), (216, 152, 40))
        colour = tuple(rng.integers(0, 256, 3).tolist())
        brush.regular_polygon((x, y, radius), 3 + shape, int(rng.integers(360)), colour)
    return picture


def collect(folder: Path | None) -> tuple[list[Image.Image], list[int], list[str]]:
    """Pictures, the class of each, and the names of the classes."""
    if folder is None:
        pairs = [(draw(shape, seed), shape) for shape in range(SHAPES) for seed in range(PICTURES_A_SHAPE)]
        return (
            [picture for picture, _ in pairs],
            [shape for _, shape in pairs],
            [f"{3 + n} corners" for n in range(SHAPES)],
        )
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    found = [
        (load_photo(path), label) for label, name in enumerate(names) for path in sorted((folder / name).iterdir())
    ]
    read = [(picture, label) for picture, label in found if picture]
    return [picture for picture, _ in read], [label for _, label in read], names


def make_dataset(classes: Sequence[int], names: list[str]) -> Dataset:
    rng = np.random.default_rng(0)
    digests = [number.to_bytes(4, "big") for number in range(len(classes))]
    return Dataset(
        photo_ids=list(range(len(classes))),
        digests=digests,
        classes=np.array(classes, np.int64),
        names=names,
        held_out=rng.random(len(classes)) < HELD_OUT,
        rejected=np.empty((0, 2), np.int64),
        left_out={},
    )


def without_labels(dataset: Dataset) -> Dataset:
    return replace(dataset, classes=np.full(len(dataset.classes), -1), names=[])


def consume(job: Generator[object, None, Result], curve: list[float] | None = None) -> Result:
    """Run a job to its end and return its result; what it measures goes to `curve`."""
    while True:
        try:
            event = next(job)
        except StopIteration as end:
            return end.value
        if curve is not None and isinstance(event, Measured):
            curve.append(event.map)


def train(recipe: Recipe, dataset: Dataset, cache: Cache, folder: Path) -> list[float]:
    """The curve of mAP on held-out photos, before training first."""
    network = build_network(recipe, DEFAULT, recipe.training_size).eval()
    pooled = not isinstance(network.head, CopiesAndKinds)
    numbers = np.arange(len(dataset.digests))
    start = consume(see(network, cache.open(), numbers, recipe.training_size, pooled=pooled))
    aim = make_aim(recipe, dataset, network, start)
    make = CachedViews(cache, recipe.augment, recipe.mix, recipe.repeated, recipe.training_size, recipe.seed)
    with ViewMakers(make, 0) as makers:
        learning = Learning(
            dataset, recipe, cache.open(), plan_validation(dataset, "none"), network, aim, makers,
            folder / "checkpoint.pt", threading.Event(), {}, "cpu",
        )  # fmt: skip
        curve: list[float] = []
        consume(learning.learn(None), curve)
    return curve


def main() -> None:
    """Print a line for each objective."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--size", type=int, default=112)
    parser.add_argument("--start", choices=NAMES["start"], default="encoder")
    parser.add_argument("--objective", nargs="+", choices=OBJECTIVES, default=list(OBJECTIVES))
    options = parser.parse_args()
    tell_machine()
    pictures, classes, names = collect(options.folder)
    dataset = make_dataset(classes, names)
    recipe = Recipe(start=options.start, steps=options.steps, training_size=options.size, photos_a_step=24)
    print(
        f"{len(pictures)} pictures of {len(names)} labels, {int(dataset.held_out.sum())} held out,"
        f" {options.steps} steps"
    )

    def jpeg(number: int) -> bytes:
        file = io.BytesIO()
        pictures[number].save(file, "JPEG", quality=92)
        return file.getvalue()

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        cache = consume(fill_cache(folder, side_of(recipe.training_size), dataset.digests, jpeg))
        for name in options.objective:
            began = time.perf_counter()
            if name == "sscd":
                copies = replace(recipe, objective=name, augment=(*recipe.augment, "edits"))
                before, *curve = train(copies, without_labels(dataset), cache, folder)
            else:
                before, *curve = train(replace(recipe, objective=name), dataset, cache, folder)
            least = before - TOLERANCE if name == "distill" else before
            seconds = time.perf_counter() - began
            print(
                f"{name:18} mAP {before:5.1f} → {max(curve):5.1f} (last {curve[-1]:5.1f}) in {seconds:4.0f} s:"
                f" {verdict(max(curve) > least)}", flush=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()
