"""The command line: parses arguments, asks the library, prints text or one JSON document."""

import argparse
import io
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from photosearch import __version__, clearing, encoders, health, labelling, tour
from photosearch.errors import QueryError
from photosearch.faults import fault
from photosearch.find.sheet import Cell, write_sheet
from photosearch.library import Library
from photosearch.paths import Places, default_library, shown
from photosearch.photo import Filter, Match, Query, Region
from photosearch.terminal import (
    Parser,
    Stopped,
    complain,
    library_folder,
    print_json,
    run_job,
    say,
    summary_as_json,
    tell_summary,
)

OK, FAULT, STOPPED = 0, 1, 130
MOST_DIGITS = 18  # of a number, which SQLite holds
NOTHING_ALIKE = "Nothing in the library looks like this. (--min-score -1 shows what comes nearest.)"
NO_FOLDER = "No folder has been added yet: photosearch index FOLDER"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 the environment is at fault, 130 after Ctrl-C; wrong usage exits with 2."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a redirected stream on Windows may know few letters
    try:
        return run(options)
    except (Stopped, KeyboardInterrupt):
        complain("Stopped. What was done so far is kept; run the same command again to go on.")
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has gone; there is nobody to tell
    except Exception as error:
        if (sentence := fault(error, _places(options).catalog)) is None:
            raise
        complain(sentence)
    return FAULT


def _index(options: argparse.Namespace) -> int:
    with _open(options) as library:
        job = library.index(
            options.folders,
            recurse=not options.no_recurse,
            exclude=options.exclude,
            threads=options.threads,
            verify=options.verify,
        )
        summary = run_job(job)
        if options.json:
            print_json(summary_as_json(summary))
            return OK
        tell_summary(summary)
        if not library.catalog.folders():
            say(NO_FOLDER)
    return OK


def _similar(options: argparse.Namespace) -> int:
    query = Query(
        photos=tuple(options.photos),
        without=tuple(options.without),
        region=options.region,
        only=Filter(options.folder, options.since, options.until, tuple(options.format), options.label),
        min_score=options.min_score,
        limit=options.limit,
        expand=options.expand,
    )
    with _open(options) as library:
        if options.sheet:
            library.require_free(options.sheet, "contact sheet", options.force)
        _require_formats(library, query.only.formats)
        if query.only.label is not None:
            library.labels.known(query.only.label)
        start = time.perf_counter()
        matches = library.similar(query)
        milliseconds = round(1000 * (time.perf_counter() - start), 1)
        if options.sheet:
            _write_sheet(library, query, matches, options)
        if options.json:
            results = [
                {"path": m.path, "score": round(m.score, 4), "relation": m.relation, "state": m.state} for m in matches
            ]
            print_json({"query": asdict(query), "results": results, "milliseconds": milliseconds})
            return OK
        for match in matches:
            notes = [note for note in (match.relation, match.state) if note not in ("lookalike", "present")]
            say(f"{match.score:6.3f}  {shown(match.path)}" + (f"  ({', '.join(notes)})" if notes else ""))
        if not matches:
            say(NOTHING_ALIKE if library.catalog.folders() else NO_FOLDER)
        if waiting := library.waiting():
            say(f"Not searched: {waiting:,} photos that this encoder has not seen yet. photosearch index")
        if options.sheet:
            say(f"Contact sheet: {shown(str(options.sheet))}")
    return OK


def _in_library(run: Callable[[Library, argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command that needs no more than the library."""

    def run_there(options: argparse.Namespace) -> int:
        with _open(options) as library:
            return run(library, options)

    return run_there


def _vectors(options: argparse.Namespace) -> int:
    with _open(options) as library:
        count = library.export_vectors(options.out, options.folder, force=options.force)
        told = f"{count:,} descriptors of “{library.bundle.name}” ({library.bundle.dimension} dimensions)"
        say(f"{told}: {shown(str(options.out))}")
    return OK


def _evaluate(options: argparse.Namespace) -> int:
    with _open(options) as library:
        result = run_job(library.evaluate(options.groups, options.threads))
        if options.json:
            print_json(asdict(result))
            return OK
        say(
            f"{result.photos:,} photos in {result.groups:,} groups:"
            f" mAP {result.map:.2f}, recall@1 {result.recall_at_1:.2f}"
        )
    return OK


def _status(options: argparse.Namespace) -> int:
    with _open(options) as library:
        report = health.status(library)
    if options.json:
        print_json(report)
        return OK
    for line in health.in_words(report):
        say(line)
    return OK


def _doctor(options: argparse.Namespace) -> int:
    checks = list(health.doctor(_places(options), options.repair))
    sound = all(check.ok for check in checks)
    if options.json:
        print_json({"sound": sound, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            say(f"{'✓' if check.ok else '✗'} {check.name}: {shown(check.detail)}")
        if not sound and not options.repair:
            say("“photosearch doctor --repair” mends what can be mended.")
    return OK if sound else FAULT


def _shared() -> Parser:
    """The options that may stand before or after the command; made anew each time, since parsers share the actions."""
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--library", type=library_folder, metavar="DIR", help="another library folder than your own")
    shared.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else there")
    return shared


def _parser() -> Parser:
    encoding = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    encoding.add_argument("--device", choices=("auto", "cpu", "cuda"), help="what the encoder runs on (what is set)")
    working = Parser(add_help=False)
    working.add_argument(
        "--threads", type=_count, metavar="N", help="threads to read and encode on (what is set, or all cores)"
    )

    writing = Parser(add_help=False)
    text = "replace a file that is there, whatever it is, but never a photo"
    writing.add_argument("--force", action="store_true", help=text)

    parser = Parser(
        prog="photosearch",
        parents=[_shared()],
        description="Search your own photos by eye. Nothing leaves this computer; no photo is ever changed.",
        epilog="And: photosearch train teaches an encoder from your labels; photosearch train --help.",
    )
    parser.add_argument("--version", action="version", version=f"photosearch {__version__}")
    parser.set_defaults(run=_tour, library=None, json=False, device=None)
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str, *parents: Parser) -> Parser:
        command = commands.add_parser(name, parents=[_shared(), *parents], help=text, description=text)
        command.set_defaults(run=run)
        return command

    command = add("index", _index, "Add folders and bring the library up to date.", encoding, working)
    command.add_argument("folders", nargs="*", metavar="FOLDER", help="all folders of the library if none is named")
    command.add_argument("--no-recurse", action="store_true", help="leave sub-folders out")
    text = "read every file again, as its bytes may have changed while its size and time did not"
    command.add_argument("--verify", action="store_true", help=text)
    command.add_argument(
        "--exclude", action="append", metavar="GLOB", help="leave out what matches by name or path; may be repeated"
    )

    text = "Show photos that look like one photo, or like several together."
    command = add("similar", _similar, text, encoding, writing)
    command.add_argument("photos", nargs="+", metavar="PHOTO", help="need not be in the library")
    command.add_argument(
        "--without", action="append", default=[], metavar="PHOTO", help="keep away from this one; may be repeated"
    )
    command.add_argument(
        "--region", type=_region, metavar="X,Y,W,H", help="search with a part of the photo, in its pixels"
    )
    command.add_argument("--limit", type=_count, default=20, metavar="N", help="how many to show (20)")
    command.add_argument(
        "--min-score",
        type=float,
        metavar="S",
        help="leave out lower scores; -1 leaves out nothing (default: what is not of the kind of one whole photo)",
    )
    command.add_argument("--in", dest="folder", metavar="FOLDER", help="only photos in this folder and below")
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
    command.add_argument("--label", metavar="NAME", help="only photos that carry this label")
    command.add_argument("--expand", action="store_true", help="search broader: with the nearest photos together")
    command.add_argument("--sheet", type=_picture, metavar="OUT.jpg", help="write a contact sheet of the answer")

    text = "Show groups of duplicates, and clear them away."
    command = add("duplicates", _in_library(clearing.duplicates), text, working, writing)
    clearing.add_options(command)
    command.add_argument("--sheet", type=_picture, metavar="OUT.jpg", help="write a contact sheet of the groups")
    command = add("undo", _in_library(clearing.undo), "Bring back what was cleared away.")
    command.add_argument("act", nargs="?", type=_count, metavar="ID", help="as “history” shows it (the last one)")
    add("history", _in_library(clearing.history), "Show what was cleared away.")

    command = add("label", _in_library(labelling.label), "Give a label to photos, or take it from them.")
    labelling.add_label_options(command)
    text = "List labels, or the photos of one; rename, delete, write and read them."
    labelling.add_labels_options(add("labels", _in_library(labelling.labels), text, writing))

    command = add("vectors", _vectors, "Write the library's descriptors as a NumPy file.", writing)
    command.add_argument("out", type=Path, metavar="OUT.npz")
    command.add_argument("--in", dest="folder", metavar="FOLDER", help="only photos in this folder and below")

    command = add("evaluate", _evaluate, "Measure the encoder on photos with known groups.", encoding, working)
    command.add_argument(
        "groups", type=Path, metavar="GROUPS.csv", help="lines of path,group; paths relative to the file"
    )

    add("status", _status, "Show what the library holds and what encodes it.", encoding)
    command = add("doctor", _doctor, "Check the catalog, the caches, the encoder and the machine.")
    command.add_argument("--repair", action="store_true", help="mend what can be mended")

    command = add("encoders", _in_library(encoders.encoders), "List, choose or add encoder bundles.")
    command.set_defaults(action="list")
    actions = command.add_subparsers(dest="action", metavar="list | use NAME | undo | add FOLDER")
    actions.add_parser("list", parents=[_shared()], help="show them all (the default)")
    use = actions.add_parser("use", parents=[_shared(), encoding, working], help="let this one take over")
    use.add_argument("name", metavar="NAME")
    text = "call off the one that is to take over, or go back to the one before"
    actions.add_parser("undo", parents=[_shared()], help=text)
    actions.add_parser("add", parents=[_shared()], help="add a bundle").add_argument(
        "bundle", type=Path, metavar="FOLDER"
    )

    add("tour", _tour, "Show what the program does, with the sample photos.")
    return parser


def _tour(options: argparse.Namespace) -> int:
    return tour.run(_places(options))


def _places(options: argparse.Namespace) -> Places:
    return Places((options.library or default_library()).absolute())


def _open(options: argparse.Namespace) -> Library:
    return Library(options.library, options.device)


def _require_formats(library: Library, formats: Sequence[str]) -> None:
    """Raise QueryError for a format that no photo has: its name is not always that of the files."""
    known = library.formats() if formats else {}
    for name in formats:
        if name not in known:
            raise QueryError(f"No photo of the library is of the format “{name}”. It has: {', '.join(sorted(known))}.")


def _write_sheet(library: Library, query: Query, matches: list[Match], options: argparse.Namespace) -> None:
    cells = [
        Cell(library.thumbnail_of_file(path, query.region), Path(path).name, "the photo", is_query=True)
        for path in query.photos
    ]
    cells += [Cell(library.thumbnail_of_file(path), Path(path).name, "without") for path in query.without]
    cells += [
        Cell(library.thumbnail(match), Path(match.path).name, f"{match.relation}, {match.score:.3f}")
        for match in matches
    ]
    with library.output(options.sheet, "contact sheet", options.force) as out:
        write_sheet(cells, out, options.sheet.suffix)


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at most {MOST_DIGITS} digits, from 1 on, is wanted")
    return number


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


def _picture(text: str) -> Path:
    file = Path(text)
    if file.suffix.lower() not in (".jpg", ".jpeg", ".png", ".webp"):
        raise argparse.ArgumentTypeError("a contact sheet is written as .jpg, .png or .webp")
    return file
