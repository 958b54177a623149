"""The photos of a library as they are listed: in an order, through a filter, by name. Holds the SQL of all that.

A library may have a million photos, and the window's thread waits whenever another runs long in one piece: so rows are
taken some at a time, and what sorts them (SQLite, NumPy) lets other threads run meanwhile.
"""

import json
import os
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from photosearch.models import EVERYTHING, Facts, Filter, Listing, Order, Photo, Section
from photosearch.store.catalog import Catalog
from photosearch.store.database import plain_errors
from photosearch.store.filters import condition

SEPARATOR = os.fsencode(os.sep)
PAGE = 10_000  # rows
NAME_BYTES = 96  # of a file name that are compared

SHOT_AT = "coalesce(taken_at, strftime('%Y-%m-%dT%H:%M:%S', mtime_ns / 1000000000, 'unixepoch', 'localtime'), '')"
# Photos of one moment in the order of their ids, which is that of their paths as they were found.
ORDERS = {
    "newest": "shot_at DESC, photo.id DESC",
    "oldest": "shot_at, photo.id",
    "largest": "size_bytes DESC, photo.id",
    "smallest": "size_bytes, photo.id",
}
LISTED = "FROM photo JOIN content ON content.id = content_id WHERE state <> 'missing'"
# The same without looking at a row of either table, and where nothing is asked of contents.
LISTED_BY_INDEX = LISTED.replace("JOIN content", "JOIN content INDEXED BY content_listed")
LISTED_ALONE = "FROM photo WHERE content_id IS NOT NULL AND state <> 'missing'"


def list_photos(catalog: Catalog, order: Order, only: Filter) -> Listing:
    """The readable photos that `only` lets through, missing ones left out."""
    if order == "name":
        return _list_by_name(catalog, only)
    by_time = order in ("newest", "oldest")
    shot_at = SHOT_AT if by_time else "''"
    where, values = condition(only)
    sql = f"SELECT photo.id, {shot_at} AS shot_at {_listed(only, by_time)} AND {where} ORDER BY {ORDERS[order]}"
    ids, months = array("q"), Counter[str]()
    for rows in _pages(catalog, sql, values):
        ids.extend(photo_id for photo_id, _ in rows)
        months.update(moment[:7] for _, moment in rows)
    return Listing(ids, tuple(Section(title, count) for title, count in months.items()))


def read_photos(catalog: Catalog, ids: Sequence[int]) -> dict[int, Photo]:
    """The photos with these ids; one that is gone or unreadable is absent."""
    sql = (
        "SELECT photo.id, path, state, size_bytes, mtime_ns, format, width, height, taken_at, camera, lens, latitude,"
        " longitude, sharpness, lacking FROM photo JOIN content ON content.id = content_id"
        " WHERE photo.id IN (SELECT value FROM json_each(?))"
    )
    return {
        photo_id: Photo(photo_id, os.fsdecode(path), state, size_bytes, mtime_ns, Facts(*facts))
        for rows in _pages(catalog, sql, [json.dumps(list(ids))])
        for photo_id, path, state, size_bytes, mtime_ns, *facts in rows
    }


def list_taken(catalog: Catalog, only: Filter) -> Iterator[tuple[int, int, str, str | None, str | None]]:
    """Of each photo that `only` lets through, missing ones left out: id, content, path, when and by which camera."""
    where, values = condition(only)
    sql = f"SELECT photo.id, content_id, path, taken_at, camera {LISTED} AND {where} ORDER BY content_id, photo.id"
    for rows in _pages(catalog, sql, values):
        yield from ((photo_id, content, os.fsdecode(path), *taken) for photo_id, content, path, *taken in rows)


def count_directories(catalog: Catalog) -> dict[str, int]:
    """Every directory that holds listed photos, and how many lie directly in it."""
    found = Counter[bytes]()
    for rows in _pages(catalog, f"SELECT path {LISTED_ALONE}"):
        found.update(path.rpartition(SEPARATOR)[0] for (path,) in rows)
    # That of a photo in the root is written with its separator.
    return {os.path.dirname(os.fsdecode(path + SEPARATOR)): count for path, count in found.items()}


def count_formats(catalog: Catalog) -> dict[str, int]:
    """The number of listed photos of each format."""
    sql = f"SELECT format, count(*) {LISTED_BY_INDEX} GROUP BY format"
    return dict(row for rows in _pages(catalog, sql) for row in rows)


def count_cameras(catalog: Catalog) -> dict[str, int]:
    """The number of listed photos of each camera, where it is known."""
    sql = f"SELECT camera, count(*) {LISTED} AND camera IS NOT NULL GROUP BY camera"
    return dict(row for rows in _pages(catalog, sql) for row in rows)


def find_named(catalog: Catalog, start: str) -> set[int]:
    """The listed photos whose file name begins so, upper and lower case alike."""
    folded = start.casefold()
    return {photo_id for rows in _names(catalog, EVERYTHING) for photo_id, name in rows if name.startswith(folded)}


def find_copies(catalog: Catalog, photos: Sequence[int]) -> dict[int, int]:
    """Of photos, by id: another present one with the same bytes that is none of them; absent: there is none."""
    asked = json.dumps(list(photos))
    rows = catalog.connection.execute(
        "SELECT photo.id, min(copy.id) FROM json_each(?1) AS asked JOIN photo ON photo.id = asked.value"
        " JOIN photo AS copy ON copy.content_id = photo.content_id AND copy.state = 'present'"
        " WHERE copy.id NOT IN (SELECT value FROM json_each(?1)) GROUP BY photo.id",
        (asked,),
    )
    return dict(rows)


def _list_by_name(catalog: Catalog, only: Filter) -> Listing:
    """By file name, upper and lower case alike."""
    ids, pages = array("q"), [np.empty(0, f"S{NAME_BYTES}")]
    for rows in _names(catalog, only):
        ids.extend(photo_id for photo_id, _ in rows)
        pages.append(np.array([os.fsencode(name) for _, name in rows], f"S{NAME_BYTES}"))
    order = np.argsort(np.concatenate(pages), kind="stable")
    return Listing(array("q", np.frombuffer(ids, np.int64)[order].tobytes()), _whole(len(ids)))


def _names(catalog: Catalog, only: Filter) -> Iterator[list[tuple[int, str]]]:
    """Ids and case-folded file names, some at a time."""
    where, values = condition(only)
    for rows in _pages(catalog, f"SELECT photo.id, path {_listed(only)} AND {where} ORDER BY photo.id", values):
        yield [(photo_id, os.fsdecode(path.rpartition(SEPARATOR)[2]).casefold()) for photo_id, path in rows]


def _listed(only: Filter, by_time: bool = False) -> str:
    """The listed photos, joined with as little as `only` and an order by time need."""
    if only.label is not None:
        return LISTED  # the index of labels names the few
    return LISTED_BY_INDEX if by_time or only.since or only.until or only.formats else LISTED_ALONE


def _pages(catalog: Catalog, sql: str, values: Sequence[object] = ()) -> Iterator[list[tuple[Any, ...]]]:
    with plain_errors(catalog.file):
        cursor = catalog.connection.execute(sql, values)
        while rows := cursor.fetchmany(PAGE):
            yield rows


def _whole(count: int) -> tuple[Section, ...]:
    return (Section("", count),) if count else ()
