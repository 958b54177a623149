"""Values on the way of a photo, from a file on disk to a ranked answer."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.sentences import Sentence, verbatim

NOTHING = verbatim("")

State = Literal["present", "missing", "offline"]
Order = Literal["newest", "oldest", "name", "largest", "smallest"]
Relation = Literal["identical", "same picture", "same scene", "same kind", "lookalike"]
Cause = Literal["photo", "disk", "time", "memory"]


class FoundFile(NamedTuple):
    """A file that a scan met; `path` may hold surrogates where the name is not valid text."""

    path: str
    size_bytes: int
    mtime_ns: int


class LeftOut(NamedTuple):
    """A file or folder that a scan could not look at, and why, in words; `may_return`: then its photos still are."""

    path: str
    reason: Sentence
    may_return: bool = True


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the person added; `exclude` are globs."""

    path: str
    recurse: bool = True
    exclude: tuple[str, ...] = ()


class Region(NamedTuple):
    """A part of a photo, in pixels of the photo as it is seen."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of a picture; width and height are those displayed, after EXIF orientation."""

    format: str
    width: int
    height: int
    taken_at: str | None  # ISO 8601, camera's local time
    camera: str | None
    lens: str | None
    latitude: float | None  # degrees, north positive
    longitude: float | None  # degrees, east positive
    sharpness: float  # variance of the Laplacian of the grey thumbnail
    lacking: float = 0.0  # 0..1 of its pixels that the file does not hold, as it was cut short or damaged


@dataclass(frozen=True, slots=True)
class Decoded:
    """One file, read once: `pixels` uint8[S,S,3] for the encoder, `thumbnail` a JPEG, `digest` SHA-256 of its bytes.

    `hash` is its perceptual hash, `panels` uint8[n,S,S,3] the pictures within it, none for most photos.
    """

    digest: bytes
    pixels: NDArray[np.uint8]
    thumbnail: bytes
    facts: Facts
    hash: bytes
    panels: NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, 0, 0, 3), np.uint8))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A photo that could not be read, and why, in words.

    Only a reason due to the `photo` itself or the available decoders persists, until one of these changes.
    """

    path: str
    reason: Sentence
    cause: Cause = "photo"

    @property
    def transient(self) -> bool:
        """True if the reason may pass, so that the next run tries again."""
        return self.cause != "photo"


class Incomplete(NamedTuple):
    """A photo that was read though its file lacks a part of it: at most `lacking`, 0..1 of its pixels."""

    path: str
    lacking: float


def lacking_in_words(lacking: float) -> Sentence:
    """Describe, as a sentence, a photo whose file lacks a part of it, 0..1 of its pixels."""
    if lacking >= 1:
        return Sentence("The file is cut short: the picture is coarser than it was.")
    return Sentence(
        "The file is cut short: up to {percent} % of the picture is missing.", percent=max(100 * lacking, 0.1)
    )


class Read(NamedTuple):
    """The result of reading one file: a content id if its bytes are described already, None if the file is gone."""

    file: FoundFile
    outcome: Decoded | Unreadable | int | None
    vector: NDArray[np.float32] | None = None  # float32[D] of the decoded picture
    panels: NDArray[np.float32] | None = None  # float32[n,D] of its panels


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a long job; `total` and the rate are None while they are not known."""

    stage: Literal[
        "waiting", "scanning", "indexing", "re-encoding", "search index", "evaluating", "finding lookalikes",
        "comparing", "looking closer", "clearing away", "undoing",
        "reading descriptors", "finding neighbours", "clustering", "finding bursts", "laying out the map",
        "reading keywords", "writing sidecars",
        "publishing",
    ]  # fmt: skip
    done: int
    total: int | None = None
    unreadable: int = 0
    photos_per_s: float | None = None
    eta_s: float | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of one indexing run."""

    added: int
    changed: int
    moved: int
    missing: int
    offline: int
    unchanged: int
    encoded_again: int  # unchanged, but not known yet to the encoder, or to the one that is to take over
    unreadable: tuple[Unreadable, ...]
    incomplete: tuple[Incomplete, ...]  # of the files read now
    left_out: tuple[LeftOut, ...]
    photos: int  # present in the library now
    seconds: float
    photos_per_s: float
    hindrance: Sentence = NOTHING  # why the encoder that is to take over cannot encode


class Ranked(NamedTuple):
    """Neighbours of Q queries, best first: content `ids` int64[Q,k] and `scores` float32[Q,k], cosines."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Filter:
    """The photos to show or to search among; dates are ISO 8601 days, both included."""

    folder: str | None = None  # in it and below
    since: str | None = None
    until: str | None = None
    formats: tuple[str, ...] = ()  # as `Facts.format` names them; none: all
    label: str | None = None  # upper and lower case alike
    camera: str | None = None  # as `Facts.camera` names it
    least_bytes: int | None = None  # of the file, both included
    most_bytes: int | None = None


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of the library, as it is listed."""

    photo_id: int
    path: str
    state: State
    size_bytes: int
    mtime_ns: int
    facts: Facts
    beside: frozenset[bytes] | None = None  # digests of the edits and videos beside it; None: not looked at

    @property
    def shot_at(self) -> str:
        """When it was taken, else when the file was last changed: ISO 8601, local time."""
        if self.facts.taken_at:
            return self.facts.taken_at
        try:
            return datetime.fromtimestamp(self.mtime_ns // 10**9).isoformat()
        except (OSError, OverflowError, ValueError):  # a date that no calendar of this system reaches
            return ""


@dataclass(frozen=True, slots=True)
class Section:
    """`count` photos of a listing that stand under one heading: a month like 2024-05, or "" for none."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Photo ids in the order of their display, and the sections that they fall into."""

    ids: "array[int]"  # of type code q
    sections: tuple[Section, ...]


class Shared(NamedTuple):
    """The details of a photo that another shows, too, in the same arrangement."""

    details: int
    region: tuple[float, float, float, float]  # left, top, width and height around them, as shares of the photo's sides


@dataclass(frozen=True, slots=True)
class Query:
    """A query by example; photos are paths, which need not be in the library."""

    photos: tuple[str, ...]
    without: tuple[str, ...] = ()
    region: Region | None = None  # of the first photo
    only: Filter = EVERYTHING
    min_score: float | None = None  # None: that of photos of one kind, if the query is one whole photo
    limit: int = 20
    expand: bool = False
    verify: bool = False  # compare the first answers with the query by their details


@dataclass(frozen=True, slots=True)
class Match:
    """One photo of an answer."""

    photo_id: int
    path: str
    score: float  # cosine, 1 for the same picture; raised where details agree
    relation: Relation
    state: State
    shared: Shared | None = None  # with the query, if that was looked for and found


class Suggestion(NamedTuple):
    """A photo that probably carries a label, and how probably, 0..1."""

    photo_id: int
    probability: float


class LabelledPhoto(NamedTuple):
    """A photo that carries a label."""

    photo_id: int
    digest: bytes
    path: str
    label: str


class Matches(NamedTuple):
    """Pairs of contents, by digest, the lower first, that the person called the same thing, or not the same."""

    confirmed: list[tuple[bytes, bytes]]
    rejected: list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Quality on photos with known groups; `map` (mean average precision) and `recall_at_1` in percent."""

    photos: int
    groups: int
    map: float
    recall_at_1: float


@dataclass(frozen=True)
class Quality:
    """The quality for held-out photos as queries, in percent; `labels` has the mAP of each label."""

    map: float
    recall_at_1: float
    labels: dict[str, float]
