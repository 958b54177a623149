"""The file, folder or label that a person names, as stored in the catalog."""

import os
from dataclasses import replace

from photosearch.models import Filter, Query
from photosearch.paths import can_name, real_path
from photosearch.store.catalog import Catalog
from photosearch.store.tables.labels import label_name
from photosearch.store.tables.listing import list_photos
from photosearch.store.tables.pairs import read


def known_path(catalog: Catalog, path: str) -> str:
    """`path` as the catalog would have it: real, or only absolute where a link inside a folder leads to it."""
    absolute, real = os.path.abspath(path), real_path(path)
    return absolute if catalog.has_photo(absolute) else real


def known_filter(catalog: Catalog, only: Filter) -> Filter:
    """`only` with the folder as the catalog would have it (see `known_path`), and the label in its plain form."""
    if only.label is not None:
        only = replace(only, label=label_name(only.label))
    if not only.folder:
        return only
    absolute = os.path.abspath(only.folder)
    known = catalog.has_photo_below(absolute)
    return replace(only, folder=absolute if known else real_path(only.folder))


def known_query(catalog: Catalog, query: Query) -> Query:
    """`query` with its photos and its filter so."""
    photos, without = (tuple(known_path(catalog, path) for path in paths) for paths in (query.photos, query.without))
    return replace(query, photos=photos, without=without, only=known_filter(catalog, query.only))


def photos_at(catalog: Catalog, path: str) -> list[int]:
    """The ids of the listed photos at a path: that of a file, or those of all in a folder and below."""
    if not path or not can_name(path):  # as a list or a script may have it; no folder at all would mean every photo
        return []
    sql = "SELECT id FROM photo WHERE path = ? AND content_id IS NOT NULL AND state <> 'missing'"
    file = [photo_id for (photo_id,) in read(catalog, sql, (os.fsencode(known_path(catalog, path)),))]
    return file or list(list_photos(catalog, "smallest", known_filter(catalog, Filter(path))).ids)
