"""The density of photos around a photo."""

import numpy as np

from photosearch.find.clusters.ward import Floats

SHARE = 0.5  # of a standard deviation
BLOCK = 20_000  # photos at a time


def crowding(vectors: Floats, sample: Floats) -> Floats:
    """The nearness of photos to others by chance: float32[n], the mean and half the deviation of scores with a sample.

    Among many of its like, a photo must come nearer to one to be of its scene, as in the search for copies, where
    scores are normalised by those of a background (Jégou et al., CVPR 2007; Pizzi et al., CVPR 2022).
    """
    found = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), BLOCK):
        scores = vectors[start : start + BLOCK] @ sample.T
        found[start : start + BLOCK] = scores.mean(axis=1) + SHARE * scores.std(axis=1)
    return np.maximum(found, 0)
