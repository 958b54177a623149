"""Measuring how well an encoder finds edited copies."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("sklearn")

from photosearch.encode.bundle import Bundle
from photosearch.errors import FolderError
from photosearch.training.augmentations.edits import EDITS
from photosearch.training.quality import measure_copies, score_copies
from tests.photos import save_photo

PHOTOS, SIZE = 40, 32  # 30 of them are searched, with all edits of 3 of them and an edit of each of the other 10


class LayoutEncoder:
    """The colours of 8 × 8 parts, less their mean: it knows a photo that stayed in its place."""

    bundle = Bundle("layout", "", SIZE, "squash", 192, "", "")

    def encode(self, pixels: np.ndarray) -> np.ndarray:
        parts = pixels.reshape(-1, 8, SIZE // 8, 8, SIZE // 8, 3).mean((2, 4)).reshape(len(pixels), -1)
        centred = (parts - parts.mean(1, keepdims=True)).astype(np.float32)
        return centred / np.linalg.norm(centred, axis=1, keepdims=True)


class BlindEncoder(LayoutEncoder):
    def encode(self, pixels: np.ndarray) -> np.ndarray:
        return np.eye(1, 192, dtype=np.float32).repeat(len(pixels), 0)


@pytest.fixture(scope="module")
def photos(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("photos")
    return [Path(save_photo(folder / f"{number}.png", number)) for number in range(PHOTOS)]


def test_what_stays_in_place_is_found_and_what_moves_is_not(photos: list[Path]):
    quality = measure_copies(LayoutEncoder(), photos)
    assert quality.recall_at_1.keys() == EDITS.keys()
    assert min(quality.recall_at_1[name] for name in ("resave", "noise", "stretch", "blur")) == 100
    assert min(quality.recall_at_1[name] for name in ("mirror", "screenshot")) < 70
    assert 50 < quality.micro_ap < 95
    assert 20 < quality.recall_at_99 < quality.micro_ap


def test_an_encoder_that_sees_nothing_is_as_good_as_chance(photos: list[Path]):
    quality = measure_copies(BlindEncoder(), photos)
    searched, edits, distractors = 30, 3 * len(EDITS), 10
    assert quality.micro_ap == pytest.approx(100 * edits / ((edits + distractors) * searched))
    assert quality.recall_at_99 == 0


def test_a_photo_that_has_gone_is_named(photos: list[Path], tmp_path: Path):
    with pytest.raises(FolderError, match="gone"):
        measure_copies(LayoutEncoder(), [*photos, tmp_path / "gone.png"])


def test_other_shots_of_a_place_are_neither_right_nor_wrong():
    vectors = np.eye(8, dtype=np.float32)
    library, edits, strangers = vectors[:3], vectors[:1].repeat(len(EDITS), 0), vectors[1:2]
    alone = score_copies(library, edits, strangers, np.arange(4))
    assert alone.micro_ap < 95  # the stranger is taken for the second photo, as surely as any edit for its own
    shots = score_copies(library, edits, strangers, np.array([0, 1, 2, 1]))
    assert (shots.micro_ap, shots.recall_at_99) == (100, 100)
    assert shots.recall_at_1 == alone.recall_at_1
