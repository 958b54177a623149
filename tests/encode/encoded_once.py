"""Photos that many tests encode are encoded once, where no test is about encoding, or about what happens meanwhile."""

from collections.abc import Generator
from hashlib import sha256

import numpy as np
import pytest
from numpy.typing import NDArray

from photosearch.encode.encoder import Encoder

Vectors = NDArray[np.float32]
_encode = Encoder.encode
_known: dict[tuple[str, bytes], Vectors] = {}


def _encode_new(encoder: Encoder, pixels: NDArray[np.uint8]) -> Vectors:
    """The descriptors as the encoder gave them when it met these pixels first."""
    keys = [(encoder.bundle.sha256, sha256(photo.tobytes()).digest()) for photo in pixels]
    new = [number for number, key in enumerate(keys) if key not in _known]
    if new:
        _known.update(zip((keys[number] for number in new), _encode(encoder, pixels[new]), strict=True))
    return np.stack([_known[key] for key in keys]) if keys else _encode(encoder, pixels)


@pytest.fixture(autouse=True)
def encoded_once() -> Generator[None]:
    """For the `conftest.py` of a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Encoder, "encode", _encode_new)
        yield
