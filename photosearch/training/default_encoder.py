"""Rebuilding the default encoder: EfficientNet-Lite0 that learned from photos, without labels, what stays in an edit.

    python -m photosearch.training.default_encoder PHOTOS_FOLDER OUT_FOLDER

OUT_FOLDER becomes an encoder bundle and OUT_FOLDER-int8 its twin in 8 bits. What is learned on the way is kept in
OUT_FOLDER-work, from where the command goes on if it was interrupted. The choices below were measured on photos that
took no part in training.
"""

import argparse
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge
from sklearn.preprocessing import normalize
from torch import Tensor
from tqdm import tqdm

from photosearch.encode.bundle import Bundle, write_card
from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import Resize
from photosearch.errors import FolderError, PhotosearchError
from photosearch.settings import usable_cores
from photosearch.training.backbones import BackboneName, EfficientNetLite
from photosearch.training.calibrate import calibrate
from photosearch.training.describe import describe
from photosearch.training.descriptor import CopiesAndKinds, Descriptor, linear_map
from photosearch.training.edits import edit
from photosearch.training.export import export_bundle
from photosearch.training.fit import Aim, Pace, Run, Views, read_state
from photosearch.training.losses import Batch, Sscd, direction_loss, with_memory
from photosearch.training.photos import find_photos, load_photo, split
from photosearch.training.pooling import GeM
from photosearch.training.quality import measure_copies
from photosearch.training.quantize import quantize_bundle
from photosearch.training.views import EditedViews, ViewMakers, shuffled
from photosearch.training.whitening import fit_learned_whitening

BACKBONE: BackboneName = "efficientnet-lite0"
FROZEN_BLOCKS = 5  # edges and textures serve as they are; to leave them alone triples the speed of training
INPUT_SIZE = 240  # finds more than 224 and takes 1.2 times as long
RESIZE: Resize = "squash"
COPIES_DIMENSION, KINDS_DIMENSION = 320, 192
KINDS_WEIGHT = 0.25  # the most that leaves 93 % of the copies found at 99 % precision
TEACHERS: dict[BackboneName, int] = {"efficientnet-lite0": 224, "efficientnet-lite2": 256}  # each with its input size
SHRINKAGE = 1.0
EDITS_PER_PHOTO = 2
TRAINING_SIZE = 160  # 2.2 times as many views in the same time as at INPUT_SIZE
HARD_FROM = 1000  # steps: by then the edited copies are told apart; harder views teach what a scene keeps
PACE = Pace(steps=2700, power_rate=1e-3)
PHOTOS_A_STEP = 40
MEMORY = 4080  # views of earlier steps to tell apart from, at least those of one step
TEMPERATURE = 0.05
ENTROPY_WEIGHT = 3.0
KINDS_LOSS_WEIGHT = 5.0
EVERY = 100  # steps, a checkpoint
PROCESSES = usable_cores()  # that edit photos; 0 for none but this one
TYPICAL_PHOTOS = 256  # from which the ranges of the activations are learned for 8 bits
SEED = 0

COMMAND = "python -m photosearch.training.default_encoder PHOTOS_FOLDER OUT_FOLDER"


def build_default_encoder(photos: Sequence[Path], folder: Path, work: Path) -> list[Bundle]:
    """Learn from the files `photos` and write two bundles, `folder` and, in 8 bits, the same name with -int8.

    What both cards say is returned. Raises FolderError if they are too few or one cannot be read any more.
    """
    held_out, learned = split(photos)
    if len(held_out) <= KINDS_DIMENSION:
        raise FolderError(f"These are {len(photos):,} photos, too few to learn from.")
    work = work / _name(photos)
    work.mkdir(parents=True, exist_ok=True)
    network, kinds = prepare(learned, work)
    views = EditedViews(learned, EDITS_PER_PHOTO, TRAINING_SIZE, SEED, HARD_FROM)
    network = _train(network, views, torch.from_numpy(kinds), work / "checkpoint.pt")
    backbone = EfficientNetLite(BACKBONE, INPUT_SIZE, FROZEN_BLOCKS)  # which pads as this size needs
    backbone.load_state_dict(network.backbone.state_dict())
    network.backbone = backbone
    _export(network, folder, f"{BACKBONE}-copies-and-kinds", INPUT_SIZE)
    small = folder.with_name(f"{folder.name}-int8")
    typical = (load_photo(path) for path in learned[:TYPICAL_PHOTOS])
    quantize_bundle(folder, small, [photo for photo in typical if photo])
    seen = see_kinds(held_out, work, "held-out")
    return [_measure(bundle, held_out, seen) for bundle in (folder, small)]


def prepare(photos: Sequence[Path], work: Path) -> tuple[Descriptor, NDArray[np.float32]]:
    """Return the network to train and the kinds of `photos`, float32[N, D2].

    Its head starts from a learned whitening and from the linear map that comes nearest to the kinds.
    """
    kinds = see_kinds(photos, work, "kinds")
    views = _kept(work / "views.npy", lambda: _describe(BACKBONE, TEACHERS[BACKBONE], photos, EDITS_PER_PHOTO))
    rows = np.arange(views.shape[0] * views.shape[1]).reshape(views.shape[:2])
    queries, positives = np.repeat(rows[:, 0], EDITS_PER_PHOTO), rows[:, 1:].ravel()
    vectors = views.reshape(rows.size, -1)
    mean, projection = fit_learned_whitening(vectors, queries, positives, SHRINKAGE)
    projection = projection[:COPIES_DIMENSION]
    projection /= np.linalg.norm((vectors - mean) @ projection.T, axis=1).mean()  # for the rate of learning to suit it
    nearest = Ridge(1.0).fit(vectors, np.repeat(kinds, views.shape[1], axis=0))
    to_kinds = linear_map(np.zeros(vectors.shape[1]), nearest.coef_)
    with torch.no_grad():
        to_kinds.bias.copy_(torch.from_numpy(nearest.intercept_))
    head = CopiesAndKinds(linear_map(mean, projection), to_kinds, KINDS_WEIGHT)
    backbone = EfficientNetLite(BACKBONE, TRAINING_SIZE, FROZEN_BLOCKS)
    return Descriptor(backbone, GeM(backbone.channels), head), kinds


class CopiesAndKindsAim(Aim):
    """Views of a photo are told from those of others, and point to where its kind is, unit float32[photos, D2]."""

    kinds: Tensor

    def __init__(self, dimension: int, kinds: Tensor) -> None:
        super().__init__()
        self.copies = with_memory(Sscd(dimension, 0, TEMPERATURE, ENTROPY_WEIGHT), dimension, MEMORY)
        self.register_buffer("kinds", kinds, persistent=False)

    def forward(self, network: Descriptor, average: Descriptor, views: Views) -> Tensor:
        assert isinstance(network.head, CopiesAndKinds)
        copies, kind = network.head.parts(network.pooled(views.pixels))
        told = self.copies(Batch(copies, views.labels, views.photos))
        return told + KINDS_LOSS_WEIGHT * direction_loss(kind, self.kinds[views.photos])


def _train(network: Descriptor, views: EditedViews, kinds: Tensor, checkpoint: Path) -> Descriptor:
    """Train, or go on from `checkpoint`, and return the average."""
    assert isinstance(network.head, CopiesAndKinds)
    aim = CopiesAndKindsAim(network.head.copies.out_features, kinds)
    run = Run(network, aim, PACE, "cuda" if torch.cuda.is_available() else "cpu")
    if (state := read_state(checkpoint)) is not None:
        run.load(state)
    jobs = [shuffled(step, len(views.photos), PHOTOS_A_STEP, SEED) for step in range(run.step, PACE.steps)]
    processes = min(PROCESSES, len(jobs))  # a finished run starts none
    with (
        tqdm(desc="Training", total=PACE.steps, initial=run.step, unit="step") as bar,
        ViewMakers(views, processes) as makers,
    ):
        for (_, numbers), pixels in zip(jobs, makers.make(jobs), strict=True):
            photos = torch.from_numpy(np.repeat(numbers, views.repeated))
            loss = run.take_step(Views(torch.from_numpy(pixels), torch.full_like(photos, -1), photos))
            bar.update()
            bar.set_postfix(loss=loss)
            if run.step % EVERY == 0 or run.step == PACE.steps:
                run.save(checkpoint)
    return run.finish()


def see_kinds(photos: Sequence[Path], work: Path, name: str) -> NDArray[np.float32]:
    """Return unit float32[N, D2], where photos of one kind are near to each other; kept in `work` as `name`.

    A kind is what both teachers, as they come from ImageNet, see in the plain photo: the principal components of their
    GeM descriptors.
    """

    def see() -> NDArray[np.float32]:
        seen = [_describe(teacher, size, photos, 0)[:, 0] for teacher, size in TEACHERS.items()]
        components = PCA(KINDS_DIMENSION, svd_solver="covariance_eigh").fit_transform(np.concatenate(seen, axis=1))
        return np.asarray(normalize(components), np.float32)

    return _kept(work / f"{name}.npy", see)


def _describe(teacher: BackboneName, size: int, photos: Sequence[Path], edits: int) -> NDArray[np.float32]:
    """Return the GeM descriptors float32[N, 1 + edits, C] of each photo and of edits of it."""

    def views(photo: Image.Image, number: int) -> list[Image.Image]:
        rng = np.random.default_rng((SEED, number))
        return [photo, *(edit(photo, rng) for _ in range(edits))]

    return describe(_teacher(teacher, size), photos, views)


@cache
def _teacher(name: BackboneName, size: int) -> Encoder:
    """What comes from ImageNet, with GeM; exported once, which takes seconds."""
    backbone = EfficientNetLite(name, size)
    with tempfile.TemporaryDirectory() as plain:
        _export(Descriptor(backbone, GeM(backbone.channels)), Path(plain), f"{name}-gem", size)
        return Encoder(Path(plain), "cpu")


def _export(network: Descriptor, folder: Path, name: str, size: int) -> None:
    export_bundle(network, folder, name=name, input_size=size, resize=RESIZE, licence="Apache-2.0", made_with=COMMAND)


def _measure(folder: Path, held_out: Sequence[Path], kinds: NDArray[np.float32]) -> Bundle:
    """Complete the card of the bundle in `folder` and return what it says."""
    encoder = Encoder(folder, "cpu")
    quality = measure_copies(encoder, held_out)
    bundle = replace(
        encoder.bundle,
        calibration=calibrate(encoder, held_out, kinds),
        quality={"copies_micro_ap": round(quality.micro_ap, 1), "copies_recall_at_99": round(quality.recall_at_99, 1)},
    )
    write_card(folder, bundle)
    return bundle


def _kept(file: Path, make: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return what `file` holds; where it is not there, make it and write it in one step."""
    if not file.exists():
        unfinished = file.with_suffix(".partial.npy")
        np.save(unfinished, make())
        os.replace(unfinished, file)
    return np.load(file)


def _name(photos: Sequence[Path]) -> str:
    """A name for what is learned from `photos`: other photos or other choices start afresh, only more steps do not."""
    choices = (BACKBONE, FROZEN_BLOCKS, INPUT_SIZE, RESIZE, COPIES_DIMENSION, KINDS_DIMENSION, TEACHERS, SHRINKAGE,
               EDITS_PER_PHOTO, TRAINING_SIZE, HARD_FROM, SEED, PHOTOS_A_STEP, MEMORY,
               TEMPERATURE, ENTROPY_WEIGHT, KINDS_LOSS_WEIGHT, replace(PACE, steps=0))  # fmt: skip
    text = repr(choices) + "".join(f"{path.name} {path.stat().st_size}\n" for path in photos)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def main() -> None:
    """Run the command; progress and errors go to stderr."""
    parser = argparse.ArgumentParser(prog=COMMAND.split(" PHOTOS")[0], description=(__doc__ or "").splitlines()[0])
    parser.add_argument("photos_folder", type=Path, help="photos to learn from, ten thousand or more")
    parser.add_argument("out_folder", type=Path, help="where the encoder bundle is written")
    arguments = parser.parse_args()
    out: Path = arguments.out_folder.absolute()
    try:
        bundles = build_default_encoder(find_photos(arguments.photos_folder), out, out.with_name(f"{out.name}-work"))
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")
    except KeyboardInterrupt:
        parser.exit(130, "Stopped; the same command goes on.\n")
    parser.exit(message="".join(f"Written: {bundle.id}, {bundle.quality}\n" for bundle in bundles))


if __name__ == "__main__":
    main()
