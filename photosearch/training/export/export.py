"""From a torch network to an encoder bundle."""

import hashlib
import json
import logging
import warnings
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from photosearch.encode.bundle import MODEL, Bundle, Resize, write_card
from photosearch.encode.encoder import Encoder
from photosearch.errors import EncoderError
from photosearch.training.networks.backbones import Backbone, fold_batch_norms
from photosearch.training.networks.descriptor import Descriptor, MultiScale
from photosearch.training.networks.pooling import POOLINGS
from photosearch.training.networks.start import PLAN

OPSET = 18  # onnxruntime reads it since 1.14
TOLERANCE = 1e-4  # of one component of a unit vector
BATCHES = (1, 3, 16)  # photos: the bundle is compared with the network for each


class Card(NamedTuple):
    """The part of a bundle's card that its network does not tell."""

    name: str
    resize: Resize
    licence: str
    made_with: str  # the command or the address that it came from


def export_bundle(network: nn.Module, folder: Path, card: Card, input_size: int) -> Bundle:
    """Write `network`, uint8[B, S, S, 3] to unit float32[B, D], and its card into `folder`; return what the card says.

    The written bundle is run beside the network; raises EncoderError if their vectors differ.
    """
    network = deepcopy(network.eval()).cpu()
    pixels = np.random.default_rng(0).integers(0, 256, (max(BATCHES), input_size, input_size, 3), dtype=np.uint8)
    with torch.inference_mode():
        expected = network(torch.from_numpy(pixels)).numpy()
    fold_batch_norms(network)  # as the exporter would, but keeping the names of weights
    model = _trace(network, torch.from_numpy(pixels[:3]))
    if isinstance(network, Descriptor):
        _note_plan(network, model)
    return write_bundle(model, folder, card, expected, pixels)


def write_bundle(
    model: onnx.ModelProto, folder: Path, card: Card, expected: NDArray[np.float32], pixels: NDArray[np.uint8]
) -> Bundle:
    """Write `model` and its card into `folder`; raises EncoderError if it does not give `expected` for `pixels`."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, folder / MODEL)
    sha256 = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    bundle = Bundle(card.name, sha256, pixels.shape[1], card.resize, expected.shape[1], card.licence, card.made_with)
    write_card(folder, bundle)
    encoder = Encoder(folder, "cpu")
    for photos in BATCHES:
        worst = float(np.abs(encoder.encode(pixels[:photos]) - expected[:photos]).max())
        if not worst < TOLERANCE:
            raise EncoderError(
                "The exported encoder “{name}” differs from the network by {difference}.",
                name=card.name,
                difference=f"{worst:.2g}",
            )
    return bundle


def _trace(network: nn.Module, pixels: torch.Tensor) -> onnx.ModelProto:
    """Return the graph of `network` for any batch, its weights inside."""
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


def _note_plan(network: Descriptor, model: onnx.ModelProto) -> None:
    """Write into `model` what the network is built of, where `start.load_start` knows its parts.

    Of weights that are equal the exporter keeps one, of biases that are nothing none, and some it turns round: where
    they are found is noted.
    """
    pooling = next((name for name, kind in POOLINGS.items() if type(network.pooling) is kind), None)
    if not isinstance(network.backbone, Backbone) or pooling is None:
        return
    kept = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    twins: dict[str, str] = {}
    transposed: dict[str, str] = {}
    constants: dict[str, tuple[float, tuple[int, ...]]] = {}
    for name, value in network.state_dict().items():
        weight = value.numpy()
        if name in kept:
            continue
        if (weight == weight.flat[0]).all():
            constants[name] = float(weight.flat[0]), weight.shape
        elif twin := _find(weight, kept):
            twins[name] = twin
        elif twin := _find(weight.T, kept):
            transposed[name] = twin
        else:
            return
    scales = network.scales if isinstance(network, MultiScale) else None
    plan = {"backbone": network.backbone.name, "pooling": pooling, "scales": scales}
    plan |= {"twins": twins, "transposed": transposed, "constants": constants}
    model.metadata_props.add(key=PLAN, value=json.dumps(plan))


def _find(weight: NDArray[np.generic], kept: dict[str, NDArray[np.generic]]) -> str | None:
    return next((name for name, each in kept.items() if np.array_equal(each, weight)), None)
