"""The closer look at pairs of originals: read, compared in separate processes, and the results stored."""

import os
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.duplicates.candidates import in_chunks
from photosearch.models import Container, Coverage, Lack, Photo, Progress, Side
from photosearch.store.catalog import Catalog
from photosearch.store.tables.coverage import add_containers, add_coverages
from photosearch.store.tables.pairs import Pair
from photosearch.worker_process import Crashed, NotStarted, Slow, Worker

METHOD = 3  # raise it when the closer look comes to see things otherwise: every pair is looked at anew then
TIMEOUT_S = 300.0
FEW = 4  # pairs: by the time that processes have started, so many are compared here
CHUNK = 16  # pairs at most that one process takes in a row, so that their common photo is decoded once
IN_HAND = 2  # pictures that each thread keeps decoded
OTHER_EXPOSURE = 1.2  # times
DECODED_LEVELS = 0.2  # left of pixels that one decoder or another gave; the finest JPEG changes them by 0.3

Picture = tuple[NDArray[np.uint8], tuple[int, ...] | None, int]  # pixels, the steps of a JPEG, EXIF orientation


class Originals(NamedTuple):
    """Where originals come from; asked from any thread, None where they cannot be read."""

    picture: Callable[[str], NDArray[np.uint8] | None]  # the whole photo, uint8[H,W,3]
    container: Callable[[str], Container | None]


def look_at_pairs(
    catalog: Catalog,
    pairs: Collection[Pair],
    photos: dict[int, Photo],
    known: dict[int, Container],
    originals: Originals,
    lookers: "Lookers",
) -> Generator[Progress, None, dict[Pair, Coverage]]:
    """Look at pairs of contents and write the results; pairs that cannot be read now are absent from the answer.

    `photos` is a present photo of each content; `known` is what files hold, and grows.
    """

    def look(chunk: Sequence[Pair]) -> Iterator[tuple[Pair, Coverage | None, dict[int, Container]]]:
        looker = lookers.take(apart=len(pairs) > FEW)
        read = lru_cache(IN_HAND)(lambda content: _read(photos[content], originals))
        try:
            for one, other in chunk:
                first, second = read(one), read(other)
                if first is None or second is None:
                    yield (one, other), None, {}
                    continue
                told = looker.look(_picture(*first), _picture(*second))
                told = told and with_facts(told, (photos[one], first[1]), (photos[other], second[1]))
                yield (one, other), told, {one: first[1], other: second[1]}
        finally:
            lookers.give_back(looker)

    found, done, started = dict[Pair, Coverage](), 0, time.monotonic()
    threads = min(lookers.threads, len(pairs)) if len(pairs) > FEW else 1
    yield Progress("looking closer", 0, len(pairs))
    for finished in in_chunks(look, sorted(pairs), threads, CHUNK):
        told = {pair: coverage for pair, coverage, _ in finished if coverage}
        held = {content: container for *_, containers in finished for content, container in containers.items()}
        add_containers(catalog, ((content, container) for content, container in held.items() if content not in known))
        add_coverages(catalog, METHOD, told.items())
        known.update(held)
        found |= told
        done += len(finished)
        rate = done / max(time.monotonic() - started, 1e-9)
        yield Progress("looking closer", done, len(pairs), eta_s=(len(pairs) - done) / rate)
    return found


class Lookers:
    """The processes of one search, at most one a thread: started when they are first needed, ended with it."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._idle: list[Looker] = []
        self._here = Looker(apart=False)
        self._lock = threading.Lock()

    def __enter__(self) -> "Lookers":
        return self

    def __exit__(self, *_: object) -> None:
        for looker in self._idle:
            looker.close()

    def take(self, apart: bool) -> "Looker":
        """An idle looker; not `apart`: that of this process, for one thread."""
        if not apart:
            return self._here
        with self._lock:
            return self._idle.pop() if self._idle else Looker(apart=True)

    def give_back(self, looker: "Looker") -> None:
        """Take back a looker that is no longer in use."""
        if looker is not self._here:
            with self._lock:
                self._idle.append(looker)


class Looker:
    """Looks at pairs, one caller at a time: apart, or here where that is asked for or no process starts."""

    def __init__(self, apart: bool) -> None:
        self._worker = Worker[tuple[Picture, Picture], Coverage](prepare) if apart else None
        self._here: Callable[[tuple[Picture, Picture]], Coverage] | None = None

    def look(self, one: Picture, other: Picture) -> Coverage | None:
        """The relation between two originals; None for a pair on which the process crashes or hangs."""
        try:
            if self._worker:
                return self._worker.ask((one, other), TIMEOUT_S)
        except NotStarted:
            self._worker = None
        except (Crashed, Slow):
            return None
        self._here = self._here or prepare()
        return self._here((one, other))

    def close(self) -> None:
        """End the process; no comparison may be in progress."""
        if self._worker:
            self._worker.end()


def prepare() -> Callable[[tuple[Picture, Picture]], Coverage]:
    """The function that looks at a pair."""
    from photosearch.find.originals.coverage import conclude  # OpenCV takes a while to import
    from photosearch.find.originals.measures import Original, measure

    def original(picture: Picture) -> Original:
        pixels, table, orientation = picture
        steps = None if table is None else np.array(table, np.float64).reshape(8, 8)
        return Original(np.ascontiguousarray(pixels), steps, orientation)

    return lambda pair: conclude(measure(original(pair[0]), original(pair[1])))


def with_facts(told: Coverage, one: tuple[Photo, Container], other: tuple[Photo, Container]) -> Coverage:
    """The result from the pixels and the other contents of the files: a file may not go if the other lacks some."""
    (photo, container), (other_photo, other_container) = one, other
    if is_bracket(photo, container, other_photo, other_container):
        return replace(told, tier="similar", sides=(Side("no", "set"), Side("no", "set")))
    sides = list(told.sides)
    if all(side.covers == "yes" for side in sides) and container.is_lossy != other_container.is_lossy:
        # a lossless file with the very pixels of a lossy one adds nothing to it; saving one as lossy changes them
        is_decoded = told.numbers.get("levels", 0.0) < DECODED_LEVELS
        sides = _kept(container.is_lossy, "edit") if is_decoded else [Side("undecided", "unclear")] * 2
    unclear = [side.lacks for side in sides] == ["unclear", "unclear"]
    if unclear and container.has_palette != other_container.has_palette:
        unclear, sides = False, _kept(other_container.has_palette, "colour")
    cameras = container.has_camera, other_container.has_camera
    if cameras[0] != cameras[1] and told.tier in ("same", "edited"):
        if unclear:
            sides = _kept(cameras[0], "edit")
        elif _covers_one_way(sides) and cameras[sides[0].covers != "yes"] is False:
            sides = [Side("undecided", "unclear")] * 2  # only cameras write so, and programs lose it
    for number, theirs in enumerate((other_container, container)):
        if holds_more(theirs) and sides[number].covers != "no":
            sides[number] = Side("no", "container")
    return replace(told, sides=(sides[0], sides[1]))


def _kept(is_first: bool, lacks: Lack) -> list[Side]:
    """The first of a pair covers the other, or the other it; the one that goes lacks something."""
    sides = [Side("yes"), Side("no", lacks)]
    return sides if is_first else sides[::-1]


def _covers_one_way(sides: Sequence[Side]) -> bool:
    return sorted(side.covers == "yes" for side in sides) == [False, True]


def holds_more(container: Container) -> bool:
    """True if a file holds pictures or parts that cannot be compared by looking at the shown picture."""
    return container.pictures > 1 or bool(container.extras)


def is_bracket(one: Photo, container: Container, other: Photo, other_container: Container) -> bool:
    """True if one camera took two photos at other exposures at one time."""
    exposure, other_exposure = container.exposure_s, other_container.exposure_s
    if not (exposure and other_exposure and one.facts.camera and one.facts.camera == other.facts.camera):
        return False
    times = max(exposure, other_exposure) / min(exposure, other_exposure)
    return times > OTHER_EXPOSURE and _second(one) == _second(other)


def _second(photo: Photo) -> str:
    return (photo.facts.taken_at or "").partition(".")[0]


def _read(photo: Photo, originals: Originals) -> tuple[NDArray[np.uint8], Container] | None:
    """A photo as the library knows it; None if it cannot be read, or has changed since it was indexed."""
    container = originals.container(photo.path)
    pixels = originals.picture(photo.path) if container else None
    try:
        status = os.stat(photo.path)  # after it was read: the result must be true of the known content
    except OSError:
        return None
    is_known = (status.st_size, status.st_mtime_ns) == (photo.size_bytes, photo.mtime_ns)
    return None if container is None or pixels is None or not is_known else (pixels, container)


def _picture(pixels: NDArray[np.uint8], container: Container) -> Picture:
    return pixels, container.table, container.orientation
