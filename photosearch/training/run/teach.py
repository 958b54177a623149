"""The job: from labels, or none, to a better encoder; it stops when asked to, and the same call goes on."""

import hashlib
import threading
from collections.abc import Collection, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from photosearch import __version__
from photosearch.errors import LibraryBusy
from photosearch.library import Library
from photosearch.own_files import FILE_MODE, make_folder
from photosearch.settings import usable_cores
from photosearch.training.data.dataset import Dataset, plan_dataset, plan_self_taught
from photosearch.training.run.events import Event, Progress, Started, StopAsked, Stopped
from photosearch.training.run.job import Job
from photosearch.training.run.recipe import Recipe, check_recipe

After = Literal["go on", "afresh", "finish"]


def teach(
    library: Library,
    recipe: Recipe,
    labels: Collection[str] | None = (),
    *,
    after: After = "go on",
    stop: threading.Event | None = None,
    processes: int | None = None,
) -> Generator[Event]:
    """Teach an encoder and add it to the library's; the last event is Done, or Stopped once `stop` is set.

    `labels`: those to learn from; empty: all of them; None: learn without labels. `after` a run that was stopped, go
    on with what it left, forget it, or make an encoder of it as it is, if there is any. `processes` make the views; 0:
    this one. Raises QueryError for too little to learn from, LibraryBusy while another run is under way.
    """
    check_recipe(recipe, has_labels=labels is not None)
    folder = library.places.library / "training"
    make_folder(folder)
    with _only_run(folder):
        seed = recipe.seed
        dataset = plan_self_taught(library, seed) if labels is None else plan_dataset(library, labels, seed)
        processes = max(1, usable_cores() - 1) if processes is None else processes
        serving, key = library.bundles.folder(library.settings.encoder), _key(library, recipe, dataset)
        job = Job(library, recipe, dataset, folder, stop or threading.Event(), processes, serving, key)
        step = 0 if after == "afresh" else job.step()
        labelled = int((dataset.classes >= 0).sum()) if dataset.names else len(dataset.digests)
        yield Started(labelled, len(dataset.names), int(dataset.held_out.sum()), step)
        if after == "finish" and not step:
            yield Stopped(0)
            return
        yield Progress("preparing", 0, 0)
        from photosearch.training.run.work import work  # torch takes seconds to load: not before something was told

        try:
            yield from work(job, step, after == "finish")
        except StopAsked:
            yield Stopped(job.step())


def _key(library: Library, recipe: Recipe, dataset: Dataset) -> str:
    """The identity of a checkpoint: the program, the recipe, the active encoder, and the training data."""
    pairs = zip(dataset.digests, dataset.classes.tolist(), strict=True)
    labels = sorted((digest.hex(), label) for digest, label in pairs if label >= 0)
    text = repr((__version__, recipe, library.bundle.id, dataset.names, labels))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


@contextmanager
def _only_run(folder: Path) -> Generator[None]:
    lock = FileLock(folder / "lock", 0, FILE_MODE)
    try:
        lock.acquire()
    except Timeout:
        raise LibraryBusy("An encoder is being taught in this library already.") from None
    try:
        yield
    finally:
        lock.release()
