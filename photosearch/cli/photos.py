"""The commands that read and search photos: `index`, `similar`, `vectors` and `evaluate`."""

import time
from argparse import Namespace
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.models import Filter, Match, Query
from photosearch.paths import shown
from photosearch.terminal import OK, count_in_words, print_json, run_job, say, summary_as_json, tell_summary

if TYPE_CHECKING:
    from photosearch.ingest.machines import Machines

NOTHING_ALIKE = "Nothing in the library looks like this. (--min-score -1 shows what comes nearest.)"
NO_FOLDER = "No folder has been added yet: photosearch index FOLDER"


def index(library: Library, options: Namespace) -> int:
    with _machines(options) as machines:
        job = library.index(
            options.folders,
            recurse=not options.no_recurse,
            exclude=options.exclude,
            threads=options.threads,
            verify=options.verify,
            machines=machines,
        )
        summary = run_job(job)
    if options.json:
        print_json(summary_as_json(summary))
        return OK
    tell_summary(summary)
    if not library.folders():
        say(NO_FOLDER)
    return OK


def _machines(options: Namespace) -> "AbstractContextManager[Machines | None]":
    """The other machines that read and encode, if a scheduler is named."""
    if options.scheduler is None:
        return nullcontext()
    from photosearch.ingest.machines import Machines

    return closing(Machines(options.scheduler, dict(options.map or ())))


def similar(library: Library, options: Namespace) -> int:
    query = Query(
        photos=tuple(options.photos),
        without=tuple(options.without),
        region=options.region,
        only=Filter(options.folder, options.since, options.until, tuple(options.format), options.label),
        min_score=options.min_score,
        limit=options.limit,
        expand=options.expand,
        verify=options.verify,
    )
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
        results = [_as_json(match) for match in matches]
        print_json({"query": asdict(query), "results": results, "milliseconds": milliseconds})
        return OK
    for match in matches:
        notes = [note for note in (match.relation, match.state) if note not in ("lookalike", "present")]
        notes += [_agreeing(match.shared.details)] if match.shared else []
        say(f"{match.score:6.3f}  {shown(match.path)}" + (f"  ({', '.join(notes)})" if notes else ""))
    if not matches:
        say(NOTHING_ALIKE if library.folders() else NO_FOLDER)
    if waiting := library.waiting():
        say(f"Not searched, as this encoder has not seen them: {count_in_words(waiting, 'photo')}. photosearch index")
    if options.sheet:
        say(f"Contact sheet: {shown(str(options.sheet))}")
    return OK


def _agreeing(details: int) -> str:
    return f"{count_in_words(details, 'detail')} {'agrees' if details == 1 else 'agree'}"


def _as_json(match: Match) -> dict[str, object]:
    found = {"path": match.path, "score": round(match.score, 4), "relation": match.relation, "state": match.state}
    if match.shared is None:
        return dict(found)
    region = [round(share, 3) for share in match.shared.region]
    return {**found, "shared": {"details": match.shared.details, "region": region}}


def vectors(library: Library, options: Namespace) -> int:
    count = library.export_vectors(options.out, options.folder, force=options.force)
    text = f"{count_in_words(count, 'descriptor')} of “{library.bundle.name}” ({library.bundle.dimension} dimensions)"
    say(f"{text}: {shown(str(options.out))}")
    return OK


def evaluate(library: Library, options: Namespace) -> int:
    result = run_job(library.evaluate(options.groups, options.threads))
    if options.json:
        print_json(asdict(result))
        return OK
    judged = f"{count_in_words(result.photos, 'photo')} in {count_in_words(result.groups, 'group')}"
    say(f"{judged}: mAP {result.map:.2f}, recall@1 {result.recall_at_1:.2f}")
    return OK


def _require_formats(library: Library, formats: Sequence[str]) -> None:
    """Raise QueryError for a format that no photo has: its name is not always that of the files."""
    known = library.photos.formats() if formats else {}
    for name in formats:
        if name not in known:
            raise QueryError(f"No photo of the library is of the format “{name}”. It has: {', '.join(sorted(known))}.")


def _write_sheet(library: Library, query: Query, matches: list[Match], options: Namespace) -> None:
    from photosearch.cli.contact_sheet import Cell, write_sheet

    cells = [
        Cell(library.photos.thumbnail_of_file(path, region), Path(path).name, "the photo", is_query=True)
        for path, region in zip_longest(query.photos, [query.region])
    ]
    cells += [Cell(library.photos.thumbnail_of_file(path), Path(path).name, "without") for path in query.without]
    cells += [
        Cell(library.photos.thumbnail(match), Path(match.path).name, f"{match.relation}, {match.score:.3f}")
        for match in matches
    ]
    with library.output(options.sheet, "contact sheet", options.force) as out:
        write_sheet(cells, out, options.sheet.suffix)
