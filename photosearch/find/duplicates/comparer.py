"""Comparing pairs of thumbnails in a separate process, as Python threads block each other (GIL)."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from photosearch.models import Verdict
from photosearch.worker_process import Crashed, NotStarted, Slow, Worker

TIMEOUT_S = 30.0
IN_USE = 400  # photos that are kept ready to be compared, 0.1 MB each
PAGES_IN_USE = 40  # the same of pages, up to 1 MB each


class Thumbnail(NamedTuple):
    """The JPEG of a photo, if there is one; of a page of pictures, its panels are compared as well."""

    jpeg: bytes | None
    is_page: bool = False


Thumbnails = tuple[Thumbnail, Thumbnail]  # of a pair
Verdicts = list[Verdict | None]  # None where a thumbnail is missing or damaged


class Comparer:
    """Compares pairs, one caller at a time: apart, or here where that is asked for or no process starts."""

    def __init__(self, apart: bool) -> None:
        self._worker = Worker[Sequence[Thumbnails], Verdicts](prepare) if apart else None
        self._here: Callable[[Sequence[Thumbnails]], Verdicts] | None = None

    def compare(self, pairs: Sequence[Thumbnails]) -> Verdicts:
        """The relations of the pairs; None also for a pair on which the process crashes or hangs."""
        try:
            if self._worker:
                return self._worker.ask(pairs, TIMEOUT_S)
        except NotStarted:
            self._worker = None
        except (Crashed, Slow):
            return [None] if len(pairs) == 1 else [verdict for pair in pairs for verdict in self.compare([pair])]
        self._here = self._here or prepare()
        return self._here(pairs)

    def close(self) -> None:
        """End the process; no comparison may be in progress."""
        if self._worker:
            self._worker.end()


def prepare() -> Callable[[Sequence[Thumbnails]], Verdicts]:
    """The function that compares pairs, with a cache of recently used photos."""
    from photosearch.find.registration.keypoints import Described, describe_jpeg
    from photosearch.find.registration.verify import verify

    photo, page = lru_cache(IN_USE)(describe_jpeg), lru_cache(PAGES_IN_USE)(partial(describe_jpeg, is_page=True))

    def compare(pairs: Sequence[Thumbnails]) -> Verdicts:
        return [compare_one(one, other) for one, other in pairs]

    def look(thumbnail: Thumbnail) -> Described | None:
        if thumbnail.jpeg is None:
            return None
        return page(thumbnail.jpeg) if thumbnail.is_page else photo(thumbnail.jpeg)

    def compare_one(one: Thumbnail, other: Thumbnail) -> Verdict | None:
        first, second = look(one), look(other)
        return None if first is None or second is None else verify(first, second)

    return compare
