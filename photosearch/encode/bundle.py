"""An encoder bundle: a folder with `model.onnx` and, beside it, `encoder.json` that says what it is."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

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

    @property
    def id(self) -> str:
        """The name of its vector space: the same graph fed otherwise gives other vectors."""
        meaning = f"{self.sha256} {self.input_size} {self.resize}"
        return f"{self.name}-{hashlib.sha256(meaning.encode()).hexdigest()[:12]}"


def read_bundle(folder: Path) -> Bundle:
    """Read and check the card in `folder`; raise EncoderError with a sentence if it is no bundle."""
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        bundle = Bundle(**{field: card[field] for field in Bundle.__dataclass_fields__})
    except (OSError, ValueError) as error:
        raise EncoderError(f"“{folder}” is no encoder bundle: its {CARD} cannot be read ({error}).") from error
    except (KeyError, TypeError) as error:
        raise EncoderError(f"“{folder}” is no encoder bundle: its {CARD} lacks {error}.") from error
    if bundle.resize not in RESIZES or not bundle.name.replace("-", "").replace("_", "").isalnum():
        raise EncoderError(f"The {CARD} in “{folder}” has a name or resize rule that this version does not know.")
    return bundle


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
