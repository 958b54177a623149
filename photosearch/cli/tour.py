"""A first look in the terminal: the sample photos are indexed and searched, and a contact sheet shows the answer."""

import io
from pathlib import Path

from photosearch.cli.contact_sheet import Cell, write_sheet
from photosearch.find.evaluation import read_groups
from photosearch.library import Library
from photosearch.models import Filter, Query
from photosearch.own_files import replace_file
from photosearch.paths import Places, resources, shown
from photosearch.terminal import count_in_words, run_job, say

LOOKALIKES = 5
QUESTIONS = 4


def run(places: Places) -> int:
    """Run the tour in a library of its own inside `places`; return the exit code."""
    samples = resources() / "samples" / "photos"
    say("Photosearch finds photos by what they show. Nothing leaves this computer, and no photo is ever changed.")
    say(f"\nThis is the tour, on the sample photos in {shown(str(samples))}")
    with Library(places.library / "tour") as library:
        summary = run_job(library.index([str(samples)]))
        say(
            f"\n1. Index: {count_in_words(summary.photos, 'photo')} in {summary.seconds:.1f} s."
            " Running it again reads only what has changed."
        )
        say("\n2. Lookalikes:")
        cells: list[Cell] = []
        for photo in _questions(samples):
            matches = library.similar(
                Query((str(photo),), only=Filter(folder=str(samples)), min_score=-1, limit=LOOKALIKES)
            )
            say(f"   {photo.relative_to(samples)}")
            for match in matches:
                say(f"     {match.score:.2f}  {match.relation:14}{Path(match.path).relative_to(samples.resolve())}")
            cells.append(Cell(library.photos.thumbnail_of_file(str(photo)), photo.name, "looks like …", is_query=True))
            cells += [
                Cell(library.photos.thumbnail(match), Path(match.path).name, f"{match.relation}, {match.score:.2f}")
                for match in matches
            ]
        sheet = places.library / "tour.jpg"
        drawn = io.BytesIO()
        write_sheet(cells, drawn, sheet.suffix)
        replace_file(sheet, drawn.getvalue())
        say(f"\n   The same as a contact sheet: {shown(str(sheet))}")
    say("\nYour own photos:  photosearch index FOLDER   and then   photosearch similar PHOTO")
    return 0


def _questions(samples: Path) -> list[Path]:
    """A few sample photos that have lookalikes, one a group."""
    paths, groups = read_groups(samples / "groups.csv")
    of_group = dict(zip(groups, paths, strict=True))
    askable = [Path(path) for group, path in of_group.items() if groups.count(group) > 1]
    return askable[:: max(1, len(askable) // QUESTIONS)][:QUESTIONS]
