"""The map of a library: laid out once, kept, and gone on with after a kill; new photos are placed on it."""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import LibraryError
from photosearch.find import layout
from photosearch.find.layout import ITERATIONS, NEIGHBOURS, Descent, LayoutState
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.models import Filter, Progress
from photosearch.sentences import Sentence
from photosearch.settings import usable_cores
from photosearch.store.catalog import Catalog
from photosearch.store.index.sketch import Covariance
from photosearch.store.kept_arrays import Arrays, KeptArrays, is_of_late
from photosearch.store.neighbours import described, rows_near, rows_of
from photosearch.store.tables.clusters import contents_of_photos

FINISHED, BEGUN = "finished", "begun"  # the names of what is kept
KEPT_EVERY_S = 20.0  # while a map is laid out: a kill loses no more
NEEDS = Sentence(
    'The map needs openTSNE, which is not installed here: pip install "photosearch[map]", or python3 run.py map in a'
    " checkout of the sources."
)
FEW = NEIGHBOURS + 1  # contents that are all neighbours of each other, which their first places show as well

Ints = NDArray[np.int64]
Places = NDArray[np.float32]


class Layout(NamedTuple):
    """Where photos lie on the map, aligned: `photos` int64[n] are ids, `places` float32[n,2], y downwards.

    Neighbours lie about 0.1 apart, or less, whatever the number of photos is.
    """

    photos: Ints
    places: Places


class _Map(NamedTuple):
    """Ascending contents int64[n] and their places; `laid` bool[n]: those that the map was made of."""

    contents: Ints
    places: Places
    laid: NDArray[np.bool_]


class PhotoMap:
    """The map of all photos of a library."""

    def __init__(self, catalog: Catalog, active: Callable[[], ActiveEncoder], folder: Path) -> None:
        """`active` gives the encoder in use; `folder` is where the map is kept, which is a cache."""
        self._catalog = catalog
        self._active = active
        self._kept = KeptArrays(catalog, folder)

    def find(self, threads: int | None = None) -> Generator[Progress, None, Layout]:
        """The map, laid out anew if many photos have come or gone, from where they lay; raises LibraryError.

        It may be closed at any time, and goes on from there.
        """
        photos, of_photos = contents_of_photos(self._catalog, Filter())
        contents = self._described(np.unique(of_photos))
        found = self._read()
        if found is None or not is_of_late(found.contents[found.laid], contents):
            found = yield from self._lay_out(contents, found, threads or usable_cores())
        return _layout(self._with_new(found, contents), photos, of_photos)

    def kept(self) -> Layout | None:
        """The map as it was laid out last, with what has come since.

        None if it never was for this encoder, or of so few of the photos that the others would lie in a heap.
        """
        found = self._read()
        photos, of_photos = contents_of_photos(self._catalog, Filter())
        contents = self._described(np.unique(of_photos))
        if found is None or not _has_most(found, contents):
            return None
        return _layout(self._with_new(found, contents), photos, of_photos)

    def discard(self) -> None:
        """Forget the map, to be laid out from nothing; raises LibraryError where it would be lost."""
        if not layout.is_available():
            raise LibraryError(NEEDS)
        self._kept.discard()

    @property
    def _encoder(self) -> str:
        return self._active().bundle.id

    def _described(self, contents: Ints) -> Ints:
        known = self._catalog.described(self._catalog.encoder_id(self._encoder), self._catalog.last_descriptor())
        return np.intersect1d(contents, known)

    # Laying out

    def _lay_out(self, contents: Ints, before: _Map | None, threads: int) -> Generator[Progress, None, _Map]:
        stored = self._kept.read(BEGUN, self._encoder) if len(contents) > FEW else None
        begun = _begun(stored) if stored else None
        if stored and begun and is_of_late(stored["contents"], contents):
            contents, (neighbours, state) = stored["contents"], begun
        else:
            neighbours, first = yield from self._neighbours(contents, threads)
            if before and _has_most(before, contents):
                first = self._with_new(before, contents).places
            state = layout.begin(first)
        if len(contents) > FEW:
            state = yield from self._descend(contents, neighbours, state, threads)
        found = _Map(contents, _scaled(state.places), np.ones(len(contents), bool))
        self._write(found)
        self._kept.remove(BEGUN)
        return found

    def _neighbours(self, contents: Ints, threads: int) -> Generator[Progress, None, tuple[Ints, Places]]:
        """The rows near each row, int64[n,k], and first places: the two principal components."""
        active = self._active()
        covariance, done = Covariance(active.bundle.dimension, len(contents)), 0
        for rows, some in described(self._catalog, active.bundle.id, contents):
            covariance.add(some)
            done += len(rows)
            yield Progress("reading descriptors", done, len(contents))
        near, first = np.full((len(contents), NEIGHBOURS + 1), -1, np.int64), np.zeros((len(contents), 2), np.float32)
        if not done:
            return near, first
        sketch, done = covariance.sketch(done), 0
        for rows, some in described(self._catalog, active.bundle.id, contents):
            first[rows] = sketch.draw(some)[:, :2]
            found = rows_near(active.vectors, contents, some, NEIGHBOURS + 1, threads)
            near[rows, : found.shape[1]] = found
            done += len(rows)
            yield Progress("finding neighbours", done, len(contents))
        return near, first

    def _descend(
        self, contents: Ints, neighbours: Ints, state: LayoutState, threads: int
    ) -> Generator[Progress, None, LayoutState]:
        if not layout.is_available():
            raise LibraryError(NEEDS)
        kept_at, kept, rate = time.monotonic(), state.done, _Rate(state.done)
        with closing(Descent(neighbours, state, threads)) as descent:
            try:
                while state.done < ITERATIONS:
                    yield Progress("laying out the map", state.done, ITERATIONS, eta_s=rate.eta_s(state.done))
                    state = descent.advance(state)
                    if time.monotonic() - kept_at > KEPT_EVERY_S:
                        self._keep(contents, neighbours, state)
                        kept_at, kept = time.monotonic(), state.done
            finally:
                if kept < state.done < ITERATIONS:
                    self._keep(contents, neighbours, state)
        return state

    def _keep(self, contents: Ints, neighbours: Ints, state: LayoutState) -> None:
        arrays = {"places": state.places, "gains": state.gains, "steps": state.steps, "done": np.array(state.done)}
        self._kept.write(BEGUN, self._encoder, contents, neighbours=neighbours.astype(np.int32), **arrays)

    # A map that is there

    def _with_new(self, found: _Map, contents: Ints) -> _Map:
        """The map of these contents: those that it lacks are placed among their neighbours, and kept."""
        new = np.setdiff1d(contents, found.contents, assume_unique=True)
        if len(new):
            found = self._place(found, new)
            self._write(found)
        here = np.isin(found.contents, contents, assume_unique=True)
        return _Map(found.contents[here], found.places[here], found.laid[here])

    def _place(self, found: _Map, new: Ints) -> _Map:
        """With new contents, those first that have neighbours which lie on the map."""
        every = np.union1d(found.contents, new)
        places = np.full((len(every), 2), np.nan, np.float32)
        places[rows_of(every, found.contents)] = found.places
        laid = np.zeros(len(every), bool)
        laid[rows_of(every, found.contents)] = found.laid
        waiting: list[tuple[int, Ints]] = []
        active = self._active()
        for rows, some in described(self._catalog, active.bundle.id, new):
            near = rows_near(active.vectors, every, some, 2 * NEIGHBOURS, usable_cores())
            waiting += [
                (row, beside[(beside >= 0) & (beside != row)])
                for row, beside in zip(rows_of(every, new[rows]).tolist(), near, strict=True)
            ]
        while waiting:
            later: list[tuple[int, Ints]] = []
            for row, beside in waiting:
                there = places[beside]
                there = there[~np.isnan(there[:, 0])]
                if len(there):
                    places[row] = layout.place(there)
                else:
                    later.append((row, beside))
            if len(later) == len(waiting):  # like nothing on the map: at its edge
                edge = np.nanmax(places[:, 1], initial=0.0) + 1.0
                places[[row for row, _ in later]] = (0.0, edge)
                break
            waiting = later
        placed = ~np.isnan(places[:, 0])
        return _Map(every[placed], places[placed], laid[placed])

    def _read(self) -> _Map | None:
        stored = self._kept.read(FINISHED, self._encoder)
        if not stored:
            return None
        found = _Map(stored["contents"], *(stored.get(name, np.empty(0)) for name in ("places", "laid")))
        photos = len(found.contents)
        is_sound = found.places.shape == (photos, 2) and found.laid.shape == (photos,) and found.laid.dtype == bool
        return found if is_sound and bool(np.isfinite(found.places).all()) else None

    def _write(self, found: _Map) -> None:
        self._kept.write(FINISHED, self._encoder, found.contents, places=found.places, laid=found.laid)


def _has_most(found: _Map, contents: Ints) -> bool:
    """True if a map was made of at least half of these contents."""
    return 2 * len(np.intersect1d(found.contents[found.laid], contents, assume_unique=True)) >= len(contents)


class _Rate:
    """How long the rest takes, by the iterations since this began."""

    def __init__(self, done: int) -> None:
        self._first, self._began = done, time.monotonic()

    def eta_s(self, done: int) -> float | None:
        """Seconds that are left after `done` iterations; None as long as that cannot be told."""
        passed = done - self._first
        return (time.monotonic() - self._began) / passed * (ITERATIONS - done) if passed else None


def _begun(stored: Arrays) -> tuple[Ints, LayoutState] | None:
    """The neighbours and the state of a map that was not finished; None where they are damaged."""
    photos = len(stored["contents"])
    try:
        neighbours = stored["neighbours"].astype(np.int64)
        state = LayoutState(stored["places"], stored["gains"], stored["steps"], int(stored["done"]))
    except (KeyError, TypeError, ValueError):
        return None
    is_sound = (
        neighbours.shape == (photos, NEIGHBOURS + 1)
        and int(neighbours.min(initial=0)) >= -1
        and int(neighbours.max(initial=0)) < photos
        and all(each.shape == (photos, 2) and bool(np.isfinite(each).all()) for each in state[:3])
        and 0 <= state.done < ITERATIONS
    )
    return (neighbours, state) if is_sound else None


def _scaled(places: NDArray[np.float64]) -> Places:
    """Places in the size that `Layout` speaks of: the area grows with the number of photos."""
    centre = np.median(places, axis=0) if len(places) else np.zeros(2)
    size = float(np.sqrt(np.prod(np.maximum(places.std(axis=0), 1e-12)))) if len(places) > 1 else 1.0
    return ((places - centre) * (0.1 * max(1, len(places)) ** 0.5 / size)).astype(np.float32)


def _layout(found: _Map, photos: Ints, of_photos: Ints) -> Layout:
    """Photos of one content lie at one place."""
    rows = rows_of(found.contents, of_photos)
    return Layout(photos[rows >= 0], found.places[rows[rows >= 0]])
