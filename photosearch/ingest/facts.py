"""The metadata of a photo (EXIF) and its sharpness."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

YEARS = range(1800, 2200)  # others stand where a camera, or a program, knew no date


def taken_at(exif: Image.Exif) -> str | None:
    """When the shutter opened, as ISO 8601 in the camera's local time, with the fraction that bursts need."""
    details = _directory(exif, IFD.Exif)
    for date, fraction in (
        (details.get(Base.DateTimeOriginal), details.get(Base.SubsecTimeOriginal)),
        (details.get(Base.DateTimeDigitized), details.get(Base.SubsecTimeDigitized)),
        (exif.get(Base.DateTime), details.get(Base.SubsecTime)),
    ):
        try:
            moment = datetime.strptime(_text(date) or "", "%Y:%m:%d %H:%M:%S")
        except ValueError:
            continue
        if moment.year not in YEARS:
            continue
        digits = _text(fraction) or ""
        return moment.isoformat() + (f".{digits[:6]}" if digits.isascii() and digits.isdigit() else "")
    return None


def camera(exif: Image.Exif) -> str | None:
    """Make and model, the make only once."""
    make, model = _text(exif.get(Base.Make)) or "", _text(exif.get(Base.Model)) or ""
    if make and model.lower().startswith(make.split()[0].lower()):
        make = ""
    return f"{make} {model}".strip() or None


def lens(exif: Image.Exif) -> str | None:
    """The lens as the camera names it."""
    return _text(_directory(exif, IFD.Exif).get(Base.LensModel))


def position(exif: Image.Exif) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, north and east positive; both None where either is absent or absurd."""
    gps = _directory(exif, IFD.GPSInfo)
    latitude = _degrees(gps.get(GPS.GPSLatitude), gps.get(GPS.GPSLatitudeRef), "S", 90)
    longitude = _degrees(gps.get(GPS.GPSLongitude), gps.get(GPS.GPSLongitudeRef), "W", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:  # 0° 0°: a receiver without a fix
        return None, None
    return latitude, longitude


def sharpness(grey: Image.Image) -> float:
    """Variance of the Laplacian (Pech-Pacheco et al., ICPR 2000) of a picture of mode L; 0 if it is too small."""
    if min(grey.size) < 3:
        return 0.0
    values = np.asarray(grey).astype(np.int16)
    laplacian = values[:-2, 1:-1] + values[2:, 1:-1]
    laplacian += values[1:-1, :-2]
    laplacian += values[1:-1, 2:]
    laplacian -= 4 * values[1:-1, 1:-1]
    flat = laplacian.astype(np.float32).ravel()
    return float(flat @ flat / flat.size - flat.mean() ** 2)  # seven times as fast as var() of floats


def _directory(exif: Image.Exif, directory: IFD) -> Mapping[int, Any]:
    """One part of the EXIF; empty where a damaged one makes Pillow stumble."""
    try:
        return exif.get_ifd(directory)
    except Exception:  # any exception that a hostile EXIF causes: the photo itself may be fine
        return {}


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    return "".join(letter for letter in value.split("\0")[0] if letter.isprintable()).strip() or None


def _degrees(parts: Any, reference: object, negative: str, limit: float) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or abs(value) > limit:
        return None
    return -value if _text(reference) == negative else value
