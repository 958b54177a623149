"""The card of an encoder bundle."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from photosearch.encode.bundle import CARD, MODEL, Bundle, read_bundle, write_card
from photosearch.encode.calibration import Calibration, Curve
from photosearch.encode.encoder import Encoder
from photosearch.errors import EncoderError
from tests.tree import REFERENCE

PLAIN = Bundle("name", "0" * 64, 224, "squash", 512, "Apache-2.0", "a test")
CALIBRATED = replace(
    PLAIN, calibration=Calibration(Curve(20, 0.6), Curve(15, 0.4), Curve(12.5, -0.1)), quality={"copies_micro_ap": 97.5}
)


@pytest.mark.parametrize("bundle", [PLAIN, CALIBRATED])
def test_what_is_written_is_read(bundle: Bundle, tmp_path: Path) -> None:
    write_card(tmp_path, bundle)
    assert read_bundle(tmp_path) == bundle


def test_the_calibration_is_no_part_of_the_vector_space(tmp_path: Path) -> None:
    assert PLAIN.id == CALIBRATED.id != replace(PLAIN, resize="pad").id


def test_a_card_of_a_later_version_may_say_more(tmp_path: Path) -> None:
    write_card(tmp_path, CALIBRATED)
    card = json.loads((tmp_path / CARD).read_text())
    (tmp_path / CARD).write_text(json.dumps(card | {"more": 1}))
    assert read_bundle(tmp_path) == CALIBRATED


@pytest.mark.parametrize(
    "change",
    [
        {"calibration": {"same_picture": {"slope": 20, "centre": 0.5}}},
        {"calibration": {name: {"slope": -1, "centre": 0.5} for name in ("same_picture", "same_scene", "same_kind")}},
        {"calibration": {name: {"slope": 1, "centre": "x"} for name in ("same_picture", "same_scene", "same_kind")}},
        {"calibration": 7},
        {"quality": {"copies_micro_ap": "good"}},
        {"quality": 7},
        {"resize": "stretch"},
        {"name": "../elsewhere"},
    ],
)
def test_a_card_that_is_none_is_refused_with_a_sentence(change: dict[str, object], tmp_path: Path) -> None:
    write_card(tmp_path, CALIBRATED)
    card = json.loads((tmp_path / CARD).read_text())
    (tmp_path / CARD).write_text(json.dumps(card | change))
    with pytest.raises(EncoderError, match=CARD):
        read_bundle(tmp_path)


def test_encoders_of_one_model_share_it_and_a_file_that_was_damaged_since_is_refused(tmp_path: Path) -> None:
    one, other = (shutil.copytree(REFERENCE / "encoders" / "small-one", tmp_path / name) for name in ("one", "other"))
    encoders = [Encoder(folder, "cpu") for folder in (one, other)]
    assert {encoder.device for encoder in encoders} == {"CPU"}
    (other / MODEL).write_bytes((other / MODEL).read_bytes()[:-1])
    with pytest.raises(EncoderError, match="is damaged"):
        Encoder(other, "cpu")
