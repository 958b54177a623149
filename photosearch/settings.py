"""The settings of a library, stored as JSON in its folder."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from photosearch.files import read_file
from photosearch.own_files import MOST_BYTES, checked, parse_json, replace_file
from photosearch.paths import is_inside

Device = Literal["auto", "cpu", "cuda"]
Theme = Literal["system", "light", "dark"]
Rule = Literal["folders", "resolution", "exif", "format", "quality", "sharpness", "date", "size", "name", "path"]
RULES: tuple[Rule, ...] = get_args(Rule)
MAX_THREADS = 256
NEEDED_TO_TRAIN = (
    *("torch", "torchvision", "onnx", "onnxscript", "pytorch_metric_learning", "sklearn", "efficientnet_lite_pytorch"),
)


@dataclass(frozen=True)
class KeepRules:
    """The rules that choose the photo to keep among duplicates: the first one that separates them decides."""

    order: tuple[Rule, ...] = RULES
    folders: tuple[str, ...] = ()  # the rule "folders": whose photos are kept rather, the best first
    protected: tuple[str, ...] = ()  # folders that never lose a photo

    def protects(self, path: str) -> bool:
        """True if a photo lies in a protected folder."""
        return any(is_inside(path, folder) for folder in self.protected)


@dataclass(frozen=True)
class Settings:
    """The choices and their defaults."""

    encoder: str = "default"  # the active one
    device: Device = "auto"
    threads: int | None = None  # to index on; None: as many as there are cores
    theme: Theme = "system"
    language: str = "system"
    keep: KeepRules | None = KeepRules()  # None: unknown, so nothing may be removed
    next_encoder: str | None = None  # replaces the active one once it has encoded all photos
    previous_encoder: str | None = None  # served before, and can again


def read_settings(file: Path) -> Settings:
    """Read `file`, as far as it can be; where there is none, the defaults."""
    try:
        return parse_settings(read_file(file, MOST_BYTES))
    except FileNotFoundError:
        return Settings()
    except OSError:
        return Settings(keep=None)


def parse_settings(text: bytes) -> Settings:
    """The settings in a file; absent, unknown or wrong values fall back to their defaults.

    But for `keep`, which holds the protected folders: where that is wrong, it is None.
    """
    try:
        stored = parse_json(text.decode("utf-8"))
    except ValueError:
        return Settings(keep=None)
    if not isinstance(stored, dict):
        return Settings(keep=None)
    hints = get_type_hints(Settings)
    valid: dict[str, Any] = {}
    for name in hints.keys() & stored.keys() - {"keep"}:
        with suppress(ValueError):
            valid[name] = checked(stored[name], hints[name])
    if valid.get("threads") is not None and not 1 <= valid["threads"] <= MAX_THREADS:
        del valid["threads"]
    return Settings(**valid, keep=_read_keep(stored["keep"]) if "keep" in stored else KeepRules())


def _read_keep(stored: Any) -> KeepRules | None:
    """Rules as they were written; only a rule of a later version is left out."""
    if not isinstance(stored, dict):
        return None
    known: dict[str, Rule] = {rule: rule for rule in RULES}
    try:
        order, folders, protected = (
            None if stored.get(name) is None else checked(stored[name], tuple[str, ...])
            for name in ("order", "folders", "protected")
        )
    except ValueError:
        return None
    kept: tuple[Rule, ...] = tuple(known[rule] for rule in dict.fromkeys(order or ()) if rule in known)
    return KeepRules(RULES if order is None else kept, folders or (), protected or ())


def write_settings(file: Path, settings: Settings) -> None:
    """Replace `file` in one step, on the disk for sure."""
    replace_file(file, (json.dumps(asdict(settings), indent=2) + "\n").encode())


def missing_to_train() -> list[str]:
    """The packages of the extra "train" that are not installed; none is loaded."""
    invalidate_caches()  # one may just have been
    return [name for name in NEEDED_TO_TRAIN if find_spec(name) is None]


def usable_cores() -> int:
    """The number of cores this process may use, which a container or a scheduler may have limited."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
