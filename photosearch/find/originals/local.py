"""What one picture takes from place to place to be another: contrast, light, and where needed its colours."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.registration.register import Plane

WINDOW_PX = 65  # that has a tone of its own: wider than a letter or a face's eye, narrower than a vignette
THUMB = 4  # times smaller is the picture on which tones are fitted
GAINS = 0.2, 4.0
STIFF, MOST_SHARE = 20.0, 1.0  # variance that a colour needs to say something of the luma; levels by a level of colour


def locally(source: Plane, target: Plane, mask: Plane, window: int = WINDOW_PX, least: float = 4.0) -> Plane:
    """The source with the contrast and the light of the target, window by window; `least` variance of one."""
    size, width = _windows(source.shape, window)

    def mean(values: cv2.typing.MatLike) -> Plane:
        return _blurred(area(values, size), width)

    part, inside = np.maximum(mean(mask), 1e-3), cv2.multiply(source, mask)
    ours, theirs = mean(inside) / part, mean(cv2.multiply(target, mask)) / part
    variance = mean(cv2.multiply(inside, source)) / part - ours * ours
    common = mean(cv2.multiply(inside, target)) / part - ours * theirs
    gain = np.clip((common + least) / (np.maximum(variance, 0) + least), *GAINS)  # 1 where nothing varies
    light, full = theirs - gain * ours, (source.shape[1], source.shape[0])
    gain, light = (cv2.resize(_blurred(each, width), full, interpolation=cv2.INTER_LINEAR) for each in (gain, light))
    return np.asarray(cv2.accumulateProduct(gain, source, light), np.float32)


def locally_by_colours(
    source: Plane, colours: NDArray[np.float32], target: Plane, mask: Plane, least: float = 4.0
) -> Plane:
    """As `locally`, but a part of the source's `colours` float32[h,w,2], at any size, is added as well.

    So a turned hue is told, which makes one thing lighter and another one darker.
    """
    full = source.shape[1], source.shape[0]
    size, width = _windows(source.shape, WINDOW_PX)
    given = [source, *(cv2.resize(each, full, interpolation=cv2.INTER_LINEAR) for each in cv2.split(colours))]
    part = np.maximum(_blurred(area(mask, size), width), 1e-3)

    def mean(values: cv2.typing.MatLike) -> Plane:
        return np.asarray(_blurred(area(cv2.multiply(values, mask), size), width) / part, np.float32)

    means, wanted = [mean(each) for each in given], mean(target)
    normal, aim = np.empty((*wanted.shape, 3, 3)), np.empty((*wanted.shape, 3, 1))
    for row, (one, ours) in enumerate(zip(given, means, strict=True)):
        for column in range(row, 3):
            common = mean(cv2.multiply(one, given[column])) - ours * means[column]
            normal[..., row, column] = normal[..., column, row] = common
        normal[..., row, row] = np.maximum(normal[..., row, row], 0) + (STIFF if row else least)
        aim[..., row, 0] = mean(cv2.multiply(one, target)) - ours * wanted + (0 if row else least)
    found = np.linalg.solve(normal, aim)[..., 0].astype(np.float32)
    gains = [np.clip(found[..., row], *((-MOST_SHARE, MOST_SHARE) if row else GAINS)) for row in range(3)]
    light = wanted - sum(gain * ours for gain, ours in zip(gains, means, strict=True))
    total = cv2.resize(_blurred(light, width), full, interpolation=cv2.INTER_LINEAR)
    for gain, each in zip(gains, given, strict=True):
        gain = cv2.resize(_blurred(gain, width), full, interpolation=cv2.INTER_LINEAR)
        cv2.accumulateProduct(gain, each, total)
    return np.asarray(total, np.float32)


def area(values: cv2.typing.MatLike, size: tuple[int, int]) -> NDArray[Any]:
    """The means of as many areas across and down; of planes by halves where they fit, which is three times as fast."""
    half = 2 * size[0], 2 * size[1]
    if values.dtype == np.float32 and values.shape[1::-1] == (2 * half[0], 2 * half[1]):
        values = cv2.resize(values, half, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA))


def median(values: NDArray[Any]) -> float:
    """As NumPy's, which takes five times as long."""
    half = len(values) // 2
    parted = np.partition(values, half)
    return float(parted[half] if len(values) % 2 else (parted[:half].max() + parted[half]) / 2)


def greatest(values: NDArray[Any]) -> NDArray[np.float32]:
    """The greatest value of each row [n] of some columns [n,k], which takes fifteen times as long along rows."""
    return np.asarray(cv2.transpose(values), np.float32).max(0)


def quantiles(values: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """The quantile of each column [k] of many rows [n,k]; as NumPy's, which takes nine times as long."""
    at = share * (len(values) - 1)
    low = int(at)
    order = np.partition(np.asarray(cv2.transpose(values), np.float32), low + 1, axis=1)
    below, above, part = order[:, : low + 1].max(1), order[:, low + 1], at - low
    return above - (above - below) * (1 - part) if part >= 0.5 else below + (above - below) * part


def _windows(shape: tuple[int, ...], window: int) -> tuple[tuple[int, int], int]:
    """The size at which windows are measured, and how wide they are there."""
    return (max(1, shape[1] // THUMB), max(1, shape[0] // THUMB)), max(3, window // THUMB | 1)


def _blurred(values: cv2.typing.MatLike, width: int) -> Plane:
    return np.asarray(cv2.blur(values, (width, width), borderType=cv2.BORDER_REFLECT), np.float32)
