"""The encoder in 8 bits gives the same vectors on every processor."""

import numpy as np
import pytest

from photosearch.encode.encoder import Encoder
from photosearch.paths import resources

FIRST_NUMBERS = [0.0134, -0.0148, 0.0208, -0.0252, -0.0193, 0.0015, 0.0564, -0.0178, -0.0682, 0.0059, -0.0445, -0.0252]


def test_sums_of_8_bit_products_overflow_nowhere() -> None:
    """It fails on processors with AVX2 and without VNNI if they count as they do by default."""
    squares = np.random.default_rng(0).integers(0, 256, (1, 15, 15, 3), np.uint8)
    encoder = Encoder(resources() / "encoders" / "default-int8", "cpu")
    (vector,) = encoder.encode(squares.repeat(16, 1).repeat(16, 2))
    assert list(vector[:12]) == pytest.approx(FIRST_NUMBERS, abs=0.003)
