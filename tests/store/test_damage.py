"""Single damaged bytes in every file of a library: no traceback, and nothing that a person said is lost.

`benchmarks/break.py` tries far more of them, and other seeds.
"""

import json
import os
from itertools import islice
from pathlib import Path

import pytest

from tests.store.damage import Damage, damages, make_library, restore_changes, try_damage

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each try is a process that is forked")
TRIES = 40


def test_no_damaged_byte_ends_in_a_traceback_or_costs_what_a_person_said(
    album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore_changes(monkeypatch)
    library = make_library(tmp_path / "library", album)
    catalog = (library / "catalog.sqlite").read_bytes()
    tries = list(islice(damages(library, seed=1), TRIES))
    for word in (b"CREATE TABLE folder", b"began_at", b"CREATE TABLE label", b"SQLite format"):
        tries += [Damage("catalog.sqlite", catalog.index(word) + 2, value) for value in (0, 0x80, 0xFF)]
    for damage in tries:
        outcomes = try_damage(library, album, tmp_path / "copy", damage)
        assert [outcome for outcome in outcomes if not outcome.is_right] == [], damage
        status, labels, history = (json.loads(outcome.told) for outcome in outcomes[-3:])
        found = status["photos"], sum(label["photos"] for label in labels["labels"]), len(history["acts"])
        assert found == (8, 2, 1), damage
