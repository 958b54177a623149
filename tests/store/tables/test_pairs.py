"""The catalog's records of pairs of contents."""

from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

from photosearch.models import Container, Coverage, Evidence, Ranked, Side, Verdict
from photosearch.store.catalog import Catalog
from photosearch.store.salvage import salvage
from photosearch.store.tables.coverage import add_containers, add_coverages, containers, coverages
from photosearch.store.tables.decisions import decide, pair_decisions
from photosearch.store.tables.pairs import (
    Related,
    add_candidates,
    add_verdicts,
    related,
    searched_through,
    unverified,
    verdicts_of,
)

EVIDENCE = Evidence((1.0, 0.0, 0.125, 0.0, 1.0, 0.25), True, (0.125, 0.25, 0.5, 0.5), 31, 0.75)


@pytest.fixture
def catalog(tmp_path: Path) -> Generator[Catalog]:
    """Contents 1 to 4, each of one photo, and an encoder."""
    catalog = Catalog(tmp_path / "catalog.sqlite")
    for number in range(1, 5):
        catalog.connection.execute(
            "INSERT INTO content (id, digest, format, width, height, sharpness) VALUES (?, ?, 'JPEG', 8, 8, 0)",
            (number, bytes([number])),
        )
        catalog.connection.execute(
            "INSERT INTO photo (id, path, size_bytes, mtime_ns, state, content_id)"
            " VALUES (?1, ?2, 1, 1, 'present', ?1)",
            (number, f"/{number}.jpg".encode()),
        )
    catalog.encoder_id("one")
    yield catalog
    catalog.close()


def note(catalog: Catalog, content: int, *neighbours: int, floor: float = 0.5, through: int = 4) -> None:
    """The neighbours of a content, the nearest first, at 0.9, 0.8 and so on."""
    scores = 0.9 - 0.1 * np.arange(len(neighbours), dtype=np.float32)
    ranked = Ranked(np.array([neighbours], np.int64), scores[None])
    add_candidates(catalog, 1, [(np.array([content]), ranked)], floor, through)


def test_candidates_are_pairs_of_different_contents_that_are_there_and_alike_enough(catalog: Catalog) -> None:
    note(catalog, 3, 3, 99, 1, 4, floor=0.65)
    note(catalog, 1, 1, 3, floor=0.65)
    assert list(unverified(catalog, 1, 1, 9)) == [(1, 3)]
    assert searched_through(catalog, 1, 0.65) == 4
    assert searched_through(catalog, 1, 0.6) == 0, "with another floor all is searched anew"


def test_a_verdict_is_kept_with_its_evidence_and_ends_with_its_content(catalog: Catalog) -> None:
    note(catalog, 1, 2, 3)
    add_verdicts(
        catalog, 7, [((1, 2), Verdict("edited", EVIDENCE)), ((1, 3), Verdict(None)), ((1, 99), Verdict("same"))]
    )
    assert not list(unverified(catalog, 1, 7, 9))
    assert list(unverified(catalog, 1, 8, 9)) == [(1, 2), (1, 3)], "another method compares anew"
    assert list(related(catalog, 1, 7)) == [Related(1, 2, pytest.approx(0.9), "edited")]
    assert verdicts_of(catalog, 7, [(1, 2), (1, 3), (1, 4)]) == {
        (1, 2): Verdict("edited", EVIDENCE), (1, 3): Verdict(None),
    }  # fmt: skip
    catalog.connection.execute("DELETE FROM photo WHERE id = 2")
    catalog.connection.execute("DELETE FROM content WHERE id = 2")
    assert not list(related(catalog, 1, 7)) and catalog.check() == []


def test_what_a_closer_look_told_is_read_back_and_goes_with_its_photos(catalog: Catalog) -> None:
    told = Coverage(
        "edited", (Side("yes"), Side("no", "content", (0.1, 0.2, 0.3, 0.4))), ("cropped",), {"error_px": 0.02}
    )
    held = Container(3, ("video",), tuple(range(64)), 6, 0.01, True)
    add_coverages(catalog, 7, [((1, 2), told), ((1, 99), told)])
    add_containers(catalog, [(1, held), (99, held)])
    assert coverages(catalog, 7) == {(1, 2): told} and coverages(catalog, 8) == {}
    assert containers(catalog, [1, 2, 99]) == {1: held}
    catalog.connection.execute("DELETE FROM photo WHERE id = 2")
    catalog.connection.execute("DELETE FROM content WHERE id = 2")
    assert coverages(catalog, 7) == {} and catalog.check() == []


def test_a_decision_replaces_the_one_before_and_is_salvaged(catalog: Catalog) -> None:
    decide(catalog, "keep all", [1, 2, 3], None)
    decide(catalog, "keep this", [1, 2], 2)
    found = pair_decisions(catalog)
    assert {pair: decided.kind for pair, decided in found.items()} == {
        (1, 2): "keep this", (1, 3): "keep all", (2, 3): "keep all",
    }  # fmt: skip
    assert found[(1, 2)].kept == 2
    catalog.close()
    salvage(catalog.file)
    again = Catalog(catalog.file)
    assert pair_decisions(again) == found
    again.close()
