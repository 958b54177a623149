"""The quality of encoders on the photos that default_encoder holds out: its choices are made by these figures.

    python -m photosearch.training.held_out PHOTOS_FOLDER SHOTS_FOLDER BUNDLE_FOLDER…

The folders are just those that default_encoder learned from. No photo of an evaluation set takes part.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.errors import FolderError, PhotosearchError
from photosearch.find.evaluation import evaluate
from photosearch.training.data.mined import mine_shots
from photosearch.training.data.shots import NO_SHOTS, Shots, read_shots, split_shots
from photosearch.training.default_encoder import relate_all
from photosearch.training.photos import find_photos, load_photo, split
from photosearch.training.quality import (
    ASKED_SHARE,
    DISTRACTOR_SHARE,
    CopyQuality,
    all_edits,
    one_edit,
    score_copies,
)

PAGES = 120  # collages, each of as many of the photos searched
CELL_PX = 320
CHUNK = 8

Encode = Callable[[NDArray[np.uint8]], NDArray[np.float32]]  # uint8[B, S, S, 3] to unit float32[B, D]
Views = Callable[[Image.Image, int], Sequence[Image.Image]]


class Results(NamedTuple):
    """In percent, but for `strangers`, a cosine."""

    copies: CopyQuality
    but_for_shots: CopyQuality  # the same, where other shots of one place are neither right nor wrong
    pairs: float  # pictures that a page of two holds, found first by the page
    fours: float  # the same of a page of four
    shots: dict[str, float]  # mAP of groups from several viewpoints, by where they come from
    kinds: float  # mAP of the collections that photos come from, by the first word of their names
    strangers: float  # the cosine with the nearest other, in the middle of the photos without a group


class HeldOutViews:
    """The views of held-out photos at `size` pixels a side, made once for encoders of that size.

    Of the `photos`, those that share a number in `places` are shots of one place.
    """

    def __init__(self, photos: Sequence[Path], places: NDArray[np.int64], shots: Shots, size: int) -> None:
        searched = len(photos) - round(len(photos) * DISTRACTOR_SHARE)
        asked = max(1, round(len(photos) * ASKED_SHARE))
        self._collections = [path.name.split("_")[0] for path in photos]
        self._sources = np.array([path.name.split("__")[0] for path in shots.photos])
        self._shots = shots
        self._places = places
        self._plain = _fitted(photos, size, lambda photo, _: [photo])[:, 0]
        self._searched = searched
        self._edits = _fitted(photos[:asked], size, all_edits).reshape(-1, size, size, 3)
        self._strangers = _fitted(photos[searched:], size, one_edit)[:, 0]
        self._pages = [_pages(photos[:searched], cells, size) for cells in (2, 4)]
        self._others = _fitted(shots.photos, size, lambda photo, _: [photo])[:, 0]

    def measure(self, encode: Encode) -> Results:
        plain, edits, strangers, others = (
            _encode(encode, pixels) for pixels in (self._plain, self._edits, self._strangers, self._others)
        )
        library = plain[: self._searched]
        of_copies = library, edits, strangers
        pairs, fours = (
            100 * float(((_encode(encode, pages) @ library.T).argmax(axis=1) == np.arange(len(pages))).mean())
            for pages in self._pages
        )
        grouped = self._grouped()
        shots = {
            source: evaluate(others[rows], [str(self._shots.families[row]) for row in rows]).map
            for source, rows in self._by_source(grouped)
        }
        alone = others[~np.isin(np.arange(len(others)), grouped)] @ others.T
        return Results(
            copies=score_copies(*of_copies, np.arange(len(plain))),
            but_for_shots=score_copies(*of_copies, self._places),
            pairs=pairs,
            fours=fours,
            shots=shots,
            kinds=evaluate(plain, self._collections).map,
            strangers=float(np.median(np.sort(alone, axis=1)[:, -2])) if len(alone) else 0.0,
        )

    def _grouped(self) -> NDArray[np.int64]:
        return np.unique(self._shots.pairs)

    def _by_source(self, rows: NDArray[np.int64]) -> list[tuple[str, NDArray[np.int64]]]:
        """The photos of each large source, and those of all others together."""
        sources, counts = np.unique(self._sources[rows], return_counts=True)
        large = sources[counts >= len(rows) / 5]
        of_large = [(str(source), rows[self._sources[rows] == source]) for source in large]
        rest = rows[~np.isin(self._sources[rows], large)]
        return [*of_large, ("others", rest)] if len(rest) else of_large


def _fitted(photos: Sequence[Path], size: int, views: Views) -> NDArray[np.uint8]:
    """uint8[N, V, size, size, 3]; raises FolderError if a photo cannot be read any more."""

    def of_photo(number: int) -> NDArray[np.uint8]:
        photo = load_photo(photos[number])
        if photo is None:
            raise FolderError("“{path}” cannot be read any more.", path=str(photos[number]))
        return np.stack([fit(view, size, "squash") for view in views(photo, number)])

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.stack(list(threads.map(of_photo, range(len(photos)))))


def _pages(photos: Sequence[Path], cells: int, size: int) -> NDArray[np.uint8]:
    """Pages of `cells` photos each in two columns, uint8[n, size, size, 3], each sought by the photo of its number."""
    count = min(PAGES, len(photos) // cells)
    rows = cells // 2
    pages: list[NDArray[np.uint8]] = []
    for number in range(count):
        page = Image.new("RGB", (2 * CELL_PX, rows * CELL_PX))
        numbers = [number, *(count + number * (cells - 1) + other for other in range(cells - 1))]
        for place, each in enumerate(np.random.default_rng(number).permutation(numbers)):
            photo = load_photo(photos[each])
            if photo is None:
                raise FolderError("“{path}” cannot be read any more.", path=str(photos[each]))
            page.paste(photo.resize((CELL_PX, CELL_PX)), (place % 2 * CELL_PX, place // 2 * CELL_PX))
        pages.append(fit(page, size, "squash"))
    return np.stack(pages)


def _encode(encode: Encode, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.concatenate(list(threads.map(encode, np.array_split(pixels, -(-len(pixels) // CHUNK)))))


def main() -> None:
    """Run the command; a line for each bundle."""
    parser = argparse.ArgumentParser(
        prog="python -m photosearch.training.held_out", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("photos_folder", type=Path)
    parser.add_argument("shots_folder", type=Path)
    parser.add_argument("bundles", type=Path, nargs="+", metavar="BUNDLE_FOLDER")
    arguments = parser.parse_args()
    try:
        held_out, _ = split(find_photos(arguments.photos_folder))
        shots, _ = split_shots(read_shots(arguments.shots_folder))
        places = relate_all(len(held_out), NO_SHOTS, mine_shots(held_out)).places
        views: dict[int, HeldOutViews] = {}
        for folder in arguments.bundles:
            encoder = Encoder(folder, "cpu")
            size = encoder.bundle.input_size
            of_size = views.get(size) or HeldOutViews(held_out, places, shots, size)
            views[size] = of_size
            print(f"{encoder.bundle.id}: {line(of_size.measure(encoder.encode))}")
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")


def line(results: Results) -> str:
    """The printed figures of a bundle."""
    shots = ", ".join(f"{source} {value:.1f}" for source, value in results.shots.items())
    copies, others = results.copies, results.but_for_shots
    return (
        f"copies {copies.micro_ap:.1f} / {copies.recall_at_99:.1f}, "
        f"but for other shots {others.micro_ap:.1f} / {others.recall_at_99:.1f}, "
        f"pages {results.pairs:.0f} / {results.fours:.0f}, shots {shots}, kinds {results.kinds:.1f}, "
        f"strangers {results.strangers:.2f}"
    )


if __name__ == "__main__":
    main()
