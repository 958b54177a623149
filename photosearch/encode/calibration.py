"""The meaning of a score: from the cosine of two descriptors to words and probabilities."""

import math
from dataclasses import dataclass

from photosearch.models import Relation

# How probable a relation must be to be named: other shots of a thing score like its more heavily edited copies, and
# must not pass for them; and a library holds far more photos of other kinds than the even odds of the curve suppose.
PICTURE, SCENE, KIND = 0.99, 0.5, 0.9


@dataclass(frozen=True)
class Curve:
    """The probability at a cosine: 1 / (1 + exp(-slope * (cosine - centre))); even odds at the centre."""

    slope: float
    centre: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.slope) and self.slope > 0 and -1 <= self.centre <= 1):
            raise ValueError(f"a curve cannot have the slope {self.slope} and the centre {self.centre}")

    def probability(self, cosine: float) -> float:
        """Between 0 and 1."""
        return (1 + math.tanh(self.slope * (cosine - self.centre) / 2)) / 2

    def cosine(self, probability: float) -> float:
        """Where it is as probable as `probability`, which lies between 0 and 1."""
        return self.centre + math.log(probability / (1 - probability)) / self.slope


@dataclass(frozen=True)
class Calibration:
    """The meaning of one encoder's scores, learned from edits of photos and from the photos nearest to them."""

    same_picture: Curve
    same_scene: Curve
    same_kind: Curve

    def __post_init__(self) -> None:
        if not self.same_picture.centre >= self.same_scene.centre >= self.same_kind.centre:
            raise ValueError("closer relations need higher scores")

    def relation(self, cosine: float) -> Relation:
        """The closest relation that is probable enough to be named."""
        if cosine >= self.least_of_a_picture:
            return "same picture"
        if cosine >= self.least_of_a_scene:
            return "same scene"
        return "same kind" if cosine >= self.least_alike else "lookalike"

    @property
    def least_of_a_picture(self) -> float:
        """The score from which on photos are said to be the same picture."""
        return self.same_picture.cosine(PICTURE)

    @property
    def least_of_a_scene(self) -> float:
        """The score from which on photos are said to show one scene, as all copies and their originals do."""
        return self.same_scene.cosine(SCENE)

    @property
    def least_alike(self) -> float:
        """The score from which on photos are said to be of one kind."""
        return self.same_kind.cosine(KIND)
