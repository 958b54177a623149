"""Draws a map as a picture: dots in the colours of clusters, or the photos themselves, and the names of clusters."""

import base64
import io
from collections.abc import Callable, Sequence
from html import escape
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from photosearch.library.clusters import Clustering, Preview
from photosearch.library.maps.photo_map import Layout
from photosearch.paths import shown

# Paul Tol's scheme “bright”, which people of any colour vision tell apart; the last is for photos in no cluster.
COLOURS = (0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0xBBBBBB)
NO_CLUSTER = len(COLOURS) - 1
PAPER, INK = 0xFAFAF8, 0x202020
TOLD_APART = 2_000  # the largest clusters, of which neighbours get different colours
MOST_COLOURED = 40  # clusters, beyond which coarser ones get the colours: more would be confetti
SIDE, MARGIN, CELL = 3000, 75, 75  # px of a picture; a photo stands in a cell, which the margin has room for
LEAST_DOT, LARGEST_DOT = 2, 8  # px, the radius
TEXT = 34  # px

Thumbnail = Callable[[int], bytes | None]  # of a photo by its id: a JPEG
Pixels = NDArray[np.uint32]
Ints = NDArray[np.int64]


class Name(NamedTuple):
    """The name of a cluster and the middle of its photos, as `Layout` has places."""

    text: str
    x: float
    y: float


class Painted(NamedTuple):
    """A map with clusters: `clusters` int64[n] are numbers, 0 for none, and `colours` int64[n] rows of COLOURS."""

    layout: Layout
    clusters: Ints
    colours: Ints
    names: tuple[Name, ...]


def paint(layout: Layout, clustering: Clustering, preview: Preview | None = None) -> Painted:
    """Give each photo the colour of its cluster, such that clusters side by side differ.

    With `preview`, the colours of many clusters are those of coarser ones.
    """
    clusters = np.zeros(len(layout.photos), np.int64)
    names: list[Name] = []
    order = np.argsort(layout.photos)
    for cluster in clustering.clusters:
        rows = _rows(layout, order, cluster.photos)
        clusters[rows] = cluster.cluster_id
        if cluster.name and len(rows):
            x, y = np.median(layout.places[rows], axis=0).tolist()
            names.append(Name(cluster.name, x, y))
    groups = [cluster.photos for cluster in clustering.clusters]
    if preview and len(groups) > MOST_COLOURED:
        groups = preview.cut(100 * (1 - np.log(MOST_COLOURED) / np.log(len(preview.hierarchy.order))))
    return Painted(layout, clusters, _colours(layout, order, groups), tuple(names))


def _colours(layout: Layout, order: Ints, groups: Sequence[Ints]) -> Ints:
    """The colour of each photo; of groups side by side they differ as far as that can be."""
    colours = np.full(len(layout.photos), NO_CLUSTER, np.int64)
    centres, chosen = np.empty((0, 2), np.float32), np.empty(0, np.int64)
    for number, photos in enumerate(groups):
        rows = _rows(layout, order, photos)
        if not len(rows):
            continue
        centre = np.median(layout.places[rows], axis=0)
        if number < TOLD_APART:
            nearness = 1 / (((centres - centre) ** 2).sum(axis=1) + 1e-6)
            colour = int(np.bincount(chosen, nearness, NO_CLUSTER).argmin())
            centres, chosen = np.vstack([centres, centre]), np.append(chosen, colour)
        else:
            colour = number % NO_CLUSTER
        colours[rows] = colour
    return colours


def _rows(layout: Layout, order: Ints, photos: Ints) -> Ints:
    """The rows of photos, as far as they are on the map; `order` sorts those."""
    if not len(order):
        return order
    at = order[np.minimum(np.searchsorted(layout.photos, photos, sorter=order), len(order) - 1)]
    return at[layout.photos[at] == photos]


def stamp(pixels: Pixels, x: Ints, y: Ints, colours: Pixels, faint: Pixels, radius: int) -> None:
    """Paint dots into 0xffRRGGBB `pixels` [h,w], in place; `faint` is what their smooth edges have."""
    height, width = pixels.shape
    inside = (x > radius) & (x < width - radius - 1) & (y > radius) & (y < height - radius - 1)
    middle = (y[inside] * width + x[inside]).astype(np.intp)
    flat, reach = pixels.reshape(-1), np.arange(-radius, radius + 1)
    distance = np.hypot(reach[:, None], reach)
    steps = reach[:, None] * width + reach
    core = distance <= max(0.5, radius - 0.5)
    edge = (distance <= radius + 0.3) & ~core
    for which, paints in ((edge, faint[inside]), (core, colours[inside])):
        for step in steps[which].tolist():
            flat[middle + step] = paints


def mixed(colour: int, other: int) -> int:
    """The colour between two, 0xRRGGBB each."""
    return sum((((colour >> shift & 255) + (other >> shift & 255)) // 2) << shift for shift in (0, 8, 16))


def one_a_cell(x: NDArray[np.floating], y: NDArray[np.floating], side: float) -> Ints:
    """Of points, the one that is nearest to the middle of each square of a grid that has any: rows int64[m]."""
    across, down = np.floor(x / side), np.floor(y / side)
    off = (x / side - across - 0.5) ** 2 + (y / side - down - 0.5) ** 2
    order = np.lexsort((off, across, down))
    starts = np.ones(len(order), bool)
    starts[1:] = (np.diff(across[order]) != 0) | (np.diff(down[order]) != 0)
    return order[starts]


def write_png(painted: Painted, out: BinaryIO, thumbnail: Thumbnail | None = None) -> None:
    """Write a map as PNG; with `thumbnail`, photos stand in it, one a square, for all that lie there."""
    x, y, width, height = _on_paper(painted.layout)
    pixels = np.full((height, width), PAPER | 0xFF000000, np.uint32)
    colours = np.array([colour | 0xFF000000 for colour in COLOURS], np.uint32)
    faint = np.array([mixed(colour, PAPER) | 0xFF000000 for colour in COLOURS], np.uint32)
    row = painted.colours
    stamp(pixels, x.astype(np.int64), y.astype(np.int64), colours[row], faint[row], dot_radius(len(x)))
    picture = Image.fromarray(np.stack([(pixels >> shift & 255).astype(np.uint8) for shift in (16, 8, 0)], axis=-1))
    for at, left, top in _squares(x, y) if thumbnail else ():
        if thumbnail and (jpeg := thumbnail(int(painted.layout.photos[at]))):
            with Image.open(io.BytesIO(jpeg)) as opened:
                opened.draft("RGB", (CELL, CELL))
                opened.thumbnail((CELL - 3, CELL - 3))
                picture.paste(opened, (left + (CELL - opened.width) // 2, top + (CELL - opened.height) // 2))
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(TEXT)
    to_x, to_y = _scale(painted.layout)
    for name in painted.names:
        at = to_x(name.x), to_y(name.y)
        draw.text(at, shown(name.text), f"#{INK:06x}", font, anchor="mm", stroke_width=4, stroke_fill=f"#{PAPER:06x}")
    picture.save(out, "PNG", optimize=False)


def write_svg(painted: Painted, out: BinaryIO, thumbnail: Thumbnail | None = None) -> None:
    """Write a map as SVG, in which dots and names stay sharp at any size; photos are embedded."""
    x, y, width, height = _on_paper(painted.layout)
    say = lambda text: out.write(text.encode("utf-8"))  # noqa: E731
    say(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">\n')
    say(f'<rect width="{width}" height="{height}" fill="#{PAPER:06x}"/>\n')
    radius = dot_radius(len(x))
    for row, colour in enumerate(COLOURS):
        say(f'<g fill="#{colour:06x}">\n')
        for at in np.flatnonzero(painted.colours == row).tolist():
            say(f'<circle cx="{x[at]:.1f}" cy="{y[at]:.1f}" r="{radius}"/>\n')
        say("</g>\n")
    for at, left, top in _squares(x, y) if thumbnail else ():
        if thumbnail and (jpeg := thumbnail(int(painted.layout.photos[at]))):
            data, side = base64.b64encode(_small(jpeg)).decode(), CELL - 3
            place = f'x="{left}" y="{top}" width="{side}" height="{side}"'
            say(f'<image {place} href="data:image/jpeg;base64,{data}"/>\n')
    to_x, to_y = _scale(painted.layout)
    style = f'fill="#{INK:06x}" stroke="#{PAPER:06x}" stroke-width="8" paint-order="stroke" text-anchor="middle"'
    say(f'<g {style} font-size="{TEXT}">\n')
    for name in painted.names:
        say(f'<text x="{to_x(name.x):.0f}" y="{to_y(name.y):.0f}">{escape(shown(name.text), quote=False)}</text>\n')
    say("</g>\n</svg>\n")


def dot_radius(dots: int) -> int:
    """How large dots are, px on a picture of SIDE, so that so many leave room between clusters."""
    return int(np.clip(round(SIDE / (6 * max(1, dots) ** 0.5)), LEAST_DOT, LARGEST_DOT))


def _scale(layout: Layout) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """From places to pixels, across and down."""
    places = layout.places if len(layout.places) else np.zeros((1, 2), np.float32)
    low, reach = places.min(axis=0), float(np.ptp(places, axis=0).max())
    factor = (SIDE - 2 * MARGIN) / max(reach, 1e-6)
    return lambda x: MARGIN + (x - low[0]) * factor, lambda y: MARGIN + (y - low[1]) * factor


def _on_paper(layout: Layout) -> tuple[NDArray[np.float32], NDArray[np.float32], int, int]:
    """Pixels across and down of each photo, and the size of the picture, whose longest side is SIDE."""
    to_x, to_y = _scale(layout)
    x, y = np.asarray(to_x(layout.places[:, 0])), np.asarray(to_y(layout.places[:, 1]))  # type: ignore[arg-type]
    return x, y, int(x.max(initial=0)) + MARGIN, int(y.max(initial=0)) + MARGIN


def _squares(x: NDArray[np.float32], y: NDArray[np.float32]) -> list[tuple[int, int, int]]:
    """The photo of each square that has any, and the square's left and top."""
    rows = one_a_cell(x, y, CELL)
    return [(int(row), int(x[row] // CELL) * CELL, int(y[row] // CELL) * CELL) for row in rows]


def _small(jpeg: bytes) -> bytes:
    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.draft("RGB", (2 * CELL, 2 * CELL))
        picture.thumbnail((2 * CELL, 2 * CELL))
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
