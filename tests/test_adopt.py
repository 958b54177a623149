"""Another encoder takes over: the one before serves until all photos are encoded, and can be brought back."""

from pathlib import Path

import pytest

from photosearch.library import Library
from photosearch.photo import Match, Query
from tests.jobs import index
from tests.photos import save_photo

OTHER = "default-int8"


@pytest.fixture
def filled(library: Library, album: Path) -> Library:
    """A library with six photos."""
    for seed in range(6):
        save_photo(album / f"{seed}.jpg", seed)
    index(library, album)
    return library


def ask(library: Library, album: Path) -> list[Match]:
    return library.similar(Query((str(album / "0.jpg"),), min_score=-1))


def test_the_encoder_of_before_serves_until_all_photos_are_encoded(filled: Library, album: Path) -> None:
    before = ask(filled, album)
    assert filled.adopt(OTHER).id != filled.bundle.id
    assert filled.adopting == OTHER
    assert ask(filled, album) == before
    summary = index(filled)
    assert (summary.encoded_again, summary.hindrance) == (6, "")
    assert (filled.adopting, filled.settings.encoder, filled.settings.previous_encoder) == (None, OTHER, "default")
    after = ask(filled, album)
    assert len(after) == len(before)
    assert [match.score for match in after] != [match.score for match in before]


def test_undo_brings_the_same_answers_back(filled: Library, album: Path) -> None:
    before = ask(filled, album)
    filled.adopt(OTHER)
    index(filled)
    for seed in (6, 7):
        save_photo(album / f"{seed}.jpg", seed)
    index(filled)
    assert len(ask(filled, album)) == 7
    assert filled.undo_adoption().name == filled.bundle.name
    assert ask(filled, album) == before
    assert index(filled).encoded_again == 2
    assert len(ask(filled, album)) == 7
