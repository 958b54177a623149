"""Any picture that Pillow can open as 8-bit sRGB: profiles, CMYK, 16 bit, palettes, transparency."""

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

PAPER = (255, 255, 255)  # the background of transparent pictures
SAME_COLOUR = 4  # of 255: the difference between the makers' versions of one profile
CONVERTIBLE = ("RGB", "L", "CMYK")  # modes whose profile can be applied; others are converted without
STRIP_PIXELS = 1 << 20
KEPT_BYTES = 1 << 20  # of a profile whose transform is kept, with it: most are far smaller


def to_srgb(image: Image.Image) -> Image.Image:
    """Return `image`, of any mode, in mode RGB as it is meant to be seen."""
    profile: bytes | None = image.info.get("icc_profile")
    if image.mode.startswith("I") or image.mode == "F":
        image = _to_eight_bits(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, PAPER)
        paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
        image = paper
    if image.mode not in CONVERTIBLE:
        image = image.convert("RGB")
    make_transform = _transform if len(profile or b"") <= KEPT_BYTES else _transform.__wrapped__
    transform = make_transform(profile, image.mode) if profile else None
    if transform is not None:
        return ImageCms.applyTransform(image, transform) or image
    return image if image.mode == "RGB" else image.convert("RGB")  # which would copy it


def is_srgb(profile: bytes) -> bool:
    """True if pictures in RGB with this profile have the colours of sRGB, or it cannot be used."""
    return _transform(profile, "RGB") is None


@lru_cache(maxsize=32)
def _transform(profile: bytes, mode: str) -> Any:
    """The way from an embedded profile to sRGB; None where it is sRGB already, or cannot be used for this mode."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
        return None if mode == "RGB" and _changes_little(transform) else transform
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None  # damaged, or made for another mode: the plain conversion is the best guess


def _changes_little(transform: Any) -> bool:
    """True if a transform leaves all colours nearly as they are; a profile's name is unreliable ("Linear sRGB")."""
    swatches = np.mgrid[0:256:51, 0:256:51, 0:256:51].astype(np.uint8).reshape(3, 6, 36).transpose(1, 2, 0)
    image = Image.fromarray(np.ascontiguousarray(swatches))
    seen = np.asarray(ImageCms.applyTransform(image, transform), np.int16)
    return int(np.abs(seen - swatches).max()) <= SAME_COLOUR


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit, 32-bit and float grey to mode L, where Pillow's own conversion clips."""
    ranges = [(float(values.min()), float(values.max())) for _, values in _strips(image)]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    offset, scale = 0.0, 1.0
    if image.mode == "F" or low < 0 or high > 65535:
        offset, scale = low, 255 / max(high - low, 1e-12)
    elif image.mode.startswith("I;16") or high > 255:
        scale = 255 / (4095 if high < 4096 else 65535)  # twelve bits are often stored in sixteen
    grey = Image.new("L", image.size)
    for top, values in _strips(image):
        grey.paste(Image.fromarray(np.clip((values - offset) * scale, 0, 255).astype(np.uint8)), (0, top))
    return grey


def _strips(image: Image.Image) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The values of a picture and where they start, some rows at a time, since all would take much memory."""
    rows = max(1, STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        yield top, np.nan_to_num(np.asarray(strip, np.float32), posinf=0, neginf=0)
