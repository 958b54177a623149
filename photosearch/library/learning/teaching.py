"""The metric that searches go by, as labels taught it; what it learns from is loaded only to learn."""

import threading
from collections.abc import Callable, Collection, Generator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photosearch.encode.bundle import Bundle
from photosearch.errors import QueryError
from photosearch.find.metric import Metric
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.library.feedback import Feedback
from photosearch.models import Progress
from photosearch.store.catalog import Catalog
from photosearch.store.metrics import add_metric, last_metric, read_metric, remove_metric
from photosearch.store.tables.labels import Labels

if TYPE_CHECKING:
    from photosearch.library.learning.metric_lesson import Lesson


class Teaching:
    """Learns a metric from what the person said, and keeps the one that serves."""

    def __init__(
        self, catalog: Catalog, labels: Labels, feedback: Feedback, active: Callable[[], ActiveEncoder]
    ) -> None:
        """`active` gives the encoder in use."""
        self._catalog = catalog
        self._labels = labels
        self._feedback = feedback
        self._active = active
        self._lock = threading.Lock()
        self._known: tuple[int, Metric | None] = 0, None

    @property
    def metric(self) -> Metric | None:
        """The one by which photos are searched, whichever process chose it; None: by their descriptors as they are."""
        return self.metric_of(self._active().bundle)

    def metric_of(self, bundle: Bundle) -> Metric | None:
        """The same where this encoder serves."""
        number = last_metric(self._catalog, bundle.id)
        with self._lock:
            if number != self._known[0]:
                self._known = number, _as_metric(read_metric(self._catalog, number), bundle.dimension)
            return self._known[1]

    def learn(self, names: Collection[str] = ()) -> "Generator[Progress, None, Lesson]":
        """Learn from these labels, or all, and from confirmed and rejected matches; nothing changes yet.

        Raises QueryError if that is too little.
        """
        from photosearch.library.learning.metric_lesson import Learner

        return Learner(self._catalog, self._labels, self._feedback, self._active()).learn(names)

    def adopt(self, lesson: "Lesson") -> None:
        """Search by what was learned from now on; raises QueryError if it is of no use."""
        if not lesson.is_better:
            raise QueryError("What was learned finds no better, so searches stay as they are.")
        if lesson.bundle != self._active().bundle.id:
            raise QueryError("Another encoder has taken over meanwhile; teach anew.")
        metric = lesson.metric
        add_metric(self._catalog, lesson.bundle, {"mean": metric.mean, "map": metric.map, "scale": metric.scale})

    def undo(self) -> None:
        """Search as before what was learned last; raises QueryError if nothing was."""
        if not remove_metric(self._catalog, self._active().bundle.id):
            raise QueryError("Nothing that was learned in this way is in use.")


def _as_metric(arrays: dict[str, NDArray[np.float32]] | None, dimension: int) -> Metric | None:
    """The stored metric; None where it is damaged, so that searches go by the descriptors as they are."""
    try:
        found = Metric(arrays["mean"], arrays["map"], arrays["scale"]) if arrays else None
    except KeyError:
        return None
    return found if found and found.is_sound and len(found.mean) == dimension else None
