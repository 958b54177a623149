"""Material for the drawn cases of verdicts.py: words, fonts, codes, noise, and files with known contents."""

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
INK: Colour = (25, 25, 30)
SYLLABLES = (
    "ba be bo da de di fa ga ge ha ka ke ki la le lo ma me mo na ne no pa po ra re ri sa se so ta te to va vi ze"
)
FONTS = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "LiberationSans-Regular.ttf", "arial.ttf", "times.ttf", "Georgia.ttf")
PHOTO_PX = 1600


class Shown(NamedTuple):
    """The content of a file, in our own names; of files that show the same, the highest grade shows it best."""

    contents: frozenset[str]
    grade: int = 0


class Case:
    """A folder of files of one kind. Everything that is drawn comes from `rng`, and photos are of other scenes."""

    def __init__(self, folder: Path, rng: np.random.Generator, photos: Sequence[Path], each: int) -> None:
        self.folder, self.rng, self.each = folder, rng, each
        self.shown: dict[str, Shown] = {}
        self._photos = [photos[place] for place in rng.permutation(len(photos))]
        self.face = str(rng.choice(["", *usable_fonts()]))
        folder.mkdir(parents=True)

    def add(
        self, image: Image.Image, name: str, *contents: str, grade: int = 0, more: bytes = b"", **options: Any
    ) -> Path:
        """Save a picture, and `more` behind it; without `contents` it shows what no other file does."""
        packed = io.BytesIO()
        kind = Image.registered_extensions()[Path(name).suffix]
        if kind == "JPEG":
            options = {"quality": 90} | options
        elif kind == "PNG":
            options = {"compress_level": 2} | options
        image.save(packed, kind, **options)
        return self.write(packed.getvalue() + more, name, *contents, grade=grade)

    def write(self, data: bytes, name: str, *contents: str, grade: int = 0) -> Path:
        """Write a file that shows `contents`."""
        self.shown[Path(name).name] = Shown(frozenset(contents or (name,)), grade)
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def photo(self, number: int = 0, width: int = PHOTO_PX) -> Image.Image:
        """A photo of the case, at most `width` pixels wide; large ones are shrunk, small ones enlarged."""
        with Image.open(self._photos[number % len(self._photos)]) as opened:
            opened.draft("RGB", (width, width))
            image = opened.convert("RGB")
        scale = width / max(image.size)
        return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)

    def font(self, size: float) -> ImageFont.FreeTypeFont:
        """The font of the case."""
        return font(size, self.face)

    def number(self, low: float, high: float) -> float:
        """A drawn number."""
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """A drawn whole number from `low` to below `high`."""
        return int(self.rng.integers(low, high))

    def name(self, words: int = 2) -> str:
        """Made-up words with capitals."""
        return " ".join(word(self.rng).capitalize() for _ in range(words))

    def sentence(self, least: int = 5, most: int = 12) -> str:
        """Made-up words."""
        return " ".join(word(self.rng) for _ in range(self.whole(least, most)))

    def date(self) -> str:
        return f"{self.whole(1, 29):02}.{self.whole(1, 13):02}.20{self.whole(10, 27):02}"

    def colour(self, low: int = 0, high: int = 256) -> Colour:
        red, green, blue = (int(level) for level in self.rng.integers(low, high, 3))
        return red, green, blue


@lru_cache(64)
def font(size: float, face: str = "") -> ImageFont.FreeTypeFont:
    """A font of this size in pixels: Pillow's own, or one of the system by the name of its file."""
    found = ImageFont.truetype(face, size) if face else ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return found


@lru_cache(1)
def usable_fonts() -> tuple[str, ...]:
    """Those of the fonts that this machine has."""
    found = list[str]()
    for name in FONTS:
        try:
            ImageFont.truetype(name, 12)
        except OSError:
            continue
        found.append(name)
    return tuple(found)


def word(rng: np.random.Generator) -> str:
    """Two to four syllables."""
    return "".join(str(each) for each in rng.choice(SYLLABLES.split(), int(rng.integers(2, 5))))


def blank(width: int, height: int, colour: Colour = (255, 255, 255)) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty page, and what draws on it."""
    page = Image.new("RGB", (width, height), colour)
    return page, ImageDraw.Draw(page)


def lines_of_text(case: Case, width: float, size: float) -> Iterator[str]:
    """Endless made-up text, broken at `width` pixels."""
    face, line = case.font(size), ""
    while True:
        longer = f"{line} {word(case.rng)}".strip()
        if face.getlength(longer) > width:
            yield line
            longer = longer.rsplit(" ", 1)[-1]
        line = longer


def draw_code(case: Case, modules: int, module_px: int) -> Image.Image:
    """A square like a QR code: three finder patterns, and random modules."""
    cells = case.rng.integers(0, 2, (modules, modules)).astype(bool)
    finder = np.ones((8, 8), bool)
    finder[1:6, 1:6] = False
    finder[2:5, 2:5] = True
    finder[7], finder[:, 7] = False, False
    cells[:8, :8], cells[:8, -8:], cells[-8:, :8] = finder, finder[:, ::-1], finder[::-1]
    pixels = np.where(np.pad(cells, 3), 0, 255).astype(np.uint8).repeat(module_px, 0).repeat(module_px, 1)
    return Image.fromarray(pixels).convert("RGB")


def add_noise(image: Image.Image, rng: np.random.Generator, sigma: float) -> Image.Image:
    """The picture with sensor noise of `sigma` levels, its own in each channel."""
    pixels = np.asarray(image, np.float32)
    return to_image(pixels + sigma * rng.standard_normal(pixels.shape, np.float32))


def to_image(levels: NDArray[np.floating]) -> Image.Image:
    """Levels in 0..255, clipped and rounded."""
    return Image.fromarray((np.clip(levels, 0, 255) + 0.5).astype(np.uint8))


def scan(case: Case, page: Image.Image, skew: float, sigma: float) -> Image.Image:
    """A page as a scanner gives it: askew by `skew` degrees, slightly soft, on paper with a shade, noisy."""
    page = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    shade = np.linspace(case.number(235, 250), case.number(235, 250), page.width, dtype=np.float32)[None, :, None]
    levels = np.asarray(page, np.float32) * shade / 255
    return to_image(levels + sigma * case.rng.standard_normal((*levels.shape[:2], 1), np.float32))


def camera_exif(taken_at: str, exposure: float, serial: int, software: str = "") -> Image.Exif:
    """EXIF of a camera: make, model, lens, exposure time in seconds, time and fraction of a second."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Maker", "Model 5", taken_at
    if software:
        exif[0x0131] = software
    own = exif.get_ifd(0x8769)
    own |= {0x829A: exposure, 0x829D: 4.0, 0x8827: 200, 0x9003: taken_at, 0x9291: f"{serial % 1000:03}"}
    own |= {0x920A: 35.0, 0xA434: "35mm f/1.8", 0xA431: "20061234"}
    return exif
