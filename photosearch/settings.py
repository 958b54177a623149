"""What a person chose for a library, kept as JSON in its folder."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

Device = Literal["auto", "cpu", "cuda"]
DEVICES: tuple[Device, ...] = get_args(Device)


@dataclass(frozen=True)
class Settings:
    """The choices and their defaults."""

    encoder: str = "default"
    device: Device = "auto"


def read_settings(file: Path) -> Settings:
    """Read `file`; what is absent, unknown or unreadable falls back to its default."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    encoder, device = stored.get("encoder"), stored.get("device")
    return Settings(
        encoder if isinstance(encoder, str) else Settings.encoder,
        DEVICES[DEVICES.index(device)] if device in DEVICES else Settings.device,
    )


def write_settings(file: Path, settings: Settings) -> None:
    """Replace `file` in one step, so that a kill leaves the old or the new one."""
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    os.replace(partial, file)
