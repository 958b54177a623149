"""The command `decisions`: list the decisions about duplicates and take them back."""

import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from photosearch.library import Library
from photosearch.models import Decision, Ruling
from photosearch.paths import shown
from photosearch.terminal import OK, print_json, say, whole_number

MOST_NAMED = 4
KINDS: dict[Decision, str] = {
    "not duplicates": "no duplicates",
    "keep all": "all kept",
    "keep this": "kept rather than others",
    "let go": "to go",
    "stay": "stays after all",
}


def add_options(command: ArgumentParser) -> None:
    """The arguments of `decisions`."""
    command.add_argument(
        "--take-back",
        type=whole_number,
        metavar="ID",
        help="forget this one, so that what was decided before it holds again",
    )


def decisions(library: Library, options: Namespace) -> int:
    """List every decision that holds, the latest first, or take one back."""
    if options.take_back is not None:
        taken = library.feedback.take_back(options.take_back)
        if options.json:
            print_json({"taken_back": asdict(taken)})
        else:
            say(f"Taken back: {in_words(taken)}")
        return OK
    rulings = library.feedback.rulings()
    if options.json:
        print_json({"decisions": [asdict(ruling) for ruling in rulings]})
        return OK
    for ruling in rulings:
        say(f"{ruling.number:4}  {_moment(ruling)}  {in_words(ruling)}")
    if not rulings:
        say("Nothing has been decided about duplicates.")
    return OK


def in_words(ruling: Ruling) -> str:
    """The kind of a decision and the names of its photos."""
    paths = ([ruling.kept] if ruling.kept else []) + list(ruling.photos)
    names = [shown(Path(path).name) for path in paths[:MOST_NAMED]]
    more = f" and {len(paths) - MOST_NAMED:,} more" if len(paths) > MOST_NAMED else ""
    return f"{KINDS[ruling.kind]}: {', '.join(names)}{more}"


def _moment(ruling: Ruling) -> str:
    return (
        "     not known  "
        if ruling.made_at is None
        else time.strftime("%Y-%m-%d %H:%M", time.localtime(ruling.made_at))
    )
