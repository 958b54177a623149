"""The relations between the photos of a training, and the choice of those that meet in a step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from photosearch.training.data.views import shuffled

Numbers = NDArray[np.int64]
PAIRED = 0.2  # of the photos of a step, those that come with another shot of their scene


class Relations(NamedTuple):
    """Of N photos: pairs of one scene [P, 2], the scene of each pair [P], families [N] and places [N].

    Photos of one family are not told apart as pictures, those of one place not as scenes.
    """

    pairs: Numbers
    scenes: Numbers
    families: Numbers
    places: Numbers


def relate(families: Numbers, pairs: Numbers, scenes: Numbers, shots: Numbers, cameras: Numbers) -> Relations:
    """Add pairs that were mined, `shots` [P, 2] of one scene and frames [P, 2] of fixed `cameras`, minutes apart.

    Frames are other pictures, so of two families, but of one place.
    """
    own = _joined(families, np.concatenate([pairs, shots]))
    places = _joined(own, cameras)
    mined = np.concatenate([shots, cameras])
    of_mined = scenes.max(initial=-1) + 1 + places[mined[:, 0]]
    return Relations(np.concatenate([pairs, mined]), np.concatenate([scenes, of_mined]), own, places)


def meet(step: int, relations: Relations, photos_a_step: int, seed: int) -> tuple[Numbers, Numbers]:
    """The photos of a step, and a number for each that two shots of one scene share: int64[P] both.

    Pairs come from a scene at random each, the rest in epochs that meet each photo at most once.
    """
    rng = np.random.default_rng((seed, step))
    pairs = _draw_pairs(relations, round(photos_a_step * PAIRED / 2), rng)
    rest = photos_a_step - pairs.size
    _, alone = shuffled(step, len(relations.families), rest, seed)
    numbers = np.concatenate([pairs.ravel(), alone])
    return numbers, np.concatenate([np.repeat(np.arange(len(pairs)), 2), len(pairs) + np.arange(len(alone))])


def _draw_pairs(relations: Relations, count: int, rng: np.random.Generator) -> Numbers:
    scenes, places = np.unique(relations.scenes, return_inverse=True)
    by_scene = np.split(np.argsort(places, kind="stable"), np.cumsum(np.bincount(places))[:-1])
    chosen = rng.permutation(len(scenes))[:count]
    pairs = [relations.pairs[rng.choice(by_scene[scene])] for scene in chosen]
    return np.array(pairs, np.int64).reshape(-1, 2)


def _joined(labels: Numbers, pairs: Numbers) -> Numbers:
    """Labels [N] after those that a pair of photos connects became one."""
    count = int(labels.max(initial=-1)) + 1
    ends = labels[pairs]
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.int64)[labels]
