"""The list of decisions about duplicates with their dates, and their withdrawal."""

import os
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from photosearch.errors import QueryError
from photosearch.models import Decision
from photosearch.store.catalog import Catalog
from photosearch.store.database import durable_transaction
from photosearch.store.tables.pairs import read

# Photos that have been removed are listed in the history of acts, which can restore them.
HOLDS = (
    "(kind NOT IN ('let go', 'stay') OR NOT EXISTS (SELECT 1 FROM act_file WHERE source = path AND act_id > last_act"
    " AND step IN ('done', 'undoing', 'undone')))"
)


def list_decisions(catalog: Catalog) -> list[Decision]:
    """Every decision that was not taken back, the latest first."""
    rows = read(
        catalog,
        "SELECT ruling.id, made_at, kind, photo_id, path, keeper_id FROM ruling"
        f" JOIN ruling_photo ON ruling_id = ruling.id WHERE {HOLDS} ORDER BY ruling.id DESC, ruling_photo.id",
    )
    return [_decision(list(of_one)) for _, of_one in groupby(rows, lambda row: row[0])]


def take_back(catalog: Catalog, number: int) -> Decision:
    """Forget a decision, so that the one before it holds again; raises QueryError if there is none."""
    found = next(iter(_one(catalog, number)), None)
    with durable_transaction(catalog.connection):
        gone = catalog.connection.execute("DELETE FROM ruling WHERE id = ?", (number,)).rowcount
    if not gone:
        raise QueryError("There is no decision {number} to take back.", number=str(number))
    return found or Decision(number, None, "keep all", (), None)


def _one(catalog: Catalog, number: int) -> Iterator[Decision]:
    rows = read(
        catalog,
        "SELECT ruling.id, made_at, kind, photo_id, path, keeper_id FROM ruling"
        " JOIN ruling_photo ON ruling_id = ruling.id WHERE ruling.id = ? ORDER BY ruling_photo.id",
        (number,),
    )
    return (_decision(list(of_one)) for _, of_one in groupby(rows, lambda row: row[0]))


def _decision(rows: list[tuple[Any, ...]]) -> Decision:
    number, made_at, kind, *_ = rows[0]
    kept = [os.fsdecode(path) for *_, photo_id, path, keeper in rows if photo_id == keeper]
    others = tuple(os.fsdecode(path) for *_, photo_id, path, keeper in rows if photo_id != keeper)
    return Decision(number, made_at, kind, others, kept[0] if kept else None)
