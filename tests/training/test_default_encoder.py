"""The command that rebuilds the default encoder, here at a small size, for a few steps, on the project's samples."""

import shutil
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
from photosearch.paths import resources  # noqa: E402
from photosearch.training import default_encoder  # noqa: E402
from photosearch.training.augmentations import album  # noqa: E402
from photosearch.training.data.shots import read_shots, split_shots  # noqa: E402
from photosearch.training.photos import find_photos, split  # noqa: E402
from photosearch.training.run.fit import Pace  # noqa: E402
from tests.photos import save_photo  # noqa: E402

SIZE = 96
COPIES, KINDS = 32, 8
CHOICES = {
    "INPUT_SIZE": SIZE,
    "TEACHERS": {"efficientnet-lite0": SIZE},
    "COPIES_DIMENSION": COPIES,
    "KINDS_DIMENSION": KINDS,
    "ALBUM_SIDE": SIZE,
    "FROM_IMAGENET": default_encoder.FROM_IMAGENET._replace(rounds=1, pace=Pace(steps=0)),
    "ONWARD": default_encoder.ONWARD._replace(rounds=1),
    "PHOTOS_A_STEP": {"cpu": 10, "cuda": 10},
    "WHITENED": 40,
    "TYPICAL_PHOTOS": 16,
}


class Ended(NamedTuple):
    code: object
    err: str


class Command:
    """The command with choices that suit a test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        for name, value in CHOICES.items():
            monkeypatch.setattr(default_encoder, name, value)
        monkeypatch.setattr(album, "LAYERS", 2)
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, folder: Path, out: Path, *options: str) -> Ended:
        self.monkeypatch.setattr(sys, "argv", ["default_encoder", str(folder), str(out), *options])
        with pytest.raises(SystemExit) as ended:
            default_encoder.main()
        return Ended(ended.value.code, self.capsys.readouterr().err)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, small: what is learned from is smaller still."""
    folder = tmp_path_factory.mktemp("scratch") / "photos"
    shutil.copytree(resources() / "samples" / "photos", folder)
    for path in find_photos(folder):
        with Image.open(path) as photo:
            photo.thumbnail((2 * SIZE, 2 * SIZE))
            photo.convert("RGB").save(path)
    (folder / "broken.jpg").write_bytes(b"no picture")
    return folder


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shots")
    names = [f"{number}.png" for number in range(8)]
    for number, name in enumerate(names):
        save_photo(folder / name, number)
    (folder / "groups.csv").write_text(
        "path,group\n" + "".join(f"{name},g{chr(97 + int(name[0]) // 2)}\n" for name in names)
    )
    return folder


def encode(bundle: Path, folder: Path) -> np.ndarray:
    encoder = Encoder(bundle, "cpu")
    photos = [Image.open(path).convert("RGB") for path in sorted(folder.glob("Animals/*.jpg"))]
    return encoder.encode(np.stack([fit_pixels(photo, encoder.bundle.input_size, "squash") for photo in photos]))


def assert_card(card: Bundle) -> None:
    assert (card.dimension, card.input_size, card.resize) == (COPIES + KINDS, SIZE, "squash")
    assert (card.licence, card.made_with) == ("Apache-2.0", default_encoder.COMMAND)
    assert card.calibration is not None
    assert card.kinds_from == COPIES
    assert card.quality and all(0 <= percent <= 100 for percent in card.quality.values())


def test_the_command_learns_from_the_photos_and_goes_on_from_what_it_kept(
    command: Command, folder: Path, shots: Path, tmp_path: Path
):
    out, small, work = (tmp_path / name for name in ("bundle", "bundle-int8", "bundle-work"))
    ended = command(folder, out, "--shots", str(shots))
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
    assert command(folder, out, "--shots", str(shots)).code == 0
    assert {path: path.stat().st_mtime_ns for path in work.rglob("*")} == kept  # nothing was learned twice
    assert [read_bundle(bundle) for bundle in (out, small)] == cards  # with the digests of the files
    np.testing.assert_array_equal(encode(out, folder), vectors)

    start = shutil.copytree(out, tmp_path / "start")
    assert command(folder, out, "--shots", str(shots), "--start", str(start)).code == 0
    assert read_bundle(out).sha256 != cards[0].sha256
    onward = np.einsum("nd,nd->n", encode(out, folder), vectors)
    assert onward.min() > 0.9  # two steps are few, half of the weights are those of the start, and its head stays


def test_some_of_the_photos_are_learned_from_alone(command: Command, folder: Path, shots: Path, tmp_path: Path):
    words = *"BCEGHJKLMNOPQ", "1.", "2.", "3."
    out = tmp_path / "bundle"
    assert command(folder, out, "--shots", str(shots), "--rounds", "2", "--only", *words).code == 0
    _, learned = split(find_photos(folder))
    _, grouped = split_shots(read_shots(shots))
    expected = [path for path in [*learned, *grouped.photos] if path.name.startswith(words)]
    (album_file,) = tmp_path.glob("bundle-work/*/photos.npy")
    assert len(np.load(album_file, mmap_mode="r")) == len(expected) < len(learned)
    assert_card(read_bundle(out))


@pytest.mark.parametrize(("options", "code"), [(["--only", "Zebra"], 1), (["--rounds", "0"], 2)])
def test_nothing_to_learn_from_ends_it(command: Command, folder: Path, tmp_path: Path, options: list[str], code: int):
    ended = command(folder, tmp_path / "bundle", *options)
    assert ended.code == code
    assert ("Too few photos" if code == 1 else "from 1 on") in ended.err
    assert not (tmp_path / "bundle-work").exists()


def test_other_shots_alone_are_too_few(command: Command, folder: Path, shots: Path, tmp_path: Path):
    """It is said at once, not after a training, whose last step needs photos, too."""
    ended = command(folder, tmp_path / "bundle", "--shots", str(shots), "--only", *"01234567")
    assert ended.code == 1
    assert "Too few photos" in ended.err
    assert not (tmp_path / "bundle-work").exists()


def test_other_shots_that_a_folder_does_not_tell_of_end_it_with_a_sentence(
    command: Command, folder: Path, tmp_path: Path
):
    ended = command(folder, tmp_path / "bundle", "--shots", str(tmp_path))
    assert ended.code == 1
    assert "does not tell" in ended.err


def test_a_folder_with_few_photos_is_refused(command: Command, tmp_path: Path):
    for number in range(KINDS):
        save_photo(tmp_path / f"{number}.png", number)
    ended = command(tmp_path, tmp_path / "bundle")
    assert ended.code == 1
    assert "Too few photos" in ended.err
    assert len(list(tmp_path.iterdir())) == KINDS
