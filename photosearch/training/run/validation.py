"""Validation: held-out photos search for those of their label, by the same queries before and after training."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.bundle import Resize
from photosearch.encode.preprocess import fit
from photosearch.errors import QueryError
from photosearch.find.evaluation import average_precision
from photosearch.models import Quality
from photosearch.training.augmentations.edits import edit
from photosearch.training.data.dataset import Dataset
from photosearch.training.reranking import RERANKINGS

MOST = 1500  # photos to search among
CHUNK = 16

Encode = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Validation:
    """Q questions among N photos: which are of the class of the one that asks?"""

    photos: NDArray[np.int64]  # [N], their numbers in the dataset
    asking: NDArray[np.int64]  # [Q], places in `photos`
    classes: NDArray[np.int64]  # [N]
    names: Sequence[str]  # of the classes
    edited: bool  # whether an edit of a photo asks for that photo, where there are no labels
    rerank: str

    def describe(
        self,
        picture: Callable[[int], Image.Image],
        encode: Encode,
        size: int,
        resize: Resize,
        threads: int,
    ) -> Generator[tuple[int, int], None, tuple[Vectors, Vectors]]:
        """Return queries [Q, D] and what is searched [N, D]; yields how many photos of how many are described.

        `picture` gives a photo by its number in the dataset.
        """
        asked: list[tuple[int, bool]] = [(place, True) for place in self.asking] if self.edited else []
        todo = [*((place, False) for place in range(len(self.photos))), *asked]
        chunks = [todo[start : start + CHUNK] for start in range(0, len(todo), CHUNK)]

        def describe(chunk: list[tuple[int, bool]]) -> Vectors:
            photos = [self._picture(picture, place, changed) for place, changed in chunk]
            return encode(np.stack([fit(photo, size, resize) for photo in photos]))

        found: list[Vectors] = []
        yield 0, len(todo)
        with ThreadPoolExecutor(threads) as pool:
            for number, vectors in enumerate(pool.map(describe, chunks), 1):
                found.append(vectors)
                yield min(number * CHUNK, len(todo)), len(todo)
        rows = np.concatenate(found)
        searched = rows[: len(self.photos)]
        return (rows[len(self.photos) :] if self.edited else searched[self.asking]), searched

    def _picture(self, picture: Callable[[int], Image.Image], place: int, changed: bool) -> Image.Image:
        number = int(self.photos[place])
        photo = picture(number)
        return edit(photo, np.random.default_rng((3, number))) if changed else photo

    def mark(self, queries: Vectors, searched: Vectors) -> Quality:
        """mAP by the trapezoid rule and recall@1 of the ranks that the vectors give, re-ranked if that is asked for."""
        if self.rerank == "none":
            ranks = np.argsort(-(queries @ searched.T), axis=1, kind="stable")
        else:
            ranks = RERANKINGS[self.rerank](queries, searched)
        precisions, firsts = [], []
        for query, order in zip(self.asking, ranks, strict=True):
            if not self.edited:
                order = order[order != query]  # a photo does not find itself
            right = np.flatnonzero(self.classes[order] == self.classes[query])
            precisions.append(average_precision(right))
            firsts.append(right[0] == 0)
        by_class = self.classes[self.asking]
        labels = {
            name: _percent(np.array(precisions)[by_class == number])
            for number, name in enumerate(self.names)
            if (by_class == number).any()
        }
        return Quality(_percent(precisions), _percent(firsts), labels)


def plan_validation(dataset: Dataset, rerank: str) -> Validation:
    """Held-out photos ask among all that have a label; where there are no labels, edits of them ask for themselves.

    Raises QueryError if none of them has an answer.
    """
    if not dataset.names:
        photos = np.flatnonzero(dataset.held_out)
        places = np.arange(len(photos))
        return Validation(photos, places, places, (), True, rerank)
    labelled = np.flatnonzero((dataset.classes >= 0) & (dataset.classes < len(dataset.names)))
    if len(labelled) > MOST:  # the numbers are in an order that chance made
        held_out = labelled[dataset.held_out[labelled]][: MOST // 3]
        others = labelled[~dataset.held_out[labelled]]
        asked_for = np.isin(dataset.classes[others], dataset.classes[held_out])
        others = np.concatenate([others[asked_for], others[~asked_for]])
        labelled = np.union1d(held_out, others[: MOST - len(held_out)])
    classes = dataset.classes[labelled]
    answered = np.bincount(classes, minlength=len(dataset.names)) > 1
    asking = np.flatnonzero(dataset.held_out[labelled] & answered[classes])
    if not len(asking):
        raise QueryError("No held-out photo shares a label with another photo, so nothing can be measured.")
    return Validation(labelled, asking, classes, dataset.names, False, rerank)


def _percent(shares: Sequence[float] | NDArray[np.floating] | NDArray[np.bool_]) -> float:
    return round(100 * float(np.mean(shares)), 2)
