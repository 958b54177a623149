"""Tests of all but the window: every format is decoded, encoded, indexed, found, cleared away and brought back."""

import shutil
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import numpy as np

from photosearch.find import layout
from photosearch.library import Library
from photosearch.library.about.components import missing_texts, normal, read_notices
from photosearch.models import Progress, Query, Unreadable
from photosearch.paths import is_packaged, resources
from photosearch.self_test.failed import Failed
from photosearch.store import vectors
from photosearch.store.index.graph import Graph, is_available
from photosearch.store.index.sketch import Covariance

TWIN = "photo.jpg"  # shows what all files of its folder show that are called photo.*
MOST_DIFFERENT = 24.0  # of 255, the mean of all pixels: a palette, or a strong compression
NOT_COMPARED = {".dng"}  # whose colours are developed
GRAPH_NODES = 2_000
MAP_PHOTOS = 1_200  # so many that openTSNE interpolates on a grid
GRAPH_FROM = 8  # photos, instead of thousands, so that the graph is built and asked

Result = TypeVar("Result")


def check_licences(_: Path) -> str:
    """Every part that is shipped has its licence texts."""
    notices = read_notices()
    if not notices and not is_packaged():
        return "not packaged: each part keeps its own"
    if wrong := missing_texts(notices):
        raise Failed(" ".join(wrong))
    return f"{len(notices)} parts, {sum(len(notice.texts) for notice in notices)} texts"


def check_formats(scratch: Path) -> str:
    """Each format that the program reads gives the picture that it should."""
    photos = _photos(scratch)
    with Library(scratch / "library", "cpu") as library:
        twin = library.photos.picture(str(photos / TWIN))
        for file in sorted(photos.iterdir()):
            pixels = library.photos.picture(str(file))
            if isinstance(pixels, Unreadable):
                raise Failed(f"{file.name} cannot be decoded: {pixels.reason}")
            if isinstance(twin, Unreadable) or file.stem != "photo" or file.suffix in NOT_COMPARED:
                continue
            if pixels.shape != twin.shape or np.abs(pixels.astype(float) - twin).mean() > MOST_DIFFERENT:
                raise Failed(f"{file.name} was decoded to another picture.")
    return ", ".join(sorted({file.suffix[1:] for file in photos.iterdir()}))


def check_index(scratch: Path) -> str:
    """All photos are encoded and taken into a library, and the graph is built."""
    vectors.__dict__["YOUNG_LIMIT"] = GRAPH_FROM
    samples = resources() / "samples" / "photos"
    with Library(scratch / "library", "cpu") as library:
        summary = _finish(library.index([str(_photos(scratch)), str(samples)]))
        if summary.unreadable:
            raise Failed("; ".join(f"{Path(each.path).name}: {each.reason}" for each in summary.unreadable))
        has_graph = any(library.places.search.rglob("*.graph"))
        if _is_packed("hnswlib") and not has_graph:
            raise Failed("The graph for searching was not built: each search would look at every photo.")
        graph = "and a graph" if has_graph else "and no graph, as hnswlib is not installed"
        return f"{summary.added} photos with the encoder {library.bundle.id} {graph}"


def check_search(scratch: Path) -> str:
    """The graph gives what exact scores give: each file of one picture finds the others first."""
    photos = _photos(scratch)
    twins = {file.name for file in photos.glob("photo.*")} - {TWIN}
    with Library(scratch / "library", "cpu") as library:
        matches = library.similar(Query((str(photos / TWIN),), limit=len(twins), min_score=-1))
    found = {Path(match.path).name for match in matches}
    if len(found & twins) < len(twins) - 1:  # a RAW photo may come after another picture
        raise Failed(f"Of {', '.join(sorted(twins))} these were found: {', '.join(sorted(found & twins))}.")
    return f"{len(found & twins)} of {len(twins)} other files of one picture"


def check_graph(_: Path) -> str:
    """Through a graph over thousands of descriptors, each finds itself."""
    if not is_available() and not _is_packed("hnswlib"):
        return "hnswlib is not here: searches look at every photo"
    drawn = np.random.default_rng(0).standard_normal((GRAPH_NODES, 512)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    covariance = Covariance(drawn.shape[1], len(drawn))
    covariance.add(drawn)
    graph = Graph(covariance.sketch(len(drawn)))
    graph.add(drawn, 0, threads=1)
    found = graph.candidates(drawn[::50], 5, threads=1)
    hits = 0 if found is None else int((found.rows[:, 0] == np.arange(0, GRAPH_NODES, 50)).sum())
    if hits < 0.9 * len(drawn[::50]):
        raise Failed(f"Through the graph, only {hits} of {len(drawn[::50])} descriptors find themselves.")
    return f"{hits} of {len(drawn[::50])} descriptors find themselves among {GRAPH_NODES:,}"


def check_clearing(scratch: Path) -> str:
    """A copy goes to the trash and comes back, or to a quarantine where there is none; and so by a move."""
    album = scratch / "copies"
    (album / "again").mkdir(parents=True)
    keeper, copy = album / TWIN, album / "again" / TWIN
    for file in (keeper, copy):
        shutil.copyfile(_photos(scratch) / TWIN, file)
    done: list[str] = []
    with Library(scratch / "clearing", "cpu") as library:
        _finish(library.index([str(album)]))
        ids = [library.photos.at(str(file))[0] for file in (copy, keeper)]
        for way in ("trash", "move"):
            seen = library.photos.get(ids).values()
            cleared = _finish(library.clear_away({ids[0]: ids[1]}, seen, way, str(scratch / "away")))
            if copy.exists() or not keeper.exists():
                why = cleared.refused[0].reason if cleared.refused else "it is still there"
                raise Failed(f"A copy could not be cleared away ({way}): {why}")
            undone = _finish(library.undo())
            if not copy.exists() or copy.read_bytes() != keeper.read_bytes():
                why = undone.failed[0].reason if undone.failed else "it is not there"
                raise Failed(f"What was cleared away ({way}) did not come back: {why}")
            done.append("quarantine, as there is no trash here" if cleared.quarantines else way)
    return f"{' and '.join(done)}, and undo"


def check_map(_: Path) -> str:
    """The parts of openTSNE move the places of a map on."""
    if not layout.is_available() and not _is_packed("openTSNE"):
        return "openTSNE is not here: no map is laid out"
    near = (np.arange(MAP_PHOTOS)[:, None] + np.arange(layout.NEIGHBOURS)) % MAP_PHOTOS
    state = layout.begin(np.random.default_rng(0).standard_normal((MAP_PHOTOS, 2)))
    with closing(layout.Descent(near, state, threads=1)) as descent:
        after = descent.advance(state)
    if not after.done or not np.isfinite(after.places).all():
        raise Failed("The places of a map were not moved on.")
    return f"{MAP_PHOTOS:,} places were moved {after.done} times"


def _is_packed(name: str) -> bool:
    """True if this program was packed with a part, and should have it still."""
    return any(normal(notice.name) == normal(name) for notice in read_notices())


def _photos(scratch: Path) -> Path:
    """A copy of the photos that come with the test, as none of the program's own files may be in danger."""
    folder = scratch / "photos"
    if not folder.exists():
        shutil.copytree(resources() / "self-test", folder)
    return folder


def _finish(job: Generator[Progress, None, Result]) -> Result:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
