"""Metadata that the photo to keep inherits from one that goes: rating, keywords, place and date, as XMP sidecar.

No photo is ever rewritten.
"""

import os
from collections.abc import Callable

from photosearch.act.companions import Names, list_names
from photosearch.act.metadata import DATES, PLACE, Metadata, UnclearError, read_metadata, unique
from photosearch.act.sidecars import completed, sidecar_path
from photosearch.act.xmp import LISTS
from photosearch.ingest.decoding.formats import RAW
from photosearch.paths import shown
from photosearch.sentences import Sentence
from photosearch.store.tables.journal import Sidecar

UNCLEAR_KEPT = Sentence(
    "The sidecar “{path}” of the photo to keep cannot be completed, so no metadata can be inherited."
)


def plan_sidecar(keeper: str, loser: str, names_in: Callable[[str], Names] = list_names) -> Sidecar | None:
    """The sidecar of `keeper`, now and with the metadata that only `loser` has; None if there is none to add.

    `names_in` gives the names of a folder, some of which may be gone. Raises UnclearError where a sidecar cannot be
    understood, OSError where one cannot be read.
    """
    theirs = read_metadata(loser, names_in(os.path.dirname(loser)))
    names = names_in(os.path.dirname(keeper))
    path = sidecar_path(keeper, names)
    try:
        mine = read_metadata(keeper, names)
        added = _missing(mine, theirs, os.path.splitext(keeper)[1].lower() in RAW)
        if not added:
            return None
        return completed(path, added)
    except (ValueError, UnclearError) as error:
        raise UnclearError(UNCLEAR_KEPT.with_values(path=shown(path))) from error


def _missing(mine: Metadata, theirs: Metadata, is_raw: bool) -> dict[str, list[str]]:
    """The properties that the photo to keep still lacks."""
    added: dict[str, list[str]] = {}
    if theirs.rating > max(mine.rating, 0):
        added["xmp:Rating"] = [str(theirs.rating)]
    for name in LISTS:
        united = unique([*mine.lists[name], *theirs.lists[name]])
        if len(united) > len(unique(mine.lists[name])):
            added[name] = united
    if theirs.taken and not mine.taken and not is_raw:  # a RAW has a date, even where it cannot be read here
        added |= {name: [theirs.taken] for name in DATES}
    if theirs.place and not mine.place:
        added |= {name: [value] for name, value in zip(PLACE, theirs.place, strict=True)}
    return added
