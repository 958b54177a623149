"""The photos that the cases of verdicts.py are made from: samples, given ones, parts of large ones, painted ones."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from verdict_drawing import to_image

SAMPLES = Path(__file__).parents[1] / "resources" / "samples" / "photos"
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif"}
LEAST_PX, PART_PX = 440, (1250, 1800)
LEAST_SPREAD = 20  # levels of brightness over a part of a photo; with less it is a field, a wall or the sky
PAINTED = 3  # of how many photos one is a painted one
PAINTED_PX = (1600, 1200)


def photos_below(folder: Path) -> list[Path]:
    """The photos of a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def sample_photos() -> Iterator[Path]:
    """One unedited sample of each scene."""
    with (SAMPLES / "groups.csv").open(newline="") as lines:
        scenes: dict[str, Path] = {}
        for row in csv.DictReader(lines):
            if not row["path"].startswith("Edited"):
                scenes.setdefault(row["group"], SAMPLES / row["path"])
    yield from scenes.values()


def prepare(photos: Sequence[Path], count: int, rng: np.random.Generator, folder: Path) -> list[Path]:
    """Write at most `count` pictures of as many scenes into a new folder, as PPM files.

    Two of three are photos, or parts of large ones; the third is painted after a photo that is not among these.
    """
    folder.mkdir(parents=True)
    order = [photos[place] for place in rng.permutation(len(photos))]
    wanted, found, used = count - count // PAINTED, list[Image.Image](), 0
    while used < len(order) and len(found) < wanted:
        found += parts(order[used], rng)
        used += 1
    found = found[:wanted]
    found += [paint(photo, rng) for photo in order[used : used + count - len(found)]]
    paths = [folder / f"{number:03}.ppm" for number in range(len(found))]
    for path, image in zip(paths, found, strict=True):
        image.save(path)
    return [paths[place] for place in rng.permutation(len(paths))]


def parts(photo: Path, rng: np.random.Generator) -> list[Image.Image]:
    """A photo, or parts of a large one that do not overlap, without those that show next to nothing.

    All are shrunk a little, so that they bear no trace of the JPEG that they come from: a copy that is saved with the
    steps of that one would show just as much as the photo that it was made from.
    """
    with Image.open(photo) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    if max(image.size) < LEAST_PX:
        return []
    across = max(1, round(max(image.size) / int(rng.choice(PART_PX))))
    wide, high, found = image.width // across, image.height // across, list[Image.Image]()
    for place in range(across * across):
        left, top = place % across * wide, place // across * high
        part = image.crop((left, top, left + wide, top + high))
        if across == 1 or np.asarray(part.convert("L").resize((32, 24), Image.Resampling.BOX)).std() >= LEAST_SPREAD:
            shrink = float(rng.uniform(0.82, 0.92))
            found.append(part.resize((round(wide * shrink), round(high * shrink)), Image.Resampling.LANCZOS))
    return found


def paint(photo: Path, rng: np.random.Generator) -> Image.Image:
    """A scene with detail down to the pixel, whatever the size of the photo that lends it its colours.

    Opaque discs whose radii follow a power law, as in the dead leaves model (Lee, Mumford & Huang, Occlusion Models for
    Natural Images, IJCV 2001), rendered at a higher resolution, with a texture and sensor noise.
    """
    with Image.open(photo) as opened:
        model = ImageOps.fit(ImageOps.mirror(opened.convert("RGB")), (320, 240)).filter(ImageFilter.GaussianBlur(2))
    colours = np.asarray(model)
    width, height = (round(1.25 * side) for side in PAINTED_PX)
    canvas = model.resize((width, height))
    draw, discs = ImageDraw.Draw(canvas), 9000
    radii = 5 / np.sqrt(rng.uniform(0.002, 1, discs))  # of a density like r^-3
    for radius in np.sort(radii)[::-1].tolist():
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0, height))
        level = colours[int(y / height * 240), int(x / width * 320)] + rng.normal(0, 14)
        red, green, blue = (int(each) for each in np.clip(level, 0, 255))
        stretch = float(rng.uniform(0.5, 1.5))
        draw.ellipse((x - radius * stretch, y - radius, x + radius * stretch, y + radius), (red, green, blue))
    levels = np.asarray(canvas.resize(PAINTED_PX, Image.Resampling.LANCZOS), np.float32)
    shape = (PAINTED_PX[1], PAINTED_PX[0], 1)
    return to_image(levels * (1 + 0.025 * rng.standard_normal(shape, np.float32)) + rng.normal(0, 2, shape))
