"""What a score means: from the cosine of two descriptors to words and probabilities."""

import math
from dataclasses import dataclass

from photosearch.photo import Relation

SURE = 0.99  # other shots of a thing score like its more heavily edited copies, and must not pass for them


@dataclass(frozen=True)
class Curve:
    """How probable something is at a cosine: 1 / (1 + exp(-slope * (cosine - centre))); even odds at the centre."""

    slope: float
    centre: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.slope) and self.slope > 0 and -1 <= self.centre <= 1):
            raise ValueError(f"a curve cannot have the slope {self.slope} and the centre {self.centre}")

    def probability(self, cosine: float) -> float:
        """Between 0 and 1."""
        return (1 + math.tanh(self.slope * (cosine - self.centre) / 2)) / 2


@dataclass(frozen=True)
class Calibration:
    """What the scores of one encoder mean, learned from edits of photos and from the photos nearest to them."""

    same_picture: Curve
    same_scene: Curve
    same_kind: Curve

    def __post_init__(self) -> None:
        if not self.same_picture.centre >= self.same_scene.centre >= self.same_kind.centre:
            raise ValueError("closer relations need higher scores")

    def relation(self, cosine: float) -> Relation:
        """The closest relation that is at least as probable as not; the same picture must be nearly certain."""
        if self.same_picture.probability(cosine) >= SURE:
            return "same picture"
        if cosine >= self.same_scene.centre:
            return "same scene"
        return "same kind" if cosine >= self.same_kind.centre else "lookalike"
