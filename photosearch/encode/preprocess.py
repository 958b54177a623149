"""From a picture of any shape to the square of pixels that an encoder takes."""

from typing import get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.bundle import Resize

RESIZES: tuple[Resize, ...] = get_args(Resize)
PAD_GREY = (127, 127, 127)  # the network's zero: (x - 127) / 128


def fit(image: Image.Image, input_size: int, resize: Resize) -> NDArray[np.uint8]:
    """Return `image` (mode RGB) as uint8[input_size, input_size, 3].

    squash: both sides to `input_size`, the aspect is lost; pad: the long side to `input_size`, grey beside it;
    crop: the short side to `input_size`, the middle is kept.
    """
    side = (input_size, input_size)
    if resize == "pad":
        scale = input_size / max(image.size)
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        square = Image.new("RGB", side, PAD_GREY)
        corner = (input_size - size[0]) // 2, (input_size - size[1]) // 2
        square.paste(_resize(image, size), corner)
        return np.asarray(square)
    if resize == "crop":
        shortest = min(image.size)
        left, top = (image.width - shortest) // 2, (image.height - shortest) // 2
        image = image.crop((left, top, left + shortest, top + shortest))
    return np.asarray(_resize(image, side))


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
