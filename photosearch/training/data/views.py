"""The views of photos that a network learns from, made ahead of it in other processes."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from photosearch.errors import PhotosearchError
from photosearch.training.augmentations.augment import MIXES, make_augmentation
from photosearch.training.data.cache import Cache

Pixels = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Step = tuple[int, Numbers]  # its number, and the photos that it sees

AHEAD = 4  # steps


class MakeViews(Protocol):
    """The maker of the views of a step; it travels to other processes."""

    @property
    def repeated(self) -> int:
        """The number of views of a photo in a step."""
        ...

    def __call__(self, step: int, numbers: Numbers) -> Pixels:
        """uint8[len(numbers) * repeated, S, S, 3], the views of a photo side by side; equal calls give equal views."""
        ...


@dataclass(frozen=True)
class CachedViews:
    """Views of the photos in a cache: what a recipe calls augmentation."""

    cache: Cache
    augment: tuple[str, ...]
    mix: str
    repeated: int
    size: int
    seed: int

    def __call__(self, step: int, numbers: Numbers) -> Pixels:
        photos, change = self.cache.open(), make_augmentation(self.augment, self.size)
        views = [
            change(photos[number], np.random.default_rng((self.seed, step, int(number), view)))
            for number in numbers
            for view in range(self.repeated)
        ]
        pixels = np.stack(views)
        if self.mix in MIXES:  # with another photo each: one view of each photo at a time
            for view in range(self.repeated):
                rng = np.random.default_rng((self.seed, step, view))
                some = torch.from_numpy(pixels[view :: self.repeated])
                pixels[view :: self.repeated] = MIXES[self.mix](some, rng).numpy()
        return pixels


class ViewMakers:
    """Processes that make views ahead; with 0 of them, this one makes each when it is wanted."""

    def __init__(self, make: MakeViews, processes: int) -> None:
        self._make = make
        self._pool = None
        if processes:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(processes, context, _begin, (make,))

    def __enter__(self) -> "ViewMakers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def make(self, steps: Iterable[Step]) -> Iterator[Pixels]:
        """Yield the views of each step."""
        if self._pool is None:
            for step, numbers in steps:
                yield self._make(step, numbers)
            return
        todo = iter(steps)
        try:
            waiting = deque(self._ask(step) for step in islice(todo, AHEAD))
            while waiting:
                views = waiting.popleft().result()
                waiting.extend(self._ask(step) for step in islice(todo, 1))
                yield views
        except BrokenProcessPool as error:
            raise PhotosearchError(
                "A process that makes views of photos ended unexpectedly; is memory short?"
            ) from error

    def _ask(self, step: Step) -> Future[Pixels]:
        assert self._pool
        return self._pool.submit(_answer, *step)


def shuffled(step: int, photos: int, photos_a_step: int, seed: int) -> Step:
    """The photos of a step, where an epoch meets each of them at most once, in an order of its own."""
    epoch, place = divmod(step, max(1, photos // photos_a_step))
    order = np.random.default_rng((seed, epoch)).permutation(photos)
    return step, order[place * photos_a_step : (place + 1) * photos_a_step]


_own: dict[str, Any] = {}


def _begin(make: MakeViews) -> None:
    """Be a process that makes views: it yields to training, leaves Ctrl-C to its parent and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):  # not on Windows; a core taken from training mid-step makes the others wait
        os.nice(19)
    parent = multiprocessing.parent_process()
    assert parent
    threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()
    _own["make"] = make


def _answer(step: int, numbers: Numbers) -> Pixels:
    return _own["make"](step, numbers)
