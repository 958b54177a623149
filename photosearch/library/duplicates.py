"""The search of a library for duplicates: what the finder needs of it, and of the folders beside its photos."""

from collections.abc import Callable, Generator
from contextlib import nullcontext, suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photosearch.act.companions import beside, list_names
from photosearch.errors import EncoderError, FolderError
from photosearch.find.duplicates.finder import Depth, Finder, Question, Sources
from photosearch.find.duplicates.looker import Originals
from photosearch.ingest.decoding.containers import inspect
from photosearch.ingest.pipeline import encode_again
from photosearch.ingest.plain import read_plainly
from photosearch.library.indexing import describe_new_panels
from photosearch.models import Duplicates, Progress, Unreadable

if TYPE_CHECKING:
    from photosearch.library import Library

__all__ = ["Question", "find_duplicates"]

FOLDERS = 64  # whose names are kept while duplicates are looked for


def find_duplicates(
    library: "Library", question: Question, depth: Depth, threads: int
) -> Generator[Progress, None, Duplicates]:
    """See `Library.duplicates`."""
    # A folder may hold 100,000 photos, and is not listed for each of them.
    found_beside = partial(beside, names_in=lru_cache(FOLDERS)(list_names))
    originals = Originals(read_plainly, inspect, partial(_pixels, library))
    sources = Sources(library.photos.thumbnail_of_content, library.thumbnails.get, originals, found_beside)
    with nullcontext(iter(())) if library.catalog.is_published else library.sole_writer() as waiting:
        if depth != "known":
            yield from waiting  # during which another encoder may take over
        copies = library.encoders.for_copies
        lookalikes = None if set(question.tiers) == {"identical"} else copies.lookalikes()
        if depth != "known" and lookalikes:
            with suppress(EncoderError, FolderError):  # one that cannot be run any more has described photos before
                if copies is not library.encoders.active:  # it has not seen what came since the taught one took over
                    yield from encode_again(library.catalog, library.thumbnails, copies.encoder, threads, lambda: True)
                yield from describe_new_panels(library, copies, threads)
            yield from lookalikes.vectors.extend(threads)  # without the index, 100,000 searches take minutes
        finder = Finder(library.catalog, lookalikes, sources, threads, depth)
        return (yield from finder.find(question))


def _pixels(library: "Library", path: str, is_wanted: Callable[[], bool]) -> NDArray[np.uint8] | None:
    pixels = library.photos.picture(path, is_wanted=is_wanted)
    return None if isinstance(pixels, Unreadable) else pixels
