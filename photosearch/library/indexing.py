"""The indexing of a library: a run over its folders, and everything that is made of the photos that it added."""

from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING

from photosearch.act.recovery import recover
from photosearch.find.hashes import hash_thumbnails
from photosearch.find.panels import describe_panels
from photosearch.ingest.pipeline import index as index_folders
from photosearch.ingest.sweep import Scope
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.models import Progress, Summary
from photosearch.store.vectors import YOUNG_LIMIT

if TYPE_CHECKING:
    from photosearch.ingest.machines import Machines
    from photosearch.library import Library

__all__ = ["Scope", "describe_new_panels", "index"]


def index(
    library: "Library", scope: Scope, threads: int, machines: "Machines | None"
) -> Generator[Progress, None, Summary]:
    """See `Library.index`."""
    with library.sole_writer() as waiting:
        yield from waiting
        recover(library.catalog)  # files may be on their way, between two names
        active = library.encoders.active
        due = YOUNG_LIMIT  # doubled each time: a long first run is searched quickly, and little is written twice
        job = index_folders(library.catalog, library.thumbnails, lambda: active.encoder, scope, machines or threads)
        with closing(job):
            while True:
                try:
                    progress = next(job)
                except StopIteration as end:
                    summary: Summary = end.value
                    break
                yield progress
                if progress.stage == "indexing" and progress.done >= due:
                    due *= 2
                    yield from active.vectors.extend(threads)
        yield from active.vectors.extend(threads)
        yield from hash_thumbnails(library.catalog, library.thumbnails.get, threads)
        summary = yield from library.encoders.take_over(summary, library.thumbnails, threads)
        yield from describe_new_panels(library, library.encoders.active, threads)
        return summary


def describe_new_panels(library: "Library", by: ActiveEncoder, threads: int) -> Generator[Progress]:
    """Describe the panels of the photos that this encoder has described since the last run."""
    encoder_id = library.catalog.encoder_id(by.bundle.id)
    yield from describe_panels(library.catalog, encoder_id, lambda: by.encoder, library.thumbnails.get, threads)
