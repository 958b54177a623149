"""Tests of the window, on a screen that is none: it is opened, and the photos are found in what it painted."""

import shutil
from pathlib import Path

import numpy as np

from photosearch.gui.shell import painted
from photosearch.library import Library
from photosearch.models import Unreadable
from photosearch.paths import resources
from photosearch.self_test.failed import Failed

PICTURE = "colours.jpg"  # four squares of strong colours
NEAR = 40  # of 255, how far a channel may be off after compression and scaling
FEWEST_PIXELS = 200  # of each colour, that are seen in the window
PATIENCE_S = 60.0


def check_plugins(_: Path) -> str:
    """Qt reads what thumbnails and icons are kept as."""
    painted.paint_on_no_screen()
    known = painted.readable_formats()
    if lacking := {"jpeg", "png"} - known:
        raise Failed(f"Qt lacks its plugin for {', '.join(sorted(lacking))}: the window would show names only.")
    if len(np.unique(painted.icon().reshape(-1, 3), axis=0)) < 2:
        raise Failed("Qt cannot draw the icons.")
    return ", ".join(sorted(known))


def check_window(scratch: Path) -> str:
    """The pixels of a photo are seen in the window."""
    album, fewest = scratch / "for the window", 0
    album.mkdir()
    photo = shutil.copyfile(resources() / "self-test" / PICTURE, album / PICTURE)
    with Library(scratch / "window", "cpu") as library:
        pixels = library.photos.picture(str(photo))
        if isinstance(pixels, Unreadable):
            raise Failed(pixels.reason)
        height, width, _ = pixels.shape
        wanted = [pixels[y, x] for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]

        def is_seen(window: painted.Pixels) -> bool:
            nonlocal fewest
            apart = (np.abs(window.astype(int) - colour.astype(int)).max(axis=2) for colour in wanted)
            fewest = min(int((each < NEAR).sum()) for each in apart)
            return fewest >= FEWEST_PIXELS

        bug = painted.watch_window(library, album, is_seen, PATIENCE_S)
    if bug:
        raise Failed(f"While the window was open: {bug!r}.")
    if fewest < FEWEST_PIXELS:
        raise Failed("The window shows no photo: its pixels are not in what was painted.")
    return f"a photo is seen, {fewest} pixels or more of each of its colours"
