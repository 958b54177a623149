"""An encoder bundle: a folder with `model.onnx` and, beside it, `encoder.json` that says what it is."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from photosearch.encode.calibration import Calibration, Curve
from photosearch.encode.preprocess import RESIZES, Resize
from photosearch.errors import EncoderError

MODEL, CARD = "model.onnx", "encoder.json"


@dataclass(frozen=True)
class Bundle:
    """What `encoder.json` says of the network beside it; the graph maps uint8[B,H,W,3] to unit float32[B,dimension]."""

    name: str
    sha256: str  # of model.onnx
    input_size: int
    resize: Resize
    dimension: int
    licence: str
    made_with: str
    calibration: Calibration | None = None  # what its scores mean, where that was measured
    quality: dict[str, float] = field(default_factory=dict, hash=False)  # what was measured of it, in percent

    @property
    def id(self) -> str:
        """The name of its vector space: the same graph fed otherwise gives other vectors."""
        meaning = f"{self.sha256} {self.input_size} {self.resize}"
        return f"{self.name}-{hashlib.sha256(meaning.encode()).hexdigest()[:12]}"


def read_bundle(folder: Path) -> Bundle:
    """Read and check the card in `folder`; raise EncoderError with a sentence if it is no bundle."""
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        bundle = _bundle(card)
    except (OSError, ValueError) as error:
        raise EncoderError(f"“{folder}” is no encoder bundle: its {CARD} cannot be read ({error}).") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise EncoderError(f"“{folder}” is no encoder bundle: its {CARD} is not as it should be ({error}).") from error
    if bundle.resize not in RESIZES or not bundle.name.replace("-", "").replace("_", "").isalnum():
        raise EncoderError(f"The {CARD} in “{folder}” has a name or resize rule that this version does not know.")
    return bundle


def _bundle(card: dict[str, Any]) -> Bundle:
    """Raises KeyError, TypeError, ValueError or AttributeError if it is none; what later versions add is left out."""
    required = ("sha256", "input_size", "resize", "dimension", "licence", "made_with")
    curves = card.get("calibration")
    relations = [relation.name for relation in fields(Calibration)]
    return Bundle(
        name=str(card["name"]),
        **{name: card[name] for name in required},
        calibration=Calibration(**{name: Curve(curves[name]["slope"], curves[name]["centre"]) for name in relations})
        if curves
        else None,
        quality={measure: float(percent) for measure, percent in card.get("quality", {}).items()},
    )


def verify_model(folder: Path, bundle: Bundle) -> Path:
    """Return the path of the model in `folder`; raise EncoderError if its bytes are not those the card names."""
    path = folder / MODEL
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(f"The model of the encoder “{bundle.name}” cannot be read: {error.strerror}.") from error
    if digest != bundle.sha256:
        raise EncoderError(f"The model of the encoder “{bundle.name}” is damaged: its checksum does not match.")
    return path


def write_card(folder: Path, bundle: Bundle) -> None:
    """Write `bundle` as the card of `folder`."""
    (folder / CARD).write_text(json.dumps(asdict(bundle), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
