"""Photos that probably carry a label, and how far that can be trusted."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import QueryError
from photosearch.find.suggest import LEAST, held_out_scores, learn_background, learn_probability, weights
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.models import EVERYTHING, Progress
from photosearch.store.catalog import Catalog
from photosearch.store.neighbours import described
from photosearch.store.tables.clusters import contents_of_photos
from photosearch.store.tables.labels import Labels

SAMPLE = 20_000  # photos from which it is learned what the library is like
LEAST_PROBABLE = 0.1  # of a suggestion
MOST = 2_000  # suggestions at a time
LIKELY = 0.5  # from which on a photo counts as suggested where suggestions are checked
SCENE_SCORE = 0.6  # two photos show one scene from this cosine on, for an encoder without calibration

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Check:
    """Suggestions for photos whose labels are known, each told without its own: how many would be right."""

    carriers: int  # photos that carry the label
    found: int  # of these: how many would be suggested, as rather probable than not
    others: int  # photos that carry other labels only
    wrong: int  # of these: how many would be


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Photos that do not carry a label, the most probable first, and the check; the arrays are aligned."""

    label: str
    photos: Ints  # ids
    probabilities: NDArray[np.float64]
    check: Check


class Suggesting:
    """Suggests photos for labels."""

    def __init__(self, catalog: Catalog, labels: Labels, active: Callable[[], ActiveEncoder]) -> None:
        """`active` gives the encoder in use."""
        self._catalog = catalog
        self._labels = labels
        self._active = active

    def find(self, name: str) -> Generator[Progress, None, Suggestions]:
        """Photos that probably carry a label, neither carrying it nor refused.

        Raises QueryError if the label is unknown, or if too few photos carry it.
        """
        name, told = self._labels.known(name), self._labels.contents(name)
        photos, contents = contents_of_photos(self._catalog, EVERYTHING)
        contents, first = np.unique(contents, return_index=True)
        photos = photos[first]
        carries, refused = np.isin(contents, told.carrying), np.isin(contents, told.refused)
        known = yield from self._read(contents, np.flatnonzero(carries | refused))
        dimension = self._active().bundle.dimension
        carriers, doubted = (_rows(known, np.flatnonzero(some), dimension) for some in (carries, refused))
        if len(carriers) < LEAST:
            raise QueryError("Give the label “{name}” to at least {count} photos first.", name=name, count=LEAST)
        sample = np.random.default_rng(0).permutation(len(contents))[:SAMPLE]
        seen = yield from self._read(contents, np.sort(sample))
        background = learn_background(np.array([*seen.values()]))
        calibration = self._active().bundle.calibration
        scene = calibration.least_of_a_scene if calibration else SCENE_SCORE
        held_out = held_out_scores(carriers, doubted, background, scene)
        scores = yield from self._score(contents, weights(carriers, doubted, background))
        is_open = ~carries & ~refused & np.isfinite(scores)
        if not is_open.any():
            return Suggestions(name, photos[:0], np.zeros(0), Check(len(carriers), 0, 0, 0))
        probability = learn_probability(scores[is_open], held_out)
        others = np.isin(contents, told.others) & is_open
        wrong = int((probability(scores[others]) >= LIKELY).sum())
        found = int((probability(held_out) >= LIKELY).sum())
        check = Check(len(carriers), found, int(others.sum()), wrong)
        order = np.argsort(-scores[is_open], kind="stable")[:MOST]
        probabilities = probability(scores[is_open][order])
        order, probabilities = order[probabilities >= LEAST_PROBABLE], probabilities[probabilities >= LEAST_PROBABLE]
        return Suggestions(name, photos[is_open][order], probabilities, check)

    def _read(self, contents: Ints, rows: Ints) -> Generator[Progress, None, dict[int, NDArray[np.float32]]]:
        """The descriptors of some rows of contents, as far as there are any."""
        found: dict[int, NDArray[np.float32]] = {}
        for places, vectors in described(self._catalog, self._active().bundle.id, contents[rows]):
            found.update(zip(rows[places].tolist(), vectors, strict=True))
            yield Progress("reading descriptors", len(found), len(rows))
        return found

    def _score(self, contents: Ints, weighing: NDArray[np.float64]) -> Generator[Progress, None, NDArray[np.float64]]:
        """The score of each content, NaN where it is not described."""
        scores = np.full(len(contents), np.nan)
        for rows, vectors in described(self._catalog, self._active().bundle.id, contents):
            scores[rows] = vectors @ weighing
            yield Progress("reading descriptors", int(rows[-1]) + 1, len(contents))
        return scores


def _rows(known: dict[int, NDArray[np.float32]], rows: Ints, dimension: int) -> NDArray[np.float32]:
    return np.array([known[row] for row in rows.tolist() if row in known], np.float32).reshape(-1, dimension)
