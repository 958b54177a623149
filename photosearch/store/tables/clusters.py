"""Clusters as last shown, so that numbers and names persist: by content ids, which no encoder changes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import QueryError
from photosearch.models import Filter
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.filters import condition
from photosearch.store.tables.labels import label_name
from photosearch.store.tables.pairs import read

By = Literal["kind", "occasion"]
AUTOMATIC = -1.0
CUTS_KEPT = 8  # at levels that the person chose; older ones without names are forgotten
STORED = np.dtype("<i8")


@dataclass(frozen=True, slots=True)
class Cut:
    """The clusters that are requested; folder "" is the whole library."""

    by: By
    folder: str = ""
    level: float | None = None  # None: the one that is found by itself

    @property
    def key(self) -> tuple[str, bytes, float]:
        return self.by, os.fsencode(self.folder), AUTOMATIC if self.level is None else self.level


class Kept(NamedTuple):
    """A stored cluster; `members` int64[n] are contents."""

    cluster_id: int
    name: str | None
    members: NDArray[np.int64]


def kept_clusters(catalog: Catalog, cut: Cut) -> list[Kept]:
    """The clusters of a cut as they were shown last."""
    rows = read(
        catalog,
        "SELECT id, name, members FROM cluster WHERE kept_by = ? AND folder = ? AND level = ? ORDER BY id",
        cut.key,
    )
    return [Kept(number, name, np.frombuffer(members, STORED).astype(np.int64)) for number, name, members in rows]


def keep_clusters(catalog: Catalog, cut: Cut, found: Sequence[tuple[int | None, NDArray[np.int64]]]) -> list[int]:
    """Remember the clusters of a cut: the number of one that was there before, or None, and members; return numbers.

    One that is no more is forgotten, unless it has a name: its photos may come back.
    """
    connection = catalog.connection
    numbers: list[int] = []
    with transaction(connection):
        known = {number for number, _ in found if number is not None}
        of_cut = "kept_by = ? AND folder = ? AND level = ?"
        for number, name in connection.execute(f"SELECT id, name FROM cluster WHERE {of_cut}", cut.key).fetchall():
            if number not in known and name is None:
                connection.execute("DELETE FROM cluster WHERE id = ?", (number,))
        for number, members in found:
            stored = members.astype(STORED).tobytes()
            if number is not None:
                connection.execute("UPDATE cluster SET members = ? WHERE id = ?", (stored, number))
                numbers.append(number)
                continue
            added = connection.execute(
                "INSERT INTO cluster (kept_by, folder, level, members) VALUES (?, ?, ?, ?)", (*cut.key, stored)
            )
            numbers.append(added.lastrowid or 0)
        connection.execute(
            "DELETE FROM cluster WHERE name IS NULL AND level >= 0 AND (kept_by, folder, level) NOT IN (SELECT kept_by,"
            " folder, level FROM cluster WHERE level >= 0 GROUP BY 1, 2, 3 ORDER BY max(id) DESC LIMIT ?)",
            (CUTS_KEPT,),
        )
    return numbers


def name_cluster(catalog: Catalog, cluster_id: int, name: str | None) -> str | None:
    """Name a cluster, or remove its name; return the previous one. Raises QueryError if there is no such cluster."""
    name = None if name is None else label_name(name)
    with transaction(catalog.connection):
        before = _row(catalog, cluster_id)[0]
        catalog.connection.execute("UPDATE cluster SET name = ? WHERE id = ?", (name, cluster_id))
    return before


def cluster_photos(catalog: Catalog, cluster_id: int) -> tuple[str | None, list[int]]:
    """The name of a cluster and its photos that are not missing; raises QueryError if there is no such cluster."""
    name, members = _row(catalog, cluster_id)
    contents = np.frombuffer(members, STORED).tolist()
    return name, [place.photo_id for places in catalog.places(contents).values() for place in places]


def contents_of_photos(catalog: Catalog, only: Filter) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Photos that `only` lets through, missing ones left out, and their contents: int64[n] each, by content."""
    where, values = condition(only)
    rows = list(
        read(
            catalog,
            "SELECT photo.id, content_id FROM photo JOIN content ON content.id = content_id"
            f" WHERE state <> 'missing' AND {where} ORDER BY content_id, photo.id",
            values,
        )
    )
    found = np.array(rows, np.int64).reshape(-1, 2)
    return found[:, 0].copy(), found[:, 1].copy()


def occasions_of(catalog: Catalog, contents: NDArray[np.int64]) -> NDArray[np.float64]:
    """When and where ascending contents were taken: seconds, latitude and longitude, float64[n,3]; NaN: not known."""
    rows = read(
        catalog,
        "SELECT id, (julianday(taken_at) - 2440587.5) * 86400.0, latitude, longitude FROM content"
        " WHERE taken_at IS NOT NULL OR latitude IS NOT NULL ORDER BY id",
    )
    told = np.array(list(rows), np.float64).reshape(-1, 4)
    found = np.full((len(contents), 3), np.nan)
    _, here, there = np.intersect1d(contents, told[:, 0].astype(np.int64), assume_unique=True, return_indices=True)
    found[here] = told[there, 1:]
    return found


def _row(catalog: Catalog, cluster_id: int) -> tuple[str | None, bytes]:
    rows = list(read(catalog, "SELECT name, members FROM cluster WHERE id = ?", (cluster_id,)))
    if not rows:
        raise QueryError("There is no cluster {number}.", number=str(cluster_id))
    return rows[0]
