"""An encoder in 8 bits beside the same in floats."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from photosearch.encode.bundle import MODEL, read_bundle
from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.errors import EncoderError
from photosearch.paths import resources
from photosearch.training.export.quantize import measure_quantization, quantize_bundle
from photosearch.training.photos import find_photos, load_photo


def test_8_bits_change_little_but_the_size(tmp_path: Path):
    source = resources() / "encoders" / "default"
    pictures = [load_photo(path) for path in find_photos(resources() / "samples" / "photos")[::2]]
    small = quantize_bundle(source, tmp_path / "small", pictures[:16])
    assert small == read_bundle(tmp_path / "small")
    plain = read_bundle(source)
    assert small.id != plain.id
    assert (small.name, small.dimension) == (f"{plain.name}-int8", plain.dimension)
    assert small.calibration is None and not small.quality, "what was measured was of the other"
    model = (tmp_path / "small" / MODEL).read_bytes()
    assert len(model) < 6e6 < (source / MODEL).stat().st_size
    assert tempfile.gettempdir().encode() not in model

    loss = measure_quantization(source, tmp_path / "small", pictures[16:])
    pixels = np.stack([fit(picture, plain.input_size, plain.resize) for picture in pictures[16:]])
    vectors, coarse = (Encoder(folder, "cpu").encode(pixels) for folder in (source, tmp_path / "small"))
    assert loss.cosine == pytest.approx(np.einsum("nd,nd->n", vectors, coarse).mean(), abs=1e-4)
    assert 0.98 < loss.cosine < 1 and 0.5 < loss.same_nearest <= 1 and loss.speed > 0
    card = read_bundle(tmp_path / "small")
    assert card.id == small.id
    assert card.quality == {
        "int8_cosine": round(100 * loss.cosine, 2),
        "int8_same_nearest": round(100 * loss.same_nearest, 1),
    }
    same = measure_quantization(source, source_copy(source, tmp_path / "copy"), pictures[16:])
    assert (round(same.cosine, 5), same.same_nearest) == (1, 1)


def source_copy(source: Path, folder: Path) -> Path:
    return Path(shutil.copytree(source, folder))


def test_ranges_need_photos(tmp_path: Path):
    with pytest.raises(EncoderError, match="no photos"):
        quantize_bundle(resources() / "encoders" / "default", tmp_path, [])
