"""A contact sheet: a query and its answers, or any photos, as one picture with captions."""

import io
from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from photosearch.paths import shown

SIDE, GAP, CAPTION = 256, 16, 40  # px
PAPER, INK, FAINT, MARK = (250, 250, 248), (32, 32, 32), (120, 120, 120), (30, 110, 200)
MAX_COLUMNS = 6
MAX_CELLS = 300  # WebP ends at 16,383 px, and more cells are not useful


class Cell(NamedTuple):
    """One picture of a sheet: a JPEG, None where it cannot be shown now, and two lines below it."""

    jpeg: bytes | None
    title: str
    detail: str
    is_query: bool = False
    is_empty: bool = False  # nothing is drawn


def write_sheet(cells: Sequence[Cell], out: BinaryIO, ending: str) -> None:
    """Write the first MAX_CELLS to `out`, in the format that files with this ending have."""
    cells = cells[:MAX_CELLS]
    columns = max(1, min(MAX_COLUMNS, len(cells)))
    rows = max(1, -(-len(cells) // columns))
    size = columns * (SIDE + GAP) + GAP, rows * (SIDE + CAPTION + GAP) + GAP
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    for place, cell in enumerate(cells):
        left = GAP + place % columns * (SIDE + GAP)
        top = GAP + place // columns * (SIDE + CAPTION + GAP)
        if not cell.is_empty:
            _draw_cell(sheet, draw, cell, left, top)
    sheet.save(out, Image.registered_extensions()[ending.lower()], quality=88)


def _draw_cell(sheet: Image.Image, draw: ImageDraw.ImageDraw, cell: Cell, left: int, top: int) -> None:
    if cell.jpeg:
        with Image.open(io.BytesIO(cell.jpeg)) as picture:
            picture.thumbnail((SIDE, SIDE))
            corner = left + (SIDE - picture.width) // 2, top + (SIDE - picture.height) // 2
            sheet.paste(picture, corner)
        if cell.is_query:
            box = corner[0] - 4, corner[1] - 4, corner[0] + picture.width + 3, corner[1] + picture.height + 3
            draw.rectangle(box, outline=MARK, width=3)
    else:
        draw.rectangle((left, top, left + SIDE, top + SIDE), outline=FAINT)
        draw.text((left + SIDE // 2, top + SIDE // 2), "not available", FAINT, _font(14), anchor="mm")
    colour = MARK if cell.is_query else INK
    draw.text((left, top + SIDE + 4), _shorten(draw, cell.title, 15), colour, _font(15))
    draw.text((left, top + SIDE + 22), _shorten(draw, cell.detail, 13), FAINT, _font(13))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _shorten(draw: ImageDraw.ImageDraw, text: str, size: int) -> str:
    """Cut the middle out of a line that is too long for its cell."""
    text = shown(text).replace("×", "x")  # which this font does not have
    kept, short = len(text), text
    while kept > 4 and draw.textlength(short, _font(size)) > SIDE:
        kept -= 1
        short = f"{text[: (kept + 1) // 2]}…{text[-(kept // 2) :]}"
    return short
