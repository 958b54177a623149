"""The answer to a search, as the strictness slider cuts it and the chosen order sorts it."""

import os
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from photosearch.models import Listing, Match, Order, Photo, Section

NEAREST = 2_000  # photos of one answer: nobody looks further, and the slider works on them at once
SHOWN_WITHOUT_WORDS = 200  # photos shown first where no calibration says what is alike


@dataclass(frozen=True)
class Answer:
    """Matches, best first, the score from which on they are shown first, and the encoder that the scores are of."""

    matches: Sequence[Match]
    threshold: float
    encoder: str = ""

    @property
    def loosest(self) -> float:
        """The score that lets everything through."""
        return max(0.0, self.matches[-1].score) if self.matches else 0.0

    def above(self, score: float) -> Sequence[Match]:
        """The matches with at least this score."""
        return self.matches[: bisect_right(self.matches, -score, key=lambda match: -match.score)]


def first_threshold(matches: Sequence[Match], calibrated: float | None) -> float:
    """Where the slider stands at first: at what is of one kind, or else so that not too many are shown."""
    if calibrated is not None:
        return calibrated
    return matches[min(SHOWN_WITHOUT_WORDS, len(matches)) - 1].score if matches else 0.0


def arrange(matches: Sequence[Match], photos: Mapping[int, Photo], order: Order | None) -> Listing:
    """Matches in the order of their display: None as they come, best first; a photo that has gone is left out."""
    ids = [match.photo_id for match in matches]
    if order is not None:
        there = [photos[photo_id] for photo_id in ids if photo_id in photos]
        ids = [photo.photo_id for photo in in_order(there, order)]
    return Listing(array("q", ids), (Section("", len(ids)),))


def in_order(photos: Sequence[Photo], order: Order) -> list[Photo]:
    """Photos sorted as `Library.listing` sorts all."""
    match order:
        case "newest":
            return sorted(photos, key=lambda photo: photo.shot_at, reverse=True)
        case "oldest":
            return sorted(photos, key=lambda photo: photo.shot_at)
        case "name":
            return sorted(photos, key=lambda photo: os.path.basename(photo.path).casefold())
        case "largest":
            return sorted(photos, key=lambda photo: -photo.size_bytes)
        case "smallest":
            return sorted(photos, key=lambda photo: photo.size_bytes)
