"""The data used to compare a photo with others: its local features, and a small picture of it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.panels import find_panels
from photosearch.encode.perceptual_hash import SIDE_PX as GLANCE_PX
from photosearch.encode.perceptual_hash import hash_of_pixels, orientations

SIDE_PX = 256
FEATURES_PX = 224  # SIFT doubles it; larger finds no more copies and takes longer
LAYERS = 2  # of an octave; three find no more copies either
MOST = 250
LEAST_CONTRAST = 0.02  # half of OpenCV's: fog and skies have features too
LEAST_SIDE_PX = 16  # SIFT needs room
LEAST_SHRUNK_PX = 48
LEAST_NORM = 16.0  # of a picture whose pixels differ by half a level: flat areas must not match by noise
COLOUR_PX = 48
ROWS = 8  # of features that are multiplied in one go: for more, NumPy's BLAS wakes threads, which spin for longer
# A mirrored patch, seen along its mirrored direction: the rows of its 4 × 4 × 8 histogram swap, directions turn about.
MIRROR = np.arange(128).reshape(4, 4, 8)[::-1][:, :, -np.arange(8) % 8].reshape(128)

cv2.setNumThreads(1)  # photos are compared on threads of our own


@dataclass(frozen=True)
class Described:
    """A photo of H × W ≤ 256 × 256 pixels and its n ≤ 250 features, about 100 kB.

    Features take most of the time, and a pair that is seen to be the same at a glance needs none.
    """

    grey: NDArray[np.uint8]  # [H,W]
    glance: NDArray[np.float32]  # [32,32], the grey photo squashed, local contrast only; unit length, less if flat
    colours: NDArray[np.uint8]  # [48,48,3], the photo squashed
    hash: NDArray[np.uint8]  # [32], the perceptual hash
    panels: tuple["Panel", ...] = ()  # of a page of pictures

    @property
    def found(self) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Points [n,2], x and y in pixels of `grey`; features [n,128]: RootSIFT (Arandjelović & Zisserman, 2012)."""
        if "_found" not in self.__dict__:  # no cached_property: Python 3.11 computes those of all photos one by one
            self.__dict__["_found"] = _find_features(self.grey)
        return self.__dict__["_found"]

    @property
    def hashes(self) -> NDArray[np.uint8]:
        """The hash after each turn and mirror: [8,32]."""
        if "_hashes" not in self.__dict__:
            self.__dict__["_hashes"] = orientations(self.hash[None])[:, 0]
        return self.__dict__["_hashes"]


class Panel(NamedTuple):
    """A picture on a page; `matrix`, 3 × 3, takes pixels of its `grey` to those of the page."""

    seen: Described
    matrix: NDArray[np.float64]


def describe(thumbnail: NDArray[np.uint8], is_page: bool = False) -> Described:
    """Look at uint8[H,W,3], RGB, of any size from a pixel on; at the panels of a page as well."""
    small = shrink_to_side(thumbnail)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    squashed = np.asarray(cv2.resize(grey, (GLANCE_PX, GLANCE_PX), interpolation=cv2.INTER_AREA), np.float32)
    return Described(
        grey=np.asarray(grey, np.uint8),
        glance=_glance(squashed),
        colours=np.asarray(cv2.resize(small, (COLOUR_PX, COLOUR_PX), interpolation=cv2.INTER_AREA), np.uint8),
        hash=np.frombuffer(hash_of_pixels(squashed), np.uint8),
        panels=tuple(_panels(thumbnail, grey.shape)) if is_page else (),
    )


def _panels(page: NDArray[np.uint8], shape: tuple[int, ...]) -> Iterator[Panel]:
    """The panels of a page, which is of another `shape` where they are found in it."""
    across, down = shape[1] / page.shape[1], shape[0] / page.shape[0]
    for box in find_panels(np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)):
        seen = describe(page[box.top : box.bottom, box.left : box.right])
        height, width = seen.grey.shape
        wide, high = across * box.sides[0] / width, down * box.sides[1] / height  # pixels of the page
        left, top = across * box.left + (wide - 1) / 2, down * box.top + (high - 1) / 2  # of the first pixel's middle
        yield Panel(seen, np.array([[wide, 0, left], [0, high, top], [0, 0, 1]], np.float64))


def describe_jpeg(jpeg: bytes, is_page: bool = False) -> Described | None:
    """Look at a thumbnail as the cache holds it; None for a damaged one."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
            return describe(np.asarray(picture.convert("RGB")), is_page)
    except OSError:
        return None


def match(one: NDArray[np.float32], other: NDArray[np.float32], ratio: float = 0.9) -> tuple[NDArray[np.int64], ...]:
    """The rows of two sets of unit features that are nearest to each other, and clearly nearer than the next (Lowe)."""
    if min(len(one), len(other)) < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    scores = np.concatenate([one[row : row + ROWS] @ other.T for row in range(0, len(one), ROWS)])
    rows, nearest = np.arange(len(one)), scores.argmax(1)
    best, mutual = scores[rows, nearest], scores.argmax(0)[nearest] == rows
    scores[rows, nearest] = -1
    good = mutual & (1 - best < ratio**2 * (1 - scores.max(1)))  # 1 - cosine is half the square of the distance
    return rows[good], nearest[good]


def unit(features: NDArray[np.uint8], mirrored: bool = False) -> NDArray[np.float32]:
    """Features as float32[n,128] of unit length; mirrored, they are those of the photo in a mirror."""
    values = (features[:, MIRROR] if mirrored else features).astype(np.float32)
    return values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-6)


def shrink_to_side(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture of at most 256 pixels a side; of a panorama the short side is shrunk less."""
    height, width = picture.shape[:2]
    scale = SIDE_PX / max(height, width)
    if scale >= 1:
        return picture
    size = (
        max(round(width * scale), min(width, LEAST_SHRUNK_PX)),
        max(round(height * scale), min(height, LEAST_SHRUNK_PX)),
    )
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _find_features(grey: cv2.typing.MatLike) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    nothing = np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8)
    if min(grey.shape) < LEAST_SIDE_PX:
        return nothing
    scale = FEATURES_PX / SIDE_PX
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    sift = cv2.SIFT.create(nfeatures=MOST, nOctaveLayers=LAYERS, contrastThreshold=LEAST_CONTRAST)
    found, values = sift.detectAndCompute(small, None)
    if not found:
        return nothing
    found, values = found[:MOST], np.asarray(values[:MOST], np.float32)  # those alike in strength to the last come too
    root = np.sqrt(values / np.maximum(values.sum(1, keepdims=True), 1e-6))
    points = (np.asarray([point.pt for point in found]) + 0.5) / scale - 0.5
    return points.astype(np.float32), np.minimum(root * 510 + 0.5, 255).astype(np.uint8)


def _glance(squashed: NDArray[np.float32]) -> NDArray[np.float32]:
    contrast = cv2.GaussianBlur(squashed, (0, 0), 1) - cv2.GaussianBlur(squashed, (0, 0), 6)
    contrast -= contrast.mean()
    return np.asarray(contrast / max(LEAST_NORM, float(np.linalg.norm(contrast))), np.float32)
