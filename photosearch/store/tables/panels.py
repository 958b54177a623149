"""The panels of contents, as one encoder describes them, and how far they have been looked for and searched."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.tables.pairs import Candidate, insert_candidates, read


class Described(NamedTuple):
    """Panels, oldest first: their ids int64[n], their contents int64[n] and float16[n,D]."""

    ids: NDArray[np.int64]
    contents: NDArray[np.int64]
    vectors: NDArray[np.float16]


class Searched(NamedTuple):
    """The last panel and the last descriptor whose lookalikes are known."""

    panels: int
    descriptors: int


def read_panels(catalog: Catalog, encoder_id: int, dimension: int, after: int = 0) -> Described:
    """The panels with an id above `after`."""
    sql = "SELECT id, content_id, vector FROM panel WHERE encoder_id = ? AND id > ? ORDER BY id"
    rows = list(read(catalog, sql, (encoder_id, after)))
    ids, contents = (np.fromiter((row[column] for row in rows), np.int64, len(rows)) for column in (0, 1))
    vectors = [row[2] for row in rows if len(row[2]) == 2 * dimension]
    if len(vectors) < len(rows):  # what is damaged is worth nothing: it can be made again
        return Described(ids[:0], contents[:0], np.empty((0, dimension), np.float16))
    return Described(ids, contents, np.frombuffer(b"".join(vectors), np.float16).reshape(-1, dimension))


def with_panels(catalog: Catalog, encoder_id: int, contents: Collection[int]) -> set[int]:
    """Those of some contents that have panels."""
    sql = (
        "SELECT DISTINCT content_id FROM panel WHERE encoder_id = ? AND content_id IN (SELECT value FROM json_each(?))"
    )
    return {content for (content,) in read(catalog, sql, (encoder_id, json.dumps(list(contents))))}


def looked_at(catalog: Catalog, encoder_id: int, method: int) -> int:
    """The last descriptor whose content was looked at for panels by this method; 0 if none was."""
    sql = "SELECT looked_at FROM panel_progress WHERE encoder_id = ? AND method = ?"
    return next((last for (last,) in read(catalog, sql, (encoder_id, method))), 0)


def not_looked_at(catalog: Catalog, encoder_id: int, after: int, limit: int) -> list[tuple[int, int, bytes]]:
    """Descriptors with an id above `after`, oldest first: their ids, contents and the contents' digests."""
    sql = (
        "SELECT descriptor.id, content_id, digest FROM descriptor JOIN content ON content.id = content_id"
        " WHERE encoder_id = ? AND descriptor.id > ? ORDER BY descriptor.id LIMIT ?"
    )
    return list(read(catalog, sql, (encoder_id, after, limit)))


def all_looked_at(connection: sqlite3.Connection, encoder_id: int, method: int, before: int) -> bool:
    """True if every content with a descriptor below the id `before` was looked at for panels by this method."""
    sql = (
        "SELECT 1 FROM descriptor WHERE encoder_id = ?1 AND id < ?3 AND id >"
        " coalesce((SELECT looked_at FROM panel_progress WHERE encoder_id = ?1 AND method = ?2), 0) LIMIT 1"
    )
    return connection.execute(sql, (encoder_id, method, before)).fetchone() is None


def add_panels(
    connection: sqlite3.Connection,
    encoder_id: int,
    method: int,
    found: Sequence[tuple[int, NDArray[np.floating]]],
    last: int,
) -> None:
    """Write contents and their panels [n,D], within a transaction; all up to the descriptor `last` were looked at.

    The panels that another method has found are forgotten.
    """
    known = "SELECT 1 FROM panel_progress WHERE encoder_id = ? AND method = ?"
    if not connection.execute(known, (encoder_id, method)).fetchone():
        for table in ("panel", "panel_progress"):
            connection.execute(f"DELETE FROM {table} WHERE encoder_id = ?", (encoder_id,))
    connection.executemany(
        "INSERT INTO panel (encoder_id, content_id, vector) SELECT ?1, ?2, ?3"
        " WHERE EXISTS (SELECT 1 FROM content WHERE id = ?2)",
        (
            (encoder_id, content, vector.tobytes())
            for content, vectors in found
            for vector in vectors.astype(np.float16)
        ),
    )
    connection.execute(
        "INSERT INTO panel_progress (encoder_id, method, looked_at) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (encoder_id) DO UPDATE SET looked_at = ?3",
        (encoder_id, method, last),
    )


def panels_searched(catalog: Catalog, encoder_id: int, floor: float) -> Searched:
    """How far lookalikes of panels from `floor` on are known."""
    sql = "SELECT panels, descriptors FROM panel_progress WHERE encoder_id = ? AND floor = ?"
    return next((Searched(*row) for row in read(catalog, sql, (encoder_id, floor))), Searched(0, 0))


def add_lookalikes(
    catalog: Catalog, encoder_id: int, found: Sequence[Candidate], floor: float, searched: Searched
) -> None:
    """Write pairs of contents of which one has a panel like the other, and how far was searched; in one transaction."""
    with transaction(catalog.connection):
        insert_candidates(catalog, encoder_id, found)
        catalog.connection.execute(
            "UPDATE panel_progress SET floor = ?, panels = ?, descriptors = ? WHERE encoder_id = ?",
            (floor, *searched, encoder_id),
        )
