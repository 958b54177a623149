"""Where teaching starts: the network of an encoder bundle, read back into torch so that it can learn on."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError
from onnx import numpy_helper
from torch import Tensor, nn

from photosearch.encode.bundle import read_bundle, verify_model
from photosearch.errors import EncoderError
from photosearch.paths import resources
from photosearch.training.networks.backbones import fold_batch_norms, make_backbone
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor, MultiScale
from photosearch.training.networks.pooling import POOLINGS

Weights = dict[str, Tensor]

DEFAULT = resources() / "encoders" / "default"
PLAN = "photosearch.network"  # the entry in a model's metadata that tells the parts of its network

# Of the encoder that comes with the program, which says nothing of it.
UNTOLD: dict[str, Any] = {
    "backbone": "efficientnet-lite0",
    "pooling": "gem",
    "scales": None,
    "twins": {},
    "transposed": {},
    "constants": {},
}


def load_start(folder: Path, input_size: int, frozen_blocks: int) -> Descriptor:
    """Return the network of the bundle in `folder`, for photos of `input_size` pixels a side, ready to learn.

    Its batch norms are folded into the convolutions. Raises EncoderError if the bundle holds another kind of network.
    """
    bundle = read_bundle(folder)
    path = verify_model(folder, bundle)
    try:
        model = onnx.load(path)
        plan = next((json.loads(each.value) for each in model.metadata_props if each.key == PLAN), UNTOLD)
        kept = {each.name: torch.from_numpy(np.array(numpy_helper.to_array(each))) for each in model.graph.initializer}
        weights = kept | {name: kept[twin] for name, twin in plan["twins"].items()}
        weights |= {name: kept[twin].T for name, twin in plan["transposed"].items()}
        weights |= {name: torch.full(shape, value) for name, (value, shape) in plan["constants"].items()}
        backbone = make_backbone(plan["backbone"], input_size, frozen_blocks, weights=False)
        fold_batch_norms(backbone)
        _fill_backbone(backbone, _under("backbone.", weights))
        network = Descriptor(backbone, POOLINGS[plan["pooling"]](backbone.channels))
        network.pooling.load_state_dict(_under("pooling.", weights))
        network.head = _read_head(model.graph, _under("head.", weights))
    except (DecodeError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise EncoderError(
            "The encoder “{name}” cannot be taught: its network is of another kind.", name=bundle.name
        ) from error
    return MultiScale(network, plan["scales"]) if plan["scales"] else network


def _under(prefix: str, weights: Weights) -> Weights:
    return {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}


def _fill_backbone(backbone: nn.Module, weights: Weights) -> None:
    """Copy `weights` layer by layer, as a layer that is frozen here may have been a trained one there.

    Raises ValueError or RuntimeError if they are another network's.
    """
    found, wanted = _layers(weights), _layers(backbone.state_dict())
    for layer, own in zip(found, wanted, strict=True):
        if layer.keys() != own.keys():
            raise ValueError("other weights")
        for name, value in own.items():
            if value.shape != layer[name].shape:
                raise ValueError("other shapes")
            value.copy_(layer[name])


def _layers(weights: Weights) -> list[Weights]:
    """The weights of each layer of a Backbone that has any, in the order of layers: frozen.3.conv.weight is layer 3's.

    The exporter writes the bias that it gives a convolution for its batch norm as weight_bias.
    """
    layers: dict[tuple[str, int], Weights] = {}
    for name, value in weights.items():
        if place := re.fullmatch(r"(frozen|trained)\.(\d+)\.(.+)", name):
            part, number, within = place.groups()
            layers.setdefault((part, int(number)), {})[re.sub("weight_bias$", "bias", within)] = value
    return [layers[place] for place in sorted(layers)]


def _read_head(graph: onnx.GraphProto, weights: Weights) -> nn.Module:
    """Raises ValueError or KeyError if it is none of ours."""
    if not weights:
        return nn.Identity()
    if "copies.weight" in weights:
        head = CopiesAndKinds(_empty(weights["copies.weight"]), _empty(weights["kinds.weight"]), _kinds_weight(graph))
    else:
        head = _empty(weights["weight"], bias="bias" in weights)
    head.load_state_dict(weights)
    return head


def _empty(weight: Tensor, *, bias: bool = True) -> nn.Linear:
    dimension, channels = weight.shape
    return nn.Linear(channels, dimension, bias)


def _kinds_weight(graph: onnx.GraphProto) -> float:
    """The share of the kinds, whose root is the factor that their vector has where it is joined to the copies'."""
    makers = {name: node for node in graph.node for name in node.output}
    scalars = {each.name: float(numpy_helper.to_array(each)) for each in graph.initializer if not each.dims}
    for node in graph.node:
        parts = [makers.get(name) for name in node.input]
        if node.op_type == "Concat" and all(part is not None and part.op_type == "Mul" for part in parts):
            factors = [scalars[name] for name in makers[node.input[-1]].input if name in scalars]
            return factors[0] ** 2
    raise ValueError("no kinds")
