"""Descriptors of many photos and of views of them."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.errors import FolderError
from photosearch.training.photos import load_photo

Views = Callable[[Image.Image, int], Sequence[Image.Image]]


def describe(encoder: Encoder, photos: Sequence[Path | bytes], views: Views) -> NDArray[np.float32]:
    """Return unit float32[N, V, D]: the V pictures that `views` makes of each of N photos and its number.

    Photos are files, or the bytes of files. Raises FolderError if a photo cannot be read any more.
    """
    size, resize = encoder.bundle.input_size, encoder.bundle.resize

    def of_photo(number: int) -> NDArray[np.float32]:
        photo = load_photo(photos[number])
        if photo is None:
            raise FolderError("“{path}” cannot be read any more.", path=_name(photos[number]))
        return encoder.encode(np.stack([fit(view, size, resize) for view in views(photo, number)]))

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        rows = threads.map(of_photo, range(len(photos)))
        bar = tqdm(rows, f"Describing with {encoder.bundle.name}", len(photos), unit="photo", disable=None)
        return np.stack(list(bar))


def _name(photo: Path | bytes) -> str:
    return "a photo" if isinstance(photo, bytes) else str(photo)
