"""What a person chose for a library, kept as JSON in its folder."""

import json
import os
from dataclasses import asdict, dataclass, fields
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, get_args

from photosearch.files import read_file

Device = Literal["auto", "cpu", "cuda"]
Theme = Literal["system", "light", "dark"]
Rule = Literal[
    "folders", "original", "resolution", "exif", "format", "quality", "sharpness", "date", "size", "name", "path"
]
RULES: tuple[Rule, ...] = get_args(Rule)
MAX_THREADS = 256
MOST_BYTES = 1 << 20
NEEDED_TO_TRAIN = (
    *("torch", "torchvision", "onnx", "onnxscript", "pytorch_metric_learning", "sklearn", "efficientnet_lite_pytorch"),
)


@dataclass(frozen=True)
class KeepRules:
    """How the photo to keep is chosen among duplicates: the first rule that tells them apart decides."""

    order: tuple[Rule, ...] = RULES
    folders: tuple[str, ...] = ()  # the rule "folders": whose photos are kept rather, the best first
    protected: tuple[str, ...] = ()  # folders that never lose a photo


@dataclass(frozen=True)
class Settings:
    """The choices and their defaults."""

    encoder: str = "default"  # which serves
    device: Device = "auto"
    threads: int | None = None  # to index on; None: as many as there are cores
    theme: Theme = "system"
    language: str = "system"
    keep: KeepRules = KeepRules()
    next_encoder: str | None = None  # takes the place of the one that serves once it has encoded all photos
    previous_encoder: str | None = None  # served before, and can again


def read_settings(file: Path) -> Settings:
    """Read `file`, as `parse_settings` does; without one, the defaults."""
    try:
        return parse_settings(read_file(file, MOST_BYTES))
    except OSError:
        return Settings()


def parse_settings(text: bytes) -> Settings:
    """The settings that a file says; whatever in it is absent, unknown or wrong falls back to its default."""
    try:
        stored = json.loads(text.decode("utf-8"))
    except ValueError:
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    names = [field.name for field in fields(Settings)]
    valid = {name: stored[name] for name in names if name in stored and _is_valid(name, stored[name])}
    return Settings(**valid, keep=_read_keep(stored.get("keep")))


def _read_keep(stored: Any) -> KeepRules:
    """Rules as they were written; of an unknown rule or a folder that is no text only that one is lost."""
    stored = stored if isinstance(stored, dict) else {}

    def texts(name: str) -> list[str] | None:
        values = stored.get(name)
        return [value for value in values if isinstance(value, str)] if isinstance(values, list) else None

    order = texts("order")
    known: dict[str, Rule] = {rule: rule for rule in RULES}
    kept: tuple[Rule, ...] = tuple(known[rule] for rule in dict.fromkeys(order or ()) if rule in known)
    return KeepRules(RULES if order is None else kept, tuple(texts("folders") or ()), tuple(texts("protected") or ()))


def write_settings(file: Path, settings: Settings) -> None:
    """Replace `file` in one step, so that a kill leaves the old or the new one."""
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    os.replace(partial, file)


def missing_to_train() -> list[str]:
    """The packages of the extra "train" that are not installed; none is loaded."""
    invalidate_caches()  # one may just have been
    return [name for name in NEEDED_TO_TRAIN if find_spec(name) is None]


def usable_cores() -> int:
    """How many cores this process may use, which a container or a scheduler may have limited."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_valid(name: str, value: Any) -> bool:
    match name:
        case "device":
            return value in get_args(Device)
        case "theme":
            return value in get_args(Theme)
        case "next_encoder" | "previous_encoder":
            return value is None or isinstance(value, str)
        case "threads":
            return value is None or (type(value) is int and 1 <= value <= MAX_THREADS)  # a bool is an int as well
        case "keep":
            return False  # read on its own
        case _:
            return isinstance(value, str)
