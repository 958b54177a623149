"""The list of decisions: each holds until it is taken back, then the one before it; marks end with what they led to."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from photosearch.errors import QueryError
from photosearch.models import Mark
from photosearch.store.catalog import Catalog
from photosearch.store.database import SCHEMA
from photosearch.store.tables.decision_list import list_decisions, take_back
from photosearch.store.tables.decisions import decide, let_go, marks, pair_decisions, stay
from photosearch.store.tables.journal import Before, Journal


@pytest.fixture
def catalog(tmp_path: Path) -> Generator[Catalog]:
    """Contents 1 to 4, each of one photo."""
    with closing(Catalog(tmp_path / "catalog.sqlite")) as catalog:
        fill(catalog.connection)
        yield catalog


def fill(connection: sqlite3.Connection) -> None:
    for number in range(1, 5):
        connection.execute(
            "INSERT INTO content (id, digest, format, width, height, sharpness) VALUES (?, ?, 'JPEG', 8, 8, 0)",
            (number, bytes([number])),
        )
        connection.execute(
            "INSERT INTO photo (id, path, size_bytes, mtime_ns, state, content_id)"
            " VALUES (?1, ?2, 1, 1, 'present', ?1)",
            (number, f"/{number}.jpg".encode()),
        )


def kinds(catalog: Catalog) -> dict[tuple[int, int], str]:
    return {pair: decided.kind for pair, decided in pair_decisions(catalog).items()}


def test_what_was_decided_before_holds_again_when_a_decision_is_taken_back(catalog: Catalog) -> None:
    first = decide(catalog, "keep all", [1, 2, 3], None)
    second = decide(catalog, "not duplicates", [1], 2)
    assert kinds(catalog) == {(1, 2): "not duplicates", (1, 3): "keep all", (2, 3): "keep all"}
    assert [(decision.number, decision.photos, decision.kept) for decision in list_decisions(catalog)] == [
        (second, ("/1.jpg",), "/2.jpg"),
        (first, ("/1.jpg", "/2.jpg", "/3.jpg"), None),
    ]
    assert take_back(catalog, second).kind == "not duplicates"
    assert set(kinds(catalog).values()) == {"keep all"}
    take_back(catalog, first)
    assert kinds(catalog) == {} and list_decisions(catalog) == []
    with pytest.raises(QueryError, match=f"no decision {first}"):
        take_back(catalog, first)


def test_an_earlier_decision_is_taken_back_without_the_later_one(catalog: Catalog) -> None:
    first, _ = decide(catalog, "keep all", [1, 2], None), decide(catalog, "keep this", [1, 2], 2)
    take_back(catalog, first)
    assert kinds(catalog) == {(1, 2): "keep this"}


def test_marks_last_until_they_are_taken_back_or_the_photo_stays(catalog: Catalog) -> None:
    let_go(catalog, {1: Mark(2, False), 3: Mark(2, True)})
    staying = stay(catalog, [1])
    assert marks(catalog) == {3: Mark(2, True)}
    take_back(catalog, staying)
    assert marks(catalog) == {1: Mark(2, False), 3: Mark(2, True)}
    assert list_decisions(catalog)[0].photos == ("/1.jpg", "/3.jpg")


def test_what_went_and_came_back_is_not_to_go_again(catalog: Catalog) -> None:
    let_go(catalog, {1: Mark(2, False), 3: Mark(2, True)})
    journal = Journal(catalog)
    (entry,) = journal.plan(journal.begin("trash", None), "/2.jpg", [Before("/1.jpg", None, b"", 1, 1, 0)])
    journal.done(entry, "/trash/1.jpg")
    journal.undone(entry, "/1.jpg")
    assert marks(catalog) == {3: Mark(2, True)}
    assert list_decisions(catalog)[0].photos == ("/3.jpg",), "the history tells of the other"
    let_go(catalog, {1: Mark(2, False)})
    assert set(marks(catalog)) == {1, 3}


def test_decisions_of_an_older_program_are_listed_and_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(file)) as old:
        steps = sorted(SCHEMA.glob("*.sql"))[:8]
        for step in steps:
            old.executescript(step.read_text(encoding="utf-8"))
        old.execute(f"PRAGMA user_version = {len(steps)}")
        fill(old)
        old.execute("INSERT INTO decision (one, other, kind, kept) VALUES (x'01', x'02', 'keep this', x'02')")
        old.commit()
    with closing(Catalog(file)) as catalog:
        (decision,) = list_decisions(catalog)
        assert (decision.made_at, decision.photos, decision.kept) == (None, ("/1.jpg",), "/2.jpg")
        assert kinds(catalog) == {(1, 2): "keep this"} and catalog.check() == []
        take_back(catalog, decision.number)
        assert kinds(catalog) == {}
