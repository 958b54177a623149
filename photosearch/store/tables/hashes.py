"""Perceptual hashes of contents, and the pairs of near ones"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.tables.pairs import read

HASH_BYTES = 32  # of the column `bits`


def without_hash(catalog: Catalog, after: int, limit: int) -> list[tuple[int, bytes]]:
    """Contents with an id above `after` that have no hash yet, and their digests."""
    sql = (
        "SELECT content.id, digest FROM content LEFT JOIN perceptual_hash ON content_id = content.id"
        " WHERE content.id > ? AND content_id IS NULL ORDER BY content.id LIMIT ?"
    )
    return list(read(catalog, sql, (after, limit)))


def count_without_hash(catalog: Catalog) -> int:
    """The number of contents without a hash."""
    ((count,),) = read(catalog, "SELECT (SELECT count(*) FROM content) - (SELECT count(*) FROM perceptual_hash)")
    return count


def add_hashes(catalog: Catalog, hashes: Iterable[tuple[int, bytes]]) -> None:
    """Write the hashes of contents, in one transaction."""
    with transaction(catalog.connection):
        catalog.connection.executemany(
            "INSERT INTO perceptual_hash (content_id, bits) SELECT ?1, ?2"
            " WHERE EXISTS (SELECT 1 FROM content WHERE id = ?1) ON CONFLICT DO NOTHING",
            hashes,
        )


def read_hashes(catalog: Catalog) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """All hashes, oldest first: their ids int64[n], the contents int64[n] and the bits uint8[n,32]."""
    rows = list(read(catalog, "SELECT id, content_id, bits FROM perceptual_hash ORDER BY id"))
    ids, contents = (np.fromiter((row[column] for row in rows), np.int64, len(rows)) for column in (0, 1))
    return ids, contents, np.frombuffer(b"".join(row[2] for row in rows), np.uint8).reshape(-1, HASH_BYTES)


def hashes_searched(catalog: Catalog, method: int) -> int:
    """The id of the last hash that this method has searched the near ones of; 0 if none."""
    rows = read(catalog, "SELECT through FROM hash_searched WHERE method = ?", (method,))
    return next((through for (through,) in rows), 0)


def last_hash(catalog: Catalog) -> int:
    """The highest id of a hash; 0 if there is none."""
    ((last,),) = read(catalog, "SELECT coalesce(max(id), 0) FROM perceptual_hash")
    return last


def forget_near(catalog: Catalog) -> None:
    """Search anew, as the method has changed."""
    with transaction(catalog.connection):
        catalog.connection.execute("DELETE FROM near_hash")
        catalog.connection.execute("DELETE FROM hash_searched")


def add_near(catalog: Catalog, method: int, found: Iterable[tuple[int, int, int]], through: int) -> None:
    """Write contents, the lower first, whose hashes are near, and by how many bits they differ; in one transaction.

    Those of all hashes up to the id `through` have been searched then.
    """
    with transaction(catalog.connection):
        catalog.connection.executemany(
            "INSERT OR IGNORE INTO near_hash (one, other, distance) SELECT ?1, ?2, ?3"
            " WHERE EXISTS (SELECT 1 FROM content WHERE id = ?1) AND EXISTS (SELECT 1 FROM content WHERE id = ?2)",
            found,
        )
        catalog.connection.execute(
            "INSERT OR REPLACE INTO hash_searched (method, through) VALUES (?, ?)", (method, through)
        )
