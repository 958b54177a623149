"""The command `bursts`: photos that were taken in a row."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from photosearch.cli.duplicates import NEEDS_YES, require_photos_in, tell_cleared
from photosearch.cli.photos import NO_FOLDER
from photosearch.library import Library
from photosearch.models import Photo
from photosearch.paths import shown
from photosearch.terminal import (
    FAULT,
    OK,
    USAGE,
    complain,
    count_in_words,
    named,
    print_json,
    run_job,
    say,
    size_in_words,
)

if TYPE_CHECKING:
    from photosearch.find.bursts import Burst

WORDS = {"burst": "burst", "bracket": "exposure bracket", "panorama": "panorama"}


def add_options(command: ArgumentParser) -> None:
    """The arguments of `bursts`."""
    command.add_argument(
        "--in", dest="folder", type=named, metavar="FOLDER", help="only photos in this folder and below"
    )
    text = "after you agree, move all but the best photo of each burst to the trash"
    command.add_argument("--trash", action="store_true", help=text)
    command.add_argument("--yes", action="store_true", help="agree in advance")


def bursts(library: Library, options: Namespace) -> int:
    """Show bursts, exposure brackets and panoramas, the best shot first."""
    if options.folder and library.folders():
        require_photos_in(library, options.folder)
    found = run_job(library.bursts.find(options.folder))
    photos = library.photos.get([photo for burst in found for photo in burst.photos])
    if options.trash:
        return _clear_away(library, found, photos, options)
    if options.json:
        rows = [
            {
                "kind": burst.kind,
                "best": photos[burst.best].path,
                "photos": [photos[photo].path for photo in burst.photos if photo in photos],
            }
            for burst in found
            if burst.best in photos
        ]
        print_json({"bursts": rows})
        return OK
    for burst in found:
        say(f"{burst.kind}, {count_in_words(len(burst.photos), 'photo')}")
        for photo in burst.photos:
            mark = "★" if photo == burst.best else " "
            say(f"  {mark} {shown(photos[photo].path)}" if photo in photos else "  gone")
    counts = Counter(burst.kind for burst in found)
    counted = ", ".join(count_in_words(counts[kind], word) for kind, word in WORDS.items() if counts[kind])
    say(counted or (NO_FOLDER if not library.folders() else "No photos were taken in a row."))
    return OK


def _clear_away(library: Library, found: Sequence["Burst"], photos: Mapping[int, Photo], options: Namespace) -> int:
    """Show every file that goes, ask, and put it into the trash."""
    going = library.bursts.may_go(found)
    if not going and not options.json:
        say("There is nothing to clear away.")
        return OK
    if not options.json:
        for photo, best in going.items():
            say(f"{shown(photos[photo].path)} goes to the trash; kept: {shown(photos[best].path)}")
    if going and not options.yes:
        if options.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            complain(NEEDS_YES)
            return USAGE
        size = size_in_words(sum(photos[photo].size_bytes for photo in going))
        question = f"{count_in_words(len(going), 'photo')}, {size}, into the trash. Go on? [y/N] "
        if input(question).strip().lower() not in ("y", "yes"):
            say("Nothing was done.")
            return OK
    cleared = run_job(library.clear_away(going, photos.values(), "trash"))
    if options.json:
        print_json(asdict(cleared))
    else:
        went = count_in_words(cleared.photos, "photo")
        say(f"{went} went to the trash." if cleared.photos else "Nothing was done.")
        tell_cleared(cleared)
    return FAULT if cleared.refused else OK
