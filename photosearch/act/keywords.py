"""Keywords of photos, as digiKam, darktable and Lightroom keep them: read anywhere, and added to XMP sidecars.

Nothing is taken away, and nothing else in a sidecar changes. Where a sidecar also holds keywords in a hierarchy, which
some programs prefer to plain ones, new keywords become its topmost ones.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from photosearch.act.companions import Names, list_names
from photosearch.act.metadata import UnclearError, read_metadata, unique
from photosearch.act.plan import Left, reason_of
from photosearch.act.sidecars import completed, sidecar_path
from photosearch.act.xmp import LISTS, clean
from photosearch.paths import shown
from photosearch.sentences import Sentence
from photosearch.store.tables.journal import Sidecar

PLAIN = "dc:subject"
BETWEEN = {"lr:hierarchicalSubject": "|", "digiKam:TagsList": "/"}  # the levels of a keyword
CANNOT = Sentence("Its sidecar “{path}” cannot be completed.")

NamesIn = Callable[[str], Names]


def keywords_of(photo: str, names_in: NamesIn = list_names) -> list[str]:
    """The keywords of a photo, in its sidecars or else in itself; those of a hierarchy where there are no plain ones.

    Raises UnclearError where a sidecar cannot be understood, OSError where one cannot be read.
    """
    lists = read_metadata(photo, names_in(os.path.dirname(photo))).lists
    deep = [word.rsplit(between, 1)[-1].strip() for name, between in BETWEEN.items() for word in lists[name]]
    return lists[PLAIN] or unique(deep)


def plan_keywords(
    wanted: Mapping[str, Sequence[str]], names_in: NamesIn = list_names
) -> tuple[list[Sidecar], list[Left]]:
    """The sidecars of photos, by path, as they are and with the wanted keywords; those that cannot be completed."""
    sharing: defaultdict[str, list[str]] = defaultdict(list)  # photos, by sidecar
    for photo in wanted:
        sharing[sidecar_path(photo, names_in(os.path.dirname(photo)))].append(photo)
    planned, left = list[Sidecar](), list[Left]()
    for path, photos in sharing.items():
        try:
            said = _news(photos, [word for photo in photos for word in wanted[photo]], names_in)
            if said:
                planned.append(completed(path, said))
        except (UnclearError, ValueError):
            left += [Left(photo, CANNOT.with_values(path=shown(path))) for photo in photos]
        except OSError as error:
            left += [Left(photo, reason_of(error)) for photo in photos]
    return planned, left


def _news(photos: Sequence[str], keywords: Iterable[str], names_in: NamesIn) -> dict[str, list[str]]:
    """The lists of keywords that grow, of photos that share a sidecar."""
    keywords, said = unique(map(clean, keywords)), dict[str, list[str]]()
    lists = [read_metadata(photo, names_in(os.path.dirname(photo))).lists for photo in photos]
    for name in LISTS:
        there = unique(word for each in lists for word in each[name])
        if name != PLAIN and not there:
            continue  # a hierarchy that nobody keeps is not begun
        known = {
            part.casefold() for word in there for part in (word, word.rsplit(BETWEEN.get(name, word), 1)[-1].strip())
        }
        lacking = [word for word in keywords if word.casefold() not in known]
        if lacking:
            said[name] = [*there, *lacking]
    return said
