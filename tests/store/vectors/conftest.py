"""A catalog for drawn descriptors."""

from collections.abc import Generator
from pathlib import Path

import pytest

from photosearch.store import vectors as vectors_module
from photosearch.store.catalog import Catalog
from photosearch.store.index import index as index_module
from tests.store.vectors.drawn import draw_vectors, fill


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Catalog]:
    """A catalog of 600 descriptors, with an index from 100 young ones on."""
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", 100)
    monkeypatch.setattr(vectors_module, "STEP", 128)
    monkeypatch.setattr(index_module, "GRAPH_COST", 0)
    catalog = Catalog(tmp_path / "catalog.sqlite")
    fill(catalog, draw_vectors(600))
    yield catalog
    catalog.close()
