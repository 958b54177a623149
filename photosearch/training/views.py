"""The views of photos that a network learns from: each photo plain and edited, in an order that a seed fixes."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from photosearch.encode.preprocess import fit
from photosearch.errors import FolderError
from photosearch.training.edits import edit
from photosearch.training.photos import load_photo, reframe

Batch = tuple[Tensor, Tensor]

QUARTER_TURNS = 0.1  # of the hard views


@dataclass(frozen=True)
class Views(Dataset[Batch]):
    """Item (step, number) is uint8[1 + edited, S, S, 3], photo `number` plain and then edited, and int64[1 + edited].

    The second tensor repeats the number.
    """

    photos: Sequence[Path]
    edited: int
    size: int
    seed: int
    hard_from: int  # the step from which on views are cut and edited harder

    def __getitem__(self, item: tuple[int, int]) -> Batch:
        step, number = item
        rng = np.random.default_rng((self.seed, step, number))
        photo = load_photo(self.photos[number])
        if photo is None:
            raise FolderError(f"“{self.photos[number]}” cannot be read any more.")
        change = _change_hard if step >= self.hard_from else _change
        views = [photo, *(change(photo, rng) for _ in range(self.edited))]
        pixels = np.stack([fit(view, self.size, "squash") for view in views])
        return torch.from_numpy(pixels), torch.full((len(views),), number)


def batches(views: Views, photos_a_step: int, steps: range, workers: int) -> Iterator[Batch]:
    """Yield a batch for each of `steps`, views of `photos_a_step` photos; an epoch meets every photo at most once.

    What a step sees depends on its number and the seed alone, so a run that resumes goes on as if it had not stopped.
    """
    workers = workers if steps else 0  # a finished run starts no processes
    order = [_photos_of(step, len(views.photos), photos_a_step, views.seed) for step in steps]
    loader: DataLoader[Batch] = DataLoader(
        views,
        batch_sampler=order,
        num_workers=workers,
        collate_fn=_join,
        multiprocessing_context="spawn" if workers else None,
        prefetch_factor=4 if workers else None,
        worker_init_fn=_yield_to_training,
    )
    return iter(loader)


def _change(photo: Image.Image, rng: np.random.Generator) -> Image.Image:
    return edit(photo if rng.integers(2) else reframe(photo, rng), rng)


def _change_hard(photo: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A part as another photo of the scene might show it, upright or across, sometimes turned, edited up to thrice."""
    if rng.random() < QUARTER_TURNS:
        photo = photo.transpose(Image.Transpose.ROTATE_90 if rng.integers(2) else Image.Transpose.ROTATE_270)
    return edit(reframe(photo, rng, least_area=0.15, most_aspect=2), rng, most=3)


def _yield_to_training(worker: int) -> None:
    """Let the processes that edit run when training does not: a core taken from it mid-step makes the others wait."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(19)


def _photos_of(step: int, photos: int, photos_a_step: int, seed: int) -> list[tuple[int, int]]:
    epoch, place = divmod(step, max(1, photos // photos_a_step))
    order = np.random.default_rng((seed, epoch)).permutation(photos)
    return [(step, int(number)) for number in order[place * photos_a_step : (place + 1) * photos_a_step]]


def _join(items: list[Batch]) -> Batch:
    pixels, numbers = zip(*items, strict=True)
    return torch.cat(pixels), torch.cat(numbers)
