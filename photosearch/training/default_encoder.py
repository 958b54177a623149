"""Rebuilding the default encoder: EfficientNet-Lite0, GeM, and a whitening learned from photos and edits of them.

    python -m photosearch.training.default_encoder PHOTOS_FOLDER OUT_FOLDER

OUT_FOLDER becomes an encoder bundle. The choices below were measured on photos that took no part in the fit.
"""

import argparse
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from photosearch.encode.bundle import Bundle
from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import Resize, fit
from photosearch.encode.whitening import fit_learned_whitening
from photosearch.errors import FolderError, PhotosearchError
from photosearch.training.backbones import BackboneName, EfficientNetLite
from photosearch.training.descriptor import Descriptor, whitening_layer
from photosearch.training.edits import edit
from photosearch.training.export import export_bundle
from photosearch.training.photos import find_photos, load_photo
from photosearch.training.pooling import GeM

BACKBONE: BackboneName = "efficientnet-lite0"
INPUT_SIZE = 224
RESIZE: Resize = "squash"
DIMENSION = 512
SHRINKAGE = 0.3
EDITS_PER_PHOTO = 2
SEED = 0

COMMAND = "python -m photosearch.training.default_encoder PHOTOS_FOLDER OUT_FOLDER"


def build_default_encoder(photos: Sequence[Path], folder: Path) -> Bundle:
    """Learn from the files `photos`, write the encoder bundle into `folder` and return what its card says.

    Raises FolderError if none of them can be read.
    """
    network = Descriptor(EfficientNetLite(BACKBONE, INPUT_SIZE), GeM())
    with tempfile.TemporaryDirectory() as plain:
        _export(network, Path(plain), f"{BACKBONE}-gem", "without whitening")
        vectors = describe_views(Encoder(Path(plain), "cpu"), photos)
    rows = np.arange(vectors.shape[0] * vectors.shape[1]).reshape(vectors.shape[:2])
    queries, positives = np.repeat(rows[:, 0], EDITS_PER_PHOTO), rows[:, 1:].ravel()
    mean, projection = fit_learned_whitening(vectors.reshape(rows.size, -1), queries, positives, SHRINKAGE)
    network.whitening = whitening_layer(mean, projection[:DIMENSION])
    recipe = (
        f"ImageNet weights of {BACKBONE}, GeM p=3, learned whitening from {len(queries)} pairs of a photo and an "
        f"edit of it, shrinkage {SHRINKAGE}, seed {SEED}"
    )
    return _export(network, folder, f"{BACKBONE}-gem-lw", recipe)


def describe_views(encoder: Encoder, photos: Sequence[Path]) -> NDArray[np.float32]:
    """Return float32[N, 1 + EDITS_PER_PHOTO, D], each photo before its edits; the unreadable are left out."""

    def describe(numbered: tuple[int, Path]) -> NDArray[np.float32] | None:
        number, path = numbered
        photo = load_photo(path)
        if photo is None:
            return None
        rng = np.random.default_rng((SEED, number))
        views = [photo, *(edit(photo, rng) for _ in range(EDITS_PER_PHOTO))]
        return encoder.encode(np.stack([fit(view, INPUT_SIZE, RESIZE) for view in views]))

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        described = tqdm(threads.map(describe, enumerate(photos)), "Describing photos", len(photos), unit="photo")
        vectors = [views for views in described if views is not None]
    if not vectors:
        raise FolderError("There is no readable photo to learn from.")
    return np.stack(vectors)


def _export(network: Descriptor, folder: Path, name: str, recipe: str) -> Bundle:
    return export_bundle(
        network,
        folder,
        name=name,
        input_size=INPUT_SIZE,
        resize=RESIZE,
        licence="Apache-2.0",
        made_with=f"{COMMAND}: {recipe}",
    )


def main() -> None:
    """Run the command; progress and errors go to stderr."""
    parser = argparse.ArgumentParser(prog=COMMAND.split(" PHOTOS")[0], description=(__doc__ or "").splitlines()[0])
    parser.add_argument("photos_folder", type=Path, help="photos to learn from, a few thousand or more")
    parser.add_argument("out_folder", type=Path, help="where the encoder bundle is written")
    arguments = parser.parse_args()
    try:
        bundle = build_default_encoder(find_photos(arguments.photos_folder), arguments.out_folder)
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")
    parser.exit(message=f"Written: {bundle.id}, {bundle.dimension} dimensions.\n")


if __name__ == "__main__":
    main()
