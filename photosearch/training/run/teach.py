"""The job: from labels, or none, to a better encoder; it stops when asked to, and the same call goes on."""

import hashlib
import io
import shutil
import threading
from collections.abc import Collection, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from filelock import FileLock, Timeout
from PIL import Image
from torch import Tensor

from photosearch import __version__
from photosearch.encode.encoder import Encoder
from photosearch.errors import EncoderError, LibraryBusy
from photosearch.library import Library
from photosearch.library.learning.lessons import tell_left_out
from photosearch.models import Quality
from photosearch.own_files import FILE_MODE, make_folder
from photosearch.sentences import Sentence
from photosearch.settings import usable_cores
from photosearch.training.data.cache import Cache, fill_cache, side_of
from photosearch.training.data.dataset import Dataset, plan_dataset, plan_self_taught
from photosearch.training.data.views import CachedViews, ViewMakers
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor, MultiScale
from photosearch.training.networks.pooling import NetVLAD
from photosearch.training.run.events import Done, Event, Progress, Started, StopAsked, Stopped, paced
from photosearch.training.run.fit import read_state
from photosearch.training.run.learn import Learning
from photosearch.training.run.network import build_network, input_size_of, resized, see, start_netvlad
from photosearch.training.run.objective import check_objective, make_aim
from photosearch.training.run.packaging import calibrate_bundle, free_name, make_bundle, whiten
from photosearch.training.run.recipe import Recipe
from photosearch.training.run.validation import Validation, plan_validation

MOST_CALIBRATED = 600  # photos that were not learned from
LEAST_CALIBRATED = 150  # below which some that were learned from are added: rather a little too sure than nothing
TYPICAL = 200  # photos, from which the ranges of 8 bits are learned


@dataclass
class Job:
    """A run: what it has, and where it keeps it."""

    library: Library
    recipe: Recipe
    dataset: Dataset
    folder: Path
    stop: threading.Event
    processes: int
    serving: Path  # the bundle that serves when the run begins, whatever does later
    key: str  # what a checkpoint belongs to

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def state(self) -> dict[str, Any] | None:
        """The state in the checkpoint; None if there is none, or it belongs to another run."""
        state = read_state(self.checkpoint)
        return state if state and state["notes"].get("key") == self.key else None

    def thumbnail(self, number: int) -> bytes | None:
        """The JPEG of a photo of the dataset; None if it cannot be read any more."""
        photo_id = self.dataset.photo_ids[number]
        photo = self.library.photos.get([photo_id]).get(photo_id)
        return self.library.photos.thumbnail(photo) if photo else None


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
    check_objective(recipe, has_labels=labels is not None)
    folder = library.places.library / "training"
    make_folder(folder)
    with _only_run(folder):
        seed = recipe.seed
        dataset = plan_self_taught(library, seed) if labels is None else plan_dataset(library, labels, seed)
        processes = max(1, usable_cores() - 1) if processes is None else processes
        serving, key = library.bundles.folder(library.settings.encoder), _key(library, recipe, dataset)
        job = Job(library, recipe, dataset, folder, stop or threading.Event(), processes, serving, key)
        state = None if after == "afresh" else job.state()
        labelled = int((dataset.classes >= 0).sum()) if dataset.names else len(dataset.digests)
        yield Started(labelled, len(dataset.names), int(dataset.held_out.sum()), state["step"] if state else 0)
        if after == "finish" and not state:
            yield Stopped(0)
            return
        try:
            yield from _work(job, state, after == "finish")
        except StopAsked:
            kept = job.state()
            yield Stopped(kept["step"] if kept else 0)


def _work(job: Job, state: dict[str, Any] | None, finish: bool) -> Generator[Event]:
    recipe = job.recipe
    network = build_network(recipe, job.serving, recipe.training_size).eval()  # first, as its weights may not be here
    filling = fill_cache(job.folder, side_of(recipe.training_size), job.dataset.digests, job.thumbnail)
    cache = yield from paced("preparing", filling, job.stop)
    notes = tell_left_out(job.dataset.left_out)
    if without_picture := len(job.dataset.digests) - len(cache.digests):
        notes.append(Sentence("{count} photos were left out, as they cannot be read.", count=without_picture))
    job.dataset = job.dataset.only(cache.digests)
    validation = plan_validation(job.dataset, recipe.rerank)
    if isinstance(network.pooling, NetVLAD):
        start_netvlad(network, cache.open(), recipe)
    device: Literal["cpu", "cuda"] = (
        "cuda" if torch.cuda.is_available() and job.library.settings.device != "cpu" else "cpu"
    )
    network = network.to(device)
    pixels = cache.open()
    everything = np.arange(len(cache.digests))
    has_parts = isinstance(network.head, CopiesAndKinds)
    seeing = see(network, pixels, everything, recipe.training_size, pooled=not has_parts)
    start = yield from paced("measuring", seeing, job.stop)
    make = CachedViews(cache, recipe.augment, recipe.mix, recipe.repeated, recipe.training_size, recipe.seed)
    aim = make_aim(recipe, job.dataset, network, start)
    with ViewMakers(make, job.processes) as makers:
        learning = Learning(
            job.dataset,
            recipe,
            pixels,
            validation,
            network,
            aim,
            makers,
            job.checkpoint,
            job.stop,
            {"key": job.key},
            device,
        )
        network = yield from learning.learn(state, finish)
    yield from _finish(job, network, cache, validation, start, notes)


def _finish(
    job: Job,
    network: Descriptor,
    cache: Cache,
    validation: Validation,
    start: tuple[Tensor, ...],
    notes: list[Sentence],
) -> Generator[Event]:
    """Export, calibrate, measure before and after, and add the encoder to those of the library."""
    recipe, dataset, library = job.recipe, job.dataset, job.library
    yield Progress("exporting", 0, 3)
    size = input_size_of(recipe)
    if recipe.whitening != "none":
        learned = np.flatnonzero(~dataset.held_out)
        seeing = see(network, cache.open(), learned, recipe.training_size, pooled=True)
        (pooled,) = yield from paced("exporting", seeing, job.stop)
        try:
            whiten(network, recipe.whitening, pooled, dataset.classes[learned], recipe.dimension)
        except EncoderError as error:  # after all the training, an encoder without it is better than none
            notes.append(Sentence("The vectors were not whitened: {reason}", reason=error.sentence))
    network = resized(recipe, job.serving, network, size)
    if recipe.scales != (1.0,):
        network = MultiScale(network, recipe.scales)
    name = free_name(library.bundles, date.today())
    is_unseen = dataset.held_out | (bool(dataset.names) & (dataset.classes < 0))
    calm = np.flatnonzero(is_unseen)[:MOST_CALIBRATED]
    learned = np.setdiff1d(np.arange(len(dataset.classes)), calm)[: max(0, LEAST_CALIBRATED - len(calm))]
    jpegs = {int(number): jpeg for number in (*calm, *learned) if (jpeg := job.thumbnail(int(number)))}
    scratch = job.folder / "bundle"
    bundle = make_bundle(network, scratch, name, recipe, size, list(jpegs.values())[:TYPICAL])
    yield Progress("exporting", 1, 3)
    if sentence := calibrate_bundle(bundle, list(jpegs.values()), start[-1][list(jpegs)].numpy()):
        notes.append(sentence)
    yield Progress("exporting", 2, 3)
    before = yield from _measure(job, Encoder(job.serving, "cpu"), cache, validation)
    after = yield from _measure(job, Encoder(bundle, "cpu"), cache, validation)
    name = library.bundles.add(bundle).name  # in 8 bits it has another
    shutil.rmtree(scratch, ignore_errors=True)
    job.checkpoint.unlink(missing_ok=True)
    yield Progress("exporting", 3, 3)
    yield Done(name, before, after, after.map > before.map, notes)


def _measure(job: Job, encoder: Encoder, cache: Cache, validation: Validation) -> Generator[Event, None, Quality]:
    """The validation as the finished encoder meets it: on thumbnails, at its own size."""
    pixels = cache.open()

    def picture(number: int) -> Image.Image:
        jpeg = job.thumbnail(number)
        return Image.open(io.BytesIO(jpeg)).convert("RGB") if jpeg else Image.fromarray(pixels[number])

    card = encoder.bundle
    describing = validation.describe(picture, encoder.encode, card.input_size, card.resize, usable_cores())
    return validation.mark(*(yield from paced("measuring", describing, job.stop)))


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
