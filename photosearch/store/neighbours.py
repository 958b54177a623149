"""Descriptors of many contents, and what is near each of them, a part at a time."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from photosearch.store.catalog import Catalog
from photosearch.store.index.exact import widen
from photosearch.store.vectors import Vectors

STEP = 5_000  # descriptors of a part

Ints = NDArray[np.int64]


def described(catalog: Catalog, encoder: str, contents: Ints) -> Iterator[tuple[Ints, NDArray[np.float32]]]:
    """Rows int64[m] of ascending `contents`, and their descriptors float32[m,D], as far as there are any."""
    encoder_id, after = catalog.encoder_id(encoder), 0
    while len(contents):
        last, ids, vectors = catalog.descriptors_after(encoder_id, after, STEP)
        if last == after:
            return
        after = last
        rows = rows_of(contents, ids)
        if (wanted := rows >= 0).any():
            yield rows[wanted], widen(vectors[wanted])


def rows_near(search: Vectors, contents: Ints, vectors: NDArray[np.float32], count: int, threads: int) -> Ints:
    """The rows near each of float32[m,D] vectors, int64[m,k], the nearest first; -1 for what is none of `contents`.

    At most `count` for each, of which a content that `vectors` describe is the first itself.
    """
    return rows_of(contents, search.search_near(vectors, count, threads).ids)


def rows_of(contents: Ints, ids: Ints) -> Ints:
    """Where each of `ids` stands in ascending `contents`; -1 where it does not."""
    if not len(contents):
        return np.full(ids.shape, -1, np.int64)
    rows = np.minimum(np.searchsorted(contents, ids), len(contents) - 1)
    rows[contents[rows] != ids] = -1
    return rows
