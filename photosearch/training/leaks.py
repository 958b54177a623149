"""Whether photos that measure an encoder are among those that it learned from, by their cosines.

    python -m photosearch.training.leaks TRAINING_FOLDER… --against FOLDER… [--encoder BUNDLE_FOLDER]

For each folder it prints the likeliest pairs: a photo of it, the nearest of the training photos, and their cosine.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photosearch.encode.encoder import Encoder
from photosearch.errors import PhotosearchError
from photosearch.training.data.descriptors import describe
from photosearch.training.networks.start import DEFAULT
from photosearch.training.photos import find_photos

SHOWN = 5  # pairs of a folder
AT_ONCE = 1000


def nearest_pairs(
    vectors: NDArray[np.float32], learned: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The highest cosine [n] of each of unit float[n, D] to unit float[N, D], and which row it is of [n]."""
    chunks = [vectors[start : start + AT_ONCE] @ learned.T for start in range(0, len(vectors), AT_ONCE)]
    return np.concatenate([each.max(axis=1) for each in chunks]), np.concatenate(
        [each.argmax(axis=1) for each in chunks]
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m photosearch.training.leaks", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("training", type=Path, nargs="+", metavar="TRAINING_FOLDER")
    parser.add_argument("--against", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--encoder", type=Path, default=DEFAULT, metavar="BUNDLE_FOLDER")
    parser.add_argument("--all", action="store_true", help="print the nearest of every photo")
    arguments = parser.parse_args()
    try:
        encoder = Encoder(arguments.encoder, "cpu")
        learned = [photo for folder in arguments.training for photo in find_photos(folder)]
        rows = describe(encoder, learned, lambda photo, _: [photo])[:, 0]
        for folder in arguments.against:
            photos = find_photos(folder)
            cosines, nearest = nearest_pairs(describe(encoder, photos, lambda photo, _: [photo])[:, 0], rows)
            print(
                f"{folder}: {len(photos):,} photos, at most {cosines.max():.3f}, in the middle {np.median(cosines):.3f}"
            )
            for number in np.argsort(-cosines)[: None if arguments.all else SHOWN]:
                print(f"  {cosines[number]:.3f}  {photos[number]}  {learned[nearest[number]]}")
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")


if __name__ == "__main__":
    main()
