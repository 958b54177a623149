"""The clusters of a library: the hierarchy that is computed once and kept, its cuts, their numbers and names."""

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.clusters import Hierarchy, cluster, medoids, typicality
from photosearch.find.clusters.join import join
from photosearch.find.clusters.matching import same_as_before
from photosearch.find.clusters.occasion import COMPONENTS, add_occasions
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.models import Filter, Progress
from photosearch.settings import usable_cores
from photosearch.store.catalog import Catalog
from photosearch.store.kept_arrays import KeptArrays, is_of_late
from photosearch.store.neighbours import described, rows_near, rows_of
from photosearch.store.tables.clusters import (
    By,
    Cut,
    cluster_photos,
    contents_of_photos,
    keep_clusters,
    kept_clusters,
    name_cluster,
    occasions_of,
)
from photosearch.store.tables.labels import Labels
from photosearch.store.tables.path_lookup import known_filter

NEIGHBOURS = 12  # of each photo that the index does not link to others, along which clusters grow
FEW = 2_000  # photos of which all pairs are compared
STEP = 5_000  # photos that are weighted at a time
METHOD = 3  # raise it where a hierarchy comes to be another: it is computed anew then
KIND_SHARE = 0.5  # of the score, that the part for kinds has where photos are clustered by kind

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Photos of one kind or occasion; the arrays are aligned, the most typical photo first."""

    cluster_id: int
    name: str | None
    medoid: int  # photo id
    photos: Ints  # ids
    typicality: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clustering:
    """A cut of the hierarchy, the largest cluster first; `left_out` are ids of photos that belong to none."""

    by: By
    level: float
    automatic: bool
    clusters: tuple[Cluster, ...]
    left_out: Ints


class Preview:
    """The data for immediate cuts: photos in the order of the hierarchy, so that a cluster is a piece of them."""

    def __init__(self, hierarchy: Hierarchy, photos: Ints, rows: Ints) -> None:
        """`photos` int64[m] are ids, `rows` int64[m] theirs in the hierarchy, one for each content."""
        self.hierarchy = hierarchy
        places = np.empty(len(hierarchy.order), np.int64)
        places[hierarchy.order] = np.arange(len(places))
        self._by_place = _Arranged.of(photos, places[rows], rows)
        self._by_cluster = _Arranged.of(photos, hierarchy.automatic[rows], rows)

    def cut(self, level: float | None) -> list[Ints]:
        """The photos of each cluster of two contents or more, the largest first; they have no numbers yet."""
        if level is None:
            return self._by_cluster.pieces(np.arange(int(self.hierarchy.automatic.max(initial=0)) + 1))
        return self._by_place.pieces(self.hierarchy.starts(level))


class _Arranged(NamedTuple):
    """Photos int64[m] by ascending keys int64[m], and how many contents there are up to each, int64[m+1]."""

    photos: Ints
    keys: Ints
    contents: Ints

    @classmethod
    def of(cls, photos: Ints, keys: Ints, rows: Ints) -> "_Arranged":
        """By keys, where photos of one content, which is one of `rows`, lie side by side."""
        order = np.lexsort((rows, keys))
        rows = rows[order]
        is_first = np.append(np.ones(min(1, len(rows)), bool), np.diff(rows) != 0)
        return cls(photos[order], keys[order], np.append(0, np.cumsum(is_first)))

    def pieces(self, starts: Ints) -> list[Ints]:
        """Those of two contents or more, the largest first, where pieces start at ascending keys."""
        bounds = np.append(np.searchsorted(self.keys, starts), len(self.keys))
        kept = np.flatnonzero(np.diff(self.contents[bounds]) > 1)
        kept = kept[np.argsort(-np.diff(bounds)[kept], kind="stable")]
        pairs = zip(bounds[kept].tolist(), bounds[kept + 1].tolist(), strict=True)
        return [self.photos[start:end] for start, end in pairs]


class _Built(NamedTuple):
    """A hierarchy, the contents int64[n] that are its rows, and the encoder that described them."""

    hierarchy: Hierarchy
    contents: Ints
    encoder: str


class Clusters:
    """The kinds of picture in a library, and the occasions."""

    def __init__(self, catalog: Catalog, active: Callable[[], ActiveEncoder], folder: Path, labels: Labels) -> None:
        """`active` gives the encoder in use; `folder` is where hierarchies are kept, which are caches."""
        self._catalog = catalog
        self._active = active
        self._kept = KeptArrays(catalog, folder)
        self._labels = labels
        self._known: dict[tuple[str, str], _Built] = {}
        self._lock = threading.Lock()

    def find(
        self, by: By = "kind", level: float | None = None, folder: str | None = None, threads: int | None = None
    ) -> Generator[Progress, None, Clustering]:
        """The clusters of the photos in `folder`, or of all, at a level between 0 (fine) and 100 (coarse).

        `level` None: the one that is found by itself. Clusters keep numbers and names where most members are the same.
        """
        only = known_filter(self._catalog, Filter(folder))
        cut = Cut(by, only.folder or "", level)
        photos, places = contents_of_photos(self._catalog, only)
        contents = np.unique(places)
        contents, vectors = yield from self._vectors(by, contents)
        built = yield from self._hierarchy(cut, contents, vectors, threads or usable_cores())
        labels = self._labels_of(built, level, contents, vectors)
        return self._describe(cut, built.hierarchy, labels, contents, vectors, (photos, places))

    def preview(self, by: By) -> Preview | None:
        """For cuts of the whole library that take no time, if its hierarchy is computed and in memory."""
        with self._lock:
            built = self._known.get((by, ""))
        if built is None or not len(built.contents):
            return None
        photos, places = contents_of_photos(self._catalog, Filter())
        rows = np.minimum(np.searchsorted(built.contents, places), len(built.contents) - 1)
        known = built.contents[rows] == places
        return Preview(built.hierarchy, photos[known], rows[known])

    def rename(self, cluster_id: int, name: str | None) -> str | None:
        """Name a cluster, or remove its name (None); return the previous one, for undo. Raises QueryError."""
        return name_cluster(self._catalog, cluster_id, name)

    def make_label(self, cluster_id: int) -> tuple[str, int]:
        """Give the name of a cluster to its photos as a label: the name, and how many did not carry it.

        Raises QueryError if the cluster has no name.
        """
        name, photos = cluster_photos(self._catalog, cluster_id)
        return name or "", self._labels.add(name or "", photos)

    def discard(self) -> None:
        """Forget the hierarchies, to be computed anew; numbers and names stay."""
        self._known.clear()
        self._kept.discard()

    def _vectors(self, by: By, contents: Ints) -> Generator[Progress, None, tuple[Ints, NDArray[np.float32]]]:
        """The described ones of ascending contents, and float32[n,D] unit vectors, weighted as `by` wants it."""
        bundle = self._active().bundle
        facts = occasions_of(self._catalog, contents) if by == "occasion" else np.empty((0, 3))
        helps = COMPONENTS if np.isfinite(facts).any() else 0
        vectors = np.zeros((len(contents), bundle.dimension + helps), np.float32)
        is_described = np.zeros(len(contents), bool)
        for rows, some in described(self._catalog, bundle.id, contents):
            vectors[rows, : bundle.dimension] = some
            is_described[rows] = True
            yield Progress("reading descriptors", int(is_described.sum()), len(contents))
        if not is_described.all():
            contents, vectors, facts = contents[is_described], vectors[is_described], facts[is_described[: len(facts)]]
        if helps:
            add_occasions(vectors, facts)
        if by == "kind" and bundle.kinds_from:
            _reweigh(vectors, bundle.kinds_from)
        return contents, vectors

    def _hierarchy(
        self, cut: Cut, contents: Ints, vectors: NDArray[np.float32], threads: int
    ) -> Generator[Progress, None, _Built]:
        key, encoder = (cut.by, cut.folder), self._active().bundle.id
        with self._lock:
            built = self._known.get(key)
        if not cut.folder and not (built and built.encoder == encoder):
            built = self._read(cut.by, encoder)
        if built and built.encoder == encoder and is_of_late(built.contents, contents):
            with self._lock:
                self._known[key] = built
            return built
        neighbours = None
        if len(contents) > FEW:
            neighbours = yield from self._neighbours(contents, threads)
        yield Progress("clustering", 0)
        built = _Built(cluster(vectors, neighbours), contents, encoder)
        with self._lock:
            self._known[key] = built
        if not cut.folder:
            made = built.hierarchy
            parts = {"order": made.order, "joins": made.joins, "automatic": made.automatic}
            self._kept.write(cut.by, encoder, contents, method=np.array(METHOD), **parts)
        return built

    def _neighbours(self, contents: Ints, threads: int) -> Generator[Progress, None, NDArray[np.int32]]:
        """The rows near each row, int32[n,k], by the search index; -1 for what is none of these contents."""
        search = self._active().vectors
        links = search.links()
        found = np.full((len(contents), max(NEIGHBOURS + 1, links.near.shape[1] if links else 0)), -1, np.int32)
        if links:
            rows = rows_of(contents, links.names)
            near = np.where(links.near >= 0, rows[links.near], -1)
            found[rows[rows >= 0], : near.shape[1]] = near[rows >= 0]
        lone = np.flatnonzero((found < 0).all(axis=1))
        for start in range(0, len(lone), STEP):
            rows = lone[start : start + STEP]
            yield Progress("finding neighbours", start, len(lone))
            described_ones, some = search.descriptors(contents[rows])
            near = rows_near(search, contents, some, NEIGHBOURS + 1, threads)
            found[rows_of(contents, described_ones), : near.shape[1]] = near
        return found

    def _labels_of(self, built: _Built, level: float | None, contents: Ints, vectors: NDArray[np.float32]) -> Ints:
        """The cluster of each content: those that came since join one, or are left alone."""
        labels = built.hierarchy.cut(level)
        if np.array_equal(built.contents, contents):
            return labels
        rows = np.minimum(np.searchsorted(built.contents, contents), len(built.contents) - 1)
        known = built.contents[rows] == contents
        joined = np.full(len(contents), -1, np.int64)
        joined[known] = labels[rows[known]]
        return join(vectors, joined)

    def _describe(
        self,
        cut: Cut,
        hierarchy: Hierarchy,
        labels: Ints,
        contents: Ints,
        vectors: NDArray[np.float32],
        listed: tuple[Ints, Ints],
    ) -> Clustering:
        """Clusters of two contents or more, with their numbers, names and photos.

        `listed` are the ids of the photos to cluster, and the content of each.
        """
        photos, places = listed
        labels = np.unique(labels, return_inverse=True)[1]
        several = np.bincount(labels) > 1
        middle, typical = medoids(vectors, labels)[several], typicality(vectors, labels)
        together = np.flatnonzero(several[labels])
        order = together[np.lexsort((-typical[together], labels[together]))]
        bounds = np.flatnonzero(np.diff(labels[order])) + 1
        members = np.split(order, bounds) if len(order) else []
        found = [contents[rows] for rows in members]
        kept = kept_clusters(self._catalog, cut)
        before = same_as_before([each.members for each in kept], found)
        known = [None if place is None else kept[place] for place in before]
        numbers = keep_clusters(
            self._catalog,
            cut,
            [(each and each.cluster_id, rows) for each, rows in zip(known, found, strict=True)],
        )
        starts, ends = np.searchsorted(places, contents, "left"), np.searchsorted(places, contents, "right")
        clusters: list[Cluster] = []
        for number, each, rows, medoid in zip(numbers, known, members, middle.tolist(), strict=True):
            copies = ends[rows] - starts[rows]
            which = np.concatenate([photos[start:end] for start, end in zip(starts[rows], ends[rows], strict=True)])
            stands = photos[starts[medoid]]
            clusters.append(Cluster(number, each and each.name, int(stands), which, np.repeat(typical[rows], copies)))
        clusters.sort(key=lambda each: (-len(each.photos), each.cluster_id))
        inside = np.isin(places, contents[together])
        level = hierarchy.automatic_level if cut.level is None else cut.level
        return Clustering(cut.by, level, cut.level is None, tuple(clusters), photos[~inside])

    def _read(self, by: By, encoder: str) -> _Built | None:
        """The hierarchy of the whole library as it was kept; None where it is damaged or not of this catalog."""
        stored = self._kept.read(by, encoder)
        if not stored:
            return None
        try:
            if int(stored["method"]) != METHOD:
                return None
            hierarchy = Hierarchy(stored["order"], stored["joins"], stored["automatic"])
        except KeyError:
            return None
        built = _Built(hierarchy, stored["contents"], encoder)
        return built if _is_sound(built) else None


def _reweigh(vectors: NDArray[np.float32], kinds_from: int) -> None:
    """Give the two parts of unit vectors their shares of the score, in place."""
    for part, share in ((slice(kinds_from), 1 - KIND_SHARE), (slice(kinds_from, None), KIND_SHARE)):
        for start in range(0, len(vectors), STEP):
            some = vectors[start : start + STEP, part]
            length = np.linalg.norm(some, axis=1, keepdims=True)
            some *= share**0.5 / np.maximum(length, 1e-6)


def _is_sound(built: _Built) -> bool:
    """True if the data read is a valid hierarchy."""
    hierarchy, photos = built.hierarchy, len(built.contents)
    return (
        np.array_equal(np.sort(hierarchy.order), np.arange(photos))
        and np.array_equal(np.sort(hierarchy.joins), np.arange(1, photos))
        and len(hierarchy.automatic) == photos
        and (photos == 0 or (int(hierarchy.automatic.min()) >= 0 and int(hierarchy.automatic.max()) < photos))
    )
