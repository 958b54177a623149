"""Photos within other photos: the panels of collages, described one by one, and the photos that they may be."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.panels import find_panels
from photosearch.encode.preprocess import fit
from photosearch.find.duplicates.candidates import Lookalikes
from photosearch.models import Progress, Ranked
from photosearch.store.catalog import Catalog
from photosearch.store.index.exact import rank
from photosearch.store.tables.pairs import Candidate, alike
from photosearch.store.tables.panels import (
    Described,
    Searched,
    add_lookalikes,
    add_panels,
    looked_at,
    not_looked_at,
    panels_searched,
    read_panels,
)

if TYPE_CHECKING:  # onnxruntime takes a tenth of a second to import, and not every question encodes
    from photosearch.encode.encoder import Encoder

METHOD = 1  # raise it when other panels come to be found: all photos are looked at anew then
NEIGHBOURS = 10  # photos that one panel may be, and panels that one photo may be
STEP = 500  # photos looked at between two reports of progress; a kill loses as many


def encode_panels(jpeg: bytes, encoder: "Encoder") -> NDArray[np.float32]:
    """The descriptors float32[n,D] of the panels that a thumbnail shows; none where it is damaged."""
    bundle = encoder.bundle
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
            boxes = find_panels(np.asarray(picture.convert("L")))
            page = picture.convert("RGB")
    except (OSError, SyntaxError):
        boxes, page = [], Image.new("RGB", (1, 1))
    pixels = [fit(page.crop(box), bundle.input_size, bundle.resize) for box in boxes]
    return encoder.encode(np.stack(pixels)) if pixels else np.empty((0, bundle.dimension), np.float32)


def describe_panels(
    catalog: Catalog,
    encoder_id: int,
    load: "Callable[[], Encoder]",
    thumbnail: Callable[[bytes], bytes | None],
    threads: int,
) -> Generator[Progress]:
    """Look for panels in all photos that an encoder has described since, and describe them.

    `load` gives the encoder, `thumbnail` a JPEG of a digest as far as there is one. It may be closed at any time.
    """
    through = looked_at(catalog, encoder_id, METHOD)
    total = catalog.count_descriptors(encoder_id) - (catalog.count_descriptors(encoder_id, through) if through else 0)
    if not total:
        return
    encoder, done = load(), 0

    def describe(digest: bytes) -> NDArray[np.float16]:
        return encode_panels(thumbnail(digest) or b"", encoder).astype(np.float16)

    with ThreadPoolExecutor(threads, "panels") as pool:
        while rows := not_looked_at(catalog, encoder_id, through, STEP):
            vectors = pool.map(describe, (digest for _, _, digest in rows))
            found = [(content, panels) for (_, content, _), panels in zip(rows, vectors, strict=True)]
            through, done = rows[-1][0], done + len(rows)
            add_panels(catalog, encoder_id, METHOD, found, through)
            yield Progress("finding lookalikes", done, max(done, total))


def search_panels(catalog: Catalog, lookalikes: Lookalikes, threads: int) -> Generator[Progress]:
    """Note every pair of which one has a panel that may be the other, as far as one of both has not been searched."""
    vectors, encoder_id, floor = lookalikes
    searched = panels_searched(catalog, encoder_id, floor)
    panels = read_panels(catalog, encoder_id, vectors.dimension)
    if not len(panels.ids):
        return
    young = panels.ids > searched.panels
    found = list[Candidate]()
    if young.any():
        near = vectors.search_near(panels.vectors[young].astype(np.float32), NEIGHBOURS, threads)
        found += alike(panels.contents[young], near, floor)
    last = searched.descriptors
    total = catalog.count_descriptors(encoder_id) - (catalog.count_descriptors(encoder_id, last) if last else 0)
    done = 0
    while True:
        last, contents, descriptors = catalog.descriptors_after(encoder_id, last, STEP)
        if len(contents):
            near = rank(descriptors.astype(np.float32), panels.contents, panels.vectors, NEIGHBOURS, threads)
            found += alike(contents, near, floor)
        add_lookalikes(catalog, encoder_id, found, floor, Searched(int(panels.ids[-1]), last))
        if not len(contents):
            return
        done, found = done + len(contents), []
        yield Progress("finding lookalikes", done, max(done, total))


class Panels:
    """The panels of a library that one encoder has described, for search from any thread."""

    def __init__(self, catalog: Catalog, encoder_id: int, dimension: int) -> None:
        self._catalog, self._encoder_id, self._dimension = catalog, encoder_id, dimension
        self._lock = Lock()
        self._known = Described(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, dimension), np.float16))

    def of(self, content: int) -> NDArray[np.float32]:
        """float32[n,D] of the panels of one content."""
        known = self._refresh()
        return known.vectors[known.contents == content].astype(np.float32)

    def search(self, queries: NDArray[np.float32], k: int) -> Ranked:
        """The panels nearest to each of float32[Q,D]: their contents, of which one may come several times."""
        known = self._refresh()
        return rank(queries, known.contents, known.vectors, k)

    def _refresh(self) -> Described:
        """Follow what this or another process has added."""
        with self._lock:
            after = int(self._known.ids[-1]) if len(self._known.ids) else 0
            more = read_panels(self._catalog, self._encoder_id, self._dimension, after)
            if len(more.ids):
                self._known = Described(*(np.concatenate(parts) for parts in zip(self._known, more, strict=True)))
            return self._known
