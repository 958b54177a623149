"""How well a JPEG was saved, by its quantisation tables."""

from photosearch.files import open_file
from photosearch.ingest.picture import open_image, without_remarks

# The sum of the luminance table that the standard proposes (ITU-T T.81, K.1), which is quality 50 of the IJG's code.
STANDARD_SUM = 3688


def jpeg_quality(path: str) -> float | None:
    """0..100 as the IJG's code (libjpeg) counts, near to it for other tables; None if the file cannot be read."""
    try:
        with without_remarks(), open_file(path) as file, open_image(file, ("JPEG",)) as image:
            tables = getattr(image, "quantization", {})
    except Exception:  # whatever a damaged file provokes: it is of unknown quality
        return None
    if not tables:
        return None
    scale = 100 * sum(next(iter(tables.values()))) / STANDARD_SUM
    return 100 - scale / 2 if scale <= 100 else 5000 / scale
