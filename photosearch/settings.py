"""What a person chose for a library, kept as JSON in its folder."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

Device = Literal["auto", "cpu", "cuda"]
Theme = Literal["system", "light", "dark"]
MAX_THREADS = 256


@dataclass(frozen=True)
class Settings:
    """The choices and their defaults."""

    encoder: str = "default"
    device: Device = "auto"
    threads: int | None = None  # to index on; None: as many as there are cores
    theme: Theme = "system"
    language: str = "system"


def read_settings(file: Path) -> Settings:
    """Read `file`; whatever in it is absent, unknown or wrong falls back to its default."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    names = [field.name for field in fields(Settings)]
    return Settings(**{name: stored[name] for name in names if name in stored and _is_valid(name, stored[name])})


def write_settings(file: Path, settings: Settings) -> None:
    """Replace `file` in one step, so that a kill leaves the old or the new one."""
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    os.replace(partial, file)


def _is_valid(name: str, value: Any) -> bool:
    match name:
        case "device":
            return value in get_args(Device)
        case "theme":
            return value in get_args(Theme)
        case "threads":
            return value is None or (type(value) is int and 1 <= value <= MAX_THREADS)  # a bool is an int as well
        case _:
            return isinstance(value, str)
