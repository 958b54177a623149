"""Classifier of two aligned photos: one exposure or two, by measures of their overlap.

A logistic regression on the measures and their products. It was fitted on 2,000 copies of photos after the edits of
training/edits.py, a quarter turn or into a collage, against 588 pairs of frames from fixed webcams, which are the
hardest of all other shots: nothing in them moves but light, clouds, cars and people. benchmarks/edit_classifier.py
fits it anew.
"""

import numpy as np
from numpy.typing import NDArray

# Of coarse and fine detail the correlations' 10 % and 50 %, then how the contrast varies for both, how far the light
# is from one curve of tones at 50 % and 95 %, and the share that has any coarse detail.
CORRELATIONS, SPREADS = 4, 8  # where the measures of a kind end
MEANS = (1.439, 2.440, 1.153, 2.188, -3.034, -2.789, -3.043, -1.230, 0.850)
SCALES = (0.876, 0.669, 0.763, 0.718, 1.442, 1.333, 0.722, 0.757, 0.190)
# Row i: the weights of measure i times the measures from i on; measure 0 is 1.
WEIGHTS = (
    (-0.21, 1.12, 0.16, 0.01, -0.29, -1.96, -1.55, -0.54, -0.24, 1.60),
    (0.76, 0.06, 0.08, -0.60, 0.26, 1.47, -0.29, 0.33, 0.02),
    (0.16, 0.26, -0.08, 0.46, 0.66, 0.22, -0.19, 0.83),
    (0.66, 0.47, 0.14, 0.63, 0.11, 0.81, 0.31),
    (1.26, 0.58, -0.32, 0.48, 0.52, 0.04),
    (1.30, 0.13, -0.03, -0.02, 0.66),
    (1.63, -0.02, -0.86, -0.17),
    (-0.18, -0.07, 0.86),
    (1.46, 0.51),
    (-0.05,),
)
EVIDENT = 0.6  # one of a hundred pairs of webcam frames scores more
EVIDENT_SLANTED = 3.0  # a hand turns and tilts the camera, so of two shots of something flat little else speaks
LEAST_COARSE, LEAST_FINE = 0.5, 0.25  # correlations in the middle; below, the weights were never asked


def is_edit(measures: NDArray[np.float64], slanted: bool) -> bool:
    """True if measures [9] are those of a copy, edited or not; `slanted` where one lies aslant in the other."""
    evident = EVIDENT_SLANTED if slanted else EVIDENT
    return bool(measures[1] >= LEAST_COARSE and measures[3] >= LEAST_FINE and score(measures) > evident)


def score(measures: NDArray[np.float64]) -> float:
    """The logarithm of the odds of a copy, where copies and other shots are as frequent."""
    values = prepare(measures)
    row = np.concatenate([[1.0], np.clip((values - MEANS) / SCALES, -4, 4)])
    return float(sum(row[i] * (row[i:] @ weights) for i, weights in enumerate(WEIGHTS)))


def prepare(measures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measures [...,9] with their distributions near to normal ones."""
    values = measures.copy()
    values[..., :CORRELATIONS] = np.arctanh(np.clip(values[..., :CORRELATIONS], -0.9, 0.995))  # Fisher's z
    values[..., CORRELATIONS:SPREADS] = np.log(np.maximum(values[..., CORRELATIONS:SPREADS], 0.01))
    return values
