"""Conclusions from the metadata and names of a pair: another moment, the two halves of one shot."""

import os
import re

from photosearch.models import Facts

HALVES = re.compile(r"raws?|jpe?gs?|dng|nef|cr[23]|arw|orf|raf|rw2|heic|originals?|exports?|developed")


def is_other_shot(one: Facts, other: Facts) -> bool:
    """True if two photos were taken by one camera at two times, by their EXIF.

    Programs that lose the date of a shot may leave one of their own; they lose the lens with it, or the camera.
    """
    if not (one.taken_at and other.taken_at and one.camera) or (one.camera, one.lens) != (other.camera, other.lens):
        return False
    (second, _, fraction), (other_second, _, other_fraction) = (
        taken_at.partition(".") for taken_at in (one.taken_at, other.taken_at)
    )
    digits = min(len(fraction), len(other_fraction))
    return second != other_second or fraction[:digits] != other_fraction[:digits]


def is_raw_and_developed(one: str, other: str) -> bool:
    """True if two paths are those of a RAW and its JPEG: in one folder, or in sibling folders such as RAW and JPG."""
    (folder, name), (other_folder, other_name) = (
        os.path.split(os.path.splitext(path)[0].lower()) for path in (one, other)
    )
    if name != other_name:
        return False
    if folder == other_folder:
        return True
    (above, last), (other_above, other_last) = os.path.split(folder), os.path.split(other_folder)
    ways = {(above, other_above), (folder, other_above), (above, other_folder)}  # beside, or one within the other
    return any(a == b for a, b in ways) and any(HALVES.fullmatch(each) for each in (last, other_last))
