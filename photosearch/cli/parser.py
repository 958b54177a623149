"""The arguments of the command line: every command with its options, and the function that runs it."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, Protocol

from photosearch.cli import (
    bursts,
    clusters,
    decisions,
    duplicates,
    encoders,
    labels,
    photo_map,
    photos,
    publish,
    status,
)
from photosearch.library import Library
from photosearch.library.seats import find_places
from photosearch.models import Region
from photosearch.paths import Places
from photosearch.terminal import Parser, named, named_path, whole_number


class _Options(NamedTuple):
    """Options that several commands share, as parent parsers."""

    encoding: Parser
    working: Parser
    writing: Parser


class _Version(argparse.Action):
    """Prints the program's version, determined only on request."""

    def __init__(self, option_strings: Sequence[str], dest: str, **options: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **options)

    def __call__(self, *_: object) -> NoReturn:
        from photosearch.library.about.version import version_in_words

        sys.stdout.write(f"photosearch {version_in_words()}\n")
        sys.exit(0)


class _Add(Protocol):
    """Adds a command with the function that runs it, one sentence of help and the options it shares."""

    def __call__(self, name: str, run: Callable[[argparse.Namespace], int], text: str, *parents: Parser) -> Parser: ...


@cache
def make_parser() -> Parser:
    """The parser of all commands; `run` of what it returns is the function of the command."""
    parser = Parser(
        prog="photosearch",
        parents=[_shared()],
        description="Search your own photos by eye. Nothing leaves this computer; no photo is ever changed.",
        epilog="And: photosearch train teaches an encoder from your labels; photosearch train --help."
        " photosearch --self-test tests the program as it is installed.",
    )
    parser.add_argument("--version", action=_Version, help="print the version and exit")
    parser.set_defaults(run=_run_tour, library=None, json=False, device=None, map=None)
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str, *parents: Parser) -> Parser:
        command = commands.add_parser(name, parents=[_shared(), *parents], help=text, description=text)
        command.set_defaults(run=run)
        return command

    options = _make_options()
    _add_index(add, options)
    _add_similar(add, options)
    _add_duplicates(add, options)
    _add_clusters(add, options)
    _add_labels(add, options)
    _add_measures(add, options)
    _add_upkeep(add, options)
    _add_encoders(add, options)
    add("tour", _run_tour, "Demonstrate the program with the sample photos.")
    return parser


def _make_options() -> _Options:
    encoding = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    encoding.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), help="device of the encoder (default: the setting)"
    )
    working = Parser(add_help=False)
    working.add_argument(
        "--threads", type=whole_number, metavar="N", help="number of threads (default: the setting, or all cores)"
    )

    writing = Parser(add_help=False)
    text = "replace an existing file of any kind, but never a photo"
    writing.add_argument("--force", action="store_true", help=text)
    return _Options(encoding, working, writing)


def _add_index(add: _Add, options: _Options) -> None:
    text = "Add folders and bring the library up to date."
    command = add("index", _in_library(photos.index), text, options.encoding, options.working)
    command.add_argument("folders", nargs="*", metavar="FOLDER", help="all folders of the library if none is named")
    text = (
        "let the workers of a Dask scheduler read and encode, like tcp://HOST:8786; --map HERE=THERE for their folders"
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help=text)
    command.add_argument("--no-recurse", action="store_true", help="exclude sub-folders")
    text = "read every file again, as its bytes may have changed while its size and time did not"
    command.add_argument("--verify", action="store_true", help=text)
    command.add_argument(
        "--exclude",
        action="append",
        metavar="GLOB",
        help="exclude files and folders that match by name or path; may be repeated",
    )


def _add_similar(add: _Add, options: _Options) -> None:
    text = "Show photos that look like one photo, or like several together."
    command = add("similar", _in_library(photos.similar), text, options.encoding, options.writing)
    command.add_argument("photos", nargs="+", metavar="PHOTO", help="need not be in the library")
    command.add_argument(
        "--without",
        action="append",
        default=[],
        type=named,
        metavar="PHOTO",
        help="exclude photos that look like this one; may be repeated",
    )
    command.add_argument(
        "--region", type=_region, metavar="X,Y,W,H", help="search with a rectangle of the first photo, in its pixels"
    )
    command.add_argument("--limit", type=whole_number, default=20, metavar="N", help="number of answers (20)")
    command.add_argument(
        "--min-score",
        type=float,
        metavar="S",
        help="exclude lower scores; -1 excludes none (default for one whole photo: scores below those of its kind)",
    )
    command.add_argument(
        "--in", dest="folder", type=named, metavar="FOLDER", help="only photos in this folder and below"
    )
    command.add_argument(
        "--since", type=_day, metavar="DAY", help="only photos of this day, like 2024-05-31, and later"
    )
    command.add_argument("--until", type=_day, metavar="DAY", help="only photos of this day and earlier")
    command.add_argument(
        "--format",
        type=str.upper,
        action="append",
        default=[],
        metavar="NAME",
        help="only JPEG, PNG …; may be repeated",
    )
    command.add_argument("--label", metavar="NAME", help="only photos with this label")
    command.add_argument("--expand", action="store_true", help="broader search, together with the nearest photos")
    command.add_argument(
        "--verify", action="store_true", help="raise those of the first 50 that share details with the query"
    )
    command.add_argument("--sheet", type=_picture, metavar="OUT.jpg", help="write a contact sheet of the answer")


def _add_duplicates(add: _Add, options: _Options) -> None:
    text = "Show groups of duplicates, and clear them away."
    command = add("duplicates", _in_library(duplicates.duplicates), text, options.working, options.writing)
    duplicates.add_options(command)
    command.add_argument("--sheet", type=_picture, metavar="OUT.jpg", help="write a contact sheet of the groups")
    command = add("undo", _in_library(duplicates.undo), "Bring back what was cleared away.")
    command.add_argument("act", nargs="?", type=whole_number, metavar="ID", help="as “history” shows it (the last one)")
    add("history", _in_library(duplicates.history), "List the acts that cleared photos away.")
    text = "List the decisions about duplicates, or take one back."
    decisions.add_options(add("decisions", _in_library(decisions.decisions), text))


def _add_clusters(add: _Add, options: _Options) -> None:
    text = "Show the kinds of picture in the library, or the occasions."
    command = add("clusters", _in_library(clusters.clusters), text, options.working, options.writing)
    clusters.add_options(command)
    command.add_argument(
        "--sheet", type=_picture, metavar="OUT.jpg", help="write a contact sheet, one row for each cluster"
    )
    text = "Lay all photos out on a map, alike ones side by side."
    photo_map.add_options(add("map", _in_library(photo_map.make_map), text, options.working, options.writing))
    text = "Show photos that were taken in a row: bursts, exposure brackets and panoramas."
    bursts.add_options(add("bursts", _in_library(bursts.bursts), text))


def _add_labels(add: _Add, options: _Options) -> None:
    command = add("label", _in_library(labels.label), "Give a label to photos, or take it from them.")
    labels.add_label_options(command)
    text = "List labels, or the photos of one; rename, delete, write, read and suggest them."
    labels.add_labels_options(add("labels", _in_library(labels.labels), text, options.writing))


def _add_measures(add: _Add, options: _Options) -> None:
    command = add(
        "vectors", _in_library(photos.vectors), "Write the library's descriptors as a NumPy file.", options.writing
    )
    command.add_argument("out", type=named_path, metavar="OUT.npz", help="the file to write")
    command.add_argument(
        "--in", dest="folder", type=named, metavar="FOLDER", help="only photos in this folder and below"
    )

    text = "Measure the encoder on photos with known groups."
    command = add("evaluate", _in_library(photos.evaluate), text, options.encoding, options.working)
    command.add_argument(
        "groups", type=named_path, metavar="GROUPS.csv", help="lines of path,group; paths relative to the file"
    )


def _add_upkeep(add: _Add, options: _Options) -> None:
    add(
        "status",
        _in_library(status.status),
        "Show the contents of the library, its encoder and its speed.",
        options.encoding,
    )
    text = "Write the library to a shared folder, for other computers to read."
    publish.add_options(add("publish", _in_library(publish.publish), text, options.working))
    command = add("doctor", _doctor, "Check the catalog, the caches, the encoder and the machine.")
    command.add_argument("--repair", action="store_true", help="repair the damage")


def _add_encoders(add: _Add, options: _Options) -> None:
    command = add("encoders", _in_library(encoders.encoders), "List, choose or add encoder bundles.")
    command.set_defaults(action="list")
    actions = command.add_subparsers(dest="action", metavar="list | use NAME | undo | add FOLDER")
    actions.add_parser("list", parents=[_shared()], help="list all (the default)")
    use = actions.add_parser(
        "use", parents=[_shared(), options.encoding, options.working], help="make this encoder the active one"
    )
    use.add_argument("name", metavar="NAME", help="as “encoders” lists it")
    text = "cancel the switch to another encoder, or return to the previous one"
    actions.add_parser("undo", parents=[_shared()], help=text)
    actions.add_parser("add", parents=[_shared()], help="add a bundle").add_argument(
        "bundle", type=named_path, metavar="FOLDER", help="with model.onnx and encoder.json"
    )

    text = "Learn from labels, in seconds, how photos are compared in a search."
    encoders.add_teach_options(add("teach", _in_library(encoders.teach), text))


def places(options: argparse.Namespace) -> Places:
    """The folder of the library that the options name, or the person's own."""
    return find_places(options.library)


def _in_library(run: Callable[[Library, argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command that needs no more than the library."""

    def run_there(options: argparse.Namespace) -> int:
        with Library(options.library, options.device, _moves(options)) as library:
            return run(library, options)

    return run_there


def _moves(options: argparse.Namespace) -> dict[str, str] | None:
    """Where the folders of a published library lie here, None: as last said."""
    is_of_workers = getattr(options, "scheduler", None) is not None
    if not options.map or is_of_workers:
        return None
    return {there: str(Path(here).absolute()) for there, here in options.map}


def _run_tour(options: argparse.Namespace) -> int:
    from photosearch.cli import tour

    return tour.run(places(options))


def _doctor(options: argparse.Namespace) -> int:
    return status.check(places(options), options)


def _shared() -> Parser:
    """The options that may stand before or after the command; made anew each time, since parsers share the actions."""
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--library", type=named_path, metavar="DIR", help="library folder other than the default")
    text = "location of a folder of a published library on this computer; may be repeated (default: as given last)"
    shared.add_argument("--map", type=_move, action="append", metavar="THERE=HERE", help=text)
    shared.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else there")
    return shared


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError("a day like 2024-05-31 is wanted") from None


def _region(text: str) -> Region:
    try:
        region = Region(*map(int, text.split(",")))
    except (TypeError, ValueError):
        raise argparse.ArgumentTypeError("four whole numbers are wanted: X,Y,W,H") from None
    if region.width < 1 or region.height < 1:
        raise argparse.ArgumentTypeError("a region has a width and a height")
    return region


def _move(text: str) -> tuple[str, str]:
    there, equals, here = text.partition("=")
    if not (there and equals and here):
        raise argparse.ArgumentTypeError("two folders are wanted: THERE=HERE")
    return there, here


def _picture(text: str) -> Path:
    file = Path(text)
    if file.suffix.lower() not in (".jpg", ".jpeg", ".png", ".webp"):
        raise argparse.ArgumentTypeError("a contact sheet is written as .jpg, .png or .webp")
    return file
