"""From a torch network to an encoder bundle."""

import hashlib
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from photosearch.encode.bundle import MODEL, Bundle, write_card
from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import Resize
from photosearch.errors import EncoderError

OPSET = 18  # onnxruntime reads it since 1.14
TOLERANCE = 1e-4  # of one component of a unit vector


def export_bundle(
    network: nn.Module, folder: Path, *, name: str, input_size: int, resize: Resize, licence: str, made_with: str
) -> Bundle:
    """Write `network`, uint8[B, S, S, 3] to unit float32[B, D], and its card into `folder`; return what the card says.

    The written bundle is run beside the network; raises EncoderError if their vectors differ.
    """
    network.eval()
    pixels = np.random.default_rng(0).integers(0, 256, (3, input_size, input_size, 3), dtype=np.uint8)
    with torch.inference_mode():
        expected = network(torch.from_numpy(pixels)).numpy()
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_trace(network, torch.from_numpy(pixels)), folder / MODEL)
    sha256 = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    bundle = Bundle(name, sha256, input_size, resize, expected.shape[1], licence, made_with)
    write_card(folder, bundle)
    encoder = Encoder(folder, "cpu")
    for photos in (1, len(pixels)):
        worst = float(np.abs(encoder.encode(pixels[:photos]) - expected[:photos]).max())
        if not worst < TOLERANCE:
            raise EncoderError(f"The exported encoder “{name}” differs from the network by {worst:.2g}.")
    return bundle


def _trace(network: nn.Module, pixels: torch.Tensor) -> onnx.ModelProto:
    """Return the graph of `network` for any batch: weights inside, each batch norm folded into its convolution."""
    # It warns at each start that it does not know the operators of torchvision, which no network here uses.
    logging.getLogger("torch.onnx._internal.exporter._registration").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # it copies classes that torch itself deprecates
        program = torch.onnx.export(
            network,
            (pixels,),
            dynamo=True,
            opset_version=OPSET,
            input_names=["pixels"],
            output_names=["vectors"],
            dynamic_shapes=({0: torch.export.Dim("batch")},),
            verbose=False,
        )
    if program is None:
        raise EncoderError("This torch cannot export a network.")
    model = program.model_proto
    graph = model.graph
    # The exporter notes for each operator the source lines it came from, with the folders of whoever ran it.
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.checker.check_model(model, full_check=True)
    return model
