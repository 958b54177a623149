"""What the facts and the evidence of a pair tell beyond its tier: another moment, a frame, pixels that were made up."""

import numpy as np

from photosearch.photo import Evidence, Facts

STRETCHED = 1.04  # times one side: less is rounding
MUCH_LARGER = 1.3  # times the pixels: so much larger in a frame, a picture is worth more than without


def is_other_shot(one: Facts, other: Facts) -> bool:
    """Whether two photos were taken by one camera at two times, by their EXIF.

    Programs that lose the date of a shot may leave one of their own; they lose the lens with it, or the camera.
    """
    if not (one.taken_at and other.taken_at and one.camera) or (one.camera, one.lens) != (other.camera, other.lens):
        return False
    (second, _, fraction), (other_second, _, other_fraction) = (
        taken_at.partition(".") for taken_at in (one.taken_at, other.taken_at)
    )
    digits = min(len(fraction), len(other_fraction))
    return second != other_second or fraction[:digits] != other_fraction[:digits]


def frames(evidence: Evidence, one: Facts, other: Facts) -> tuple[bool, bool]:
    """Whether the one, the other shows what both show in no more pixels, but on a page, in a frame or in a fill."""
    long, short = _scales(evidence, one, other)
    return (
        evidence.framed[0] and long * short < MUCH_LARGER,
        evidence.framed[1] and long * short > 1 / MUCH_LARGER,
    )


def stretches(evidence: Evidence, one: Facts, other: Facts) -> tuple[bool, bool]:
    """Whether the one, the other is a camera's photo made longer in one direction only, by a program."""
    long, short = _scales(evidence, one, other)
    if long < STRETCHED * short:
        return False, False
    return (
        not one.camera and bool(other.camera) and short > 1 / STRETCHED,
        not other.camera and bool(one.camera) and long < STRETCHED,
    )


def _scales(evidence: Evidence, one: Facts, other: Facts) -> tuple[float, float]:
    """How many pixels of the one a pixel of the other is long: at most and at least."""
    a, b, _, d, e, _ = evidence.transform
    linear = np.array([[one.width], [one.height]]) * [[a, b], [d, e]] / [other.width, other.height]
    long, short = np.linalg.svd(linear, compute_uv=False).tolist()
    return long, short
