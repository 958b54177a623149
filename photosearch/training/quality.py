"""How well encoders find edited copies among other photos.

    python -m photosearch.training.quality PHOTOS_FOLDER BUNDLE_FOLDER…

The photos are those of PHOTOS_FOLDER that default_encoder holds out from training.
"""

import argparse
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.metrics import average_precision_score, precision_recall_curve

from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.errors import PhotosearchError
from photosearch.training.edits import EDITS
from photosearch.training.photos import find_photos, load_photo, split

EDITS_PER_PHOTO = 2
DISTRACTOR_SHARE = 0.25  # of the photos
CHUNK = 8
SEED = 1


@dataclass(frozen=True)
class CopyQuality:
    """In percent: `micro_ap` over all pairs by falling score, recall where 99 of 100 pairs are right, recall@1."""

    micro_ap: float
    recall_at_99: float
    recall_at_1: dict[str, float]  # by kind of edit


def measure_copies(encoder: Encoder, photos: Sequence[Path]) -> CopyQuality:
    """Search two edits of each of the files `photos` among the photos, all kinds of edit equally often.

    The last quarter of the photos is left out of what is searched, so that its edits are queries without an answer, as
    in Douze et al., "The 2021 image similarity dataset and challenge", 2021.
    """
    pictures = [photo for path in photos if (photo := load_photo(path))]
    library = pictures[: len(pictures) - round(len(pictures) * DISTRACTOR_SHARE)]
    kinds = np.arange(len(pictures) * EDITS_PER_PHOTO) % len(EDITS)

    def edited(number: int) -> Image.Image:
        change = list(EDITS.values())[kinds[number]]
        return change(pictures[number // EDITS_PER_PHOTO], np.random.default_rng((SEED, number)))

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        queries = list(threads.map(edited, range(len(kinds))))
    scores = encode_pictures(encoder, queries) @ encode_pictures(encoder, library).T
    answered = np.arange(len(library) * EDITS_PER_PHOTO)
    right = np.zeros(scores.shape, bool)
    right[answered, answered // EDITS_PER_PHOTO] = True
    found = scores[answered].argmax(axis=1) == answered // EDITS_PER_PHOTO
    precision, recall, _ = precision_recall_curve(right.ravel(), scores.ravel())
    return CopyQuality(
        micro_ap=100 * float(average_precision_score(right.ravel(), scores.ravel())),
        recall_at_99=100 * float(recall[precision >= 0.99].max()),
        recall_at_1={
            name: 100 * float(found[kinds[answered] == kind].mean())
            for kind, name in enumerate(EDITS)
            if kind in kinds[answered]
        },
    )


def encode_pictures(encoder: Encoder, pictures: Sequence[Image.Image]) -> NDArray[np.float32]:
    """Return unit float32[N, D] of pictures in mode RGB."""
    size, resize = encoder.bundle.input_size, encoder.bundle.resize

    def encode(start: int) -> NDArray[np.float32]:
        return encoder.encode(np.stack([fit(picture, size, resize) for picture in pictures[start : start + CHUNK]]))

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.concatenate(list(threads.map(encode, range(0, len(pictures), CHUNK))))


def main() -> None:
    """Run the command; a line for each bundle, then recall@1 by kind of edit."""
    parser = argparse.ArgumentParser(prog="python -m photosearch.training.quality", description=__doc__)
    parser.add_argument("photos_folder", type=Path, help="the photos that default_encoder learned from, and more")
    parser.add_argument("bundles", type=Path, nargs="+", metavar="BUNDLE_FOLDER")
    arguments = parser.parse_args()
    held_out, _ = split(find_photos(arguments.photos_folder))
    try:
        for folder in arguments.bundles:
            encoder = Encoder(folder, "cpu")
            quality = measure_copies(encoder, held_out)
            print(f"{encoder.bundle.id}: {quality.micro_ap:.1f} µAP, {quality.recall_at_99:.1f} at 99 % precision")
            print("  recall@1: " + ", ".join(f"{name} {share:.0f}" for name, share in quality.recall_at_1.items()))
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")


if __name__ == "__main__":
    main()
