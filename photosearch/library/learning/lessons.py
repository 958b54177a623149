"""What a person's labels and feedback teach: which photos belong together. Training and the quick way learn from it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from photosearch.errors import QueryError
from photosearch.models import LabelledPhoto
from photosearch.sentences import Sentence

LEAST = 2  # photos of a label


def choose_classes(labelled: Sequence[LabelledPhoto], seed: int, most: int) -> tuple[dict[bytes, str], dict[str, int]]:
    """The label of each content, by digest, and the labels with too few photos, with how many they have.

    A photo with several labels counts under its rarest. Of more than `most`, the seed chooses so many. Raises
    QueryError if fewer than two labels are left.
    """
    chosen = set(in_order({photo.digest for photo in labelled}, seed)[:most])
    by_digest, left_out = _one_label_each([photo for photo in labelled if photo.digest in chosen])
    names = set(by_digest.values())
    if not names:
        raise QueryError(
            "No label has {count} photos of its own: each counts for its rarest label. It takes two labels to learn"
            " what tells them apart.",
            count=LEAST,
        )
    if len(names) < 2:
        raise QueryError(
            "Only “{label}” has {count} photos of its own or more: each counts for its rarest label. It takes two"
            " labels to learn what tells them apart.",
            label=names.pop(),
            count=LEAST,
        )
    return by_digest, left_out


def tell_left_out(left_out: Mapping[str, int]) -> list[Sentence]:
    """A sentence for each label that has too few photos."""
    return [
        Sentence("“{label}” was left out: it has {count} photo of its own.", label=label, count=count)
        if count == 1
        else Sentence("“{label}” was left out: it has {count} photos of its own.", label=label, count=count)
        for label, count in left_out.items()
    ]


def same_things(confirmed: Sequence[tuple[bytes, bytes]], labelled: Collection[bytes]) -> list[set[bytes]]:
    """Contents that chains of confirmed pairs join, two or more each, those with a label left out."""
    groups: dict[bytes, set[bytes]] = {}
    for one, other in confirmed:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(joined, joined)
    found = [group.difference(labelled) for group in {id(group): group for group in groups.values()}.values()]
    return [group for group in found if len(group) >= LEAST]


def in_order(digests: Iterable[bytes], seed: int) -> list[bytes]:
    """Shuffled, each in its place whatever the others are."""
    return sorted(digests, key=lambda digest: hashlib.sha256(seed.to_bytes(4, "big") + digest).digest())


def _one_label_each(labelled: Sequence[LabelledPhoto]) -> tuple[dict[bytes, str], dict[str, int]]:
    """The rarest label of each content, and the labels that have too few photos."""
    carried = {(photo.digest, photo.label) for photo in labelled}
    counts = Counter(label for _, label in carried)
    rarest: dict[bytes, str] = {}
    for digest, label in sorted(carried, key=lambda pair: (counts[pair[1]], pair[1])):
        rarest.setdefault(digest, label)
    left = Counter(rarest.values())
    few = {label: left[label] for label in counts if left[label] < LEAST}
    return {digest: label for digest, label in rarest.items() if label not in few}, few
