"""The photos of a folder to learn from, small enough to edit quickly."""

from pathlib import Path

from PIL import Image, ImageOps

from photosearch.ingest.formats import is_photo_name

LONGEST_PX = 640


def find_photos(folder: Path) -> list[Path]:
    """Return the photo files of `folder` and below in the order of their paths, so that a seed means the same twice."""
    return sorted(path for path in folder.rglob("*") if is_photo_name(path.name) and path.is_file())


def load_photo(path: Path) -> Image.Image | None:
    """Return the photo upright, mode RGB, the longer side at most LONGEST_PX; None if Pillow cannot read it."""
    try:
        with Image.open(path) as image:
            image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BICUBIC)
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError):
        return None
