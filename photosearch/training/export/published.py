"""Encoders that others published, brought in as bundles."""

import warnings
from pathlib import Path
from pickle import PickleError
from typing import Any, cast

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnx import compose, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from torch import Tensor, nn

from photosearch.encode.bundle import Bundle
from photosearch.errors import EncoderError
from photosearch.training.export.export import Card, export_bundle, write_bundle
from photosearch.training.networks.backbones import IMAGENET_DEVIATION, IMAGENET_MEAN, Torchvision
from photosearch.training.networks.descriptor import Descriptor
from photosearch.training.networks.downloads import Published
from photosearch.training.networks.pooling import GeM

_MEAN = np.array(IMAGENET_MEAN, np.float32)[:, None, None]
_DEVIATION = np.array(IMAGENET_DEVIATION, np.float32)[:, None, None]
TORCHSCRIPT_OPSET = 17  # the newest that the exporter of TorchScript writes without a conversion


def import_encoder(file: Path, folder: Path, name: str, published: Published) -> Bundle:
    """Write the encoder in `file` as a bundle into `folder`; what kind it is, the ending of the file says.

    .onnx and .pt (TorchScript) hold a network that maps float[B, 3, S, S] to float[B, D], .pth a checkpoint of
    Radenović's. Raises EncoderError if it cannot be read, or if the bundle gives other vectors.
    """
    side = published.input_size
    card = Card(name, published.resize, published.licence, published.source.url)
    pixels = np.random.default_rng(0).integers(0, 256, (3, side, side, 3), dtype=np.uint8)
    try:
        if file.suffix == ".pth":
            network = _read_checkpoint(torch.load(file, weights_only=True))
            return export_bundle(network, folder, card, side)
        levels = (pixels.transpose(0, 3, 1, 2).astype(np.float32) - _MEAN) / _DEVIATION
        model, vectors = _read_onnx(file, levels) if file.suffix == ".onnx" else _trace(file, levels)
        wrapped = _wrap(model)
    except (OSError, EOFError, RuntimeError, ValueError, LookupError, TypeError, PickleError, DecodeError) as error:
        raise EncoderError("“{name}” is no encoder that can be brought in.", name=file.name) from error
    expected = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return write_bundle(wrapped, folder, card, expected, pixels)


def _read_onnx(file: Path, levels: NDArray[np.float32]) -> tuple[onnx.ModelProto, NDArray[np.float32]]:
    """The network, and what it gives for `levels`."""
    model = onnx.load(file)
    given = cast(Any, ReferenceEvaluator(model).run(None, {model.graph.input[0].name: levels}))
    return model, given[0]


def _trace(file: Path, levels: NDArray[np.float32]) -> tuple[onnx.ModelProto, NDArray[np.float32]]:
    """The same of TorchScript. What it says is run, so its checksum has to be that of a file that one trusts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TorchScript and its exporter are deprecated; torch has no other way from it
        script = torch.jit.load(file, map_location="cpu").eval()
        with torch.inference_mode():
            vectors = script(torch.from_numpy(levels)).numpy()
        traced = file.with_suffix(".onnx")
        torch.onnx.export(
            script,
            (torch.from_numpy(levels),),
            traced,
            dynamo=False,
            opset_version=TORCHSCRIPT_OPSET,
            input_names=["levels"],
            output_names=["features"],
            dynamic_axes={"levels": {0: "batch"}, "features": {0: "batch"}},
        )
    return onnx.load(traced), vectors


def _wrap(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a graph from uint8[B, S, S, 3] to unit float32[B, D] around one from scaled float[B, 3, S, S]."""
    (version,) = (each.version for each in model.opset_import if not each.domain)
    opsets = [helper.make_opsetid("", version)]
    before = helper.make_graph(
        [
            helper.make_node("Transpose", ["pixels"], ["channels"], perm=[0, 3, 1, 2]),
            helper.make_node("Cast", ["channels"], ["float"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Sub", ["float", "mean"], ["centred"]),
            helper.make_node("Div", ["centred", "deviation"], ["scaled"]),
        ],
        "pixels",
        [helper.make_tensor_value_info("pixels", onnx.TensorProto.UINT8, ["batch", None, None, 3])],
        [helper.make_tensor_value_info("scaled", onnx.TensorProto.FLOAT, ["batch", 3, None, None])],
        [numpy_helper.from_array(_MEAN, "mean"), numpy_helper.from_array(_DEVIATION, "deviation")],
    )
    after = helper.make_graph(
        [helper.make_node("LpNormalization", ["rows"], ["vectors"], axis=1, p=2)],
        "unit",
        [helper.make_tensor_value_info("rows", onnx.TensorProto.FLOAT, ["batch", None])],
        [helper.make_tensor_value_info("vectors", onnx.TensorProto.FLOAT, ["batch", None])],
    )
    parts = [helper.make_model(graph, opset_imports=opsets, ir_version=model.ir_version) for graph in (before, after)]
    inner = compose.add_prefix(model, "network.")
    taken, given = inner.graph.input[0].name, inner.graph.output[0].name
    joined = compose.merge_models(parts[0], inner, [("scaled", taken)])
    return compose.merge_models(joined, parts[1], [(given, "rows")], outputs=["vectors"])


def _read_checkpoint(checkpoint: dict[str, Any]) -> Descriptor:
    """The network of a checkpoint of Radenović's: a ResNet, GeM, L2, the whitening that it learned, L2.

    Raises LookupError, TypeError, ValueError or RuntimeError if it holds another.
    """
    state, meta = checkpoint["state_dict"], checkpoint["meta"]
    if meta["pooling"] != "gem" or not meta["whitening"] or not str(meta["architecture"]).startswith("resnet"):
        raise ValueError("another network")
    places = {"0": "conv1", "1": "bn1", "4": "layer1", "5": "layer2", "6": "layer3", "7": "layer4"}
    weights: dict[str, Tensor] = {
        "fc.weight": torch.zeros(1000, len(state["whiten.weight"][0])),
        "fc.bias": torch.zeros(1000),
    }
    for name, value in state.items():
        part, _, within = name.partition(".")
        if part == "features":
            place, _, rest = within.partition(".")
            weights[f"{places[place]}.{rest}"] = value
    backbone = Torchvision(meta["architecture"], 0, weights)
    pooling = GeM(backbone.channels)
    pooling.load_state_dict({"p": state["pool.p"].reshape(())})
    head = nn.Linear(backbone.channels, len(state["whiten.weight"]))
    head.load_state_dict({"weight": state["whiten.weight"], "bias": state["whiten.bias"]})
    return Descriptor(backbone, pooling, head)
