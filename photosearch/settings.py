"""What a person chose for a library, kept as JSON in its folder."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """The choices and their defaults."""

    encoder: str = "default"


def read_settings(file: Path) -> Settings:
    """Read `file`; what is absent, unknown or unreadable falls back to its default."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    encoder = stored.get("encoder") if isinstance(stored, dict) else None
    return Settings(encoder) if isinstance(encoder, str) else Settings()


def write_settings(file: Path, settings: Settings) -> None:
    """Replace `file` in one step, so that a kill leaves the old or the new one."""
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    os.replace(partial, file)
