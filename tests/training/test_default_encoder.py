"""The command that rebuilds the default encoder, here with a small network and photos that the test draws."""

import sys

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")
pytest.importorskip("onnxscript")

from photosearch.encode.bundle import read_bundle  # noqa: E402
from photosearch.encode.encoder import Encoder  # noqa: E402
from photosearch.encode.preprocess import fit  # noqa: E402
from photosearch.training import default_encoder  # noqa: E402

PHOTOS = 40


class SmallBackbone(torch.nn.Sequential):
    def __init__(self, name: str, input_size: int) -> None:
        torch.manual_seed(0)
        super().__init__(torch.nn.Conv2d(3, 24, 5, 4), torch.nn.ReLU6())

    def forward(self, levels):
        return super().forward((levels - 127) / 128)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    (folder / "below").mkdir()
    for number in range(PHOTOS):
        levels = np.random.default_rng(number).integers(0, 256, (3, 4, 3), dtype=np.uint8)
        photo = Image.fromarray(levels).resize((48, 40), Image.Resampling.BICUBIC)
        photo.save(folder / ("below" if number % 2 else "") / f"{number:02}.png")
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("no photo")
    return folder


def run(monkeypatch, folder, out):
    monkeypatch.setattr(default_encoder, "EfficientNetLite", SmallBackbone)
    monkeypatch.setattr(default_encoder, "INPUT_SIZE", 32)
    monkeypatch.setattr(default_encoder, "DIMENSION", 8)
    monkeypatch.setattr(sys, "argv", ["default_encoder", str(folder), str(out)])
    with pytest.raises(SystemExit) as ended:
        default_encoder.main()
    return ended.value.code


def test_the_command_learns_from_the_photos(monkeypatch, folder, tmp_path):
    assert run(monkeypatch, folder, tmp_path / "bundle") == 0
    card = read_bundle(tmp_path / "bundle")
    assert (card.dimension, card.input_size, card.licence) == (8, 32, "Apache-2.0")
    assert f"from {PHOTOS * default_encoder.EDITS_PER_PHOTO} pairs" in card.made_with

    encoder = Encoder(tmp_path / "bundle", "cpu")
    photos = [Image.open(path).convert("RGB") for path in sorted(folder.glob("*.png"))]
    vectors = encoder.encode(np.stack([fit(photo, 32, "squash") for photo in photos]))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    others = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    assert abs(others.mean()) < 0.2  # whitened: different photos are at right angles, on average

    assert run(monkeypatch, folder, tmp_path / "again") == 0
    again = Encoder(tmp_path / "again", "cpu").encode(np.stack([fit(photo, 32, "squash") for photo in photos]))
    np.testing.assert_allclose(again, vectors, atol=1e-5)


def test_a_folder_without_photos_is_refused(monkeypatch, tmp_path, capsys):
    assert run(monkeypatch, tmp_path, tmp_path / "bundle") == 1
    assert "no readable photo" in capsys.readouterr().err
    assert not (tmp_path / "bundle").exists()
