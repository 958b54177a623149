"""Which frequencies a picture holds: an enlarged one has none of those that its small original could not carry."""

import numpy as np
from numpy.typing import NDArray

SIDE = 1024  # px of the middle of a picture that are looked at, at most
BINS = 64  # rings from no frequency to the Nyquist frequency


def radial_spectrum(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """float32[BINS]: mean power of the grey middle of uint8[H,W,3], from frequency 0 up to half a cycle a pixel."""
    height, width = (min(SIDE, side) for side in pixels.shape[:2])
    top, left = (pixels.shape[0] - height) // 2, (pixels.shape[1] - width) // 2
    grey = pixels[top : top + height, left : left + width].mean(axis=2, dtype=np.float32)
    window = np.hanning(height)[:, None] * np.hanning(width)  # else the edges of the cut ring at all frequencies
    power = np.abs(np.fft.rfft2((grey - grey.mean()) * window.astype(np.float32))) ** 2
    radius = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width))
    ring = np.minimum((radius * 2 * BINS).astype(int), BINS)  # the corners, beyond half a cycle, in one of their own
    sums = np.bincount(ring.ravel(), power.ravel(), BINS + 1)[:BINS]
    return (sums / np.maximum(np.bincount(ring.ravel(), minlength=BINS + 1)[:BINS], 1)).astype(np.float32)
