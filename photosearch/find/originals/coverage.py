"""Coverage of one original by another: does it show all that the other shows, at least as well, as measured?

A photo may go only for one that covers it: its frame, its content, its detail, its tones and its colours. Each is asked
of both directions. Where both cover each other, the one that the other was made from is kept; where that is not
certain, neither is proposed to go.
"""

from photosearch.find.originals.direction import (
    EVIDENT,
    computed,
    detail,
    detail_evidence,
    finer_is_original,
    is_shrunk_exactly,
    made,
)
from photosearch.find.originals.grid import is_exactly_rounded
from photosearch.find.originals.identity import ONE_TONE
from photosearch.find.originals.jpeg.saved_copy import find_saved_copy, relate_saved_copy
from photosearch.find.originals.jpeg.stored import Original, comes_later
from photosearch.find.originals.measures import KEPT_TONE, Measured, Measures, measure
from photosearch.find.originals.placed import place
from photosearch.models import SHOWS_ALL, Coverage, Lack, Side, Tier
from photosearch.sentences import Sentence

# One capture
MOST_CERTAIN_PX = 0.065  # of blocks: nearly all copies have less, of a burst one pair had 0.09
LOOSE_PX, MOST_ERROR_PX, LEAST_MATCHED = 0.1, 0.25, 0.3  # of blocks; the share of them that is found in place
PREDICTED = 0.1  # share of the contrast that is left of a copy at most, where blocks lie loosely
SHARED_BAND, LEAST_CORRELATION = 0.4, 0.75  # of one's detail the other has; how that must agree
CHANGED_PX, CHANGED_CORRELATION = 0.7, 0.85  # of a copy that was changed much, but lies exactly; in the coarsest band
EMPTIED = 0.12  # of the other's finest detail: nothing but a blur leaves so little
# The same content
OTHER_CONTENT = 5.0  # strength of a place: of copies 2 in 100 have more; a closed eye has 6, a word hundreds
PAPER, OTHER_ON_PAPER = 0.8, 1.5  # share of what is clipped; strength there, where a letter may be all that differs
LEGIBLE = 0.1  # of the contrast of paper that nothing predicts, where a letter may be hidden: known filters leave 0.07
OTHER_CLIPPED = 0.5, 1.5  # where white is as white in both, and black as black: copies have 0.2 at most; the same
# beside a picture that is not as sharp: a blur is not predicted beside what is clipped
OTHER_BROAD = 3.0  # the same over a wider window: copies that nothing else tells apart have 1.6 at most
OTHER_IN_EACH = 1.0  # the same where each has such a place: of 132 copies, changed in 20 ways, none has any in each
# The same of a line, as a hair is, or of a star: smoothed copies have 5.4 at most, those as sharp and of one size 3
OTHER_LINE, OTHER_SHARP_LINE = 6.0, 3.2
OTHER_RESIZED, OTHER_SAVED = 2.5, 4.0  # the same of a block that resizing does not explain: of 100 copies one has more;
# of two pictures of one size, which other tests tell apart, too
OTHER_LIGHT = 8.0  # strength of a place that is lit otherwise
AS_COLOURFUL = 0.8  # times the deviation of colours
UNPREDICTED = 0.3  # of the contrast: codes and boards differ everywhere, so that no place stands out
COARSELY_EQUAL = 0.9  # correlation of what saving leaves of grain in the coarser bands, at least
MOST_DIFFERING = 0.35  # share of the textured area in an edited copy
EXACT_PX, EXACT_CORRELATION = 0.03, (0.92, 0.97)  # beside what was put over a photo, in the two finest bands
BEYOND = 0.02  # share of a picture that lies beyond the other's frame
# Covering
EQUAL_REST, EQUAL_LEVELS = 0.5, 0.5  # levels that are left of equal pixels, rounded; by which they differ on the whole
EQUALLY_SHARP = 0.05  # of the logarithm of their finest detail: a filter predicts a slight blur, too; saving moves 0.01
FEWER_COLOURS, COLOUR_LEVELS = 2.5, 1.6  # times as much of the colours is not predicted, and so many levels more
GREY = 1.5  # levels of colour: nothing else has any
FADED, COLOURFUL = 0.25, 6.0  # times the deviation of colours, of which too few levels are left; of such colours
HIDDEN = 1.0  # levels that clipping took: it leaves up to 0.6 of other changes, and up to 1.4 of grain
MAY_BE_FINER = 0.22  # evidence that the finer picture may hold more: a code on a ticket, 0.7 times as large, has 0.27
AS_SHARP = 0.25  # of the logarithm of the detail of pictures that are equally sharp
MUCH_CLIPPED, ONE_SIDED = 60.0, 4.0  # strength of a place; times: clipping is told where one alone is clipped
# Which was made from which, see `made`: 1.5 in all is certain enough, as two exposures had 1.2
MADE, CONTRARY = 1.5, 0.5  # certain; more than that speaks against what else is seen


Lacks = tuple[Lack | None, Lack | None]  # the lack of the one, and of the other; None: nothing
EQUAL: Lacks = None, None
UNCLEAR: Lacks = "unclear", "unclear"
MAY_HIDE_A_LETTER: Lacks = "letters", "letters"
MADE_FROM_ONE: Lacks = None, "edit"
MADE_FROM_OTHER: Lacks = "edit", None


def relate(one: Original, other: Original) -> Coverage:
    """The relation between two originals, whichever is named first: no measure is quite the same the other way."""
    if comes_later(one, other):
        return relate(other, one).reversed()
    if found := find_saved_copy(one, other):
        return found
    placed = place(one, other)
    found = relate_saved_copy(placed.pair, placed.matrix) if placed and placed.lies_otherwise else None
    return found or _conclude(placed and measure(placed))


def _conclude(measures: Measures | None) -> Coverage:
    """The relation between two originals; `measures` None: their alignment is unknown."""
    if measures is None:
        return Coverage("similar", (Side("no", "shot"), Side("no", "shot")))
    is_certain = is_one_capture(measures) or is_shrunk_exactly(measures) or abs(made(measures)) >= EVIDENT
    if not is_certain and not is_much_changed(measures):
        return _neither("similar", "shot", measures)
    if all(side.surround.share > BEYOND and not _is_frame(side) for side in measures.sides):
        return _neither("similar", "frame", measures)  # each shows more of the scene: parts of a panorama
    if differs(measures) and not (_is_told(measures) or measures.is_filtered):
        return _neither("edited" if _is_put_over(measures) else "similar", "content", measures)
    if differs_faintly(measures):
        return _neither("edited", "content", measures)
    changes = _changes(measures)
    tier: Tier = "same" if not changes and all(side.surround.share == 0 for side in measures.sides) else "edited"
    if any(side.surround.is_page and not side.surround.is_fill for side in measures.sides):
        return _neither("edited", "page", measures)  # a page and a frame are content
    lacks = _lacks(measures) if is_certain else UNCLEAR
    covering = [number for number, lack in enumerate(lacks) if lack is None]
    if any(_may_lack_detail(measures, number) or _is_unexplained(measures, 1 - number) for number in covering):
        lacks = UNCLEAR
    numbers = _numbers(measures)
    if is_certain and lacks == UNCLEAR:
        numbers |= {name: float(_shows_all(measures, number)) for number, name in enumerate(SHOWS_ALL)}
    return Coverage(tier, _sides(lacks), changes, numbers)


def _sides(lacks: Lacks) -> tuple[Side, Side]:
    one, other = (
        Side("yes") if lack is None else Side("undecided" if lack in ("unclear", "letters") else "no", lack)
        for lack in lacks
    )
    return one, other


def _lacks(measures: Measures) -> Lacks:
    if not _is_told(measures) and measures.recoloured():
        return "colour", "colour"  # whatever else was lost
    towards, exact = made(measures), computed(measures)
    if exact and measures.sides[0 if exact > 0 else 1].surround.share == 0:
        return MADE_FROM_ONE if exact > 0 else MADE_FROM_OTHER  # whatever else is lost, the other lost it
    if _may_be_another_shot(measures):
        return UNCLEAR
    if _may_hide_a_letter(measures):
        return MAY_HIDE_A_LETTER
    lost: Lacks = _lost(measures, 0), _lost(measures, 1)
    for lack, against in zip(lost, (towards, -towards), strict=True):
        # a picture made from the other cannot have more; clipping alone is weak evidence
        if lack and against > (-MADE if lack == "tone" else CONTRARY):
            return UNCLEAR
    if any(lost):
        return lost
    if abs(towards) >= MADE:
        return MADE_FROM_ONE if towards > 0 else MADE_FROM_OTHER
    return EQUAL if is_equal(measures) else UNCLEAR


def _may_be_another_shot(measures: Measures) -> bool:
    """True if two shots by one camera may lie on each other as these pictures do; none has the other's pixels."""
    is_exact = _is_exact(measures) or is_shrunk_exactly(measures)
    return not is_exact and measures.registration.error_px > MOST_CERTAIN_PX and abs(made(measures)) < EVIDENT


def _may_hide_a_letter(measures: Measures) -> bool:
    """True if so much is not predicted of letters on paper that one may be another, and no known resizing does it."""
    is_paper = max(side.clipped for side in measures.sides) > PAPER
    if not is_paper or measures.is_whole or _rest(measures) <= LEGIBLE:
        return False
    return measures.unresized() > LEGIBLE * min(side.contrast for side in measures.sides)


def _shows_all(measures: Measures, number: int) -> bool:
    """True if the picture `number` of one capture has lost nothing: it may stay if it proves to be the original."""
    is_whole = _lost(measures, number) is None and not _may_lack_detail(measures, number)
    is_known = is_whole and not (_may_be_another_shot(measures) or _may_hide_a_letter(measures))
    return is_known and not _is_unexplained(measures, 1 - number)


def is_equal(measures: Measures) -> bool:
    """True if the pixels of both are the same, but for rounding, without any change of tone that predicts them."""
    one, other = measures.sides
    if max(measures.tone, measures.colours, abs(one.contrast - other.contrast)) > EQUAL_LEVELS:
        return False
    is_as_sharp = abs(detail(measures, 0)) < EQUALLY_SHARP
    return is_as_sharp and _is_exact(measures) and not _changes(measures)


def _is_exact(measures: Measures) -> bool:
    """True if both tell each other's pixels, but for rounding."""
    rest = max(side.rest for side in measures.sides)
    colour_rest = max(side.colour_rest for side in measures.sides)
    return measures.is_whole and rest < EQUAL_REST and colour_rest < 2 * EQUAL_REST


def is_one_capture(measures: Measures) -> bool:
    """True if both pictures are of one exposure: they lie on each other exactly, and what detail both have agrees."""
    is_sure = measures.lies_exactly or _rest(measures) < PREDICTED
    if not _is_matched(measures) or measures.registration.error_px > (MOST_ERROR_PX if is_sure else LOOSE_PX):
        return False
    *_, coarsest = measures.bands
    for band in measures.bands[1:]:
        one, other = band.one * coarsest.other, band.other * coarsest.one  # the contrast apart
        if min(one, other) > SHARED_BAND * max(one, other):
            return band.correlation > LEAST_CORRELATION
    return False


def is_much_changed(measures: Measures) -> bool:
    """True if both are of one exposure still, though much was lost or added: a strong blur, grain, a look, words.

    That is enough to call one an edited copy, and not to prefer either. It is asked only where both have one frame or
    lie at whole pixels, as no two shots by hand do; or one lies on a page, or has no fine detail left.
    """
    finest, *_, coarsest = measures.bands
    is_empty = min(finest[:2]) < EMPTIED * max(finest[:2])
    is_laid = is_empty or any(side.surround.is_page for side in measures.sides)
    is_placed = measures.lies_exactly or (is_laid and _rest(measures) < PREDICTED)
    is_near = _is_matched(measures) and measures.registration.error_px < CHANGED_PX
    return is_placed and is_near and coarsest.correlation > CHANGED_CORRELATION


def _is_matched(measures: Measures) -> bool:
    registration = measures.registration
    return registration.matched >= LEAST_MATCHED * registration.blocks


def differs(measures: Measures) -> bool:
    """True if a place of one shows something that the other does not, or the whole does.

    Colours that only one lacks, or places where only one is clipped, are lost, not another content; but where as many
    colours are left, a thing in other colours is. A weaker place is enough if each has one, wherever it lies.
    """
    light = max(side.light for side in measures.sides)
    colours = [side.colour for side in measures.sides]
    is_as_colourful = min(colours) > AS_COLOURFUL * max(colours)
    colour = (max if is_as_colourful else min)(side.colour_place for side in measures.sides)
    explained = [side.explained for side in measures.sides]
    if min(side.light for side in measures.sides) > OTHER_IN_EACH and _is_as_sharp(measures, finest=True):
        return True
    least = OTHER_ON_PAPER if min(side.clipped for side in measures.sides) > PAPER else OTHER_CONTENT
    both_clipped = min(explained) > least and max(explained) < ONE_SIDED * min(explained)
    least_clipped = OTHER_CLIPPED[0 if _is_as_sharp(measures) else 1]
    both_clipped |= measures.tone <= KEPT_TONE and max(explained) > least_clipped  # what is clipped was not darker
    is_unpredicted = _rest(measures) > UNPREDICTED and not _is_only_saved(measures)
    return both_clipped or max(light, colour) > least or is_unpredicted


def _is_only_saved(measures: Measures) -> bool:
    """True if saving is all that changed a picture: what is not predicted of grain is what its steps took away.

    The steps are known of the middle alone; all of the picture agrees in what is coarser than grain.
    """
    is_exact = any(side.rounding is not None and is_exactly_rounded(side.rounding) for side in measures.sides)
    return is_exact and min(band.correlation for band in measures.bands[2:]) > COARSELY_EQUAL


def differs_faintly(measures: Measures) -> bool:
    """True if a place is other than any change of the whole explains, however faint, or slowly varying."""
    mapped = measures.mapped
    if measures.is_filtered or _is_told(measures):
        return False  # pixel by pixel
    if measures.is_beyond(OTHER_SAVED if measures.is_whole else OTHER_RESIZED):
        return True
    if mapped is not None and mapped.is_all and computed(measures):
        return False  # colours in rounded steps
    least_line = OTHER_SHARP_LINE if measures.is_whole and _is_as_sharp(measures, finest=True) else OTHER_LINE
    if measures.broad()[0] > OTHER_BROAD or measures.line() > least_line or measures.relit() > OTHER_LIGHT:
        return True
    if _differs_in_faint_colours(measures):
        return True
    if _is_as_sharp(measures) and measures.tone <= KEPT_TONE and measures.broad()[1] > OTHER_CONTENT:
        return True
    faint = measures.faint()
    if faint.otherwise > OTHER_CONTENT:
        return True
    least = min(way[:2] for way in faint.saved)
    return all(way.is_other for way in faint.saved if way[:2] == least)  # one explanation is enough


def _is_unexplained(measures: Measures, number: int) -> bool:
    """True if the picture `number`, a JPEG, has a place that saving the other one does not explain.

    It may show more there, though the reverse is explained: what a coarser one rounds away.
    """
    is_asked = not measures.is_filtered and not _is_told(measures)
    return is_asked and measures.faint().saved[number].is_other


def _is_as_sharp(measures: Measures, finest: bool = False) -> bool:
    """True if both have about as much of the second finest detail, or of the `finest`, which a slight blur changes."""
    return abs(detail(measures, 0 if finest else 1)) < AS_SHARP


def _differs_in_faint_colours(measures: Measures) -> bool:
    """True if a place has other colours, however faint; of pictures that were changed, as each tells, or one in each.

    A blur is not predicted in colours: its traces are in one of both, and of a strong one, of 2 px, in both.
    """
    *single, both = measures.broad_colours()
    if not _is_as_sharp(measures):
        return abs(detail(measures, 2)) < AS_SHARP and both > OTHER_BROAD
    if min(single) > OTHER_IN_EACH:
        return True
    return both > OTHER_CONTENT if max(measures.tone, measures.colours) > ONE_TONE else max(single) > OTHER_BROAD


def _is_frame(side: Measured) -> bool:
    return side.surround.is_fill or side.surround.is_page


def _is_put_over(measures: Measures) -> bool:
    """True if beside the places that differ two pictures are one, as where something was put over a photo."""
    error_px, (finest, next_finest, *_) = measures.registration.error_px, measures.bands
    exact = error_px < EXACT_PX or finest.correlation > EXACT_CORRELATION[0]
    exact |= error_px < MOST_CERTAIN_PX and next_finest.correlation > EXACT_CORRELATION[1]
    exact |= is_much_changed(measures)
    return exact and measures.differing < MOST_DIFFERING and _rest(measures) < UNPREDICTED


def _is_told(measures: Measures) -> bool:
    """True if the colours of one picture tell the other's, by curves or as the nearest of few: no place differs."""
    mapped = measures.mapped
    return bool(computed(measures)) and mapped is not None and mapped.is_all and (mapped.is_palette or mapped.is_curves)


def _lost(measures: Measures, number: int) -> Lack | None:
    """The loss of the picture `number` against the other one; None: no visible loss."""
    ours, theirs = measures.sides[number], measures.sides[1 - number]
    if theirs.surround.share > 0 and not theirs.surround.is_fill:
        return "frame"
    if theirs.explained > max(MUCH_CLIPPED, ONE_SIDED * ours.explained) or measures.hidden()[1 - number] > HIDDEN:
        return "tone"
    if ours.colour < FADED * theirs.colour and theirs.colour > COLOURFUL:
        return "colour"
    if _has_more_colours(theirs, ours):
        return "colour"
    # a faint colour is no trace of a change where one picture is grey, or the other has one hue
    if measures.broad_colours()[1 - number] > OTHER_BROAD and (ours.colour < GREY or theirs.is_monochrome()):
        return "colour"
    return "detail" if _lacks_detail(measures, number) else None


def _has_more_colours(one: Measured, other: Measured) -> bool:
    """True if the colours of one picture are not to be predicted from another, while those of that one are."""
    if one.colour_place > OTHER_CONTENT:
        return True
    return one.colour_rest > FEWER_COLOURS * other.colour_rest + COLOUR_LEVELS


def _lacks_detail(measures: Measures, number: int) -> bool:
    """True if the picture `number` has less true detail than the other one: it was shrunk, blurred or enlarged.

    More detail alone is no better a picture: grain was added, or edges were sharpened.
    """
    if measures.finer is not None:
        return (measures.scale < 1) == (number == 0) and finer_is_original(measures) >= 1.2
    evidence = detail_evidence(measures)
    return evidence <= -2 if number == 0 else evidence >= 2


def _may_lack_detail(measures: Measures, number: int) -> bool:
    """True if the picture `number` is the coarser one, and the other one seems to hold more, if not certainly.

    What may be detail or grain is taken for grain only where the other one is certain to be made from this.
    """
    is_coarser = measures.finer is not None and (measures.scale < 1) == (number == 0)
    is_source = made(measures) * (1 if number == 0 else -1) >= MADE
    return is_coarser and finer_is_original(measures) > (MAY_BE_FINER if is_source else 0)


def _rest(measures: Measures) -> float:
    """The share of the contrast that is not predicted, of the picture that is predicted better."""
    return min(side.rest / max(8.0, side.contrast) for side in measures.sides)


def _changes(measures: Measures) -> tuple[str, ...]:
    """The edits that made one of the other, in words."""
    one, other = measures.sides
    found = list[str]()
    if measures.mirrored:
        found.append(Sentence("mirrored"))
    if measures.turned:
        found.append(Sentence("turned"))
    if measures.stretched:
        found.append(Sentence("stretched"))
    for side in measures.sides:
        if side.surround.share > 0:
            found.append(Sentence("framed") if side.surround.is_page or side.surround.is_fill else Sentence("cropped"))
    if _has_more_colours(one, other) or _has_more_colours(other, one):
        found.append(Sentence("colours changed"))
    ratio = one.contrast / max(1e-3, other.contrast)
    if not 0.93 < ratio < 1.07 or abs(measures.light) > 5 or measures.tint > 4:
        found.append(Sentence("tones changed"))
    if measures.sharpened or (measures.finer is None and abs(detail(measures, 1)) > 0.35):
        found.append(Sentence("blurred or sharpened"))
    return tuple(dict.fromkeys(found))


def _numbers(measures: Measures) -> dict[str, float]:
    registration, sides = measures.registration, measures.sides
    return {
        "error_px": round(min(registration.error_px, 99.0), 3),
        "blocks": float(registration.matched),
        "difference": round(max(max(side.light, side.colour_place) for side in sides), 1),
        "unpredicted": round(_rest(measures), 4),
        "levels": round(max(side.rest for side in sides), 2),
        "made": round(made(measures), 2),
    }


def _neither(tier: Tier, lack: Lack, measures: Measures) -> Coverage:
    boxes = [side.box for side in measures.sides] if lack == "content" else [None, None]
    sides = Side("no", lack, boxes[1]), Side("no", lack, boxes[0])
    is_covered = tier == "edited" and lack in ("content", "page")
    changes = (Sentence("something put over it or around it"),) if is_covered else _changes(measures)
    return Coverage(tier, sides, changes, _numbers(measures))
