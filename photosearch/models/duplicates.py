"""Values of duplicates: verdicts on two photos, groups, and the decisions about them."""

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from photosearch.models.photos import Photo
from photosearch.sentences import Sentence

Tier = Literal["identical", "same", "edited", "similar"]
TIERS: tuple[Tier, ...] = ("identical", "same", "edited", "similar")  # the strongest first
DecisionKind = Literal["not duplicates", "keep all", "keep this", "let go", "stay"]
# The sum of the luminance table that the standard proposes (ITU-T T.81, K.1), which is quality 50 of the IJG's code.
STANDARD_SUM = 3688
CONVERTED = "profile"  # how names of colours begin that pixels were converted from


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
    # Of "animation", "another picture", "depth", "depth of tones", "document", "gain map", "layers",
    # "more before it", "more behind it", "more channels", "other colours", "panorama", "raw data", "sound",
    # "transparency", "video"
    extras: tuple[str, ...] = ()
    table: tuple[int, ...] | None = None  # of a JPEG: the 64 steps of its luma, row by row
    colour_table: tuple[int, ...] | None = None  # the same of its colours
    colour_px: tuple[int, int] = 1, 1  # the pixels across and down for which it stores one colour
    orientation: int = 1  # by EXIF
    exposure_s: float | None = None
    has_camera: bool = False  # EXIF names the camera
    has_editor: bool = False  # and a program that edits photos
    is_lossy: bool = False  # its pixels differ from those given to save
    has_palette: bool = False  # it has 256 colours at most
    colours: str = ""  # a name of those that sRGB lacks some of, or that its values stand for without being converted

    @property
    def quality(self) -> float | None:
        """Of a JPEG, 0..100 as the IJG's code (libjpeg) counts, near to it for other tables."""
        if not self.table:
            return None
        scale = 100 * sum(self.table) / STANDARD_SUM
        return 100 - scale / 2 if scale <= 100 else 5000 / scale

    def has_colours_of(self, other: "Container") -> bool:
        """True if this file shows the colours of the other one, if their pixels are equal."""
        return self.colours == other.colours or (not other.colours and self.colours.startswith(CONVERTED))


Part = tuple[float, float, float, float]  # of a photo: left, top, width and height, in 0..1
Covers = Literal["yes", "no", "undecided"]
SHOWS_ALL: tuple[str, str] = "one_shows_all", "other_shows_all"  # numbers of a coverage, 1 or 0
_REVERSED: dict[str, str] = dict(zip(SHOWS_ALL, reversed(SHOWS_ALL), strict=True))
# Why one photo does not stand for another: it is another shot, shows something else, is the other's page or lies on it,
# is not whole, has less detail, colour or tone, is an edit of the other, holds less beside the picture; or that is not
# known (yet).
Lack = Literal[
    "shot", "content", "page", "frame", "detail", "colour", "tone", "edit", "container", "set",
    "unclear", "letters", "unread", "unchecked",
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

    def shows_all(self, number: int) -> bool:
        """True if the other original holds nothing, as far as pixels tell, that the first (0) or second (1) lacks."""
        return self.numbers.get(SHOWS_ALL[number]) == 1

    def reversed(self) -> "Coverage":
        """The same of the second original and the first."""
        numbers = {
            _REVERSED.get(name, name): -value if name == "made" else value for name, value in self.numbers.items()
        }
        return replace(self, sides=(self.sides[1], self.sides[0]), numbers=numbers)


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
class Decision:
    """One decision about duplicates as the person made it."""

    number: int
    made_at: int | None  # seconds since 1970, None: not known
    kind: DecisionKind
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
