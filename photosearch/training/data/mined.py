"""Other shots of a scene among photos that nobody grouped: neighbours whose local features agree."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from photosearch.encode.encoder import Encoder
from photosearch.find.registration.verify import Described, describe, verify
from photosearch.models import Evidence
from photosearch.settings import usable_cores
from photosearch.training.data.descriptors import describe as describe_photos
from photosearch.training.networks.start import DEFAULT
from photosearch.training.photos import load_photo

NEIGHBOURS = 6
LEAST_SCORE = 0.5  # of the encoder that the program comes with
LEAST_INLIERS = 20
STILL = 0.04  # of a side, how far the corners of a fixed camera's frames may be apart


def mine_shots(photos: Sequence[Path]) -> NDArray[np.int64]:
    """Return pairs int64[P, 3] of the files `photos` by number; the third is 1 where a camera stood still between them.

    Raises FolderError if a photo cannot be read any more.
    """
    vectors = describe_photos(Encoder(DEFAULT, "cpu"), photos, lambda photo, _: [photo])[:, 0]
    pairs = _neighbours(vectors)

    def relate(pair: tuple[int, int]) -> int | None:
        one, other = (_look(photos[number]) for number in pair)
        verdict = verify(one, other)
        if verdict.tier is None or verdict.evidence is None:
            return None
        if verdict.tier != "similar":
            return 0
        if verdict.evidence.inliers < LEAST_INLIERS:
            return None
        return int(_is_still(verdict.evidence))

    with ThreadPoolExecutor(usable_cores()) as threads:
        kinds = list(tqdm(threads.map(relate, pairs), "Comparing neighbours", len(pairs), unit="pair", disable=None))
    found = [(*pair, kind) for pair, kind in zip(pairs, kinds, strict=True) if kind is not None]
    return np.array(found, np.int64).reshape(-1, 3)


def _neighbours(vectors: NDArray[np.float32]) -> list[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    for number, vector in enumerate(vectors):
        scores = vectors @ vector
        scores[number] = -1
        nearest = np.argsort(-scores)[:NEIGHBOURS]
        pairs |= {(min(number, int(each)), max(number, int(each))) for each in nearest[scores[nearest] > LEAST_SCORE]}
    return sorted(pairs)


def _look(file: Path) -> Described:
    photo = load_photo(file)
    return describe(np.asarray(photo) if photo else np.zeros((1, 1, 3), np.uint8))


def _is_still(evidence: Evidence) -> bool:
    """True if the other photo lies corner upon corner on the one."""
    corners = np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]], float)
    moved = corners @ np.array(evidence.transform).reshape(2, 3).T
    return not evidence.mirrored and bool(np.abs(moved - corners[:, :2]).max() < STILL)
