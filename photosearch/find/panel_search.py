"""Search among the panels of collages, which find/panels.py describes."""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from photosearch.models import Ranked
from photosearch.store.catalog import Catalog
from photosearch.store.index.exact import rank
from photosearch.store.tables.panels import Described, read_panels


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
