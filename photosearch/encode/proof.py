"""Tests of an encoder on the sample photos, before it replaces another."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.errors import EncoderError
from photosearch.paths import resources

PHOTOS = 8
SAME = 0.999  # the cosine of two vectors that stand for one photo; of all photos, for a blind encoder


def prove(encoder: Encoder) -> None:
    """Raise EncoderError with the reason if `encoder` gives no descriptors that photos can be told apart by.

    It is asked for eight photos at once, which is how photos are indexed, again, and for each alone, which is how they
    are searched with.
    """
    name, pixels = encoder.bundle.name, _pixels(encoder)
    together = encoder.encode(pixels)
    if not _agree(together, encoder.encode(pixels)):
        raise EncoderError("The encoder “{name}” gives another vector each time it is asked.", name=name)
    if not _agree(together, np.concatenate([encoder.encode(pixels[place : place + 1]) for place in range(PHOTOS)])):
        raise EncoderError("The encoder “{name}” gives a photo one vector alone and another one in a batch.", name=name)
    if (together @ together.T).min() > SAME:
        raise EncoderError("The encoder “{name}” is blind: it gives the same vector for all photos.", name=name)


def _agree(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    return bool(np.einsum("nd,nd->n", one, other).min() > SAME)


def _pixels(encoder: Encoder) -> NDArray[np.uint8]:
    samples = sorted((resources() / "samples" / "photos").rglob("*.jpg"))
    fitted: list[NDArray[np.uint8]] = []
    for sample in samples[:: len(samples) // PHOTOS][:PHOTOS]:
        with Image.open(sample) as photo:
            fitted.append(fit(photo.convert("RGB"), encoder.bundle.input_size, encoder.bundle.resize))
    return np.stack(fitted)
