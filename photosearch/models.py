"""The values that travel between the steps, from a file on disk to a ranked answer."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.sentences import Sentence

State = Literal["present", "missing", "offline"]
Order = Literal["newest", "oldest", "name", "largest", "smallest"]
Relation = Literal["identical", "same picture", "same scene", "same kind", "lookalike"]
Tier = Literal["identical", "same", "edited", "similar"]
TIERS: tuple[Tier, ...] = ("identical", "same", "edited", "similar")  # the strongest first
# The sum of the luminance table that the standard proposes (ITU-T T.81, K.1), which is quality 50 of the IJG's code.
STANDARD_SUM = 3688
Decision = Literal["not duplicates", "keep all", "keep this", "let go", "stay"]
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

    `hash` is its perceptual hash.
    """

    digest: bytes
    pixels: NDArray[np.uint8]
    thumbnail: bytes
    facts: Facts
    hash: bytes


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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is; `total` and the rate are None while they are not known."""

    stage: Literal[
        "waiting", "scanning", "indexing", "re-encoding", "search index", "evaluating", "finding lookalikes",
        "comparing", "looking closer", "clearing away", "undoing",
        "reading descriptors", "finding neighbours", "clustering", "finding bursts",
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
    hindrance: Sentence | None = None  # why the encoder that is to take over cannot encode


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


@dataclass(frozen=True, slots=True)
class Query:
    """A query by example; photos are paths, which need not be in the library."""

    photos: tuple[str, ...]
    without: tuple[str, ...] = ()
    region: Region | None = None  # of the one photo
    only: Filter = EVERYTHING
    min_score: float | None = None  # None: that of photos of one kind, if the query is one whole photo
    limit: int = 20
    expand: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One photo of an answer."""

    photo_id: int
    path: str
    score: float  # cosine, 1 for the same picture
    relation: Relation
    state: State


class Lesson(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two photos are related; places are in 0..1 of the width and height of a photo."""

    transform: tuple[float, float, float, float, float, float]  # affine: (x, y) of the other to (ax+by+c, dx+ey+f) here
    mirrored: bool
    overlap: tuple[float, float, float, float]  # left, top, width, height of the common part, in the first
    inliers: int  # local features that agree with the transform
    agreement: float  # 0..1: how alike the aligned pixels are


@dataclass(frozen=True, slots=True)
class Container:
    """The contents of a file beside the one picture that is shown of it, and how that was saved."""

    pictures: int = 1  # frames, pages, layers
    extras: tuple[str, ...] = ()  # of "animation", "depth", "gain map", "layers", "video"
    table: tuple[int, ...] | None = None  # of a JPEG: the 64 steps of its luma, row by row
    orientation: int = 1  # by EXIF
    exposure_s: float | None = None
    has_camera: bool = False  # EXIF names the camera
    is_lossy: bool = False  # its pixels differ from those given to save
    has_palette: bool = False  # it has 256 colours at most

    @property
    def quality(self) -> float | None:
        """Of a JPEG, 0..100 as the IJG's code (libjpeg) counts, near to it for other tables."""
        if not self.table:
            return None
        scale = 100 * sum(self.table) / STANDARD_SUM
        return 100 - scale / 2 if scale <= 100 else 5000 / scale


Part = tuple[float, float, float, float]  # of a photo: left, top, width and height, in 0..1
Covers = Literal["yes", "no", "undecided"]
# Why one photo does not stand for another: it is another shot, shows something else, is not whole, has less detail,
# colour or tone, is an edit of the other, holds less beside the picture; or that is not known (yet).
Lack = Literal[
    "shot", "content", "frame", "detail", "colour", "tone", "edit", "container", "set",
    "unclear", "unread", "unchecked",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """States if one photo of a pair shows all that the other shows, at least as well; if not, why not."""

    covers: Covers
    lacks: Lack | None = None
    differs: Part | None = None  # of the other photo


UNCHECKED = Side("undecided", "unchecked")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The result of the closer look at two originals."""

    tier: Tier | None
    sides: tuple[Side, Side]  # the first as the one that covers, the second as the one that does
    changes: tuple[str, ...] = ()  # the edits that made one of the other
    numbers: dict[str, float] = field(default_factory=dict)  # the measures it rests on


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relation between two photos; tier None: not related."""

    tier: Tier | None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One photo of a group of duplicates; the verdict and the score (a cosine) are of it against the keeper."""

    photo: Photo
    content_id: int
    score: float
    verdict: Verdict  # of the keeper as the first and this photo as the other; that of the keeper itself is identical
    stays: bool  # False only where its removal is proposed: the keeper covers it, and nothing speaks against it
    may_go: bool  # whether the person may remove it: not the keeper, nor a protected or unreachable photo
    frees_bytes: int  # if it goes; 0 if it may not, and for a further name (hard link) of a file that stays
    side: Side = Side("yes")  # whether the keeper covers it
    changes: tuple[str, ...] = ()  # the edits that made the one of the other
    numbers: dict[str, float] = field(default_factory=dict)  # the measures that this rests on


@dataclass(frozen=True, slots=True)
class Group:
    """Photos that are duplicates of their keeper, which stands first."""

    tier: Tier
    keeper: int  # photo id
    reason: Sentence  # why it is kept
    photos: tuple[Member, ...]

    @property
    def reclaimable_bytes(self) -> int:
        return sum(member.frees_bytes for member in self.photos if not member.stays)


class Mark(NamedTuple):
    """That a photo is to go, so far."""

    keeper: int  # the id of the photo that stays in its place
    by_hand: bool  # the person chose it; else it was proposed, and goes only while it still is


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision about duplicates as the person made it."""

    number: int
    made_at: int | None  # seconds since 1970, None: not known
    kind: Decision
    photos: tuple[str, ...]  # their paths then, without the kept one
    kept: str | None


@dataclass(frozen=True, slots=True)
class Duplicates:
    """All groups, the strongest tier first; a photo that goes in one tier is not asked about in the weaker ones."""

    groups: tuple[Group, ...]

    @property
    def reclaimable_bytes(self) -> int:
        return sum(group.reclaimable_bytes for group in self.groups)

    def of(self, tier: Tier) -> tuple[Group, ...]:
        """The groups of one tier."""
        return tuple(group for group in self.groups if group.tier == tier)
