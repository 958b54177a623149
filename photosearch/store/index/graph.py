"""A graph over the sketches of descriptors for approximate search (HNSW). The only caller of hnswlib.

hnswlib comes as source and needs a compiler to install. Where it is lacking, there is no graph, and search is exact.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.own_files import parse_json
from photosearch.store.index.sketch import Sketch

LINKS = 16  # of a node (HNSW's M)
EF_CONSTRUCTION = 140  # candidates kept while a node finds its links
HEAD_BYTES = 8  # that hold the length of the JSON at the beginning of a file
MOST_LINKS = 0xFFFF  # of a node, as hnswlib counts them: above these bits, it marks the deleted ones
ALIGNMENT = 64  # bytes, of each array of a file


class Candidates(NamedTuple):
    """The nearest rows by sketch: `rows` int64[Q,c], and squared `distances` float32[Q,c], the least first."""

    rows: NDArray[np.int64]
    distances: NDArray[np.float32]


class Links(NamedTuple):
    """`names` int64[n] of nodes, and the places int32[n,k] among them of those near each; -1 where there are fewer."""

    names: NDArray[np.int64]
    near: NDArray[np.int32]


def is_available() -> bool:
    """True if graphs can be made and searched here."""
    try:
        _hnswlib()
    except ImportError:
        return False
    return True


def _hnswlib() -> Any:
    """The library, which has no types, and takes time to load that a small library of photos need not spend."""
    import hnswlib

    return hnswlib


class Graph:
    """Nodes named by rows of a matrix. Any threads may search it at once, but none while it is changed."""

    def __init__(self, sketch: Sketch, index: Any = None) -> None:
        """A graph without nodes, or what hnswlib has made."""
        self.sketch = sketch
        if index is None:
            index = _hnswlib().Index("l2", sketch.components.shape[1])
            index.init_index(1, LINKS, EF_CONSTRUCTION, allow_replace_deleted=True)
        self._index = index

    def __len__(self) -> int:
        """The number of nodes, deleted ones included."""
        return self._index.element_count

    def add(self, vectors: NDArray[np.float32], first: int, threads: int) -> None:
        """Add a node for each of float32[n,D], named `first`, `first` + 1 …, in the place of a deleted one if possible.

        No name may be used twice: hnswlib would lose track of which node carries it. Raises MemoryError.
        """
        names = np.arange(first, first + len(vectors))
        try:
            self._index.resize_index(max(self._index.max_elements, len(self) + len(vectors)))
            self._index.add_items(self.sketch.draw(vectors), names, num_threads=threads, replace_deleted=True)
        except RuntimeError as error:
            raise MemoryError(str(error)) from error

    def delete(self, rows: NDArray[np.int64]) -> None:
        """Keep these nodes out of every answer, as far as they are there."""
        for row in np.intersect1d(rows, self._index.get_ids_list()).tolist():
            try:
                self._index.mark_deleted(row)
            except RuntimeError:  # it was already
                continue

    def candidates(self, queries: NDArray[np.float32], count: int, threads: int) -> Candidates | None:
        """The nodes that seem nearest to float32[Q,D]; None where no `count` nodes were met on the way."""
        try:
            rows, distances = self._index.knn_query(self.sketch.draw(queries), count, threads)
        except RuntimeError:
            return None
        return Candidates(rows.astype(np.int64), distances)

    def links(self) -> Links:
        """Every node, deleted ones included, and those that it links to, which are near it in all directions."""
        (state,) = self._index.__getstate__()
        nodes = state["data_level0"].reshape(-1, state["size_data_per_element"])[: len(self)]
        names = nodes[:, state["label_offset"] :].copy().view(np.int64)[:, 0]
        heads = nodes[:, : 4 + 4 * state["max_M0"]].copy().view(np.int32)
        counts, places = heads[:, :1] & MOST_LINKS, heads[:, 1:]
        places[np.arange(places.shape[1]) >= counts] = -1
        return Links(names, places)

    def write(self, file: BinaryIO) -> None:
        """Write sketch and graph; raises OSError."""
        (state,) = self._index.__getstate__()
        arrays = {name: value for name, value in state.items() if isinstance(value, np.ndarray)}
        arrays |= {"mean": self.sketch.mean, "components": self.sketch.components}
        head = {
            "fitted": self.sketch.fitted,
            "state": {name: value for name, value in state.items() if name not in arrays},
            "arrays": {name: [array.dtype.str, *array.shape] for name, array in arrays.items()},
        }
        text = json.dumps(head).encode()
        file.write(len(text).to_bytes(HEAD_BYTES, "little") + text)
        for array in arrays.values():
            file.write(bytes(-file.tell() % ALIGNMENT))
            file.write(np.ascontiguousarray(array).data)


def read_graph(content: memoryview, dimension: int) -> Graph:
    """The graph in the bytes of a file; raises ValueError if they hold none over vectors of this dimension."""
    start = HEAD_BYTES + int.from_bytes(content[:HEAD_BYTES], "little")
    try:
        head = parse_json(bytes(content[HEAD_BYTES:start]))
        arrays = dict(_arrays(content, head["arrays"], start))
        sketch = Sketch(arrays.pop("mean").copy(), arrays.pop("components").copy(), int(head["fitted"]))
        state = {**head["state"], **arrays}
        if sketch.components.shape != (dimension, state["dim"]) or not _fits(state):
            raise ValueError("it is of another kind")
        return Graph(sketch, _hnswlib().Index(state))
    except (KeyError, TypeError, AttributeError, OverflowError, RuntimeError) as error:
        raise ValueError("no graph") from error


def _arrays(content: memoryview, layout: Mapping[str, Any], start: int) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, (kind, *shape) in layout.items():
        start += -start % ALIGNMENT
        array = np.frombuffer(content, kind, int(np.prod(shape)), start).reshape(shape)
        yield name, array
        start += array.nbytes


def _fits(state: Mapping[str, Any]) -> bool:
    """True if the arrays of hnswlib's state have the lengths that it expects."""
    count, levels = state["cur_element_count"], state["element_levels"]
    return (
        0 < count <= state["max_elements"] == len(levels)
        and len(state["label_lookup_external"]) == len(state["label_lookup_internal"]) == count
        and len(state["data_level0"]) == count * state["size_data_per_element"]
        and len(state["link_lists"]) == int(levels[:count].sum()) * state["size_links_per_element"]
    )
