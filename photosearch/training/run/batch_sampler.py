"""Which photos meet in the steps of training, round by round; a round's order is fixed when it begins."""

import numpy as np
from numpy.typing import NDArray

from photosearch.training.data.dataset import Dataset
from photosearch.training.objectives.mining import balanced, mine, neighbourhoods, with_pairs
from photosearch.training.run.recipe import Recipe

Numbers = NDArray[np.int64]

PHOTOS_A_CLASS = 4
OTHERS_SHARE = 0.25  # of a step's photos are such as have no label, for the encoder to stay what it was for them
LEAST_STEPS = 50  # of a round


def plan_round(dataset: Dataset, recipe: Recipe, number: int, vectors: NDArray[np.float32] | None) -> list[Numbers]:
    """The photos of each step of round `number`, by their numbers in the dataset; the same round gives the same.

    `vectors`, unit float32[N, D], are what the network makes of all photos now, where the recipe mines by clusters.
    """
    rng = np.random.default_rng((recipe.seed, number))
    if not dataset.names:
        return _self_taught(dataset, recipe, rng, vectors)
    classes = np.where(dataset.held_out, -1, dataset.classes)
    others = dataset.others if recipe.keep else dataset.others[:0]
    beside = min(len(others), round(OTHERS_SHARE * recipe.photos_a_step))
    room = recipe.photos_a_step - beside
    if vectors is None:
        count = len(np.unique(classes[classes >= 0]))
        classes_a_step = max(2, min(count, room // PHOTOS_A_CLASS))
        steps: list[Numbers] = []
        while len(steps) < LEAST_STEPS:
            steps += balanced(classes, classes_a_step, room // classes_a_step, rng)
    else:
        steps = mine(vectors, classes, room, rng)
    steps = with_pairs(steps, dataset.rejected, rng)
    return [np.concatenate([step, rng.choice(others, beside, replace=False)]) for step in steps]


def _self_taught(
    dataset: Dataset, recipe: Recipe, rng: np.random.Generator, vectors: NDArray[np.float32] | None
) -> list[Numbers]:
    learned = np.flatnonzero(~dataset.held_out)
    if vectors is not None:
        return [learned[step] for step in neighbourhoods(vectors[learned], recipe.photos_a_step, rng)]
    size = min(recipe.photos_a_step, len(learned))
    steps: list[Numbers] = []
    while len(steps) < LEAST_STEPS:
        order = rng.permutation(learned)
        steps += [order[start : start + size] for start in range(0, len(order) - size + 1, size)]
    return steps
