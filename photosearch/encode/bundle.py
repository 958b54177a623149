"""An encoder bundle: a folder with `model.onnx` and `encoder.json`, which describes it."""

import errno
import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from photosearch.encode.calibration import Calibration
from photosearch.errors import EncoderError
from photosearch.files import digest_of, open_file
from photosearch.own_files import read_stamp, replace_file
from photosearch.sentences import system_reason

Resize = Literal["squash", "pad", "crop"]  # how a picture becomes square: see encode/preprocess.py
TAUGHT = "photosearch train"  # what made an encoder that a person taught
MODEL, CARD = "model.onnx", "encoder.json"
FILES = (CARD, MODEL, "README.md")  # of a bundle
ID = re.compile(r"[\w-]{1,100}-[0-9a-f]{12}")  # see Bundle.id
MOST_MODEL_BYTES = 1 << 31  # of a message of protobuf, which a file of ONNX is
MOST_INPUT, MOST_DIMENSION = 4096, 65_536


@dataclass(frozen=True)
class Bundle:
    """The contents of `encoder.json`; the graph beside it maps uint8[B,H,W,3] to unit float32[B,dimension]."""

    name: str
    sha256: str  # of model.onnx
    input_size: int
    resize: Resize
    dimension: int
    licence: str
    made_with: str
    calibration: Calibration | None = None  # the meaning of its scores, where that was measured
    kinds_from: int | None = None  # the index in the vector where the part for kinds begins, after that for copies
    quality: dict[str, float] = field(default_factory=dict, hash=False)  # its measured quality, in percent

    @property
    def is_taught(self) -> bool:
        """True if a person taught it kinds, for which it may have forgotten some of what tells copies."""
        return self.made_with == TAUGHT

    @property
    def id(self) -> str:
        """The name of its vector space: the same graph fed otherwise gives other vectors."""
        meaning = f"{self.sha256} {self.input_size} {self.resize}"
        return f"{self.name}-{hashlib.sha256(meaning.encode()).hexdigest()[:12]}"


def read_bundle(folder: Path) -> Bundle:
    """Read and check the card in `folder`; fields of later versions are ignored.

    Raises EncoderError with a sentence if it is no bundle.
    """
    try:
        bundle = read_stamp(folder / CARD, Bundle)
    except OSError as error:
        raise EncoderError(
            "“{path}” is no encoder bundle: its {card} cannot be read ({reason}).",
            path=str(folder),
            card=CARD,
            reason=system_reason(error),
        ) from error
    except ValueError as error:
        raise EncoderError(
            "“{path}” is no encoder bundle: its {card} is not as it should be ({reason}).",
            path=str(folder),
            card=CARD,
            reason=str(error),
        ) from error
    if not ID.fullmatch(bundle.id):
        raise EncoderError(
            "The {card} in “{path}” has a name of other than 1 to 100 letters, digits, - and _.",
            card=CARD,
            path=str(folder),
        )
    if not (1 <= bundle.input_size <= MOST_INPUT and 1 <= bundle.dimension <= MOST_DIMENSION):
        raise EncoderError(
            "The {card} in “{path}” gives an input size or a dimension that no encoder has.",
            card=CARD,
            path=str(folder),
        )
    if bundle.kinds_from is not None and not 0 < bundle.kinds_from < bundle.dimension:
        raise EncoderError(
            "The {card} in “{path}” gives a part for kinds that its vectors do not have.",
            card=CARD,
            path=str(folder),
        )
    return bundle


def open_model(folder: Path) -> BinaryIO:
    """Open the model in `folder`; raises OSError, also where it is larger than a model in one file can be."""
    file = open_file(folder / MODEL)
    if os.fstat(file.fileno()).st_size > MOST_MODEL_BYTES:
        file.close()
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(folder / MODEL))
    return file


def verify_model(folder: Path, bundle: Bundle) -> Path:
    """Return the path of the model in `folder`; raise EncoderError if its bytes are not those the card names."""
    path = folder / MODEL
    try:
        with open_model(folder) as file:
            digest = digest_of(file).hex()
    except OSError as error:
        raise EncoderError(
            "The model of the encoder “{name}” cannot be read: {reason}.", name=bundle.name, reason=system_reason(error)
        ) from error
    if digest != bundle.sha256:
        raise EncoderError(
            "The model of the encoder “{name}” is damaged: its checksum does not match.", name=bundle.name
        )
    return path


def write_card(folder: Path, bundle: Bundle) -> None:
    """Write `bundle` as the card of `folder`."""
    replace_file(folder / CARD, (json.dumps(asdict(bundle), indent=2, ensure_ascii=False) + "\n").encode())
