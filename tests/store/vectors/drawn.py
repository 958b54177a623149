"""Drawn descriptors, and the search of a catalog that holds them."""

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from photosearch.models import Decoded, Facts, FoundFile, Read
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.index.graph import is_available
from photosearch.store.tables.rescan import Rescan
from photosearch.store.vectors import Vectors

DIMENSION = 32
SUFFIX = "graph" if is_available() else "vectors"
with_graph_only = pytest.mark.skipif(not is_available(), reason="hnswlib could not be installed")
at = os.path.abspath  # as each system spells it
FACTS = Facts("JPEG", 1, 1, None, None, None, None, None, 0.0)


def draw_vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    """Unit vectors as the catalog keeps them."""
    vectors = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)


def fill(catalog: Catalog, vectors: NDArray[np.float32], first: int = 0, encoder: str = "test") -> None:
    """Record one photo a vector."""
    rescan = Rescan(catalog, catalog.encoder_id(encoder))
    rescan.record(
        Read(
            FoundFile(at(f"/album/{number}.jpg"), 1, 1),
            Decoded(number.to_bytes(32, "big"), np.empty((0, 0, 3), np.uint8), b"", FACTS, bytes(32)),
            vector,
        )
        for number, vector in enumerate(vectors, first)
    )
    rescan.close()


def open_vectors(catalog: Catalog, tmp_path: Path, encoder: str = "test") -> Vectors:
    return Vectors(catalog, tmp_path / "search", encoder, DIMENSION)


def prune(catalog: Catalog, condition: str) -> None:
    with transaction(catalog.connection):
        catalog.connection.execute(f"DELETE FROM photo WHERE content_id {condition}")
        catalog.connection.execute(f"DELETE FROM content WHERE id {condition}")


def few_of(count: int) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    return np.arange(count), draw_vectors(count).astype(np.float16)
