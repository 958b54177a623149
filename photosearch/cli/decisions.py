"""The command `decisions`: list the decisions about duplicates and take them back."""

import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from photosearch.library import Library
from photosearch.models import Decision, DecisionKind
from photosearch.paths import shown
from photosearch.terminal import OK, print_json, say, whole_number

MOST_NAMED = 4
KINDS: dict[DecisionKind, str] = {
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
        help="delete this decision; the one before it applies again",
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
    found = library.feedback.decisions()
    if options.json:
        print_json({"decisions": [asdict(decision) for decision in found]})
        return OK
    for decision in found:
        say(f"{decision.number:4}  {_moment(decision)}  {in_words(decision)}")
    if not found:
        say("Nothing has been decided about duplicates.")
    return OK


def in_words(decision: Decision) -> str:
    """The kind of a decision and the names of its photos."""
    paths = ([decision.kept] if decision.kept else []) + list(decision.photos)
    names = [shown(Path(path).name) for path in paths[:MOST_NAMED]]
    more = f" and {len(paths) - MOST_NAMED:,} more" if len(paths) > MOST_NAMED else ""
    return f"{KINDS[decision.kind]}: {', '.join(names)}{more}"


def _moment(decision: Decision) -> str:
    return (
        "     not known  "
        if decision.made_at is None
        else time.strftime("%Y-%m-%d %H:%M", time.localtime(decision.made_at))
    )
