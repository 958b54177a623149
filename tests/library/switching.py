"""Another encoder and a library for it to take over, and what is asked before and after."""

import json
from pathlib import Path

from photosearch.library import Library
from photosearch.models import Match, Query
from tests.encode.small_encoders import SMALL, use_small_encoders
from tests.jobs import index
from tests.photos import save_photo

FIRST, OTHER = SMALL
COUNT = 12


def fill(library: Library, album: Path, count: int) -> None:
    """Index so many photos that differ, by the first of two encoders."""
    use_small_encoders(library)
    for seed in range(count):
        save_photo(album / f"{seed}.jpg", seed, (40, 30))
    index(library, album)


def ask(library: Library, album: Path) -> list[list[Match]]:
    """The lookalikes of each earlier photo, best first."""
    return [library.similar(Query((str(album / f"{seed}.jpg"),), min_score=-1)) for seed in range(COUNT)]


def encoded_by(library: Library, name: str) -> int:
    """The number of present photos that an encoder has encoded."""
    with Library(library.places.library) as again:
        bundle = json.loads((again.bundles.folder(name) / "encoder.json").read_text(encoding="utf-8"))["name"]
        ids = again.catalog.connection.execute(
            "SELECT id FROM encoder WHERE bundle LIKE ?", (f"{bundle}-____________",)
        )
        return sum(again.catalog.counts(encoder_id).encoded for (encoder_id,) in ids.fetchall())
