"""From an encoder bundle to a smaller and faster one that counts in 8 bits."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from PIL import Image

from photosearch.encode.bundle import MODEL, Bundle, read_bundle, write_card
from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.errors import EncoderError

CHUNK = 8
IN_8_BITS = "-int8"  # behind the name
FLOAT_CONVOLUTIONS = 3  # the first, which see the pixels: in 8 bits they alone would double the error


class _Pictures(CalibrationDataReader):
    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._chunks = iter(np.array_split(pixels, max(1, len(pixels) // CHUNK)))

    def get_next(self) -> Any:  # None at the end, which the type it overrides does not tell
        chunk = next(self._chunks, None)
        return None if chunk is None else {"pixels": chunk}


class QuantizationLoss(NamedTuple):
    """Cost and gain of 8 bits on some pictures."""

    cosine: float  # mean, of a picture's vector and that which the whole encoder gives
    same_nearest: float  # share of pictures whose nearest other one is the one that the whole encoder finds
    speed: float  # photos a second on one thread, over the whole encoder's


def quantize_bundle(source: Path, folder: Path, pictures: Sequence[Image.Image]) -> Bundle:
    """Write the bundle in `source` with most of its layers in 8 bits into `folder`; return its card, uncalibrated.

    Weights are signed, a scale for each channel; activations are unsigned, their range that met with `pictures`. Its
    vectors differ a little from those of `source`, so it is a vector space of its own. Raises EncoderError if there
    is no picture.
    """
    bundle = read_bundle(source)
    if not pictures:
        raise EncoderError("There are no photos from which to learn the ranges of 8 bits.")
    pixels = np.stack([fit(picture, bundle.input_size, bundle.resize) for picture in pictures])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch) / MODEL
        quant_pre_process(source / MODEL, prepared, skip_symbolic_shape=True)
        convolutions = [node.name for node in onnx.load(prepared).graph.node if node.op_type == "Conv"]
        quantize_static(
            prepared,
            folder / MODEL,
            _Pictures(pixels),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv", "Add", "Clip", "Gemm"],
            nodes_to_exclude=convolutions[:FLOAT_CONVOLUTIONS],
            per_channel=True,
            weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
    sha256 = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    quantized = replace(bundle, name=bundle.name + IN_8_BITS, sha256=sha256, calibration=None, quality={})
    write_card(folder, quantized)
    return quantized


def measure_quantization(source: Path, small: Path, pictures: Sequence[Image.Image]) -> QuantizationLoss:
    """Compare the bundle in `small` with that in `source`, of which it was made, and note the loss in its card.

    `pictures` are two or more, and others than those from which the ranges were learned.
    """
    whole, coarse = Encoder(source, "cpu"), Encoder(small, "cpu")
    bundle = whole.bundle
    pixels = np.stack([fit(picture, bundle.input_size, bundle.resize) for picture in pictures])
    chunks = np.array_split(pixels, max(1, len(pixels) // CHUNK))
    vectors, others = (np.concatenate([encoder.encode(chunk) for chunk in chunks]) for encoder in (whole, coarse))
    nearest, found = (_nearest(rows) for rows in (vectors, others))
    loss = QuantizationLoss(
        cosine=float(np.einsum("nd,nd->n", vectors, others).mean()),
        same_nearest=float((nearest == found).mean()),
        speed=coarse.measure() / whole.measure(),
    )
    measured = {"int8_cosine": round(100 * loss.cosine, 2), "int8_same_nearest": round(100 * loss.same_nearest, 1)}
    write_card(small, replace(coarse.bundle, quality=coarse.bundle.quality | measured))
    return loss


def _nearest(vectors: NDArray[np.float32]) -> NDArray[np.intp]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    return cosines.argmax(axis=1)
