"""Learning what an encoder's scores mean, from photos without labels."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.linear_model import LogisticRegression

from photosearch.encode.calibration import Calibration, Curve
from photosearch.encode.encoder import Encoder
from photosearch.errors import EncoderError
from photosearch.training.edits import EDITS, edit
from photosearch.training.photos import load_photo, reframe
from photosearch.training.quality import encode_pictures

SEED = 2
AMONG_NEAREST = 5  # photos nearest to one are taken for its kind


def calibrate(encoder: Encoder, photos: Sequence[Path]) -> Calibration:
    """Fit the three curves on files `photos`, which the encoder did not learn from; raises EncoderError if none fits.

    Each curve parts pairs that have the relation from the nearest pairs that do not: a photo and an edit of it, or two
    framings of it in other light, from the photo and the other photo nearest to the edit; a photo and those nearest to
    it from a photo and any other.
    """
    pictures = [photo for path in photos if (photo := load_photo(path))]
    rng = np.random.default_rng(SEED)
    plain = encode_pictures(encoder, pictures)
    edits = encode_pictures(encoder, [edit(picture, rng) for picture in pictures])
    shots = [encode_pictures(encoder, [_shoot(picture, rng) for picture in pictures]) for _ in range(2)]
    others = plain @ plain.T
    np.fill_diagonal(others, -1)
    return Calibration(
        same_picture=_curve(_cosines(plain, edits), _nearest_other(edits, plain)),
        same_scene=_curve(_cosines(*shots), _nearest_other(shots[0], plain)),
        same_kind=_curve(np.sort(others, axis=1)[:, -AMONG_NEAREST:].ravel(), others[np.triu_indices(len(plain), 1)]),
    )


def _shoot(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A stand-in for another shot of the scene: from another side, framed otherwise, in other light."""
    for change in (EDITS["tilt"], reframe, EDITS["light"], EDITS["colour"]):
        picture = change(picture, rng)
    return picture


def _cosines(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.einsum("nd,nd->n", one, other)


def _nearest_other(queries: NDArray[np.float32], plain: NDArray[np.float32]) -> NDArray[np.float32]:
    scores = queries @ plain.T
    np.fill_diagonal(scores, -1)
    return scores.max(axis=1)


def _curve(related: NDArray[np.float32], unrelated: NDArray[np.float32]) -> Curve:
    cosines = np.concatenate([related, unrelated])[:, None]
    truth = np.repeat([1, 0], [len(related), len(unrelated)])
    fitted = LogisticRegression(C=np.inf, class_weight="balanced").fit(cosines, truth)
    slope, intercept = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    try:
        return Curve(round(slope, 3), round(-intercept / slope, 4))
    except (ValueError, ZeroDivisionError) as error:
        raise EncoderError("The encoder does not bring together what belongs together.") from error
