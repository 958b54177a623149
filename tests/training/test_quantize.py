"""An encoder in 8 bits beside the same in floats."""

import tempfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from photosearch.encode.bundle import MODEL, read_bundle
from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.paths import resources
from photosearch.training.photos import find_photos, load_photo
from photosearch.training.quantize import quantize_bundle


def test_8_bits_change_little_but_the_size(tmp_path: Path):
    source = resources() / "encoders" / "default"
    pictures = [load_photo(path) for path in find_photos(resources() / "samples" / "photos")]
    small = quantize_bundle(source, tmp_path / "small", pictures[:40])
    assert small == read_bundle(tmp_path / "small")
    plain = read_bundle(source)
    assert small.id != plain.id
    assert (small.name, small.dimension) == (f"{plain.name}-int8", plain.dimension)
    assert small.calibration is None and not small.quality, "what was measured was of the other"
    model = (tmp_path / "small" / MODEL).read_bytes()
    assert len(model) < 6e6 < (source / MODEL).stat().st_size
    assert tempfile.gettempdir().encode() not in model

    pixels = np.stack([fit(picture, plain.input_size, plain.resize) for picture in pictures[40:]])
    vectors, coarse = (Encoder(folder, "cpu").encode(pixels) for folder in (source, tmp_path / "small"))
    assert np.einsum("nd,nd->n", vectors, coarse).mean() > 0.98
