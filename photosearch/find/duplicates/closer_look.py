"""The closer look at pairs of originals: compared in separate processes, and the results stored."""

import os
from collections import Counter
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from photosearch.find.duplicates.chunks import eta_s, in_chunks
from photosearch.find.duplicates.looker import File, Looker, Lookers
from photosearch.models import Container, Coverage, Lack, Photo, Progress, Side
from photosearch.store.catalog import Catalog
from photosearch.store.tables.coverage import add_containers, add_coverages
from photosearch.store.tables.pairs import Pair

METHOD = 35  # raise it when the closer look comes to see things otherwise: every pair is looked at anew then
FEW, QUICK_PIXELS = 4, 12_000_000  # pairs, and pixels of one: these are looked at here, stopped between two steps
CHUNK = 16  # pairs at most that one process takes in a row, of which many have one photo
OTHER_EXPOSURE = 1.2  # times
DECODED_LEVELS = 0.2  # left of pixels that one decoder or another gave; the finest JPEG changes them by 0.3


class Others(NamedTuple):
    """The other pairs of a search: how many were looked at since a time of the monotonic clock, how many wait."""

    started: float
    before: int
    waiting: int


def look_at_pairs(
    catalog: Catalog,
    pairs: Collection[Pair],
    photos: dict[int, Photo],
    known: dict[int, Container],
    others: Others,
    lookers: Lookers,
) -> Generator[Progress, None, dict[Pair, Coverage]]:
    """Look at pairs of contents and write the results; pairs that cannot be read now are absent from the answer.

    `photos` is a present photo of each content; `known` is what files hold, and grows.
    """

    pixels = [sum(photos[content].facts.width * photos[content].facts.height for content in pair) for pair in pairs]
    apart = len(pairs) > FEW or max(pixels, default=0) > QUICK_PIXELS

    def look(chunk: Sequence[Pair]) -> Iterator[tuple[Pair, Coverage | None, dict[int, Container]]]:
        looker = lookers.take(apart)
        try:
            for pair in chunk:
                yield pair, *_look(looker, pair, photos)
        finally:
            lookers.give_back(looker)

    found, done, total = dict[Pair, Coverage](), others.before, others.before + len(pairs) + others.waiting

    def progress() -> Progress:
        return Progress("looking closer", done, total, eta_s=eta_s(others.started, done, total))

    threads = min(lookers.threads, len(pairs)) if len(pairs) > FEW else 1
    yield progress()
    for finished in in_chunks(look, _in_order(pairs), threads, CHUNK, lookers.interrupt):
        if not finished:
            yield progress()
            continue
        coverages = {pair: coverage for pair, coverage, _ in finished if coverage}
        held = {content: container for *_, containers in finished for content, container in containers.items()}
        add_containers(
            catalog, ((content, container) for content, container in held.items() if known.get(content) != container)
        )
        add_coverages(catalog, METHOD, coverages.items())
        known.update(held)
        found |= coverages
        done += len(finished)
        yield progress()
    return found


def _look(looker: Looker, pair: Pair, photos: dict[int, Photo]) -> tuple[Coverage | None, dict[int, Container]]:
    """The result for a pair, and what its files hold; None: they cannot be read, or have changed."""
    one, other = (photos[content] for content in pair)
    found = looker.look(_file(one), _file(other))
    if found is None or not (_is_there(_file(one)) and _is_there(_file(other))):  # asked after they were read
        return None, {}
    first, second = found.containers
    return with_facts(found.coverage, (one, first), (other, second)), dict(zip(pair, found.containers, strict=True))


def _in_order(pairs: Collection[Pair]) -> list[Pair]:
    """Pairs that share a photo one after the other, so that it is decoded once for all of them."""
    often = Counter(content for pair in pairs for content in pair)
    return sorted(pairs, key=lambda pair: (max(pair, key=lambda content: (often[content], -content)), pair))


def with_facts(coverage: Coverage, one: tuple[Photo, Container], other: tuple[Photo, Container]) -> Coverage:
    """The result from the pixels and the other contents of the files: a file may not go if the other lacks some."""
    (photo, container), (other_photo, other_container) = one, other
    if is_bracket(photo, container, other_photo, other_container):
        return replace(coverage, tier="similar", sides=(Side("no", "set"), Side("no", "set")))
    sides = list(coverage.sides)
    if all(side.covers == "yes" for side in sides) and not (container.is_lossy and other_container.is_lossy):
        # a lossless file with the very pixels of a lossy one adds nothing to it; saving one as lossy changes them
        if coverage.numbers.get("levels", 0.0) >= DECODED_LEVELS:
            sides = [Side("undecided", "unclear")] * 2
        elif container.is_lossy != other_container.is_lossy:
            sides = _kept(container.is_lossy, "edit")
    cameras = container.has_camera, other_container.has_camera
    if [side.lacks for side in sides] == ["unclear", "unclear"]:
        sides = _by_containers(coverage, container, other_container) or sides
    if cameras[0] != cameras[1] and _covers_one_way(sides) and not cameras[sides[0].covers != "yes"]:
        sides = [Side("undecided", "unclear")] * 2  # only cameras write so, and programs lose it
    for number, theirs in enumerate((other_container, container)):
        ours = (container, other_container)[number]
        if holds_more(theirs) and sides[number].covers != "no":
            sides[number] = Side("no", "container")
        elif not ours.has_colours_of(theirs) and sides[number].covers != "no":
            sides[number] = Side("no", "colour")
    return replace(coverage, sides=(sides[0], sides[1]))


def _by_containers(coverage: Coverage, one: Container, other: Container) -> list[Side] | None:
    """The sides where containers alone tell the original; None: nor do they, or it may lack what the other shows."""
    if one.has_palette != other.has_palette:
        is_first, lacks = other.has_palette, "colour"
    elif one.has_camera != other.has_camera:
        is_first, lacks = one.has_camera, "edit"
    elif one.has_editor != other.has_editor:
        is_first, lacks = other.has_editor, "edit"
    else:
        return None
    return _kept(is_first, lacks) if coverage.shows_all(0 if is_first else 1) else None


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


def _file(photo: Photo) -> File:
    return File(photo.path, photo.size_bytes, photo.mtime_ns, photo.facts.width * photo.facts.height)


def _is_there(file: File) -> bool:
    """True if a file is as the library knows it: only then a result is true of the known content."""
    try:
        status = os.stat(file.path)
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (file.size_bytes, file.mtime_ns)
