"""Rebuilding the default encoder: EfficientNet-Lite0 that learned from photos, without labels, what stays in an edit.

    python -m photosearch.training.default_encoder PHOTOS_FOLDER OUT_FOLDER [--shots FOLDER] [--start BUNDLE_FOLDER]
                                                   [--only WORD…] [--rounds N]

With --start it goes on from an encoder that it made before. With --only it learns from some of the photos, as where
others may not be used for anything. OUT_FOLDER becomes an encoder bundle and OUT_FOLDER-int8 its twin in 8 bits. What
is learned on the way is kept in OUT_FOLDER-work, from where the command goes on if it was interrupted. The choices
below were measured on photos that took no part in training.
"""

import argparse
import hashlib
import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge
from sklearn.preprocessing import normalize
from torch import Tensor
from torch.nn.functional import interpolate
from tqdm import tqdm

from photosearch.encode.bundle import Bundle, Resize, read_bundle, write_card
from photosearch.encode.encoder import Encoder
from photosearch.errors import FolderError, PhotosearchError
from photosearch.training.augmentations.album import VIEWS, Album, AlbumViews, read_album
from photosearch.training.data.mined import mine_shots
from photosearch.training.data.relations import Relations, meet, relate
from photosearch.training.data.shots import NO_SHOTS, Shots, read_shots, split_shots
from photosearch.training.export.calibrate import calibrate
from photosearch.training.export.export import Card, export_bundle
from photosearch.training.export.quantize import quantize_bundle
from photosearch.training.networks.averaging import average
from photosearch.training.networks.backbones import EfficientNetLite
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor, linear_map
from photosearch.training.networks.downloads import InstalledBackbone
from photosearch.training.networks.pooling import GeM
from photosearch.training.networks.start import load_start
from photosearch.training.networks.whitening import fit_learned_whitening
from photosearch.training.objectives.aim import Views
from photosearch.training.objectives.copies import CopiesAndKindsAim, Weights
from photosearch.training.photos import find_photos, load_photo, split
from photosearch.training.quality import measure_copies
from photosearch.training.run.fit import Pace, Run, read_state

BACKBONE: InstalledBackbone = "efficientnet-lite0"
FROZEN_BLOCKS = 5  # edges and textures serve as they are; to leave them alone speeds training up by half
INPUT_SIZE = 240  # finds more than 224 and takes 1.2 times as long
RESIZE: Resize = "squash"
COPIES_DIMENSION, KINDS_DIMENSION = 320, 192
KINDS_WEIGHT = 0.3
OWN_SHARE = 0.5  # of the weights, where they are averaged with those that it started from
ALIGNED = 640  # photos by which the heads of both are turned alike
TEACHERS: dict[InstalledBackbone, int] = {"efficientnet-lite0": 224, "efficientnet-lite2": 256}  # with its input size
SHRINKAGE = 1.0
WHITENED = 4000  # photos from whose views the head starts
ALBUM_SIDE = 288  # pixels that photos are kept at to learn from
PHOTOS_A_STEP = {"cpu": 40, "cuda": 256}  # a CPU's memory holds no more; the more there are, the better
AVERAGED_STEPS = 20  # a run's share of steps that the average looks back on is one of so many
TEMPERATURE = 0.04
EVERY = 100  # steps, a checkpoint
SEEN_AT_ONCE = {"cpu": 8, "cuda": 128}  # photos: the early maps of more of them fall out of a core's cache
TYPICAL_PHOTOS = 256  # from which the ranges of the activations are learned for 8 bits
SEED = 0


class Course(NamedTuple):
    """A training: how often it meets each photo, in three views, at which rates, and what the parts of its loss count.

    The steps of `pace` follow from the rounds and the photos.
    """

    rounds: int
    pace: Pace
    weights: Weights


# In twice as many rounds photos are learned by heart, and others found less.
FROM_IMAGENET = Course(
    34, Pace(steps=0, power_rate=1e-3, decay_share=0.5), Weights(entropy=10.0, kinds=8.0, scenes=0.5, frame=20.0)
)
ONWARD = Course(
    11,
    Pace(steps=0, rate=1e-4, head_rate=3e-4, power_rate=3e-4, warmup_steps=50, decay_share=0.8),
    Weights(entropy=6.0, kinds=20.0, scenes=1.0, frame=20.0),
)

COMMAND = "python -m photosearch.training.default_encoder PHOTOS_FOLDER OUT_FOLDER"
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def build_default_encoder(
    learned: Sequence[Path], held_out: Sequence[Path], grouped: Shots, start: Path | None, course: Course, folder: Path
) -> list[Bundle]:
    """Learn from the files `learned` and `grouped`; write two bundles, `folder` and, in 8 bits, its name with -int8.

    Where there is the bundle `start`, of the same network, it learns on, and the weights before and after are averaged.
    What both cards say is returned, measured on the files `held_out`. Raises FolderError if the photos are too few or
    one cannot be read any more, EncoderError if `start` is of another network.
    """
    if min(len(held_out), len(learned)) <= KINDS_DIMENSION:  # other shots alone tell neither kinds nor ranges
        raise FolderError("Too few photos to learn from: {count}.", count=len(held_out) + len(learned))
    work = folder.with_name(f"{folder.name}-work") / _name([*learned, *grouped.photos], start, course)
    work.mkdir(parents=True, exist_ok=True)
    album = _open_album([*learned, *grouped.photos], work, "photos")
    mined = _kept(work / "mined.npy", lambda: mine_shots(learned))
    relations = relate_all(len(learned), grouped, mined)
    kinds = _kept(work / "kinds.npy", lambda: see_kinds(album))
    begun = load_start(start, INPUT_SIZE, FROZEN_BLOCKS) if start else prepare(album, kinds)
    network = _learn(begin(begun, kinds, relations, course), album, relations, work / "checkpoint.pt")
    if start:
        network = _average(network, start, album)
    _export(network, folder, f"{BACKBONE}-copies-and-kinds", INPUT_SIZE)
    small = folder.with_name(f"{folder.name}-int8")
    typical = (load_photo(path) for path in learned[:TYPICAL_PHOTOS])
    quantize_bundle(folder, small, [photo for photo in typical if photo])
    seen = _kept(work / "held-out.npy", lambda: see_kinds(_open_album(held_out, work, "held-out-photos")))
    return [_measure(bundle, held_out, seen) for bundle in (folder, small)]


def relate_all(ungrouped: int, shots: Shots, mined: NDArray[np.int64]) -> Relations:
    """Return the relations of `ungrouped` photos, of which pairs were `mined`, and of those of `shots` behind them."""
    families = np.concatenate([np.arange(ungrouped), ungrouped + shots.families])
    cameras = mined[:, 2].astype(bool)
    return relate(families, ungrouped + shots.pairs, shots.scenes, mined[~cameras, :2], mined[cameras, :2])


def prepare(album: Album, kinds: NDArray[np.float32]) -> Descriptor:
    """Return the network to train for the photos of `album`, whose kinds are unit float32[N, D2].

    Its head starts from a learned whitening of views and from the linear map that comes nearest to the kinds.
    """
    backbone = EfficientNetLite(BACKBONE, INPUT_SIZE, FROZEN_BLOCKS)
    network = _to_look(Descriptor(backbone, GeM(backbone.channels)))
    maker = AlbumViews(album, INPUT_SIZE, SEED, torch.device(DEVICE))
    numbers = np.random.default_rng(SEED).permutation(len(kinds))[:WHITENED]
    chunks = np.array_split(numbers, -(-len(numbers) // SEEN_AT_ONCE[DEVICE]))
    with torch.inference_mode():
        seen = [network.pooled(maker.make(step, some)).cpu() for step, some in enumerate(chunks)]
    vectors = torch.cat(seen).numpy()
    rows = np.arange(len(vectors)).reshape(-1, VIEWS)
    mean, projection = fit_learned_whitening(vectors, np.repeat(rows[:, 0], VIEWS - 1), rows[:, 1:].ravel(), SHRINKAGE)
    projection = projection[:COPIES_DIMENSION]
    projection /= np.linalg.norm((vectors - mean) @ projection.T, axis=1).mean()  # for the rate of learning to suit it
    nearest = Ridge(1.0).fit(vectors, np.repeat(kinds[numbers], VIEWS, axis=0))
    to_kinds = linear_map(np.zeros(vectors.shape[1]), nearest.coef_)
    with torch.no_grad():
        to_kinds.bias.copy_(torch.from_numpy(nearest.intercept_))
    network.head = CopiesAndKinds(linear_map(mean, projection), to_kinds, KINDS_WEIGHT)
    return network


def _learn(run: Run, album: Album, relations: Relations, checkpoint: Path) -> Descriptor:
    """Train, or go on from `checkpoint`, and return the average of the weights."""
    if (state := read_state(checkpoint)) is not None:
        run.load(state)
    if DEVICE == "cuda":
        run.network.backbone.compile()  # fuses what would pass through memory again and again
    steps = run.pace.steps
    with tqdm(desc="Training", total=steps, initial=run.step, unit="step") as bar:
        for loss in train(run, album, relations):
            bar.update()
            bar.set_postfix(loss=loss)
            if run.step % EVERY == 0 or run.step == steps:
                run.save(checkpoint)
    return run.finish()


def _average(network: Descriptor, start: Path, album: Album) -> Descriptor:
    """Average with the network of the bundle `start`, by what both see in some photos."""
    theirs = load_start(start, INPUT_SIZE, FROZEN_BLOCKS)
    count = min(ALIGNED, len(album.pixels))
    numbers = torch.from_numpy(np.random.default_rng(SEED).permutation(len(album.pixels))[:count])
    pixels = album.pixels[numbers.to(album.pixels.device)]
    own_pooled, their_pooled = (_pool(_to_look(each), pixels, INPUT_SIZE) for each in (network, theirs))
    return average(network.cpu(), theirs.cpu(), OWN_SHARE, own_pooled, their_pooled)


def begin(network: Descriptor, kinds: NDArray[np.float32], relations: Relations, course: Course) -> Run:
    """Return a training of `network` at its first step."""
    assert isinstance(network.head, CopiesAndKinds)
    dimension = network.head.copies.out_features
    steps = max(1, course.rounds * len(kinds) // PHOTOS_A_STEP[DEVICE])
    pace = replace(course.pace, steps=steps, average_decay=max(0.0, 1 - AVERAGED_STEPS / steps))
    aim = CopiesAndKindsAim(dimension, torch.from_numpy(kinds), relations, TEMPERATURE, course.weights)
    return Run(network, aim, pace, DEVICE)


def train(run: Run, album: Album, relations: Relations) -> Generator[float]:
    """Take the steps that are left and yield the loss of each."""
    maker = AlbumViews(album, INPUT_SIZE, SEED, torch.device(DEVICE))
    while run.step < run.pace.steps:
        numbers, scenes = meet(run.step, relations, PHOTOS_A_STEP[DEVICE], SEED)
        pixels = maker.make(run.step, numbers)
        photos, labels = (torch.from_numpy(np.repeat(each, VIEWS)) for each in (numbers, scenes))
        yield run.take_step(Views(pixels, labels, photos))


def see_kinds(album: Album) -> NDArray[np.float32]:
    """Return unit float32[N, D2], where photos of one kind are near to each other.

    A kind is what both teachers, as they come from ImageNet, see in the plain photo: the principal components of their
    GeM descriptors.
    """
    seen = [_describe(album, teacher, size) for teacher, size in TEACHERS.items()]
    components = PCA(KINDS_DIMENSION, svd_solver="covariance_eigh").fit_transform(np.concatenate(seen, axis=1))
    return np.asarray(normalize(components), np.float32)


def _describe(album: Album, teacher: InstalledBackbone, size: int) -> NDArray[np.float32]:
    backbone = EfficientNetLite(teacher, size)
    network = _to_look(Descriptor(backbone, GeM(backbone.channels)))
    return _pool(network, album.pixels, size).numpy()


def _to_look(network: Descriptor) -> Descriptor:
    """The network on the device, not in training, in the order that a CPU is fastest with (see `Run`)."""
    return cast(Any, network).to(DEVICE, memory_format=torch.channels_last).eval()


def _pool(network: Descriptor, photos: Tensor, size: int) -> Tensor:
    """The input of the head for plain photos uint8[N, 3, S, S] at `size` pixels: unit float32[N, C]."""
    seen: list[Tensor] = []
    with torch.no_grad():
        for some in tqdm(photos.split(SEEN_AT_ONCE[DEVICE]), "Looking at photos", unit="step", disable=None):
            pixels = interpolate(some.to(DEVICE).float(), (size, size), mode="bilinear", antialias=True)
            seen.append(network.pooled(pixels.permute(0, 2, 3, 1)).float().cpu())
    return torch.cat(seen)


def _open_album(photos: Sequence[Path], work: Path, name: str) -> Album:
    """The photos as pixels, read once and kept in `work`; on a GPU all of them are held in its memory."""
    file, aspects_file = work / f"{name}.npy", work / f"{name}-aspects.npy"
    if not aspects_file.exists():
        pixels, aspects = read_album(photos, ALBUM_SIDE)
        _keep(file, pixels)
        _keep(aspects_file, aspects)
    pixels = np.load(file, mmap_mode="c")
    return Album(torch.from_numpy(pixels).to(DEVICE), np.load(aspects_file))


def _export(network: Descriptor, folder: Path, name: str, size: int) -> None:
    export_bundle(network, folder, Card(name, RESIZE, "Apache-2.0", COMMAND), size)


def _measure(folder: Path, held_out: Sequence[Path], kinds: NDArray[np.float32]) -> Bundle:
    """Complete the card of the bundle in `folder` and return what it says."""
    encoder = Encoder(folder, "cpu")
    quality = measure_copies(encoder, held_out)
    bundle = replace(
        encoder.bundle,
        calibration=calibrate(encoder, held_out, kinds),
        kinds_from=COPIES_DIMENSION,
        quality={"copies_micro_ap": round(quality.micro_ap, 1), "copies_recall_at_99": round(quality.recall_at_99, 1)},
    )
    write_card(folder, bundle)
    return bundle


def _kept(file: Path, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
    """Return what `file` holds; where it is not there, make it and write it in one step."""
    if not file.exists():
        _keep(file, make())
    return np.load(file)


def _keep(file: Path, rows: NDArray[Any]) -> None:
    unfinished = file.with_suffix(".partial.npy")
    np.save(unfinished, rows)
    os.replace(unfinished, file)


def _name(photos: Sequence[Path], start: Path | None, course: Course) -> str:
    """A name for what is learned from `photos` after `start`: other photos or other choices start afresh."""
    choices = (BACKBONE, FROZEN_BLOCKS, INPUT_SIZE, COPIES_DIMENSION, KINDS_DIMENSION, TEACHERS, SHRINKAGE, WHITENED,
               ALBUM_SIDE, PHOTOS_A_STEP, AVERAGED_STEPS, TEMPERATURE, SEED,
               course, read_bundle(start).sha256 if start else None)  # fmt: skip
    text = repr(choices) + "".join(f"{path.name} {path.stat().st_size}\n" for path in photos)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def main() -> None:
    """Run the command; progress and errors go to stderr."""
    parser = argparse.ArgumentParser(prog=COMMAND.split(" PHOTOS")[0], description=(__doc__ or "").splitlines()[0])
    parser.add_argument("photos_folder", type=Path, help="photos to learn from, ten thousand or more")
    parser.add_argument("out_folder", type=Path, help="where the encoder bundle is written")
    parser.add_argument("--shots", type=Path, help="a folder of other shots of scenes, with groups.csv and pairs.csv")
    parser.add_argument(
        "--start", type=Path, metavar="BUNDLE_FOLDER", help="an encoder that this command made, to go on from"
    )
    parser.add_argument("--only", nargs="+", metavar="WORD", help="learn only from files whose names begin with a word")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often to meet each photo")
    arguments = parser.parse_args()
    if arguments.rounds is not None and arguments.rounds < 1:
        parser.error("--rounds: a number from 1 on is needed")
    out: Path = arguments.out_folder.absolute()
    try:
        _, shots = split_shots(read_shots(arguments.shots) if arguments.shots else NO_SHOTS)
        held_out, learned = split(find_photos(arguments.photos_folder))
        if words := tuple(arguments.only or ()):
            learned = [photo for photo in learned if photo.name.startswith(words)]
            shots = shots.take(np.flatnonzero([photo.name.startswith(words) for photo in shots.photos]))
        course = ONWARD if arguments.start else FROM_IMAGENET
        course = course._replace(rounds=arguments.rounds or course.rounds)
        bundles = build_default_encoder(learned, held_out, shots, arguments.start, course, out)
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")
    except KeyboardInterrupt:
        parser.exit(130, "Stopped; the same command goes on.\n")
    parser.exit(message="".join(f"Written: {bundle.id}, {bundle.quality}\n" for bundle in bundles))


if __name__ == "__main__":
    main()
