"""The options of `labels` that carry labels to and from the keywords of other programs."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from photosearch.act.plan import Left
from photosearch.cli.duplicates import NEEDS_YES
from photosearch.library import Library
from photosearch.paths import shown
from photosearch.terminal import FAULT, OK, USAGE, complain, count_in_words, named, print_json, run_job, say

MOST_TOLD = 10

Way = Callable[[Library, Namespace], int]


def add_options(command: ArgumentParser, add_way: Callable[..., object]) -> None:
    """The arguments; `add_way` adds those of which one is given at a time."""
    text = "give photos their keywords, in themselves or in XMP sidecars, as labels"
    add_way("--read-xmp", action="store_true", help=text)
    text = "add labels, or the one that is named, as keywords to XMP sidecars beside the photos, once you agree"
    add_way("--write-xmp", action="store_true", help=text)
    text = "make the sidecars that were written last as they were before"
    add_way("--take-back-xmp", action="store_true", help=text)
    command.add_argument(
        "--in", dest="folder", type=named, metavar="FOLDER", help="with them: only photos in this folder and below"
    )
    command.add_argument("--yes", action="store_true", help="agree beforehand")


def way_of(options: Namespace) -> Way | None:
    """What is to be done, if it is any of these."""
    ways: dict[str, Way] = {"read_xmp": _read, "write_xmp": _write, "take_back_xmp": _take_back}
    return next((way for name, way in ways.items() if getattr(options, name)), None)


def _read(library: Library, options: Namespace) -> int:
    found = run_job(library.keywords.read(options.folder))
    counts = {
        name: len(set(photos)) for name, photos in sorted(found.labels.items(), key=lambda item: item[0].casefold())
    }
    if options.json:
        rows = [{"name": name, "photos": count} for name, count in counts.items()]
        print_json({"labels": rows, "left": _rows(found.left)})
    else:
        for name, count in counts.items():
            say(f"{count:8,}  {shown(name)}")
        now = "is a label now" if len(counts) == 1 else "are labels now"
        say(f"{count_in_words(len(counts), 'keyword')} {now}." if counts else "No photo has a keyword.")
        _tell(found.left)
    return FAULT if found.left else OK


def _write(library: Library, options: Namespace) -> int:
    planned = library.keywords.plan([options.name] if options.name else (), options.folder)
    count, new = len(planned.sidecars), planned.new
    if count and not options.yes:
        if options.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            complain(NEEDS_YES)
            return USAGE
        for sidecar in planned.sidecars[:MOST_TOLD]:
            say(shown(sidecar.path) + (" (new)" if sidecar.before is None else ""))
        gets = f"{count_in_words(count, 'sidecar')} {'gets' if count == 1 else 'get'} keywords"
        question = f"{gets} ({new:,} new); no photo is changed. Go on? [y/N] "
        if input(question).strip().lower() not in ("y", "yes"):
            say("Nothing was done.")
            return OK
    written = run_job(library.keywords.write(planned.sidecars))
    left = (*planned.left, *written.left)
    if options.json:
        print_json({"sidecars": written.sidecars, "new": new, "left": _rows(left)})
    else:
        told = "To take it back: photosearch labels --take-back-xmp" if written.sidecars else ""
        say(f"{_sidecars(written.sidecars, 'written')}. {told}".rstrip())
        _tell(left)
    return FAULT if left else OK


def _take_back(library: Library, options: Namespace) -> int:
    back = run_job(library.keywords.take_back())
    if options.json:
        print_json({"sidecars": back.sidecars, "left": _rows(back.left)})
    else:
        say(f"{_sidecars(back.sidecars, 'put back as before')}.")
        _tell(back.left)
    return FAULT if back.left else OK


def _sidecars(count: int, done: str) -> str:
    return f"{count_in_words(count, 'sidecar')} {'was' if count == 1 else 'were'} {done}"


def _rows(left: Sequence[Left]) -> list[dict[str, str]]:
    return [{"path": each.path, "reason": str(each.reason)} for each in left]


def _tell(left: Sequence[Left]) -> None:
    for each in left[:MOST_TOLD]:
        complain(f"{shown(each.path)}: {each.reason}")
    if (more := len(left) - MOST_TOLD) > 0:
        complain(f"… and {more:,} more.")
