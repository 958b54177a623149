"""Pictures whose perceptual hashes are near, in any orientation: found in sorted lists, never by all pairs.

Hashes that differ in few bits begin alike in some of several orders of their bits, and so lie close together in the
lists that are sorted by these (Charikar, "Similarity Estimation Techniques from Rounding Algorithms", STOC 2002).
Only a few neighbours in each list are looked at, so that time grows like sorting, however alike all photos are.
"""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.perceptual_hash import HASH_BYTES, SIDE_PX, distances, orientations, perceptual_hash
from photosearch.models import Progress
from photosearch.store.catalog import Catalog
from photosearch.store.tables.hashes import (
    add_hashes,
    add_near,
    count_without_hash,
    forget_near,
    hashes_searched,
    last_hash,
    read_hashes,
    without_hash,
)

METHOD = 1  # raise it when the hash or its search comes to be another: all are searched anew then
MOST_BITS = 64  # of 256 that differ: no two of 4,000 photos that show different things have less
MOST_NEAR = 8  # that are noted of a photo
LISTS = 12  # orders of bits
REACH = 4  # neighbours that are looked at in each list, in both directions
KEY_BITS = 64  # of an order, by which its list is sorted
MOST_KEY_BITS = 20  # that differ in a key: more, and the whole hash need not be looked at
STEP = 2_000  # hashes between two reports of progress
BLOCK = 20_000  # hashes whose bits are spread out at a time: 5 MB

Near = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]  # places of queries and of hashes, bits apart


def hash_thumbnails(
    catalog: Catalog, thumbnail: Callable[[bytes], bytes | None], threads: int
) -> Generator[Progress, None, None]:
    """Hash photos that an earlier version indexed, from the thumbnails that there are; it may be closed at any time."""

    def hash_one(digest: bytes) -> bytes | None:
        jpeg = thumbnail(digest)
        return hash_thumbnail(jpeg) if jpeg else None

    total = count_without_hash(catalog)
    done = last = 0
    if not total:
        return
    with ThreadPoolExecutor(threads, "hasher") as pool:
        while rows := without_hash(catalog, last, STEP):
            found = zip((content for content, _ in rows), pool.map(hash_one, (each for _, each in rows)), strict=True)
            add_hashes(catalog, [(content, bits) for content, bits in found if bits])
            last, done = rows[-1][0], done + len(rows)
            yield Progress("finding lookalikes", done, max(done, total))


def hash_thumbnail(jpeg: bytes) -> bytes | None:
    """The hash of a JPEG; None where it is damaged."""
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
            picture.draft("L", (2 * SIDE_PX, 2 * SIDE_PX))
            return perceptual_hash(picture)
    except (OSError, SyntaxError):
        return None


def search_hashes(catalog: Catalog) -> Generator[Progress]:
    """Note all contents whose hashes are near, of which one has not been searched yet."""
    through = hashes_searched(catalog, METHOD)
    if not through:
        forget_near(catalog)
    if last_hash(catalog) <= through:
        return
    ids, contents, hashes = read_hashes(catalog)
    first, known = int(np.searchsorted(ids, through, "right")), SortedHashes(hashes)
    for start in range(first, len(ids), STEP):
        places = np.arange(start, min(start + STEP, len(ids)))
        queries, others, bits = known.near(places)
        pairs = zip(contents[queries].tolist(), contents[others].tolist(), bits.tolist(), strict=True)
        end = int(places[-1])
        add_near(catalog, METHOD, ((min(a, b), max(a, b), apart) for a, b, apart in pairs), int(ids[end]))
        yield Progress("finding lookalikes", end + 1 - first, len(ids) - first)


class SortedHashes:
    """Hashes uint8[n,32] in LISTS orders: 12 bytes a hash and order."""

    def __init__(self, hashes: NDArray[np.uint8]) -> None:
        self._hashes = hashes
        self._lists: list[tuple[NDArray[np.uint64], NDArray[np.int32]]] = []
        for keys in _keys(hashes):
            order = np.argsort(keys, kind="stable").astype(np.int32)
            self._lists.append((keys[order], order))

    def near(self, places: NDArray[np.int64]) -> Near:
        """The nearest of those at `places` among all others, in any orientation: at most MOST_NEAR of each."""
        turned = orientations(self._hashes[places]).reshape(-1, HASH_BYTES)
        found = [self._near_in_list(key, turned, *each) for key, each in zip(_keys(turned), self._lists, strict=True)]
        rows, others, bits = (np.concatenate(column) for column in zip(*found, strict=True))
        queries = places[rows % len(places)]
        order = np.lexsort((others, bits, queries))
        queries, others, bits = queries[order], others[order], bits[order]
        _, once = np.unique(queries * len(self._hashes) + others, return_index=True)
        kept = np.sort(once[queries[once] != others[once]])
        queries, others, bits = queries[kept], others[kept], bits[kept]
        rank = np.arange(len(queries)) - np.searchsorted(queries, queries)
        best = rank < MOST_NEAR
        return queries[best], others[best], bits[best]

    def _near_in_list(
        self,
        keys: NDArray[np.uint64],
        turned: NDArray[np.uint8],
        listed: NDArray[np.uint64],
        order: NDArray[np.int32],
    ) -> Near:
        """Rows of `turned`, with their keys, and the hashes beside them in a list that are near."""
        window = np.searchsorted(listed, keys)[:, None] + np.arange(-REACH, REACH)
        window = np.clip(window, 0, len(listed) - 1)
        rows, columns = np.nonzero(np.bitwise_count(listed[window] ^ keys[:, None]) <= MOST_KEY_BITS)
        others = order[window[rows, columns]].astype(np.int64)
        bits = distances(turned[rows], self._hashes[others])
        near = bits <= MOST_BITS
        return rows[near], others[near], bits[near]


def _keys(hashes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The first bits of hashes uint8[n,32] in each order: uint64[LISTS,n]."""
    return np.concatenate(list(_keys_of_blocks(hashes)), axis=1)


@lru_cache(1)
def _orders() -> NDArray[np.int64]:
    """The places of the bits of a hash in each order: int64[LISTS,KEY_BITS]."""
    bits = np.tile(np.arange(8 * HASH_BYTES), (LISTS, 1))
    return np.random.default_rng(1).permuted(bits, axis=1)[:, :KEY_BITS]


def _keys_of_blocks(hashes: NDArray[np.uint8]) -> Iterator[NDArray[np.uint64]]:
    yield np.empty((LISTS, 0), np.uint64)
    for start in range(0, len(hashes), BLOCK):
        bits = np.unpackbits(hashes[start : start + BLOCK], axis=1)[:, _orders().ravel()]
        packed = np.ascontiguousarray(np.packbits(bits, axis=1)).reshape(-1, LISTS, KEY_BITS // 8)
        yield packed.view(">u8")[..., 0].T.astype(np.uint64)
