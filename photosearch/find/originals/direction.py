"""Which of two originals was made from the other, by what saving, resizing, blurring and sharpening leave behind.

Each evidence counts 1 to 3: above 0 the other was made from the one, below 0 the one from the other.
"""

import math

from photosearch.find.originals.grid import EXACTLY, carried, fit_apart, is_exactly_rounded, is_explained, rounded
from photosearch.find.originals.measures import Measured, Measures

EVIDENT = 3.0  # beyond doubt
LIKELY = 2.5  # by the middle, where one is the other, saved; that both are one shot is asked of all of them
# Unpredicted detail of the finer picture: enlarged below, shrunk above; an enlarged one that was sharpened, or saved as
# WebP, which has no steps that would tell of it, hardly has more than 0.83
ENLARGED, EVEN_ODDS, SHRUNK_DETAIL = 0.25, 0.35, 0.85
SHRUNK_CORRELATION = 0.93  # of a shrunk copy with the photo, in detail that both have
NOISY = 0.5  # times what shrinking would leave of noise, from which on the detail of the finer picture may be such
EVEN = 0.6  # where it is spread so evenly
SAVED, SAVED_OFF = 0.9, (0.25, 0.36)  # share of a shrunk JPEG's steps that a prediction fits, and how, if so saved
SHRUNK_EXACTLY = 2.5  # evidence: no picture that was enlarged, with grain or without, makes the other's steps or pixels
# Unpredicted detail: of a soft picture with less, shrinking undoes enlarging, and a fitted filter sharpening, nearly
LEAST_FINER, LEAST_FITTED = 0.1, 0.5
UNCERTAIN = 0.2  # evidence where measures tell of both
SHRUNK = 0.78  # of the coarser picture's detail a finer one has at least, made as coarse; Lanczos leaves 0.84
EXPLAINED = 0.72  # share of a finer JPEG's steps within half a step of a prediction: enlarged above
RICH, RICH_EXPLAINED = 0.7, 0.85  # where so much is unpredicted, only steps so coarse that this share fits explain it
ON_STEPS = 0.23  # a prediction that is nearer to the steps than this has them from that JPEG
EMPTY, FULL = 0.62, 0.75  # the finest detail by the next: blurred or enlarged below, not above
LESS_COLOUR = 0.8  # times the deviation of the other's colours
SHARPENED, SHARP_CORRELATION = 1.13, (0.9, 0.96)  # times the detail, all of which is that of the other


def made(measures: Measures) -> float:
    """The evidence that the other was made from the one, if above 0, or the one from the other, if below."""
    if exact := measures.sharpened or computed(measures) or measures.later:
        return EVIDENT * exact
    evidence, saved = _by_traces(measures), _saved(measures)
    return saved * max(LIKELY, saved * evidence) if saved else evidence


def _by_traces(measures: Measures) -> float:
    """The evidence of all that saving, resizing, blurring and sharpening leave behind, one by one."""
    one, other = measures.sides
    if measures.finer is None:
        evidence = _made_by_saving(one, other) - _made_by_saving(other, one)
        if one.rounding and other.rounding and measures.is_whole:
            apart = fit_apart(one.rounding, other.rounding, not _sharper(measures))
            evidence += apart if apart * evidence >= 0 else 0.0
    else:  # any shrunk picture comes near the steps of the coarser one
        evidence = carried(one.rounding) - carried(other.rounding)
        evidence += finer_is_original(measures) * (1 if measures.scale > 1 else -1)
    evidence += 1.5 * (other.surround.is_page - one.surround.is_page)
    evidence += detail_evidence(measures)
    if _sharper(measures):
        return evidence  # what was sharpened is predicted worse, too, as is what is blurred from that
    rests = [max(0.3, side.rest) / max(8.0, side.contrast) for side in measures.sides]
    return evidence + max(-1.0, min(1.0, math.log(rests[0] / rests[1])))


def computed(measures: Measures) -> int:
    """1 if the other's colours are computed from the one's, pixel by pixel; -1 if the reverse; else 0."""
    return measures.mapped.computed if measures.mapped else 0


def _saved(measures: Measures) -> int:
    """`Measures.saved`, unless the copy has more colour: luma is left as it was where its colours were taken away."""
    source, copy = measures.sides[:: -1 if measures.saved < 0 else 1]
    return measures.saved if source.colour >= LESS_COLOUR * copy.colour else 0


def _made_by_saving(source: Measured, jpeg: Measured) -> float:
    """The degree to which a JPEG is the other picture, saved; below 0 where that picture has its steps from the JPEG.

    The steps of the luma do not tell that of a JPEG with less colour: where a lossless picture has them from an earlier
    JPEG, they are left when its colours are taken away.
    """
    evidence = rounded(jpeg.rounding, source.rounding)
    is_paler = source.rounding is None and jpeg.colour < LESS_COLOUR * source.colour
    return max(0.0, evidence) if is_paler else evidence


def finer_is_original(measures: Measures) -> float:
    """The evidence that the finer picture was not enlarged from the coarser one; below 0 that it was."""
    if measures.finer is None:
        return 0.0
    is_one = measures.scale > 1
    finer, coarser = measures.sides if is_one else measures.sides[::-1]
    rounding, band, saved = finer.rounding, measures.bands[1], coarser.rounding
    unpredicted, fullness, shrunk_noise, evenness, is_repeated, is_shrunk, left = measures.finer
    if saved is not None and is_explained(saved) and (unpredicted > LEAST_FITTED or saved.within > EXACTLY):
        return SHRUNK_EXACTLY
    if is_shrunk and unpredicted > LEAST_FINER:
        return SHRUNK_EXACTLY
    is_rounded = saved is not None and saved.within > SAVED and SAVED_OFF[0] < saved.off < SAVED_OFF[1]
    certain = SHRUNK_DETAIL if unpredicted > EVEN_ODDS else ENLARGED
    evidence = 1.5 * (unpredicted - EVEN_ODDS) / abs(certain - EVEN_ODDS)
    if rounding is not None and rounding.off > ON_STEPS:  # noise added by saving must not count as detail
        is_rich = unpredicted > RICH and fullness > FULL
        explained = ((RICH_EXPLAINED if is_rich else EXPLAINED) - rounding.within) / 0.08
        evidence = min(evidence, max(explained, -UNCERTAIN) if is_rounded else explained)
    if detail(measures, 1) * (1 if is_one else -1) < math.log(SHRUNK):  # made as coarse, it still has less than that
        evidence = min(evidence, UNCERTAIN)  # or that was sharpened
    is_noise = band.correlation < SHRUNK_CORRELATION or (
        evenness > EVEN and left > NOISY * shrunk_noise and not is_rounded
    )
    if is_noise or is_repeated or fullness < EMPTY:  # its additional detail may be grain, enlarged with it
        evidence = min(evidence, UNCERTAIN)
    return max(-1.5, min(1.5, evidence))


def is_shrunk_exactly(measures: Measures) -> bool:
    """True if the coarser picture is a JPEG that resizing and saving the finer one makes, step by step."""
    rounding = measures.sides[measures.scale > 1].rounding
    return measures.finer is not None and rounding is not None and is_exactly_rounded(rounding)


def detail_evidence(measures: Measures) -> float:
    """A picture whose finest detail is empty was blurred or enlarged; one with more of the same was sharpened."""
    fine, next_finest, *_ = measures.bands
    full = [(fine.one + 0.2) / (next_finest.one + 0.2), (fine.other + 0.2) / (next_finest.other + 0.2)]
    if measures.finer is None and min(full) < EMPTY and max(full) > FULL:
        return 2.0 if full[0] > full[1] else -2.0
    if measures.blurred:
        return 2.0 * measures.blurred
    return -1.2 * _sharper(measures)  # not certain by itself: a slight blur does the reverse


def _sharper(measures: Measures) -> int:
    """1 if the one has more of the same detail, -1 if the other, 0 if neither or if their resolutions differ."""
    fine, next_finest, *_ = measures.bands
    more = [detail(measures, band) for band in (0, 1)]
    agree = fine.correlation > SHARP_CORRELATION[0] and next_finest.correlation > SHARP_CORRELATION[1]
    if measures.finer is None and agree and more[0] * more[1] > 0 and min(map(abs, more)) > math.log(SHARPENED):
        return 1 if more[0] > 0 else -1
    return 0


def detail(measures: Measures, band: int) -> float:
    """The logarithm of the one's detail by the other's, the contrast being the same."""
    fine, coarse = measures.bands[band], measures.bands[-1]
    one, other = (max(0.05, detail) / max(0.05, whole) for detail, whole in zip(fine[:2], coarse[:2], strict=True))
    return math.log(one / other)
