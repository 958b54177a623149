"""Encoders that may not serve: refused with the reason when they are added, and before they take over."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from photosearch.encode.bundle import Bundle, read_bundle, write_card  # noqa: E402
from photosearch.errors import EncoderError  # noqa: E402
from photosearch.library import Library  # noqa: E402
from tests.jobs import index  # noqa: E402
from tests.photos import save_photo  # noqa: E402

SIDE, DIMENSION = 16, 24
Node = Callable[..., Any]


def make_node(kind: str, given: Sequence[str], made: str, **options: Any) -> Any:
    return helper.make_node(kind, list(given), [made], **options)


NORMALISE = [make_node("LpNormalization", ["rows"], "y", axis=1, p=2)]
BROKEN: dict[str, tuple[list[Any], str]] = {
    "NaN": ([make_node("Sub", ["rows", "rows"], "none"), make_node("Div", ["none", "none"], "y")], "NaN or infinite"),
    "endless": ([make_node("Div", ["rows", "zero"], "y")], "NaN or infinite"),
    "zero": ([make_node("Mul", ["rows", "zero"], "y")], "unit length"),
    "long": ([make_node("Identity", ["rows"], "y")], "unit length"),
    "other dimension": ([*NORMALISE[:0], make_node("Concat", ["rows", "rows"], "both", axis=1),
                         make_node("LpNormalization", ["both"], "y", axis=1, p=2)], "not the dimension"),
    "one row": ([make_node("ReduceMean", ["rows", "first"], "all", keepdims=1),
                 make_node("LpNormalization", ["all"], "y", axis=1, p=2)], "not the dimension"),
    "chance": ([make_node("RandomNormalLike", ["rows"], "noise"), make_node("LpNormalization", ["noise"], "y", axis=1)],
               "each time"),
    "blind": ([make_node("Mul", ["rows", "zero"], "dark"), make_node("Add", ["dark", "one"], "light"),
               make_node("LpNormalization", ["light"], "y", axis=1)], "is blind"),
    "company": ([make_node("ReduceMean", ["rows", "first"], "all", keepdims=1),
                 make_node("Sub", ["rows", "all"], "apart"), make_node("Add", ["apart", "small"], "lit"),
                 make_node("LpNormalization", ["lit"], "y", axis=1)], "in a batch"),
}  # fmt: skip


def make_bundle(folder: Path, nodes: Sequence[Any] = NORMALISE, name: str = "mine", batch: int | str = "b") -> Path:
    """A bundle whose vectors are colours of 3 × 3 parts of the photo, mixed, and then what `nodes` make of "rows"."""
    random = np.random.default_rng(0)
    weights = {
        "matrix": random.standard_normal((SIDE * SIDE * 3, DIMENSION)).astype(np.float32),
        "zero": np.zeros(1, np.float32), "one": np.ones(DIMENSION, np.float32),
        "small": np.linspace(-1, 1, DIMENSION).astype(np.float32),
        "shape": np.array([-1, SIDE * SIDE * 3]), "first": np.array([0]),
    }  # fmt: skip
    graph = helper.make_graph(
        [
            make_node("Cast", ["x"], "float", to=TensorProto.FLOAT),
            make_node("Reshape", ["float", "shape"], "flat"),
            make_node("MatMul", ["flat", "matrix"], "mixed"),
            make_node("Add", ["mixed", "small"], "rows"),
            *nodes,
        ],
        "test",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [batch, SIDE, SIDE, 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, key) for key, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    folder.mkdir()
    onnx.save(model, folder / "model.onnx")
    return finish(folder, name)


def finish(folder: Path, name: str = "mine") -> Path:
    """Write the card of a model."""
    sha256 = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    write_card(folder, Bundle(name, sha256, SIDE, "squash", DIMENSION, "CC0", "a test"))
    return folder


def left(library: Library) -> list[str]:
    folder = library.places.encoders
    return sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []


def test_a_sound_encoder_is_added_and_serves(library: Library, album: Path, tmp_path: Path) -> None:
    save_photo(album / "1.jpg", 1)
    assert library.bundles.add(make_bundle(tmp_path / "b")).name == "mine"
    if os.name == "posix":
        assert {file.stat().st_mode & 0o077 for file in library.places.encoders.rglob("*")} == {0}
    shutil.rmtree(tmp_path / "b")
    library.encoders.adopt("mine")
    assert index(library, album).added == 1
    assert (library.settings.encoder, library.waiting(), left(library)) == ("mine", 0, ["mine"])


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_encoder_is_refused_with_the_reason(library: Library, tmp_path: Path, fault: str) -> None:
    nodes, reason = BROKEN[fault]
    with pytest.raises(EncoderError, match=reason):
        library.bundles.add(make_bundle(tmp_path / "b", nodes))
    assert left(library) == []


def test_one_that_takes_a_single_photo_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be run"):
        library.bundles.add(make_bundle(tmp_path / "b", batch=1))


def test_a_broken_one_that_lies_there_already_takes_over_from_nobody(
    library: Library, album: Path, tmp_path: Path
) -> None:
    save_photo(album / "1.jpg", 1)
    index(library, album)
    library.places.encoders.mkdir()
    make_bundle(library.places.encoders / "mine", BROKEN["blind"][0])
    with pytest.raises(EncoderError, match="is blind"):
        library.encoders.adopt("mine")
    shutil.rmtree(library.places.encoders / "mine")
    make_bundle(library.places.encoders / "mine")
    library.encoders.adopt("mine")
    shutil.rmtree(library.places.encoders / "mine")
    make_bundle(library.places.encoders / "mine", BROKEN["blind"][0])
    assert "is blind" in index(library).hindrance
    assert library.settings.encoder == "default"


def test_weights_in_a_file_of_their_own_are_told(library: Library, tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "b")
    model = onnx.load(folder / "model.onnx")
    onnx.save(model, folder / "model.onnx", save_as_external_data=True, location="weights.bin", size_threshold=1000)
    with pytest.raises(EncoderError, match=r"“weights\.bin”; an encoder is one file"):
        library.bundles.add(finish(folder))
    assert left(library) == []


def test_no_name_is_taken_twice_nor_one_of_the_programs(library: Library, tmp_path: Path) -> None:
    for name in ("default", "default-int8", "Default-INT8"):
        with pytest.raises(EncoderError, match=f"cannot be called “{name}”"):
            library.bundles.add(make_bundle(tmp_path / name, name=name))
    library.bundles.add(make_bundle(tmp_path / "1", name="mine"))
    with pytest.raises(EncoderError, match="already"):
        library.bundles.add(make_bundle(tmp_path / "2", name="MINE"))
    assert left(library) == ["mine"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"input_size": "16"}, {"input_size": 16.5}, {"input_size": True}, {"input_size": 10**9}, {"input_size": 0},
        {"dimension": None}, {"dimension": -1}, {"sha256": 5}, {"licence": []}, {"made_with": {}}, {"name": 7},
        {"name": ""}, {"name": "a/b"}, {"name": "a" * 5000}, {"resize": ["squash"]}, {"quality": [1]},
        {"calibration": 1},
    ],
)  # fmt: skip
def test_a_card_of_wrong_types_is_none(library: Library, tmp_path: Path, wrong: dict[str, object]) -> None:
    folder = make_bundle(tmp_path / "b")
    card = json.loads((folder / "encoder.json").read_text())
    (folder / "encoder.json").write_text(json.dumps(card | wrong))
    with pytest.raises(EncoderError):
        library.bundles.add(folder)
    assert left(library) == []


@pytest.mark.parametrize("card", [b"", b"[" * 100_000, b"[]", b"\xff", b'{"name": NaN}'])
def test_a_card_of_anything_is_none(tmp_path: Path, card: bytes) -> None:
    (tmp_path / "encoder.json").write_bytes(card)
    with pytest.raises(EncoderError, match=r"encoder\.json"):
        read_bundle(tmp_path)
