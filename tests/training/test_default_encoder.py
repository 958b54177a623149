"""The command that rebuilds the default encoder, here with a small network and photos that the test draws."""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")
pytest.importorskip("onnxscript")
pytest.importorskip("pytorch_metric_learning")
pytest.importorskip("sklearn")

from photosearch.encode.bundle import Bundle, read_bundle  # noqa: E402
from photosearch.encode.encoder import Encoder  # noqa: E402
from photosearch.encode.preprocess import fit as fit_pixels  # noqa: E402
from photosearch.training import default_encoder  # noqa: E402
from photosearch.training.fit import Recipe  # noqa: E402

PHOTOS, SIZE = 40, 32
ANGLES, PERIODS_PX = np.arange(8) * np.pi / 8, (3, 5, 9)
COPIES, KINDS = 8, 4
CHOICES = {
    "INPUT_SIZE": SIZE,
    "TRAINING_SIZE": SIZE,
    "TEACHERS": {"efficientnet-lite0": SIZE, "efficientnet-lite2": SIZE},
    "COPIES_DIMENSION": COPIES,
    "KINDS_DIMENSION": KINDS,
    "RECIPE": Recipe(steps=6, photos_a_step=5, memory=30, workers=0),
}


class GaborBank(torch.nn.Module):
    """How strong the lines of each direction and width are: it tells gratings apart in any light and any crop."""

    def __init__(self, name: str, input_size: int, frozen_blocks: int = 0) -> None:
        super().__init__()
        bank = torch.from_numpy(np.stack([gabor(angle, period) for angle in ANGLES for period in PERIODS_PX]))
        self.frozen = torch.nn.Conv2d(3, len(bank), bank.shape[-1], 2, bias=False).requires_grad_(False)
        self.trained = torch.nn.Conv2d(len(bank), len(bank), 1, bias=False)
        with torch.no_grad():
            self.frozen.weight.copy_(bank[:, None].expand_as(self.frozen.weight))
            torch.nn.init.dirac_(self.trained.weight)

    def forward(self, levels: torch.Tensor) -> torch.Tensor:
        return self.trained(self.frozen((levels - 127) / 128).abs()).relu()


def gabor(angle: float, period_px: float) -> np.ndarray:
    y, x = np.mgrid[-3:4, -3:4]
    envelope = np.exp(-(x**2 + y**2) / 8)
    wave = np.cos((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period_px)
    kernel = envelope * (wave - (envelope * wave).sum() / envelope.sum())
    return kernel / np.linalg.norm(kernel)


def draw_gratings(seed: int) -> Image.Image:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:72, :96]
    lines = np.zeros(x.shape)
    for angle, period_px in zip(rng.uniform(0, np.pi, 2), rng.uniform(8, 24, 2), strict=True):
        lines += np.sign(np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period_px))
    levels = 128 + lines[..., None] * rng.uniform(20, 60, 3)
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8))


class Ended(NamedTuple):
    code: object
    err: str


class Command:
    """The command with choices that suit a test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr(default_encoder, "EfficientNetLite", GaborBank)
        for name, value in CHOICES.items():
            monkeypatch.setattr(default_encoder, name, value)
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, folder: Path, out: Path) -> Ended:
        self.monkeypatch.setattr(sys, "argv", ["default_encoder", str(folder), str(out)])
        with pytest.raises(SystemExit) as ended:
            default_encoder.main()
        return Ended(ended.value.code, self.capsys.readouterr().err)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    (folder / "below").mkdir()
    for number in range(PHOTOS):
        draw_gratings(number).save(folder / ("below" if number % 2 else "") / f"{number:02}.png")
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("no photo")
    return folder


def encode(bundle: Path, folder: Path) -> np.ndarray:
    encoder = Encoder(bundle, "cpu")
    photos = [Image.open(path).convert("RGB") for path in sorted(folder.glob("*.png"))]
    return encoder.encode(np.stack([fit_pixels(photo, encoder.bundle.input_size, "squash") for photo in photos]))


def assert_card(card: Bundle) -> None:
    assert (card.dimension, card.input_size, card.resize) == (COPIES + KINDS, SIZE, "squash")
    assert (card.licence, card.made_with) == ("Apache-2.0", default_encoder.COMMAND)
    assert card.calibration is not None
    assert card.quality and all(0 <= percent <= 100 for percent in card.quality.values())


def test_the_command_learns_from_the_photos_and_goes_on_from_what_it_kept(
    command: Command, folder: Path, tmp_path: Path
):
    out, small, work = (tmp_path / name for name in ("bundle", "bundle-int8", "bundle-work"))
    ended = command(folder, out)
    assert ended.code == 0
    cards = [read_bundle(bundle) for bundle in (out, small)]
    for card in cards:
        assert_card(card)
        assert card.id in ended.err
    assert cards[0].sha256 != cards[1].sha256
    vectors, coarse = encode(out, folder), encode(small, folder)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)].mean() < 0.5  # photos are told apart
    assert np.einsum("nd,nd->n", vectors, coarse).min() > 0.8

    kept = {path: path.stat().st_mtime_ns for path in work.rglob("*")}
    assert "checkpoint.pt" in {path.name for path in kept}
    assert command(folder, out).code == 0
    assert {path: path.stat().st_mtime_ns for path in work.rglob("*")} == kept  # nothing was learned twice
    assert [read_bundle(bundle) for bundle in (out, small)] == cards  # with the digests of the files
    np.testing.assert_array_equal(encode(out, folder), vectors)


def test_a_folder_with_few_photos_is_refused(command: Command, tmp_path: Path):
    for number in range(KINDS):
        draw_gratings(number).save(tmp_path / f"{number}.png")
    ended = command(tmp_path, tmp_path / "bundle")
    assert ended.code == 1
    assert "too few" in ended.err
    assert len(list(tmp_path.iterdir())) == KINDS
