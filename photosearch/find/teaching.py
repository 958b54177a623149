"""How much better a metric finds photos of a label: each labelled photo is asked about by one that has not seen it."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.evaluation import average_precision
from photosearch.find.metric import Metric, learn_map

FOLDS = 5
LEAST_ASKED = 10  # photos, below which nothing can be told
SURE = 2.0  # standard errors that a gain must exceed

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Examples:
    """Rows float32[n,D] to learn from: the first `labelled` carry a label, and are asked about.

    `classes` int64[n] say what belongs together, labels first; `rejected` int64[r,2] are rows that do not.
    """

    vectors: Floats
    classes: Ints
    rejected: Ints
    labelled: int


class Found(NamedTuple):
    """The average precision float64[n] of rows that ask for the others of their class, and whether the first is one.

    NaN and False for a row that is alone in its class.
    """

    precisions: NDArray[np.float64]
    firsts: NDArray[np.bool_]


@dataclass(frozen=True)
class Check:
    """What labelled photos find by their descriptors, and by metrics that have not seen them or others of their scene.

    `scenes` int64[n] number the scenes.
    """

    before: Found
    after: Found
    scenes: Ints

    @property
    def asked(self) -> NDArray[np.bool_]:
        """The rows that asked."""
        return ~np.isnan(self.before.precisions)

    @property
    def is_told(self) -> bool:
        """True if so many asked that something can be told."""
        return int(self.asked.sum()) >= LEAST_ASKED

    @property
    def gain(self) -> float:
        """Of average precision, over all that asked."""
        gains = (self.after.precisions - self.before.precisions)[self.asked]
        return float(gains.mean()) if len(gains) else 0.0

    @property
    def is_better(self) -> bool:
        """True if the gain, by scenes, is more than chance makes."""
        gains = (self.after.precisions - self.before.precisions)[self.asked]
        scenes = np.unique(self.scenes[self.asked], return_inverse=True)[1]
        by_scene = np.bincount(scenes, gains) / np.bincount(scenes) if len(scenes) else np.zeros(1)
        error = float(by_scene.std(ddof=1)) / len(by_scene) ** 0.5 if len(by_scene) > 1 else np.inf
        return self.is_told and float(by_scene.mean()) > max(SURE * error, 0.0)


def check(examples: Examples, mean: Floats, scene: float) -> Generator[int, None, Check]:
    """Learn FOLDS metrics, each from the other scenes, and compare; yields how many are done.

    `scene` is the cosine from which on two photos of a class show one scene.
    """
    labelled, classes = examples.vectors[: examples.labelled], examples.classes[: examples.labelled]
    scenes = _scenes_of(labelled, classes, scene)
    folds = np.random.default_rng(0).permutation(int(scenes.max(initial=-1)) + 1)[scenes] % FOLDS
    everything = np.arange(len(labelled))
    before = _find(labelled, classes, everything)
    after = Found(np.full(len(labelled), np.nan), np.zeros(len(labelled), bool))
    for fold in range(FOLDS):
        yield fold
        asking = np.flatnonzero(folds == fold)
        learned = np.ones(len(examples.vectors), bool)
        learned[asking] = False
        place = np.cumsum(learned) - 1
        apart = examples.rejected[learned[examples.rejected].all(axis=1)]
        found = learn_map(examples.vectors[learned], examples.classes[learned], place[apart])
        placed = Metric(mean, found, np.zeros((2, 0), np.float32)).transform(labelled)
        for told, whole in zip(_find(placed, classes, asking), after, strict=True):
            whole[asking] = told
    yield FOLDS
    return Check(before, after, scenes)


def _find(vectors: Floats, classes: Ints, asking: Ints) -> Found:
    precisions, firsts = np.full(len(asking), np.nan), np.zeros(len(asking), bool)
    for place, row in enumerate(asking.tolist()):
        order = np.argsort(-(vectors @ vectors[row]), kind="stable")
        right = np.flatnonzero(classes[order[order != row]] == classes[row])
        if len(right):
            precisions[place], firsts[place] = average_precision(right), right[0] == 0
    return Found(precisions, firsts)


def _scenes_of(vectors: Floats, classes: Ints, scene: float) -> Ints:
    """A number for each row: the same where chains of photos of one class and scene join them."""
    scenes, number = np.empty(len(vectors), np.int64), 0
    for each in np.unique(classes):
        left = np.flatnonzero(classes == each)
        while len(left):
            front, left = left[:1], left[1:]
            while len(front):
                scenes[front] = number
                joins = (vectors[left] @ vectors[front].T >= scene).any(axis=1)
                front, left = left[joins], left[~joins]
            number += 1
    return scenes
