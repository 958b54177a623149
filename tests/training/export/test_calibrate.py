"""Learning what scores mean, with the encoder and the photos that come with the program."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch")
pytest.importorskip("sklearn")

from photosearch.encode.encoder import Encoder
from photosearch.errors import EncoderError
from photosearch.paths import resources
from photosearch.training.data.descriptors import describe
from photosearch.training.export.calibrate import calibrate
from photosearch.training.photos import find_photos, load_photo


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(resources() / "encoders" / "default", "cpu")


def small(path: Path) -> bytes:
    """A photo as a JPEG little larger than what the encoder takes: larger ones take long to edit."""
    photo, packed = load_photo(path), io.BytesIO()
    assert photo
    photo.thumbnail((320, 320))
    photo.save(packed, "JPEG", quality=92)
    return packed.getvalue()


def test_edits_shots_and_kinds_are_told_apart(encoder: Encoder):
    samples = find_photos(resources() / "samples" / "photos")
    photos = [small(path) for path in samples if path.parent.name != "Edited"]

    def plain(photo: Image.Image, _: int) -> list[Image.Image]:
        return [photo]

    kinds = describe(encoder, photos, plain)[:, 0]
    calibration = calibrate(encoder, photos, kinds)
    assert calibration.same_picture.probability(0.99) > 0.9 > 0.1 > calibration.same_picture.probability(0.1)
    assert calibration.same_scene.probability(0.99) > 0.9
    assert calibration.relation(-0.5) == "lookalike"
    photos, kinds = photos[:24], kinds[:24]
    cosines = kinds @ kinds.T
    farthest = cosines.argmin(axis=1)  # a photo is said to be of the kind of the one that is least like it
    pairs = np.zeros_like(cosines)
    pairs[np.arange(len(kinds)), farthest] = pairs[farthest, np.arange(len(kinds))] = 1
    with pytest.raises(EncoderError, match="kinds"):
        calibrate(encoder, photos, np.linalg.cholesky(pairs + len(kinds) * np.eye(len(kinds))).astype(np.float32))


def test_an_encoder_that_sees_nothing_is_refused(encoder: Encoder):
    class BlindEncoder:
        bundle = encoder.bundle

        def encode(self, pixels: np.ndarray) -> np.ndarray:
            return np.eye(1, 16, dtype=np.float32).repeat(len(pixels), 0)

    photos = find_photos(resources() / "samples" / "photos" / "Animals")
    with pytest.raises(EncoderError, match="pictures"):
        calibrate(BlindEncoder(), photos, np.eye(len(photos), dtype=np.float32))
