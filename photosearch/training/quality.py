"""The quality with which encoders find edited copies among other photos.

    python -m photosearch.training.quality PHOTOS_FOLDER BUNDLE_FOLDER…

The photos are those of PHOTOS_FOLDER that default_encoder, given the same folder, holds out from training.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.metrics import average_precision_score, precision_recall_curve

from photosearch.encode.encoder import Encoder
from photosearch.errors import FolderError, PhotosearchError
from photosearch.training.augmentations.edits import EDITS
from photosearch.training.data.descriptors import describe
from photosearch.training.photos import find_photos, split

ASKED_SHARE, DISTRACTOR_SHARE = 0.08, 0.25  # of the photos: 120 and 375 of 1,500
SEED = 1


@dataclass(frozen=True)
class CopyQuality:
    """In percent: `micro_ap` over all pairs by falling score, recall where 99 of 100 pairs are right, recall@1."""

    micro_ap: float
    recall_at_99: float
    recall_at_1: dict[str, float]  # by kind of edit


def measure_copies(encoder: Encoder, photos: Sequence[Path]) -> CopyQuality:
    """Search every kind of edit of the first of the files `photos` among the photos.

    The last quarter of the photos is left out of what is searched, and an edit of each is a query without an answer, as
    in Douze et al., "The 2021 image similarity dataset and challenge", 2021.
    """
    asked = max(1, round(len(photos) * ASKED_SHARE))
    searched = len(photos) - round(len(photos) * DISTRACTOR_SHARE)
    library = describe(encoder, photos[:searched], lambda photo, _: [photo])[:, 0]
    edits = describe(encoder, photos[:asked], all_edits).reshape(-1, library.shape[1])
    strangers = describe(encoder, photos[searched:], one_edit)[:, 0]
    return score_copies(library, edits, strangers, np.arange(len(photos)))


def score_copies(
    library: NDArray[np.float32],
    edits: NDArray[np.float32],
    strangers: NDArray[np.float32],
    places: NDArray[np.int64],
) -> CopyQuality:
    """The quality by unit vectors: of N photos searched, of `all_edits` of the first, of edits of M others.

    Two of the N + M photos that share a number in `places` are other shots of one place: an edit of one is neither
    right nor wrong to find the other, as junk in Radenović et al., "Revisiting Oxford and Paris", 2018.
    """
    scores = np.concatenate([edits, strangers]) @ library.T
    answers = np.arange(len(edits)) // len(EDITS)
    right = np.zeros(scores.shape, bool)
    right[np.arange(len(edits)), answers] = True
    sources = np.concatenate([answers, np.arange(len(library), len(places))])
    counted = right | (places[sources][:, None] != places[: len(library)])
    scores = np.where(counted, scores, -1)
    precision, recall, _ = precision_recall_curve(right[counted], scores[counted])
    found = (scores[: len(edits)].argmax(axis=1) == answers).reshape(-1, len(EDITS)).mean(axis=0)
    return CopyQuality(
        micro_ap=100 * float(average_precision_score(right[counted], scores[counted])),
        recall_at_99=100 * float(recall[precision >= 0.99].max()),
        recall_at_1={name: 100 * float(share) for name, share in zip(EDITS, found, strict=True)},
    )


def all_edits(photo: Image.Image, number: int) -> list[Image.Image]:
    """Each kind of edit of a photo, the same for its number."""
    return [edit(photo, np.random.default_rng((SEED, number, kind))) for kind, edit in enumerate(EDITS.values())]


def one_edit(photo: Image.Image, number: int) -> list[Image.Image]:
    """One edit of a photo that is not searched."""
    kind = number % len(EDITS)
    return [list(EDITS.values())[kind](photo, np.random.default_rng((SEED + 1, number)))]


def main() -> None:
    """Run the command; a line for each bundle, then recall@1 by kind of edit."""
    parser = argparse.ArgumentParser(prog="python -m photosearch.training.quality", description=__doc__)
    parser.add_argument("photos_folder", type=Path, help="just the folder that default_encoder learned from")
    parser.add_argument("bundles", type=Path, nargs="+", metavar="BUNDLE_FOLDER")
    arguments = parser.parse_args()
    try:
        held_out, _ = split(find_photos(arguments.photos_folder))
        if len(held_out) < len(EDITS):
            raise FolderError("There are too few photos in “{path}”.", path=str(arguments.photos_folder))
        for folder in arguments.bundles:
            encoder = Encoder(folder, "cpu")
            quality = measure_copies(encoder, held_out)
            print(f"{encoder.bundle.id}: {quality.micro_ap:.1f} µAP, {quality.recall_at_99:.1f} at 99 % precision")
            print("  recall@1: " + ", ".join(f"{name} {share:.0f}" for name, share in quality.recall_at_1.items()))
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")


if __name__ == "__main__":
    main()
