"""From a picture of any shape to the square of pixels that an encoder takes."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Resize = Literal["squash", "pad", "crop"]
RESIZES: tuple[Resize, ...] = get_args(Resize)
PAD_GREY = (127, 127, 127)  # the network's zero: (x - 127) / 128


def fit(image: Image.Image, input_size: int, resize: Resize) -> NDArray[np.uint8]:
    """Return `image` (mode RGB) as uint8[input_size, input_size, 3].

    squash: both sides to `input_size`, the aspect is lost; pad: the long side to `input_size`, grey beside it;
    crop: the short side to `input_size`, the middle is kept.
    """
    side = (input_size, input_size)
    if resize == "squash":
        square = image.resize(side, Image.Resampling.BICUBIC, reducing_gap=2.0)
    else:
        longest, shortest = max(image.size), min(image.size)
        scale = input_size / (longest if resize == "pad" else shortest)
        scaled = image.resize(
            (max(1, round(image.width * scale)), max(1, round(image.height * scale))),
            Image.Resampling.BICUBIC,
            reducing_gap=2.0,
        )
        left, top = (scaled.width - input_size) // 2, (scaled.height - input_size) // 2
        if resize == "crop":
            square = scaled.crop((left, top, left + input_size, top + input_size))
        else:
            square = Image.new("RGB", side, PAD_GREY)
            square.paste(scaled, (-left, -top))
    return np.asarray(square)
