"""Pairs that may be copies because one photo may be a panel of the other."""

from collections.abc import Generator

import numpy as np

from photosearch.find.duplicates.candidates import Lookalikes
from photosearch.models import Progress
from photosearch.store.catalog import Catalog
from photosearch.store.index.exact import rank
from photosearch.store.tables.pairs import Candidate, alike
from photosearch.store.tables.panels import Searched, add_lookalikes, panels_searched, read_panels

NEIGHBOURS = 10  # photos that one panel may be, and panels that one photo may be
STEP = 500  # photos searched between two reports of progress; a kill loses as many


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
