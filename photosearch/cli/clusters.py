"""The command `clusters`: the kinds of picture in the library, or the occasions."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.cli.photos import NO_FOLDER
from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.models import Photo
from photosearch.paths import shown
from photosearch.terminal import OK, USAGE, complain, count_in_words, named, print_json, run_job, say, whole_number

if TYPE_CHECKING:
    from photosearch.library.clusters import Cluster, Clustering

NEEDS_NUMBER = "the number of a cluster is wanted, as “clusters” shows it"
ON_SHEET = 6  # photos of a cluster on a contact sheet, a row of it


def add_options(command: ArgumentParser) -> None:
    """The arguments of `clusters`."""
    text = "from 0, each photo by itself, to 100, all together (auto: the level that separates clusters best)"
    command.add_argument("--level", type=_level, metavar="N|auto", help=text)
    text = "kinds of picture (the default), or the same place, thing or scene"
    command.add_argument("--by", choices=("kind", "occasion"), default="kind", help=text)
    command.add_argument(
        "--in", dest="folder", type=named, metavar="FOLDER", help="only photos in this folder and below"
    )
    ways = command.add_mutually_exclusive_group()
    ways.add_argument(
        "--name", nargs=2, metavar=("ID", "NAME"), help="name a cluster permanently; an empty NAME removes the name"
    )
    ways.add_argument(
        "--label", type=whole_number, metavar="ID", help="add the name of a cluster to its photos as a label"
    )
    ways.add_argument(
        "--afresh", action="store_true", help="compute the clusters again, even if few photos have changed"
    )


def clusters(library: Library, options: Namespace) -> int:
    """Show clusters, name one, or label its photos."""
    if options.name or options.label:
        return _name(library, options)
    if options.sheet:
        library.require_free(options.sheet, "contact sheet", options.force)
    if options.afresh:
        library.clusters.discard()
    found = run_job(library.clusters.find(options.by, options.level, options.folder, options.threads))
    photos = library.photos.get(
        [*found.left_out.tolist(), *(photo for each in found.clusters for photo in each.photos.tolist())]
    )
    if options.sheet:
        _write_sheet(library, found, photos, options)
    if options.json:
        print_json(_document(found, photos))
        return OK
    for each in found.clusters:
        say(f"{_title(each)}  {shown(photos[each.medoid].path)}")
    if photos:
        clusters, left = count_in_words(len(found.clusters), "cluster"), count_in_words(len(found.left_out), "photo")
        say(f"{clusters} at the level {found.level:g}, {left} in none.")
    else:
        say(NO_FOLDER if not library.folders() else "There are no photos to cluster.")
    if options.sheet:
        say(f"Contact sheet: {shown(str(options.sheet))}")
    return OK


def _name(library: Library, options: Namespace) -> int:
    if options.label:
        name, added = library.clusters.make_label(options.label)
        if options.json:
            print_json({"label": name, "changed": added})
        else:
            say(f"{count_in_words(added, 'photo')} more {'carries' if added == 1 else 'carry'} “{shown(name)}”.")
        return OK
    text, name = options.name[0], options.name[1] or None
    try:
        number = whole_number(text)
    except argparse.ArgumentTypeError:
        complain(NEEDS_NUMBER)
        return USAGE
    before = library.clusters.rename(number, name)
    if options.json:
        print_json({"id": number, "name": name, "before": before})
    else:
        say(f"Cluster {number} is called “{shown(name)}” now." if name else f"Cluster {number} has no name now.")
    return OK


def _document(found: "Clustering", photos: dict[int, Photo]) -> dict[str, object]:
    clusters = [
        {
            "id": each.cluster_id,
            "name": each.name,
            "medoid": photos[each.medoid].path,
            "photos": [
                {"path": photos[photo].path, "typicality": round(typicality, 4)}
                for photo, typicality in zip(each.photos.tolist(), each.typicality.tolist(), strict=True)
                if photo in photos
            ],
        }
        for each in found.clusters
        if each.medoid in photos
    ]
    left_out = [photos[photo].path for photo in found.left_out.tolist() if photo in photos]
    return {"by": found.by, "level": found.level, "clusters": clusters, "left_out": sorted(left_out)}


def _title(each: "Cluster") -> str:
    name = f"  “{shown(each.name)}”" if each.name else ""
    return f"{len(each.photos):7,}  #{each.cluster_id}{name}"


def _write_sheet(library: Library, found: "Clustering", photos: dict[int, Photo], options: Namespace) -> None:
    """The most typical photos of each cluster, a row each, the largest cluster first."""
    from photosearch.cli.contact_sheet import Cell, write_sheet

    if not found.clusters:
        raise QueryError("There are no clusters to write a contact sheet of.")

    def cells() -> Iterator[Cell]:
        for each in found.clusters:
            row = [photo for photo in each.photos[:ON_SHEET].tolist() if photo in photos]
            for place, photo in enumerate(row):
                title = Path(photos[photo].path).name if place else _title(each).strip()
                yield Cell(
                    library.photos.thumbnail(photos[photo]), title or Path(photos[photo].path).name, "", place == 0
                )
            yield from [Cell(None, "", "", is_empty=True)] * (ON_SHEET - len(row))

    with library.output(options.sheet, "contact sheet", options.force) as out:
        write_sheet(list(islice(cells(), 300)), out, options.sheet.suffix)


def _level(text: str) -> float | None:
    if text == "auto":
        return None
    try:
        level = float(text)
    except ValueError:
        level = -1.0
    if not 0 <= level <= 100:
        raise argparse.ArgumentTypeError("a number from 0 to 100, or auto, is wanted")
    return level
