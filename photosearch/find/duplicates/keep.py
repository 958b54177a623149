"""The choice of the duplicate to keep, and its reason: the first of the ordered rules that separates them decides."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from photosearch.find.duplicates.reasons import joined
from photosearch.models import Photo
from photosearch.paths import is_inside, shown
from photosearch.sentences import Sentence
from photosearch.settings import KeepRules, Rule

# The best first: the camera's raw data, lossless formats, then the lossy ones, the most modern first.
FORMATS = (
    *("RAW", "TIFF", "PSD", "PNG", "PPM", "TGA", "BMP", "DIB"),
    *("HEIF", "AVIF", "JPEG2000", "MPO", "JPEG", "WEBP", "GIF", "ICO"),
)
LOSSLESS = FORMATS[: FORMATS.index("HEIF")]
COPY_MARKS = re.compile(
    r"\bcop(?:y|ies|ia)\b|\bkopie\b|사본|\(\d+\)|[-_ ](?:edited|bearbeitet|resized|small|thumb|min|scaled)\b|^copy",
    re.IGNORECASE,
)
BY_PATH = ("depth", "length", "path")  # the steps of that rule
MUCH_SHARPER = 1.5  # by less the sharpness of thumbnails of one photo differs, saved at other sizes and qualities


@dataclass(frozen=True, slots=True)
class Rival:
    """A photo with the properties that rules need beyond those that the library lists."""

    photo: Photo
    chosen: int = 0  # the number of the person's last decision to keep this one rather than another
    has_more: bool = False  # its companions hold more: edits in a sidecar, the video of a Live Photo
    is_covered: bool = False  # another photo that is there shows all of it, and more
    breadth: int = 1  # how many photos it shows all of
    apart: int = 0  # how far its descriptor is from the middle of all copies, in coarse steps
    quality: float | None = None  # 0..100 of a JPEG, None: not known or no JPEG


Key = Callable[[Rival, KeepRules], Any]  # the least is kept
Words = Callable[[Rival, KeepRules], Sentence]


def rank(rules: KeepRules) -> Callable[[Rival], tuple[Any, ...]]:
    """A key to sort by: the photo to keep comes first, among any of them."""
    keys = [key for key, _ in _steps(rules)]
    return lambda rival: tuple(key(rival, rules) for key in keys)


def reason_to_keep(ranked: Sequence[Rival], rules: KeepRules) -> Sentence:
    """Why the first of photos in the order of `rank` is kept, in words: its first advantage, and the deciding rule."""
    kept, left, reasons = ranked[0], list(ranked), list[Sentence]()
    for key, words in _steps(rules):
        as_good = [rival for rival in left if key(rival, rules) == key(kept, rules)]
        if len(as_good) < len(left):
            reasons.append(words(kept, rules))
        left = as_good
        if len(left) == 1:
            break
    return joined(list(dict.fromkeys((*reasons[:1], *reasons[-1:]))))


def _steps(rules: KeepRules) -> list[tuple[Key, Words]]:
    preferred = ("folders",) if rules.folders and "folders" in rules.order else ()
    first = ("chosen", "reach", "protected", "more", "covered", *preferred, "breadth", "middle")
    order = [step for rule in (*rules.order, "path") for step in (BY_PATH if rule == "path" else (rule,))]
    return [STEPS[name] for name in (*first, *order, "id")]


def _folder(rival: Rival, rules: KeepRules) -> int:
    places = (place for place, folder in enumerate(rules.folders) if is_inside(rival.photo.path, folder))
    return next(places, len(rules.folders))


def _folder_words(rival: Rival, rules: KeepRules) -> Sentence:
    return Sentence("In “{folder}”, which comes first", folder=shown(rules.folders[_folder(rival, rules)]))


def _format(rival: Rival, _: KeepRules) -> int:
    name = rival.photo.facts.format
    return FORMATS.index(name) if name in FORMATS else len(FORMATS)


def _format_words(rival: Rival, _: KeepRules) -> Sentence:
    return Sentence("Best format: {format}", format=rival.photo.facts.format)


def _quality(rival: Rival, _: KeepRules) -> float:
    name = rival.photo.facts.format
    return -100.0 if name in LOSSLESS else -(rival.quality or 0.0)


def _sharpness(rival: Rival, _: KeepRules) -> int:
    return -round(np.log(max(rival.photo.facts.sharpness, 1.0)) / np.log(MUCH_SHARPER))


def _facts_known(rival: Rival, _: KeepRules) -> int:
    facts = rival.photo.facts
    if facts.format == "RAW":  # straight from a camera, however little of what it says can be read
        return -4
    return -sum(value is not None for value in (facts.taken_at, facts.camera, facts.lens, facts.latitude))


def _name(rival: Rival, _: KeepRules) -> tuple[int, int]:
    stem = os.path.splitext(os.path.basename(rival.photo.path))[0]
    return len(COPY_MARKS.findall(stem)), len(stem)


STEPS: dict[Rule | str, tuple[Key, Words]] = {
    "chosen": (lambda rival, _: -rival.chosen, lambda *_: Sentence("You chose it")),
    "reach": (
        lambda rival, _: rival.photo.state != "present",
        lambda *_: Sentence("The only one that can be reached now"),
    ),
    "protected": (
        lambda rival, rules: not rules.protects(rival.photo.path),
        lambda *_: Sentence("In a protected folder"),
    ),
    "more": (lambda rival, _: not rival.has_more, lambda *_: Sentence("With edits or a video beside it")),
    "covered": (lambda rival, _: rival.is_covered, lambda *_: Sentence("No other photo shows all of it")),
    "breadth": (lambda rival, _: -rival.breadth, lambda *_: Sentence("Shows all that its copies show")),
    "middle": (lambda rival, _: rival.apart, lambda *_: Sentence("Most like all the others")),
    "folders": (_folder, _folder_words),
    "resolution": (
        lambda rival, _: -rival.photo.facts.width * rival.photo.facts.height,
        lambda rival, _: Sentence(
            "Largest: {width} × {height}", width=rival.photo.facts.width, height=rival.photo.facts.height
        ),
    ),
    "format": (_format, _format_words),
    "quality": (_quality, lambda rival, _: Sentence("Best JPEG quality: {quality}", quality=round(rival.quality or 0))),
    "sharpness": (_sharpness, lambda *_: Sentence("Sharpest")),
    "exif": (
        _facts_known,
        lambda rival, rules: (
            _format_words(rival, rules) if rival.photo.facts.format == "RAW" else Sentence("Most complete EXIF")
        ),
    ),
    "date": (
        lambda rival, _: rival.photo.shot_at or "~",
        lambda rival, _: Sentence("Earliest: {date}", date=rival.photo.shot_at[:10]),
    ),
    "size": (lambda rival, _: -rival.photo.size_bytes, lambda *_: Sentence("Largest file")),
    "name": (_name, lambda rival, _: Sentence("Plainest name: {name}", name=shown(os.path.basename(rival.photo.path)))),
    "depth": (lambda rival, _: rival.photo.path.count(os.sep), lambda *_: Sentence("Fewest folders above it")),
    "length": (lambda rival, _: len(rival.photo.path), lambda *_: Sentence("Shortest path")),
    "path": (lambda rival, _: os.fsencode(rival.photo.path), lambda *_: Sentence("First in the order of paths")),
    "id": (lambda rival, _: rival.photo.photo_id, lambda *_: Sentence("Added first")),
}
