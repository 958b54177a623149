"""When and where photos were taken, as further components of their descriptors: a help that is soft and bounded.

Photos of one hour or one place come nearer to each other by SHARE at most, whatever they show, and those without a time
or a place stay as near as they are. The components are random Fourier features of a Gaussian kernel (Rahimi and Recht,
2007), so that photos of no common time or place are neither nearer nor farther for it.
"""

import numpy as np
from numpy.typing import NDArray

from photosearch.find.clusters.ward import Floats

SHARE = 0.1  # of the score, of a common time, and of a common place; Holidays with times made up: see the benchmark
HOUR_S = 3_600.0  # between photos of one occasion
PLACE_KM = 0.2
EARTH_KM = 6_371.0
FREQUENCIES = 16
COMPONENTS = 4 * FREQUENCIES  # a sine and a cosine each, of time and of place
STEP = 5_000  # photos at a time

Facts = NDArray[np.float64]  # [n,3]: seconds, latitude and longitude in degrees; NaN where they are not known


def add_occasions(vectors: Floats, facts: Facts) -> None:
    """Fill the last COMPONENTS of float32[n,d] vectors, of which the others have unit length; in place."""
    chance = np.random.default_rng(0)
    in_time = chance.standard_normal((1, FREQUENCIES)) / HOUR_S
    in_space = chance.standard_normal((3, FREQUENCIES)) * (EARTH_KM / PLACE_KM)
    for start in range(0, len(vectors), STEP):
        some = vectors[start : start + STEP]
        seconds, degrees = np.split(facts[start : start + STEP], [1], axis=1)
        north, east = np.radians(degrees).T
        on_earth = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
        some[:, -COMPONENTS:] = np.hstack([_features(seconds @ in_time), _features(on_earth @ in_space)])
        some /= np.linalg.norm(some, axis=1, keepdims=True)


def _features(phases: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of squared length SHARE each; 0 where nothing is known."""
    waves = np.hstack([np.cos(phases), np.sin(phases)]) * (SHARE / FREQUENCIES) ** 0.5
    return np.nan_to_num(waves)
