"""The commands `label` and `labels`: add labels to photos and remove them; list, rename, export and import them."""

import csv
import io
import os
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from photosearch.cli import keywords
from photosearch.errors import QueryError
from photosearch.files import read_file
from photosearch.library import Library
from photosearch.models import Filter
from photosearch.paths import inside, real_path, shown
from photosearch.store.tables.labels import label_name
from photosearch.table import of_cell, write_rows
from photosearch.terminal import (
    FAULT,
    OK,
    USAGE,
    complain,
    count_in_words,
    named,
    named_path,
    print_json,
    run_job,
    say,
    whole_number,
)

MOST_BYTES = 1 << 29  # of a list
MOST_LISTED = 10  # of unknown photos
NEEDS_NAME = "Say which label and which photos: photosearch label NAME PHOTO…"
NEEDS_PHOTOS = "Say which photos: photosearch label NAME PHOTO… or photosearch label NAME --in FOLDER"
SUGGEST, SUGGESTIONS = "suggest", 50
NEEDS_SUGGEST = "Say one label to list, or: photosearch labels suggest NAME"
NO_LABEL = "No photo carries a label yet: photosearch label NAME PHOTO…"


def add_label_options(command: ArgumentParser) -> None:
    """The arguments of `label`."""
    command.add_argument("name", nargs="?", metavar="NAME", help="any words; upper and lower case make no difference")
    command.add_argument("photos", nargs="*", metavar="PHOTO", help="a photo of the library, or a folder")
    command.add_argument(
        "--in", dest="folder", type=named, metavar="FOLDER", help="all photos in this folder and below"
    )
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--remove", action="store_true", help="remove the label from them")
    text = "record that they do not have this label, so that it is not suggested for them"
    ways.add_argument("--refuse", action="store_true", help=text)
    command.add_argument(
        "--by-folder",
        type=named,
        metavar="FOLDER",
        help="give the photos in each sub-folder its name as a label",
    )


def add_labels_options(command: ArgumentParser) -> None:
    """The arguments of `labels`."""
    text = "list the photos with this label; “suggest NAME”: photos that probably need it"
    command.add_argument("name", nargs="?", metavar="NAME", help=text)
    command.add_argument("suggested", nargs="?", metavar="NAME", help="after “suggest”: the label to suggest")
    text = f"greatest number of suggestions ({SUGGESTIONS})"
    command.add_argument("--limit", type=whole_number, default=SUGGESTIONS, metavar="N", help=text)
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="rename a label, or join it with the label NEW")
    ways.add_argument("--delete", metavar="NAME", help="delete this label; the photos stay unchanged")
    ways.add_argument("--csv", type=named_path, metavar="OUT.csv", help="write lines of path,label")
    ways.add_argument("--read", type=named_path, metavar="IN.csv", help="add labels from lines of path,label")
    keywords.add_options(command, ways.add_argument)


def label(library: Library, options: Namespace) -> int:
    """Give a label to photos, or take it from them."""
    if options.by_folder:
        if options.name or options.folder or options.remove or options.refuse:
            complain("--by-folder takes the labels from the folders' names; say nothing else with it.")
            return USAGE
        return _label_by_folder(library, options)
    if not options.name or not (options.photos or options.folder):
        complain(NEEDS_PHOTOS if options.name else NEEDS_NAME)
        return USAGE
    name = label_name(options.name)
    photos, unknown = _find(library, [*options.photos, *([options.folder] if options.folder else [])])
    if options.refuse:
        library.labels.refuse(name, photos)
        told: dict[str, object] = {"label": name, "photos": len(photos), "unknown": unknown}
        _tell(options, f"“{shown(name)}” is not suggested for {count_in_words(len(photos), 'photo')}.", told)
        _tell_unknown(unknown, options.json)
        return FAULT if unknown else OK
    changed = (library.labels.remove if options.remove else library.labels.add)(name, photos)
    if options.json:
        print_json({"label": name, "photos": len(photos), "changed": changed, "unknown": unknown})
    elif photos:
        carry = _no_more(len(photos)) if options.remove else _now(len(photos))
        say(f"{count_in_words(len(photos), 'photo')} {carry} “{shown(name)}”.")
    _tell_unknown(unknown, options.json)
    return FAULT if unknown else OK


def labels(library: Library, options: Namespace) -> int:
    """List labels or the photos of one, rename, delete, write or read them."""
    if options.name and (options.rename or options.delete or options.read or options.read_xmp):
        complain("Say either the label to list or what to do.")
        return USAGE
    if options.suggested is not None:
        if options.name != SUGGEST or options.csv:
            complain(NEEDS_SUGGEST)
            return USAGE
        _suggest(library, options)
    elif options.rename:
        old, new = map(label_name, options.rename)
        library.labels.rename(old, new)
        _tell(options, f"“{shown(old)}” is now “{shown(new)}”.", {"label": new})
    elif options.delete:
        name = label_name(options.delete)
        library.labels.delete(name)
        _tell(options, f"There is no label “{shown(name)}” any more.", {"deleted": name})
    elif options.csv:
        names = [library.labels.known(options.name)] if options.name else library.labels.counts()
        count = _write(library, options, names)
        _tell(options, f"{count_in_words(count, 'line')} written: {shown(str(options.csv))}", {"lines": count})
    elif options.read:
        return _read(library, options)
    elif way := keywords.way_of(options):
        return way(library, options)
    elif options.name:
        _list_photos(library, options)
    else:
        _list(library, options)
    return OK


def _suggest(library: Library, options: Namespace) -> None:
    """List photos that probably carry a label, and say how far that can be trusted."""
    found = run_job(library.suggestions.find(options.suggested))
    photos = library.photos.get(found.photos[: options.limit].tolist())
    rows = [
        (photos[photo].path, probability)
        for photo, probability in zip(found.photos.tolist(), found.probabilities.tolist(), strict=True)
        if photo in photos
    ]
    if options.json:
        told = [{"path": path, "probability": round(probability, 3)} for path, probability in rows]
        print_json({"label": found.label, "check": asdict(found.check), "photos": told})
        return
    check = found.check
    say(
        f"“{shown(found.label)}”, checked on what you labelled: of {count_in_words(check.carriers, 'photo')} with it,"
        f" each looked at as if without, {check.found:,} would be suggested (50 % or more); of {check.others:,} with"
        f" other labels only, {check.wrong:,} would be."
    )
    for path, probability in rows:
        say(f"{probability:6.0%}  {shown(path)}")
    if not rows:
        say("No other photo probably carries it.")


def _label_by_folder(library: Library, options: Namespace) -> int:
    roots = os.path.abspath(options.by_folder), real_path(options.by_folder)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for photo in library.photos.get(library.photos.at(options.by_folder)).values():
        root = next((root for root in roots if inside(photo.path, root)), None)
        folders = os.path.relpath(photo.path, root).split(os.sep)[:-1] if root else []
        if folders:
            found[label_name(folders[0])].append(photo.photo_id)
    if not found:
        raise QueryError(f"No folder of “{shown(options.by_folder)}” holds photos of the library.")
    _add_all(library, found, options)
    return OK


def _read(library: Library, options: Namespace) -> int:
    by_path: defaultdict[str, list[str]] = defaultdict(list)
    for path, name in _lines_of(options.read):
        by_path[path].append(name)
    found: defaultdict[str, list[int]] = defaultdict(list)
    unknown: list[str] = []
    for path, names in by_path.items():
        photos = library.photos.at(path)
        if not photos:
            unknown.append(path)
        for name in names if photos else ():
            found[name] += photos
    _add_all(library, found, options, unknown)
    _tell_unknown(unknown, options.json)
    return FAULT if unknown else OK


def _add_all(
    library: Library, found: Mapping[str, Sequence[int]], options: Namespace, unknown: Sequence[str] = ()
) -> None:
    library.labels.add_all(found)
    if options.json:
        rows = [{"name": name, "photos": len(set(photos))} for name, photos in found.items()]
        print_json({"labels": rows, "unknown": list(unknown)})
        return
    for name, photos in sorted(found.items(), key=lambda item: item[0].casefold()):
        say(f"{count_in_words(len(set(photos)), 'photo')} {_now(len(set(photos)))} “{shown(name)}”.")


def _list(library: Library, options: Namespace) -> None:
    counts = library.labels.counts()
    if options.json:
        print_json({"labels": [{"name": name, "photos": count} for name, count in counts.items()]})
        return
    for name, count in counts.items():
        say(f"{count:8,}  {shown(name)}")
    if not counts:
        say(NO_LABEL)


def _list_photos(library: Library, options: Namespace) -> None:
    name = library.labels.known(options.name)
    paths = _paths(library, name)
    if options.json:
        print_json({"label": name, "photos": paths})
        return
    for path in paths:
        say(shown(path))
    if not paths:
        say(f"The photos that carry “{shown(name)}” have left the library.")


def _paths(library: Library, name: str) -> list[str]:
    photos = library.photos.get(library.photos.listing("smallest", Filter(label=name)).ids)
    return sorted(photo.path for photo in photos.values())


def _write(library: Library, options: Namespace, names: Iterable[str]) -> int:
    """Write path,label of all listed photos; return how many lines.

    Paths below the file's own folder are relative to it, with slashes, which all systems read.
    """
    folder = real_path(options.csv.parent)
    rows = [
        (os.path.relpath(path, folder).replace(os.sep, "/") if inside(path, folder) else path, name)
        for name in names
        for path in _paths(library, name)
    ]
    with library.output(options.csv, "list of labels", options.force) as out:
        write_rows(out, [("path", "label"), *rows])
    return len(rows)


def _lines_of(file: Path) -> list[tuple[str, str]]:
    """Paths, made absolute, and labels of a CSV with the columns `path,label`; raises QueryError."""
    try:
        lines = io.StringIO(read_file(file, MOST_BYTES).decode("utf-8-sig", "surrogateescape"), newline="")
        table = csv.DictReader(lines)
        if not {"path", "label"} <= set(table.fieldnames or ()):
            raise QueryError(f"“{shown(str(file))}” needs a first line “path,label”.")
        rows = [(of_cell(row["path"] or ""), of_cell(row["label"] or ""), table.line_num) for row in table]
    except (OSError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise QueryError(f"“{shown(str(file))}” cannot be read as a list of labels: {reason}.") from error
    found: list[tuple[str, str]] = []
    for path, name, number in rows:
        if not path or not name or "\0" in path:
            raise QueryError(f"Line {number} of “{shown(str(file))}” needs a path and a label.")
        found.append((os.path.join(real_path(file.parent), path), label_name(name)))
    return found


def _find(library: Library, paths: Iterable[str]) -> tuple[list[int], list[str]]:
    """The photos at these paths, each once, and the paths at which there are none."""
    found, unknown = dict[int, None](), list[str]()
    for path in paths:
        photos = library.photos.at(path)
        found.update(dict.fromkeys(photos))
        if not photos:
            unknown.append(path)
    return list(found), unknown


def _tell(options: Namespace, sentence: str, document: dict[str, object]) -> None:
    if options.json:
        print_json(document)
    else:
        say(sentence)


def _tell_unknown(unknown: Sequence[str], as_json: bool) -> None:
    if as_json:  # which contains them
        return
    for path in unknown[:MOST_LISTED]:
        complain(f"“{shown(path)}” is not in the library, or cannot be read.")
    if (more := len(unknown) - MOST_LISTED) > 0:
        complain(f"… and {more:,} more are not in the library.")


def _now(photos: int) -> str:
    return "carries" if photos == 1 else "carry"


def _no_more(photos: int) -> str:
    return "no longer carries" if photos == 1 else "no longer carry"
