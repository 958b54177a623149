"""Libraries of any size without their photos: made-up descriptors, written straight into a catalog."""

from collections.abc import Iterable
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from photosearch.models import FoundFile
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction

BLOCK = 20_000


class Scenes:
    """Unit vectors as a library of photos gives them: themes, places of a theme, scenes of a place, shots of a scene.

    The constants are fitted to 5,946 real photos under the default encoder, 512 dimensions: how hard they make it for
    HNSW over 160 principal components to find the ten nearest with 10, 16, 32 and 64 candidates (recall 0.973, 0.989,
    0.998 and 1.000; here 0.975, 0.990, 0.997 and 0.999), what such a sketch tells of the squared distance of the 10th
    neighbour (median 0.72; here 0.68), and what share of all variance it has (0.85; here 0.78). The real ones have more
    shots of a scene: the cosine of the 10th neighbour is 0.57 in the median, here 0.37.
    """

    THEMES, PHOTOS_A_PLACE, PHOTOS_A_SCENE = 100, 30, 3
    SHARES = (0.2, 0.12, 0.15)  # of the variance, by theme, place and scene; the rest is the shot's own
    DECAYS = (40, 80, 150, 150)  # the variance of component i is exp(-i / decay), the same by theme, place, scene, shot

    def __init__(self, dimension: int, photos: int, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        spectra = np.exp(-np.arange(dimension) / np.array(self.DECAYS)[:, None])
        shares = np.array([*self.SHARES, 1 - sum(self.SHARES)])[:, None]
        self._scales = np.sqrt(shares * spectra / spectra.sum(axis=1, keepdims=True)).astype(np.float32)
        self._centres = np.zeros((1, dimension), np.float32)
        counts = (self.THEMES, photos // self.PHOTOS_A_PLACE, photos // self.PHOTOS_A_SCENE)
        for level, count in enumerate(counts):
            self._centres = self._near(max(1, count), level)

    def draw(self, count: int) -> NDArray[np.float32]:
        """float32[count,D] shots of random scenes, some more alike than others."""
        likeness = self._random.uniform(0.5, 1.5, (count, 1)).astype(np.float32)
        shots = self._near(count, len(self.SHARES), likeness)
        return shots / np.linalg.norm(shots, axis=1, keepdims=True)

    def _near(self, count: int, level: int, amount: NDArray[np.float32] | float = 1.0) -> NDArray[np.float32]:
        """float32[count,D] points around random centres."""
        centres = self._centres[self._random.integers(len(self._centres), size=count)]
        noise = self._random.standard_normal(centres.shape, np.float32)
        noise *= self._scales[level]
        noise *= amount
        centres += noise
        return centres


def fill(catalog: Catalog, encoder_id: int, files: Iterable[FoundFile], scenes: Scenes, first: int = 1) -> None:
    """Make `files` present, described photos, each of a content of its own, with ids from `first` on."""
    todo, connection = iter(files), catalog.connection
    while block := list(islice(todo, BLOCK)):
        numbers = range(first, first + len(block))
        first += len(block)
        with transaction(connection):
            connection.executemany(
                "INSERT INTO content (id, digest, format, width, height, sharpness) VALUES (?, ?, 'JPEG', 8, 8, 0)",
                ((number, number.to_bytes(32)) for number in numbers),
            )
            connection.executemany(
                "INSERT INTO photo (path, size_bytes, mtime_ns, state, content_id) VALUES (?, ?, ?, 'present', ?)",
                (
                    (file.path.encode(), file.size_bytes, file.mtime_ns, number)
                    for file, number in zip(block, numbers, strict=True)
                ),
            )
            connection.executemany(
                "INSERT INTO descriptor (encoder_id, content_id, vector) VALUES (?, ?, ?)",
                (
                    (encoder_id, number, vector.tobytes())
                    for number, vector in zip(numbers, scenes.draw(len(block)).astype(np.float16), strict=True)
                ),
            )
