"""The encoder bundles of a library: how large, how fast and how good each is, and how far it has encoded the photos."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from photosearch.encode.bundle import MODEL, read_bundle
from photosearch.errors import EncoderError
from photosearch.library import Library


def describe_encoders(library: Library) -> list[dict[str, Any]]:
    """All encoder bundles, each measured for a tenth of a second; one whose card cannot be read is left out."""
    settings = library.settings
    roles = {settings.previous_encoder: "before", settings.next_encoder: "coming", settings.encoder: "serves"}
    rows: list[dict[str, Any]] = []
    for name in library.bundles.names():
        folder = library.bundles.folder(name)
        with suppress(EncoderError):
            bundle = read_bundle(folder)
            counts = library.catalog.counts(library.catalog.encoder_id(bundle.id))
            rows.append(
                {
                    "name": name,
                    "id": bundle.id,
                    "dimension": bundle.dimension,
                    "licence": bundle.licence,
                    "size_bytes": (folder / MODEL).stat().st_size if (folder / MODEL).exists() else 0,
                    "encodes_photos_per_s": _rate(folder),
                    "quality": bundle.quality,
                    "used": name == settings.encoder,
                    "role": roles.get(name),
                    "encoded": counts.encoded,
                    "photos": counts.present,
                }
            )
    return rows


def _rate(folder: Path) -> float | None:
    """Photos that one thread encodes per second; None if the bundle cannot be run."""
    from photosearch.encode.encoder import Encoder

    try:
        return round(Encoder(folder, "cpu").measure(), 1)
    except EncoderError:
        return None
