"""Make the sample photos that the program ships, from a folder of the originals.

    python packaging/make_samples.py ORIGINALS [--out resources/samples]

ORIGINALS holds the pictures as the packages named in `samples.csv` ship them, one folder for each package, so that the
column `source` is a path inside it. (The pictures of gcompris-qt-data lie in its .rcc files: Qt's `rcc --reverse`
unpacks them.) Writes `photos/`, `photos/groups.csv` and `ATTRIBUTION.md` under --out. The same originals and the same
version of Pillow give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw, ImageEnhance, ImageFont, ImageOps

HERE = Path(__file__).resolve().parent
LONG_SIDE = 800
BUDGET = 84_000  # bytes for one photo
QUALITIES = range(88, 52, -4)
MAKE, MODEL, ORIENTATION, EXIF_IFD, DATE_TAKEN = 0x010F, 0x0110, 0x0112, 0x8769, 0x9003
PAPER = (244, 241, 234)


@dataclass(frozen=True)
class Sample:
    """One row of samples.csv: where a photo comes from, what it becomes and who made it."""

    source: str
    file: str
    group: str
    shows: str
    author: str
    licence: str
    original: str
    exif: str

    @property
    def package(self) -> str:
        """Name of the package that ships the original."""
        return self.source.split("/", 1)[0]


@dataclass(frozen=True)
class Edit:
    """One edited copy: the finished photo it is made of, its own name, and what is done to it."""

    of: str
    file: str
    what: str
    change: Callable[[Image.Image], Image.Image] | None
    quality: int | None = None


def read_samples(table: Path) -> list[Sample]:
    """Read the rows of samples.csv."""
    with table.open(encoding="utf-8", newline="") as lines:
        return [Sample(**row) for row in csv.DictReader(lines)]


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture upright, in sRGB, without its colour profile; grey stays grey."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if upright.mode == "L":
        return upright
    plain = upright.convert("RGB")
    if not profile:
        return plain
    given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if given.profile.xcolor_space.strip() != "RGB":
        return plain
    converted = ImageCms.profileToProfile(plain, given, ImageCms.createProfile("sRGB")) or plain
    converted.info.pop("icc_profile", None)  # it would bring the hour of its making into the file
    return converted


def fit(image: Image.Image, long_side: int) -> Image.Image:
    """Return the picture with at most this long side; a smaller one stays as it is."""
    scale = long_side / max(image.size)
    if scale >= 1:
        return image
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)


def true_exif(original: Image.Image, keep: str) -> Image.Exif:
    """Carry over what `keep` names of the original's own EXIF: `camera`, `date`; nothing is made up."""
    given, kept = original.getexif(), Image.Exif()
    words = keep.split()
    if "camera" in words:
        kept[MAKE], kept[MODEL] = (str(given[tag]).strip(" \0") for tag in (MAKE, MODEL))
    if "date" in words:
        kept.get_ifd(EXIF_IFD)[DATE_TAKEN] = given.get_ifd(EXIF_IFD)[DATE_TAKEN]
    return kept


def encode(image: Image.Image, suffix: str, quality: int, exif: Image.Exif) -> bytes:
    """Encode the picture as the kind of file that its suffix names."""
    out = io.BytesIO()
    tags = exif.tobytes() if len(exif) or EXIF_IFD in exif else b""
    if suffix == ".jpg":
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True, exif=tags)
    elif suffix == ".webp":
        image.save(out, "WEBP", quality=quality, method=6, exif=tags)
    elif suffix == ".avif":
        image.save(out, "AVIF", quality=quality - 15, speed=4, max_threads=1, exif=tags)
    else:
        image.save(out, "PNG", optimize=True)
    return out.getvalue()


def encode_within(image: Image.Image, suffix: str, exif: Image.Exif) -> bytes:
    """Encode at the best quality that keeps the budget, or at the lowest one tried."""
    data = b""
    for quality in QUALITIES:
        data = encode(image, suffix, quality, exif)
        if len(data) <= BUDGET:
            break
    return data


def write(path: Path, data: bytes) -> None:
    """Write a file, making its folder where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def make_photo(sample: Sample, originals: Path, photos: Path) -> None:
    """Resize one original and save it with its true EXIF."""
    with Image.open(originals / sample.source) as original:
        original.load()
        exif = true_exif(original, sample.exif)
        image = fit(to_srgb(original), LONG_SIDE)
    if "turned" in sample.exif.split():  # pixels lie on their side; the tag sets them upright again
        exif[ORIENTATION] = 6
        image = image.transpose(Image.Transpose.ROTATE_90)
    write(photos / sample.file, encode_within(image, Path(sample.file).suffix, exif))


def crop(image: Image.Image) -> Image.Image:
    """Keep the middle three quarters, a little to the right."""
    width, height = image.size
    return image.crop((round(width * 0.2), round(height * 0.12), round(width * 0.95), round(height * 0.9)))


def tilt(image: Image.Image) -> Image.Image:
    """Rotate by 7 degrees on white, as a crooked scan."""
    return image.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))


def caption(image: Image.Image) -> Image.Image:
    """Write a greeting across the picture's foot."""
    out = image.copy()
    font = ImageFont.load_default(size=image.width / 16)
    place = (image.width / 2, image.height * 0.9)
    ImageDraw.Draw(out).text(
        place, "Greetings from the sea", PAPER, font, anchor="mm", stroke_width=2, stroke_fill=(30, 30, 30)
    )
    return out


def screenshot(image: Image.Image) -> Image.Image:
    """Frame the picture as a screenshot of a window on a desktop."""
    inner = fit(image, 400)
    bar, edge = 26, 34
    out = Image.new("RGB", (inner.width + 2 * edge, inner.height + 2 * edge + bar), (58, 84, 112))
    draw = ImageDraw.Draw(out)
    draw.rectangle((edge, edge, edge + inner.width - 1, edge + bar - 1), fill=(226, 226, 228))
    for place, colour in enumerate(((220, 80, 70), (225, 175, 60), (90, 175, 80))):
        left = edge + 9 + 18 * place
        draw.ellipse((left, edge + 8, left + 10, edge + 18), fill=colour)
    out.paste(inner, (edge, edge + bar))
    return out


def border(image: Image.Image) -> Image.Image:
    """Put the picture on paper, as an instant print."""
    margin = image.width // 18
    out = Image.new("RGB", (image.width + 2 * margin, image.height + 5 * margin), PAPER)
    out.paste(image, (margin, margin))
    return out


def half(image: Image.Image) -> Image.Image:
    """Halve both sides."""
    return fit(image, max(image.size) // 2)


def filtered(image: Image.Image) -> Image.Image:
    """Brighten, strengthen and warm the colours, as a phone's filter does."""
    strong = ImageEnhance.Color(ImageEnhance.Brightness(image).enhance(1.18)).enhance(1.35)
    warm = Image.new("RGB", strong.size, (255, 196, 120))
    return Image.blend(strong, warm, 0.14)


EDITS = (
    Edit("Animals/Jaguars.jpg", "Edited/Jaguars cropped.jpg", "cropped", crop),
    Edit("Animals/Cats/Chelsea.jpg", "Edited/Chelsea mirrored.jpg", "mirrored", ImageOps.mirror),
    Edit(
        "Animals/Red panda.jpg",
        "Edited/Red panda on its side.jpg",
        "rotated by 90°",
        lambda image: image.transpose(Image.Transpose.ROTATE_90),
    ),
    Edit("Food/Coffee.jpg", "Edited/Coffee tilted.jpg", "rotated by 7°", tilt),
    Edit("Animals/Koala.jpg", "Edited/Koala in grey.jpg", "without colour", ImageOps.grayscale),
    Edit("Holiday/France/Mont Saint-Michel.jpg", "Edited/Postcard.jpg", "with text over it", caption),
    Edit("People/Astronaut.jpg", "Edited/Screenshot.jpg", "as a screenshot", screenshot),
    Edit("Animals/Cats/Tortoiseshell.jpg", "Edited/Tortoiseshell print.jpg", "with a border", border),
    Edit("Holiday/Paris/Eiffel Tower.jpg", "Edited/Eiffel Tower sent.jpg", "small, at quality 40", half, 40),
    Edit("Animals/Owl.jpg", "Edited/Owl half size.png", "half size, as PNG", half),
    Edit("Holiday/India/Hawa Mahal.jpg", "Edited/Hawa Mahal half size.webp", "half size, as WebP", half, 80),
    Edit("Holiday/Germany/Neuschwanstein.jpg", "Edited/Neuschwanstein filtered.jpg", "with a filter", filtered),
    Edit("Animals/Honey bee.jpg", "Edited/Backup/Bee.jpg", "the very same file", None),
)


def make_edit(edit: Edit, photos: Path) -> None:
    """Make one edited copy of a finished photo."""
    source, target = photos / edit.of, photos / edit.file
    if edit.change is None:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return
    with Image.open(source) as image:
        changed = edit.change(ImageOps.exif_transpose(image))
    if edit.quality is not None:
        data = encode(changed, target.suffix, edit.quality, Image.Exif())
    else:
        data = encode_within(changed, target.suffix, Image.Exif())
    write(target, data)


def write_groups(samples: list[Sample], photos: Path) -> None:
    """Write groups.csv: the same group means the same picture or the same scene."""
    groups = {sample.file: sample.group for sample in samples}
    groups |= {edit.file: groups[edit.of] for edit in EDITS}
    with (photos / "groups.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(("path", "group"))
        table.writerows(sorted(groups.items()))


def attribution(samples: list[Sample]) -> str:
    """Return the text of ATTRIBUTION.md."""
    by_file = {sample.file: sample for sample in samples}
    head = """# Where the sample photos come from

Every photo in `photos/` is in the public domain or under CC0 1.0, as stated in the package that ships the original: \
in a README beside the pictures (gcompris-qt-data, nikola, sigal), in the picture's own metadata file (palapeli-data), \
in the documentation of `skimage.data` (scikit-image) or in the package's copyright file (gnome-taquin, \
lomiri-wallpapers-16.04, puzzle-jigsaw). `packaging/make_samples.py` made them smaller; camera and date, where a photo \
has them, are the original's own. Nobody named or shown here endorses this program.

| file | shows | author | licence | package | original |
| --- | --- | --- | --- | --- | --- |
"""
    rows = [
        f"| {s.file} | {s.shows} | {s.author} | {s.licence} | {s.package} | {f'<{s.original}>' if s.original else ''} |"
        for s in samples
    ]
    edits = [
        f"| {edit.file} | {edit.of}, {edit.what} | {by_file[edit.of].author} | {by_file[edit.of].licence} |"
        for edit in EDITS
    ]
    tail = ["", "Copies that the script made of the photos above, under the same terms:", ""]
    columns = ["| file | made from | author | licence |", "| --- | --- | --- | --- |"]
    return head + "\n".join([*rows, *tail, *columns, *edits]) + "\n"


def make_samples(originals: Path, out: Path) -> int:
    """Make everything and return how many bytes the pictures take."""
    samples, photos = read_samples(HERE / "samples.csv"), out / "photos"
    for sample in samples:
        make_photo(sample, originals, photos)
    for edit in EDITS:
        make_edit(edit, photos)
    write_groups(samples, photos)
    (out / "ATTRIBUTION.md").write_text(attribution(samples), encoding="utf-8", newline="\n")
    return sum((photos / one.file).stat().st_size for one in (*samples, *EDITS))


def main() -> None:
    """Read the command line and make the samples."""
    parser = argparse.ArgumentParser(description="Make the sample photos from a folder of the originals.")
    parser.add_argument("originals", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parent / "resources" / "samples")
    options = parser.parse_args()
    size = make_samples(options.originals, options.out)
    sys.stdout.write(f"{size:,} bytes of pictures\n")


if __name__ == "__main__":
    main()
