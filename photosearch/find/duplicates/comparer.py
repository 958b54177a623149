"""Comparing pairs of thumbnails in a separate process, as Python threads block each other (GIL)."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from photosearch.models import Verdict
from photosearch.worker_process import Crashed, NotStarted, Slow, Worker

TIMEOUT_S = 30.0
IN_USE = 400  # photos that are kept ready to be compared, 0.1 MB each

Jpegs = tuple[bytes | None, bytes | None]  # the thumbnails of a pair, as far as there are any
Verdicts = list[Verdict | None]  # None where a thumbnail is missing or damaged


class Comparer:
    """Compares pairs, one caller at a time: apart, or here where that is asked for or no process starts."""

    def __init__(self, apart: bool) -> None:
        self._worker = Worker[Sequence[Jpegs], Verdicts](prepare) if apart else None
        self._here: Callable[[Sequence[Jpegs]], Verdicts] | None = None

    def compare(self, pairs: Sequence[Jpegs]) -> Verdicts:
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


def prepare() -> Callable[[Sequence[Jpegs]], Verdicts]:
    """The function that compares pairs, with a cache of recently used photos."""
    from photosearch.find.registration.keypoints import describe_jpeg
    from photosearch.find.registration.verify import verify

    described = lru_cache(IN_USE)(describe_jpeg)

    def compare(pairs: Sequence[Jpegs]) -> Verdicts:
        return [compare_one(one, other) if one and other else None for one, other in pairs]

    def compare_one(one: bytes, other: bytes) -> Verdict | None:
        first, second = described(one), described(other)
        return None if first is None or second is None else verify(first, second)

    return compare
