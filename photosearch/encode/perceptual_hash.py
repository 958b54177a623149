"""A perceptual hash: 256 bits that copies of a whole picture share but for a few, however their tones were changed.

They are the signs of the lowest frequencies (DCT-II) of the grey picture, squashed; Zauner, "Implementation and
Benchmarking of Perceptual Image Hash Functions" (2010), compares them with their median instead. A mirror turns the
signs of odd frequencies, and swapping the sides swaps the frequencies: one hash tells those of all eight orientations.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE_PX, FREQUENCIES = 32, 16
HASH_BYTES = FREQUENCIES**2 // 8
LEAST_STRENGTH = 0.5  # of a frequency: flat areas must not match by rounding errors
_PLACES, _ORDERS = np.arange(SIDE_PX) + 0.5, np.arange(FREQUENCIES)
BASIS = (np.cos(np.pi / SIDE_PX * np.outer(_ORDERS, _PLACES)) * np.sqrt(2 / SIDE_PX)).astype(np.float32)
ODD_ACROSS = np.broadcast_to(_ORDERS % 2 == 1, (FREQUENCIES, FREQUENCIES))


def perceptual_hash(picture: Image.Image) -> bytes:
    """The hash of a picture of any size and mode."""
    grey = picture.convert("L").resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX)
    return hash_of_pixels(np.asarray(grey, np.float32))


def hash_of_pixels(grey: NDArray[np.float32]) -> bytes:
    """The hash of a grey picture [32,32]."""
    return np.packbits(BASIS @ grey @ BASIS.T > LEAST_STRENGTH).tobytes()


def orientations(hashes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Hashes uint8[n,32] of pictures as they are and after each turn and mirror: uint8[8,n,32]."""
    bits = np.unpackbits(hashes, axis=1).reshape(-1, FREQUENCIES, FREQUENCIES) > 0
    seen = [
        plain ^ (ODD_ACROSS & mirrored) ^ (ODD_ACROSS.T & flipped)
        for plain in (bits, bits.swapaxes(1, 2))
        for mirrored in (False, True)
        for flipped in (False, True)
    ]
    return np.packbits(np.stack(seen).reshape(8, len(hashes), FREQUENCIES**2), axis=2)


def distances(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The number of differing bits of hashes uint8[...,32]."""
    return np.bitwise_count((one ^ other).view(np.uint64)).sum(-1, dtype=np.int64)
