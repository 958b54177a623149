"""Teaching in seconds: a metric of the stored descriptors, from labels and feedback, and how much better it finds."""

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import QueryError
from photosearch.find.metric import Metric, learn_metric
from photosearch.find.teaching import FOLDS, Check, Examples, Found, check
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.library.feedback import Feedback
from photosearch.library.learning.lessons import choose_classes, in_order, same_things, tell_left_out
from photosearch.models import EVERYTHING, Progress, Quality
from photosearch.sentences import Sentence
from photosearch.store.catalog import Catalog
from photosearch.store.tables.clusters import contents_of_photos
from photosearch.store.tables.labels import Labels

MOST = 5_000  # photos that it learns from
SAMPLE = 1_500  # photos of the library, of which all pairs are compared for the scale of scores
SCENE_SCORE = 0.6  # two photos show one scene from this cosine on, for an encoder without calibration
SEED = 0


@dataclass(frozen=True)
class Lesson:
    """A metric for the encoder `bundle`, and the quality of search without it and with it; `notes` are sentences."""

    bundle: str
    metric: Metric
    photos: int
    labels: int
    before: Quality
    after: Quality
    is_better: bool
    notes: tuple[Sentence, ...]


class Learner:
    """Learns for the encoder in use."""

    def __init__(self, catalog: Catalog, labels: Labels, feedback: Feedback, active: ActiveEncoder) -> None:
        self._catalog = catalog
        self._labels = labels
        self._feedback = feedback
        self._active = active

    def learn(self, names: Collection[str] = ()) -> Generator[Progress, None, Lesson]:
        """See `Teaching.learn`."""
        labelled = self._labels.labelled_photos(names)
        if not labelled:
            raise QueryError("No photo carries a label yet: photosearch label NAME PHOTO…")
        label_of, left_out = choose_classes(labelled, SEED, MOST)
        labels = sorted(set(label_of.values()))
        yield Progress("reading descriptors", 0)
        examples, known = self._examples(label_of, labels)
        sample = self._sample()
        if known < 2 * len(labels) or not len(sample):
            raise QueryError("Photos with labels are not described by the encoder in use yet: photosearch index")
        calibration = self._active.bundle.calibration
        scene = calibration.least_of_a_scene if calibration else SCENE_SCORE
        checking = check(examples, sample.mean(axis=0), scene)
        while True:
            try:
                yield Progress("evaluating", next(checking), FOLDS + 1)
            except StopIteration as end:
                found = end.value
                break
        metric = learn_metric(sample, examples.vectors, examples.classes, examples.rejected)
        return Lesson(
            self._active.bundle.id,
            metric,
            examples.labelled,
            len(labels),
            _quality(found.before, examples, labels),
            _quality(found.after, examples, labels),
            found.is_better,
            (*tell_left_out(left_out), *_tell_doubt(found)),
        )

    def _examples(self, label_of: dict[bytes, str], labels: Sequence[str]) -> tuple[Examples, int]:
        """Photos with labels first, then those confirmed or rejected; and how many the labelled are."""
        matches = self._feedback.matches()
        same = same_things(matches.confirmed, label_of)
        numbers = {digest: labels.index(label) for digest, label in label_of.items()}
        for number, group in enumerate(same, len(labels)):
            numbers |= dict.fromkeys(group, number)
        others = {digest for pair in matches.rejected for digest in pair} - numbers.keys()
        numbers |= {digest: number for number, digest in enumerate(sorted(others), len(labels) + len(same))}
        digests = [*in_order(label_of, SEED), *in_order(numbers.keys() - label_of.keys(), SEED)[:MOST]]
        found = {digest: self._catalog.find_digest(digest) for digest in digests}
        vectors = self._vectors([content for content in found.values() if content is not None])
        rows = [digest for digest in digests if found[digest] in vectors]
        place = {digest: row for row, digest in enumerate(rows)}
        labelled = sum(digest in label_of for digest in rows)
        apart = [(place[one], place[other]) for one, other in matches.rejected if place.keys() >= {one, other}]
        dimension = self._active.bundle.dimension
        return Examples(
            np.array([vectors[found[digest]] for digest in rows], np.float32).reshape(-1, dimension),
            np.array([numbers[digest] for digest in rows], np.int64),
            np.array(apart, np.int64).reshape(-1, 2),
            labelled,
        ), labelled

    def _sample(self) -> NDArray[np.float32]:
        """Descriptors float32[n,D] of photos of the library that chance chose, each time the same."""
        contents = np.unique(contents_of_photos(self._catalog, EVERYTHING)[1])
        chosen = np.random.default_rng(SEED).permutation(len(contents))[:SAMPLE]
        return self._active.vectors.descriptors(np.sort(contents[chosen]))[1]

    def _vectors(self, contents: Sequence[int]) -> dict[int | None, NDArray[np.float32]]:
        ids, vectors = self._active.vectors.descriptors(np.array(contents, np.int64))
        return dict(zip(ids.tolist(), vectors, strict=True))


def _tell_doubt(found: Check) -> list[Sentence]:
    """Why it is not better, where it may be."""
    if not found.is_told:
        return [
            Sentence("Too few photos could be held out to tell whether it is better: label some more of each kind.")
        ]
    if not found.is_better and found.gain > 0:
        return [Sentence("The gain may be chance: it takes more photos with labels to tell.")]
    return []


def _quality(found: Found, examples: Examples, labels: Sequence[str]) -> Quality:
    asked = ~np.isnan(found.precisions)
    classes = examples.classes[: examples.labelled]
    of_label = {
        name: _percent(found.precisions[asked & (classes == number)])
        for number, name in enumerate(labels)
        if (asked & (classes == number)).any()
    }
    return Quality(_percent(found.precisions[asked]), _percent(found.firsts[asked]), of_label)


def _percent(shares: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    return round(100 * float(np.mean(shares)), 2) if len(shares) else 0.0
