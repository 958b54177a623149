"""What a run of teaching does, once it is known from what: train, export, calibrate, and measure before and after."""

import io
import shutil
from collections.abc import Generator
from datetime import date
from typing import Literal

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from photosearch.encode.encoder import Encoder
from photosearch.errors import EncoderError
from photosearch.library.learning.lessons import tell_left_out
from photosearch.models import Quality
from photosearch.sentences import Sentence
from photosearch.settings import usable_cores
from photosearch.training.data.cache import Cache, fill_cache, side_of
from photosearch.training.data.views import CachedViews, ViewMakers
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor, MultiScale
from photosearch.training.networks.pooling import NetVLAD
from photosearch.training.run.events import Done, Event, Progress, paced
from photosearch.training.run.fit import read_state
from photosearch.training.run.job import Job
from photosearch.training.run.learn import Learning
from photosearch.training.run.network import build_network, input_size_of, resized, see, start_netvlad
from photosearch.training.run.objective import make_aim
from photosearch.training.run.packaging import calibrate_bundle, free_name, make_bundle, whiten
from photosearch.training.run.validation import Validation, plan_validation

MOST_CALIBRATED = 600  # photos that were not learned from
LEAST_CALIBRATED = 150  # below which some that were learned from are added: rather a little too sure than nothing
TYPICAL = 200  # photos, from which the ranges of 8 bits are learned


def work(job: Job, step: int, finish: bool) -> Generator[Event]:
    """Train from the checkpoint at `step`, if that is not 0; `finish`: take no further step from there.

    Raises StopAsked once the job's `stop` is set, EncoderError if the network or the checkpoint cannot be had.
    """
    recipe = job.recipe
    state = read_state(job.checkpoint) if step else None
    if step and state is None:
        raise EncoderError("This version of PyTorch cannot read what an earlier run learned; --fresh discards it.")
    network = build_network(recipe, job.serving, recipe.training_size).eval()  # first, as its weights may not be here
    filling = fill_cache(job.folder, side_of(recipe.training_size), job.dataset.digests, job.thumbnail)
    cache = yield from paced("preparing", filling, job.stop)
    notes = tell_left_out(job.dataset.left_out)
    if without_picture := len(job.dataset.digests) - len(cache.digests):
        notes.append(Sentence("Photos that were left out, as they cannot be read: {count}.", count=without_picture))
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
