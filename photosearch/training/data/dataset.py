"""The training data: the photos, the class of each, and the held-out ones."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.library.learning.lessons import LEAST, choose_classes, in_order, same_things

HELD_OUT_SHARE = 0.2
MOST_OTHERS = 2000  # photos without a label, which keep the encoder from forgetting the rest of the library
MOST_LEARNED = 20_000  # photos: 110 kB each in the cache
MOST_HELD_OUT = 400  # of photos without labels

Pairs = NDArray[np.int64]


@dataclass(frozen=True)
class Dataset:
    """N photos in an order that the seed fixes; none of their contents comes twice."""

    photo_ids: list[int]
    digests: list[bytes]
    classes: NDArray[np.int64]  # [N]; -1: none
    names: list[str]  # of the first classes; those after them are photos that were said to show the same thing
    held_out: NDArray[np.bool_]  # [N]
    rejected: Pairs  # int64[R, 2]: photos that were said not to show the same thing
    left_out: dict[str, int]  # labels with too few photos, and how many they have

    @property
    def to_learn(self) -> NDArray[np.int64]:
        """The numbers of the photos with a class that are not held out."""
        return np.flatnonzero((self.classes >= 0) & ~self.held_out)

    @property
    def others(self) -> NDArray[np.int64]:
        """The numbers of the photos without a class that are not held out."""
        return np.flatnonzero((self.classes < 0) & ~self.held_out)

    def only(self, digests: Sequence[bytes]) -> "Dataset":
        """The dataset without photos whose content is not among `digests`, which keep their order.

        Raises QueryError if that is too little to learn from, or to measure with.
        """
        kept = set(digests)
        rows = np.array([row for row, digest in enumerate(self.digests) if digest in kept], np.int64)
        place = np.full(len(self.digests), -1)
        place[rows] = np.arange(len(rows))
        rejected = place[self.rejected]
        dataset = replace(
            self,
            photo_ids=[self.photo_ids[row] for row in rows],
            digests=[self.digests[row] for row in rows],
            classes=self.classes[rows],
            held_out=self.held_out[rows],
            rejected=rejected[(rejected >= 0).all(axis=1)],
        )
        learned = dataset.classes[dataset.to_learn]
        sizes = np.unique(learned, return_counts=True)[1]
        enough = len(sizes) > 1 and sizes.max() >= LEAST if self.names else len(dataset.others) >= LEAST
        if not enough or not dataset.held_out.any():
            raise QueryError(
                "Too few photos can be read to learn from: {limit} of {count}.",
                count=len(self.digests),
                limit=len(rows),
            )
        return dataset


def plan_dataset(library: Library, labels: Collection[str], seed: int) -> Dataset:
    """Labels with these names, or all, as classes; raises QueryError if that is too little to learn from.

    A photo with several labels counts under its rarest. Photos that were confirmed to show the same thing, and have no
    label, are a class of their own. Of more than MOST_LEARNED photos, the seed chooses so many.
    """
    labelled = library.labels.labelled_photos(labels)
    if not labelled:
        raise QueryError(
            "No photo has a label yet: photosearch label NAME PHOTO… gives one. Without any, there is --self-taught."
        )
    by_digest, left_out = choose_classes(labelled, seed, MOST_LEARNED)
    names = sorted(set(by_digest.values()))
    matches = library.feedback.matches()
    numbers = {name: number for number, name in enumerate(names)}
    classes = {digest: numbers[name] for digest, name in by_digest.items()}
    held_out = _hold_out(by_digest, seed)
    if not held_out:
        raise QueryError("Every label has fewer than 3 photos; with more, some can be held out to measure with.")
    present = _digests_of(library, library.photos.listing().ids)
    confirmed = [pair for pair in matches.confirmed if present.keys() >= set(pair)]
    for number, group in enumerate(same_things(confirmed, classes)):
        classes |= dict.fromkeys(group, len(names) + number)
    taught = present.keys() - held_out  # those held out are not learned from in any way
    apart = [pair for pair in matches.rejected if taught.issuperset(pair)]
    needed = {*classes, *(digest for pair in apart for digest in pair)}
    others = in_order(present.keys() - needed, seed)[:MOST_OTHERS]
    photo_ids = present | {photo.digest: photo.photo_id for photo in labelled if photo.digest in classes}
    digests = [*in_order(needed, seed), *others]
    row = {digest: number for number, digest in enumerate(digests)}
    return Dataset(
        photo_ids=[photo_ids[digest] for digest in digests],
        digests=digests,
        classes=np.array([classes.get(digest, -1) for digest in digests], np.int64),
        names=names,
        held_out=np.array([digest in held_out for digest in digests]),
        rejected=np.array([(row[one], row[other]) for one, other in apart], np.int64).reshape(-1, 2),
        left_out=left_out,
    )


def plan_self_taught(library: Library, seed: int) -> Dataset:
    """All photos of the library, of no class; raises QueryError if they are too few."""
    present = _digests_of(library, library.photos.listing().ids)
    digests = in_order(present, seed)[:MOST_LEARNED]
    held_out = min(MOST_HELD_OUT, round(HELD_OUT_SHARE * len(digests)))
    if len(digests) < 20:
        raise QueryError(
            "To teach itself, the library needs 20 different photos; so far there are {count}.", count=len(digests)
        )
    return Dataset(
        photo_ids=[present[digest] for digest in digests],
        digests=digests,
        classes=np.full(len(digests), -1, np.int64),
        names=[],
        held_out=np.arange(len(digests)) < held_out,
        rejected=np.empty((0, 2), np.int64),
        left_out={},
    )


def _hold_out(labels: dict[bytes, str], seed: int) -> set[bytes]:
    """A share of each label's contents, the same ones when others join them later; none of a label with two."""
    of_label: defaultdict[str, list[bytes]] = defaultdict(list)
    for digest in in_order(labels, seed):
        of_label[labels[digest]].append(digest)
    shares = [
        digests[: max(1, round(HELD_OUT_SHARE * len(digests)))] for digests in of_label.values() if len(digests) > 2
    ]
    return {digest for share in shares for digest in share}


def _digests_of(library: Library, photo_ids: Iterable[int]) -> dict[bytes, int]:
    """Every content of these photos, and one photo of it."""
    digests = library.photos.digests(list(photo_ids))
    return {digest: photo_id for photo_id, digest in digests.items()}
