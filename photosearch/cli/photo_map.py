"""The command `map`: all photos on one picture, alike ones side by side, or their places as a table."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from photosearch.cli.photos import NO_FOLDER
from photosearch.library import Library
from photosearch.models import Photo
from photosearch.paths import shown
from photosearch.table import write_rows
from photosearch.terminal import OK, count_in_words, print_json, run_job, say

if TYPE_CHECKING:
    from photosearch.library.maps.picture import Painted

ENDINGS = (".png", ".svg", ".csv")


def add_options(command: ArgumentParser) -> None:
    """The arguments of `map`."""
    command.add_argument("out", type=_out, metavar="OUT.png|OUT.svg|OUT.csv", help="the file to write")
    text = "colour clusters by kinds of picture (the default), or by the same place, thing or scene"
    command.add_argument("--by", choices=("kind", "occasion"), default="kind", help=text)
    command.add_argument("--photos", action="store_true", help="show photos instead of dots where there is room")
    command.add_argument("--afresh", action="store_true", help="lay it out again, even if a layout exists")


def make_map(library: Library, options: Namespace) -> int:
    """Lay out the library and write that."""
    from photosearch.library.maps.picture import paint, write_png, write_svg

    out: Path = options.out
    library.require_free(out, "map", options.force)
    if options.afresh:
        library.map.discard()
    layout = run_job(library.map.find(options.threads))
    if not len(layout.photos):
        if options.json:
            print_json({"map": None, "photos": 0})
        else:
            say(NO_FOLDER if not library.folders() else "There are no photos to lay out.")
        return OK
    clustering = run_job(library.clusters.find(options.by, threads=options.threads))
    painted = paint(layout, clustering, library.clusters.preview(options.by))
    photos = library.photos.get(layout.photos.tolist())
    with library.output(out, "map", options.force) as file:
        if out.suffix.lower() == ".csv":
            _write_table(painted, photos, file)
        else:
            write = write_svg if out.suffix.lower() == ".svg" else write_png
            write(painted, file, (lambda photo: _thumbnail(library, photos.get(photo))) if options.photos else None)
    if options.json:
        print_json({"map": str(out), "photos": len(layout.photos)})
    else:
        say(f"Map of {count_in_words(len(layout.photos), 'photo')}: {shown(str(out))}")
    return OK


def _thumbnail(library: Library, photo: Photo | None) -> bytes | None:
    return library.photos.thumbnail(photo) if photo else None


def _write_table(painted: "Painted", photos: dict[int, Photo], out: BinaryIO) -> None:
    """Lines of path,x,y,cluster: the number of the cluster, or nothing."""

    def rows() -> Iterator[Sequence[object]]:
        yield "path", "x", "y", "cluster"
        columns = painted.layout.photos.tolist(), painted.layout.places.tolist(), painted.clusters.tolist()
        for photo_id, (x, y), cluster in zip(*columns, strict=True):
            if photo := photos.get(photo_id):
                yield photo.path, round(x, 4), round(y, 4), cluster or ""

    write_rows(out, rows())


def _out(text: str) -> Path:
    file = Path(text)
    if file.suffix.lower() not in ENDINGS:
        raise argparse.ArgumentTypeError("a map is written as .png, .svg or .csv")
    return file
