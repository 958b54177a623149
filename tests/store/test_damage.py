"""Damaged bytes in every file of a library, and pipes, links and folders in the place of some.

No traceback comes of them, and nothing that a person said is lost. `benchmarks/break.py` tries far more.
"""

import json
import os
from collections.abc import Generator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from tests.act.small_process import Ask, small_process
from tests.store.damage import Damage, damages, make_library, try_damage
from tests.store.replacement import Replacement, try_replacement

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each try is a process that is forked")
TRIES = 40
REPLACED = [
    Replacement("clusters", "link to a folder"),
    Replacement("search", "link to a folder"),
    Replacement("settings.json", "pipe"),
    Replacement("thumbnails.sqlite", "full folder"),
]


@pytest.fixture(scope="module")
def ask() -> Generator[Ask]:
    """Has something done where a process is forked quickly, and where nothing else sees what `make_library` changes."""
    with small_process() as ask:
        yield ask


@pytest.fixture(scope="module")
def whole(ask: Ask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that is never touched itself, beside its album."""
    place = tmp_path_factory.mktemp("whole")
    (place / "album").mkdir()
    return ask(partial(make_library, place / "library", place / "album"))


def test_no_damaged_byte_ends_in_a_traceback_or_costs_what_a_person_said(ask: Ask, whole: Path) -> None:
    catalog = (whole / "catalog.sqlite").read_bytes()
    tries = list(islice(damages(whole, seed=1), TRIES))
    for word in (b"CREATE TABLE folder", b"began_at", b"CREATE TABLE label", b"SQLite format"):
        tries += [Damage("catalog.sqlite", catalog.index(word) + 2, value) for value in (0, 0x80, 0xFF)]
    for damage in tries:
        outcomes = ask(partial(try_damage, whole, whole.with_name("album"), whole.with_name("copy"), damage))
        assert [outcome for outcome in outcomes if not outcome.is_right] == [], damage
        status, labels, history = (json.loads(outcome.told) for outcome in outcomes[-3:])
        found = status["photos"], sum(label["photos"] for label in labels["labels"]), len(history["acts"])
        assert found == (8, 2, 1), damage


def test_what_is_no_file_of_the_library_is_told_or_made_anew_and_nothing_elsewhere_changes(
    ask: Ask, whole: Path
) -> None:
    for replacement in REPLACED:
        tried = partial(try_replacement, whole, whole.with_name("album"), whole.with_name("copy"), replacement)
        assert ask(tried) == [], replacement
