"""Labels and the keywords of photos: keywords become labels, and labels are added to XMP sidecars."""

import os
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache

from photosearch.act.companions import list_names
from photosearch.act.keywords import keywords_of, plan_keywords
from photosearch.act.metadata import UnclearError
from photosearch.act.plan import Left, reason_of
from photosearch.act.sidecars import give_back, take_over
from photosearch.errors import QueryError
from photosearch.library.photos import Photos
from photosearch.models import Filter, Progress
from photosearch.paths import inside, shown
from photosearch.sentences import Sentence
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Sidecar
from photosearch.store.tables.labels import Labels, label_name
from photosearch.store.tables.path_lookup import known_filter
from photosearch.store.written import forget, last_written, record

FOLDERS = 64  # whose names are kept meanwhile
STEP = 50  # photos whose keywords are read, or sidecars noted, at a time
CHANGED = Sentence("“{path}” was changed since, so it stays as it is.")


@dataclass(frozen=True, slots=True)
class KeywordsRead:
    """What became of the keywords of photos: by label, the photos with it as a keyword; files that could not be read.

    `before` and `after` are the carriers of these labels, for `Labels.revert`.
    """

    labels: dict[str, list[int]]
    left: tuple[Left, ...]
    before: dict[str, set[bytes]]
    after: dict[str, set[bytes]]


@dataclass(frozen=True, slots=True)
class KeywordsPlanned:
    """Sidecars as they are and as they will be; photos whose sidecars cannot be completed."""

    sidecars: tuple[Sidecar, ...]
    left: tuple[Left, ...]

    @property
    def new(self) -> int:
        """The number of sidecars that are not there yet."""
        return sum(sidecar.before is None for sidecar in self.sidecars)


@dataclass(frozen=True, slots=True)
class KeywordsWritten:
    """How many sidecars were written, or are as they were before; those that were not."""

    sidecars: int
    left: tuple[Left, ...]


class Keywords:
    """Carries labels to and from other programs."""

    def __init__(
        self,
        catalog: Catalog,
        photos: Photos,
        labels: Labels,
        sole_writer: Callable[[], AbstractContextManager[Generator[Progress]]],
    ) -> None:
        """`sole_writer` is that of the library."""
        self._catalog = catalog
        self._photos = photos
        self._labels = labels
        self._sole_writer = sole_writer

    def read(self, folder: str | None = None) -> Generator[Progress, None, KeywordsRead]:
        """Give the photos in `folder`, or all, their keywords as labels, on top of those that they carry."""
        only = known_filter(self._catalog, Filter(folder))
        photos = list(self._photos.get(self._photos.listing("name", only).ids).values())
        names_in = lru_cache(FOLDERS)(list_names)
        found, left = defaultdict[str, list[int]](list), list[Left]()
        for done, photo in enumerate(sorted(photos, key=lambda photo: photo.path)):
            if done % STEP == 0:
                yield Progress("reading keywords", done, len(photos))
            try:
                for keyword in keywords_of(photo.path, names_in) if photo.state == "present" else ():
                    found[label_name(keyword)].append(photo.photo_id)
            except UnclearError as error:
                left.append(Left(photo.path, error.reason))
            except OSError as error:
                left.append(Left(photo.path, reason_of(error)))
            except QueryError as error:  # a keyword that is too long for a label
                left.append(Left(photo.path, error.sentence))
        before = self._labels.carriers(found)
        self._labels.add_all(found)
        return KeywordsRead(dict(found), tuple(left), before, self._labels.carriers(found))

    def plan(self, names: Sequence[str] = (), folder: str | None = None) -> KeywordsPlanned:
        """The sidecars that lack the labels of their photos: the labels with these names, or all.

        Raises QueryError if a label is unknown.
        """
        below = known_filter(self._catalog, Filter(folder)).folder
        wanted = defaultdict[str, list[str]](list)
        for photo in self._labels.labelled_photos(names):
            if below is None or inside(photo.path, below):
                wanted[photo.path].append(photo.label)
        sidecars, left = plan_keywords(wanted, lru_cache(FOLDERS)(list_names))
        return KeywordsPlanned(tuple(sidecars), tuple(left))

    def write(self, planned: Sequence[Sidecar]) -> Generator[Progress, None, KeywordsWritten]:
        """Write sidecars that were planned, each noted as it was; one that has changed since is left as it is."""
        left, run, done = list[Left](), None, 0
        with self._sole_writer() as waiting:
            yield from waiting
            while some := planned[done : done + STEP]:
                yield Progress("writing sidecars", done, len(planned))
                run = record(self._catalog, run, some)
                for sidecar in some:
                    try:
                        take_over(sidecar, _partial(sidecar.path))
                    except OSError as error:
                        left.append(Left(sidecar.path, reason_of(error)))
                done += len(some)
        return KeywordsWritten(len(planned) - len(left), tuple(left))

    def take_back(self) -> Generator[Progress, None, KeywordsWritten]:
        """Make the sidecars that were written last as they were before; one that was changed since stays as it is."""
        back, left = list[int](), list[Left]()
        with self._sole_writer() as waiting:
            yield from waiting
            written = last_written(self._catalog)
            for done, (number, sidecar) in enumerate(written):
                if done % STEP == 0:
                    yield Progress("undoing", done, len(written))
                try:
                    if not give_back(sidecar, _partial(sidecar.path)):
                        left.append(Left(sidecar.path, CHANGED.with_values(path=shown(sidecar.path))))
                except OSError as error:
                    left.append(Left(sidecar.path, reason_of(error)))
                    continue
                back.append(number)
            forget(self._catalog, back)
        return KeywordsWritten(len(written) - len(left), tuple(left))


def _partial(path: str) -> str:
    """The name of a copy under way, the same after a restart, and hidden from scans."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".photosearch-{name}.partial")
