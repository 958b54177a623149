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
from photosearch.training.augmentations.edits import EDITS, edit
from photosearch.training.data.descriptors import describe
from photosearch.training.photos import reframe

SEED = 2
KIND_SHARE = 0.005  # of all photos are taken to be of a photo's kind: those nearest to it by what the teachers see


def calibrate(encoder: Encoder, photos: Sequence[Path | bytes], kinds: NDArray[np.float32]) -> Calibration:
    """Fit the three curves on `photos`, files or their bytes, best those that the encoder did not learn from.

    Each curve parts pairs that have the relation from pairs that do not. Same picture: a photo and an edit of it, from
    the edit and the other photo nearest to it. Same scene: two stand-ins for shots of it, from one of them and the
    nearest of another scene. Same kind: two photos near to each other by `kinds`, unit float32[N, D], from any other
    two. Raises EncoderError if the encoder does not tell them apart.
    """
    vectors = describe(encoder, photos, _views)
    plain, edited, shot, other_shot = (vectors[:, view] for view in range(vectors.shape[1]))
    of_kind = _nearest(kinds)
    pairs = np.triu(np.ones(of_kind.shape, bool), 1)
    cosines = plain @ plain.T
    curves = (
        _curve("pictures", _cosines(plain, edited), _nearest_other(edited, plain)),
        _curve("scenes", _cosines(shot, other_shot), _nearest_other(shot, other_shot)),
        _curve("kinds", cosines[of_kind & pairs], cosines[~of_kind & pairs]),
    )
    try:
        return Calibration(*curves)
    except ValueError as error:
        raise EncoderError("The encoder cannot be calibrated: {reason}.", reason=str(error)) from error


def _views(photo: Image.Image, number: int) -> list[Image.Image]:
    rng = np.random.default_rng((SEED, number))
    return [photo, edit(photo, rng), _shoot(photo, rng), _shoot(photo, rng)]


def _shoot(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A stand-in for another shot of the scene: from another side, framed otherwise, in other light."""
    for change in (EDITS["tilt"], reframe, EDITS["light"], EDITS["colour"]):
        picture = change(picture, rng)
    return picture


def _nearest(kinds: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return bool[N, N]: whether either of two photos is among the KIND_SHARE nearest to the other."""
    cosines = kinds @ kinds.T
    np.fill_diagonal(cosines, -2)
    share = max(1, round(len(kinds) * KIND_SHARE))
    near = np.zeros(cosines.shape, bool)
    np.put_along_axis(near, np.argpartition(cosines, -share, axis=1)[:, -share:], values=True, axis=1)
    return near | near.T


def _cosines(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.einsum("nd,nd->n", one, other)


def _nearest_other(queries: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    cosines = queries @ others.T
    np.fill_diagonal(cosines, -1)
    return cosines.max(axis=1)


def _curve(what: str, related: NDArray[np.float32], unrelated: NDArray[np.float32]) -> Curve:
    cosines = np.concatenate([related, unrelated])[:, None]
    truth = np.repeat([1, 0], [len(related), len(unrelated)])
    fitted = LogisticRegression(C=np.inf, class_weight="balanced").fit(cosines, truth)
    slope, intercept = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    if slope <= 0 or abs(intercept) > slope:
        raise EncoderError("The encoder does not tell {difference} apart.", difference=what)
    return Curve(round(slope, 3), round(-intercept / slope, 4))
