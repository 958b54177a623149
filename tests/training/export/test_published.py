"""Published encoders, made small here and served on this machine."""

import hashlib
import threading
import warnings
from collections.abc import Generator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxscript")
pytest.importorskip("photosearch.training.networks.vision")

import onnx  # noqa: E402
from onnx import helper, numpy_helper  # noqa: E402

from photosearch.encode.bundle import read_bundle  # noqa: E402
from photosearch.encode.encoder import Encoder  # noqa: E402
from photosearch.errors import EncoderError  # noqa: E402
from photosearch.training.export.fetch import PUBLISHED, fetch  # noqa: E402
from photosearch.training.export.published import import_encoder  # noqa: E402
from photosearch.training.networks.downloads import DOWNLOADS, Published, Source  # noqa: E402
from photosearch.training.networks.start import load_start  # noqa: E402
from photosearch.training.networks.vision import models  # noqa: E402

SIZE, DIMENSION = 32, 5
MEAN, DEVIATION = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Generator[tuple[Path, str]]:
    """A folder, and the address at which its files are served."""
    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Small(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.convolution = torch.nn.Conv2d(3, 8, 3, 2)
        self.embeddings = torch.nn.Linear(8, DIMENSION)

    def forward(self, levels: torch.Tensor) -> torch.Tensor:
        features = torch.relu(self.convolution(levels)).clamp(min=1e-6).pow(3.0).mean((2, 3)).pow(1 / 3)
        return self.embeddings(features)


def save_torchscript(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.jit.save(torch.jit.script(Small().eval()), file)


def save_onnx(file: Path) -> None:
    weight = torch.nn.functional.avg_pool2d(Small().convolution.weight, 3).flatten(1).detach().numpy()
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["in"], ["mean"]),
            helper.make_node("Flatten", ["mean"], ["flat"]),
            helper.make_node("Gemm", ["flat", "weight"], ["out"], transB=1),
        ],
        "small",
        [helper.make_tensor_value_info("in", onnx.TensorProto.FLOAT, ["n", 3, None, None])],
        [helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, ["n", 8])],
        [numpy_helper.from_array(weight, "weight")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), file)


def save_checkpoint(file: Path) -> None:
    torch.manual_seed(0)
    network = models.resnet18().eval()
    features = torch.nn.Sequential(*list(network.children())[:-2])
    state = {f"features.{name}": value for name, value in features.state_dict().items()}
    whiten = torch.nn.Linear(512, DIMENSION)
    state |= {"pool.p": torch.tensor([2.5]), "whiten.weight": whiten.weight, "whiten.bias": whiten.bias}
    torch.save({"meta": {"architecture": "resnet18", "pooling": "gem", "whitening": True}, "state_dict": state}, file)


def normal(rows: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(rows)


def expected_of(file: Path, pixels: np.ndarray) -> np.ndarray:
    levels = torch.from_numpy((pixels.astype(np.float32) / 255 - MEAN) / DEVIATION).permute(0, 3, 1, 2)
    with torch.inference_mode():
        if file.suffix == ".pt":
            return normal(Small()(levels)).numpy()
        if file.suffix == ".onnx":
            weight = numpy_helper.to_array(onnx.load(file).graph.initializer[0])
            return normal(levels.mean((2, 3)) @ torch.tensor(weight).T).numpy()
        state = torch.load(file, weights_only=True)["state_dict"]
        features = torch.nn.Sequential(*list(models.resnet18().children())[:-2]).eval()
        features.load_state_dict({n.removeprefix("features."): v for n, v in state.items() if n.startswith("features")})
        pooled = features(levels).clamp(min=1e-6).pow(2.5).mean((2, 3)).pow(1 / 2.5)
        return normal(normal(pooled) @ state["whiten.weight"].T + state["whiten.bias"]).numpy()


def run(name: str, encoders: Path, sha256: str | None = None) -> str:
    fetching = fetch(name, encoders, sha256)
    while True:
        try:
            next(fetching)
        except StopIteration as stop:
            return stop.value


@pytest.mark.parametrize(
    ("file_name", "save"),
    [("small.torchscript.pt", save_torchscript), ("small.onnx", save_onnx), ("small-gem.pth", save_checkpoint)],
)
def test_an_encoder_is_downloaded_and_gives_its_authors_vectors(
    site: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_name: str, save
):
    folder, address = site
    save(folder / file_name)
    sha256 = hashlib.sha256((folder / file_name).read_bytes()).hexdigest()
    published = Published(Source(f"{address}/{file_name}", None), SIZE, "squash", "MIT")
    monkeypatch.setitem(PUBLISHED, "small", published)
    encoders = tmp_path / "encoders"
    with pytest.raises(EncoderError, match="--sha256"):
        run("small", encoders)
    with pytest.raises(EncoderError, match="not the pinned file"):
        run("small", encoders, "0" * 64)
    assert not encoders.exists()
    assert "photosearch encoders use small" in run("small", encoders, sha256)
    bundle = read_bundle(encoders / "small")
    assert (bundle.name, bundle.input_size, bundle.licence) == ("small", SIZE, "MIT")
    assert bundle.made_with == published.source.url
    pixels = np.random.default_rng(1).integers(0, 256, (5, SIZE, SIZE, 3), dtype=np.uint8)
    encoder = Encoder(encoders / "small", "cpu")
    for photos in (1, 5):
        vectors = encoder.encode(pixels[:photos])
        np.testing.assert_allclose(vectors, expected_of(folder / file_name, pixels[:photos]), atol=1e-4)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    with pytest.raises(EncoderError, match="already"):
        run("small", encoders, sha256)
    if file_name.endswith(".pth"):
        assert load_start(encoders / "small", SIZE, 1).backbone.name == "resnet18"


def test_weights_to_start_from_are_downloaded_to_where_they_are_looked_for(
    site: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder, address = site
    (folder / "resnet18.pth").write_bytes(b"weights")
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    pin = hashlib.sha256(b"weights").hexdigest()
    monkeypatch.setitem(DOWNLOADS, "resnet18", Source(f"{address}/resnet18.pth", pin))
    assert "--backbone resnet18" in run("resnet18", tmp_path / "encoders")
    assert (tmp_path / "torch" / "hub" / "checkpoints" / "resnet18.pth").read_bytes() == b"weights"
    assert not (tmp_path / "encoders").exists()


def test_another_checksum_than_the_known_one_is_refused(tmp_path: Path):
    with pytest.raises(EncoderError, match="known by another checksum"):
        run("sscd-disc-mixup", tmp_path, "0" * 64)


def test_what_nobody_published_is_told(tmp_path: Path):
    with pytest.raises(EncoderError, match=r"called “resnet9”.*resnet18.*sscd-disc-mixup"):
        run("resnet9", tmp_path)


@pytest.mark.parametrize("name", ["broken.torchscript.pt", "broken.onnx", "broken.pth"])
@pytest.mark.parametrize("content", [b"", b"no network at all"])
def test_a_file_that_is_no_encoder_is_refused(tmp_path: Path, name: str, content: bytes):
    (tmp_path / name).write_bytes(content)
    published = Published(Source(f"http://127.0.0.1/{name}", None), SIZE, "squash", "MIT")
    with pytest.raises(EncoderError, match=f"“{name}” is no encoder"):
        import_encoder(tmp_path / name, tmp_path / "out", "broken", published)
