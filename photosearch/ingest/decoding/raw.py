"""Camera RAW: the preview that the camera made, or a half-size development where it is missing or too small."""

import io
from typing import Any, BinaryIO

import rawpy
from PIL import Image
from PIL.ExifTags import Base

from photosearch.ingest.decoding.picture import Picture, View, Wanted, ask_for, exif_of, open_image

ORIENTATION = {3: 3, 5: 8, 6: 6}  # LibRaw's flip -> EXIF orientation: 180°, 90° to the left, 90° to the right


def open_raw(source: BinaryIO, wanted: Wanted | View) -> Picture:
    """Open a RAW file; raises rawpy.LibRawError where LibRaw cannot read it."""
    with rawpy.imread(source) as raw:
        sizes = raw.sizes
        full_size = sizes.width, sizes.height
        preview = _preview(raw)
        is_too_small = (
            preview
            and 2 * max(preview.size) < max(full_size)  # else the development would be no larger
            and wanted.scale(preview.size, full_size) > 1 >= wanted.scale(full_size, full_size)
        )
        if preview is None or is_too_small or not _is_whole(preview, wanted):
            image = Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True))
        else:
            image = preview
            image.format = None  # that of the preview is not that of the photo
        exif = exif_of(image) if preview is None else exif_of(preview)
    orientation = ORIENTATION.get(sizes.flip, 1)
    if orientation > 4 and (image.width < image.height) != (sizes.width < sizes.height):  # it is upright already
        full_size, orientation = (sizes.height, sizes.width), 1
    elif image is not preview:
        orientation = 1  # LibRaw turns pictures that it develops
    if Base.Make not in exif:
        exif = _main_directory(source)
    return Picture(image, full_size, exif, orientation)


def _preview(raw: Any) -> Image.Image | None:
    try:
        thumbnail = raw.extract_thumb()
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
        return None
    if thumbnail.format == rawpy.ThumbFormat.JPEG:
        return open_image(io.BytesIO(thumbnail.data), ("JPEG",))
    return Image.fromarray(thumbnail.data)


def _is_whole(preview: Image.Image, wanted: Wanted | View) -> bool:
    """Decode a preview; whether that succeeds."""
    ask_for(preview, wanted)
    try:
        preview.load()
    except Exception:  # any exception that a damaged one causes: the RAW itself may be fine
        return False
    return True


def _main_directory(source: BinaryIO) -> Image.Exif:
    """The EXIF of a RAW file that is laid out as a TIFF, as most are; empty for the others."""
    exif = Image.Exif()
    try:
        source.seek(0)
        exif.load_from_fp(source)
    except Exception:  # not laid out so: the photo goes without these facts
        return Image.Exif()
    return exif
