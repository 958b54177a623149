"""Turning a photo as another one stands: a quarter, half or three quarters round, mirrored or not."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from photosearch.gui.compare.overlay import Transform
from photosearch.gui.work.picture_loader import Picture, wrap
from photosearch.models import Part


class Turn(NamedTuple):
    """Rows and columns change places first, then what is left and right, or up and down, may."""

    swap: bool = False
    flip_x: bool = False
    flip_y: bool = False


UPRIGHT = Turn()


def turn_of(transform: Transform | None) -> Turn:
    """The turn that comes nearest to a transform which lays one photo over another."""
    if transform is None:
        return UPRIGHT
    a, b, _, d, e, _ = transform
    if abs(a) + abs(e) >= abs(b) + abs(d):
        return Turn(False, a < 0, e < 0)
    return Turn(True, b < 0, d < 0)


def turned(picture: Picture, turn: Turn) -> Picture:
    """A picture, turned."""
    if turn == UPRIGHT:
        return picture
    levels = [level.transpose(1, 0, 2) if turn.swap else level for level in picture.pixels]
    step_y, step_x = -1 if turn.flip_y else 1, -1 if turn.flip_x else 1
    levels = tuple(np.ascontiguousarray(level[::step_y, ::step_x]) for level in levels)
    width, height = (picture.height, picture.width) if turn.swap else (picture.width, picture.height)
    return replace(picture, levels=tuple(map(wrap, levels)), width=width, height=height, pixels=levels)


def turned_part(part: Part | None, turn: Turn) -> Part | None:
    """Where a part of a photo lies once that is turned."""
    if part is None:
        return None
    left, top, width, height = part
    if turn.swap:
        left, top, width, height = top, left, height, width
    return (1 - left - width if turn.flip_x else left, 1 - top - height if turn.flip_y else top, width, height)
