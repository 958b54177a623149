"""Fits the weights of photosearch/find/registration/edit_classifier.py anew, and holds them against the present ones.

    python benchmarks/edit_classifier.py PHOTOS [--copied N] [--neighbours N] [--copies FILE] [--library FOLDER]
        [--sheet FILE]

Copies of N photos of a folder, one of each kind in edited.py, stand against pairs of other shots: photos of the folder
that are neighbours by their descriptors and whose overlap is alike, as frames of fixed webcams are. A folder may hold
true copies; look at the contact sheet of the other shots that are most like copies, and name those that are copies in
FILE, a pair of file names a line. Everything is split by scene into a part to fit on and a part to measure on. New
weights are for the program only if they find as many copies of the second part, and take as few other shots for one.
The present ones may have been fitted on photos of the second part, so they have the advantage.

On the photos of `train` (1,959 copies, 561 other shots, 540 of them of webcams, 60 pairs left out by eye): as few other
shots taken, 1.3 %, present weights find 98.1 % of the copies and new ones 92.1 %, so the present ones stay.
"""

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from edited import write_copies
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from sklearn.linear_model import LogisticRegressionCV

from photosearch.find.registration import edit_classifier
from photosearch.find.registration.verify import LEAST_AGREEMENT, LEAST_INLIERS, Described, describe, lay
from photosearch.library import Library
from photosearch.models import Unreadable

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
NEIGHBOURS = 10
HELD_OUT = 0.4  # of the scenes
MOST_FALSE = 0.01  # of the other shots may score more than what is evident
STRENGTHS = np.logspace(-3, 1, 9)  # of the weights, inverse
SHOWN, SIDE_PX = 40, 200
ROW = "{:>28} {:>9} {:>12} {:>12}"


class Sample(NamedTuple):
    """The measures of a pair's overlap, its number, whether it is a copy, and the part it belongs to alone."""

    measures: NDArray[np.float64]  # [9]
    names: tuple[str, str]
    is_copy: bool
    scene: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--copied", type=int, default=90, metavar="N")
    parser.add_argument(
        "--neighbours", type=int, default=3_000, metavar="N", help="pairs at most, the most alike first"
    )
    parser.add_argument("--copies", type=Path, metavar="FILE")
    parser.add_argument("--library", type=Path, metavar="FOLDER", help="keep the indexed photos there")
    parser.add_argument("--sheet", type=Path, metavar="FILE")
    options = parser.parse_args()
    files = sorted(path for path in options.photos.rglob("*") if path.suffix.lower() in SUFFIXES)
    known = {frozenset(line.split()) for line in options.copies.read_text().splitlines()} if options.copies else set()
    with tempfile.TemporaryDirectory() as place:
        with Library(options.library or Path(place, "library"), "cpu") as library:
            for _ in library.index([str(options.photos)]):
                pass
            others = [
                sample for sample in other_shots(library, options.neighbours) if frozenset(sample.names) not in known
            ]
        random.Random(1).shuffle(files)
        copies = list(edited_copies(files, options.copied, Path(place)))
    if options.sheet:
        draw_sheet(options.photos, others, options.sheet)
    fit_and_tell(copies, others)


def edited_copies(files: Sequence[Path], count: int, place: Path) -> Iterator[Sample]:
    """Copies of the first `count` photos, as far as one can be laid over the other."""
    for number, photo in enumerate(files[:count]):
        original = look(photo.read_bytes())
        for kind, copy in write_copies(photo, files[-3 * number - 3 : len(files) - 3 * number], number, place):
            if measures := measure(original, look(copy.read_bytes())):
                yield Sample(np.array(measures), (photo.name, kind), True, number)


def other_shots(library: Library, most: int) -> Iterator[Sample]:
    """Of the `most` nearest neighbours those whose overlap is alike; all that hang together are one scene."""
    _, contents, vectors = library.catalog.descriptors_after(library.encoder_id, 0, 1_000_000)
    paths = {content: found[0].path for content, found in library.catalog.places(contents.tolist()).items()}
    ranked = library.vectors.search(vectors.astype(np.float32), NEIGHBOURS)
    floor = library.bundle.calibration.least_alike if library.bundle.calibration else 0.6
    scored = {
        (min(content, other), max(content, other)): score
        for content, row, scores in zip(contents.tolist(), ranked.ids.tolist(), ranked.scores.tolist(), strict=True)
        for other, score in zip(row, scores, strict=True)
        if other != content and score >= floor
    }
    pairs = sorted(scored, key=lambda pair: -scored[pair])[:most]
    scene = leaders(pairs)
    seen: dict[int, Described | None] = {}
    for one, other in sorted(pairs):
        for content in (one, other):
            if content not in seen:
                found = library.photos.facts(paths[content])
                seen[content] = None if isinstance(found, Unreadable) else look(found[1])
        first, second = seen[one], seen[other]
        if first and second and (measures := measure(first, second)):
            yield Sample(np.array(measures), (Path(paths[one]).name, Path(paths[other]).name), False, scene(one))


def leaders(pairs: Sequence[tuple[int, int]]) -> Callable[[int], int]:
    """One member for all that hang together by pairs."""
    above: dict[int, int] = {}

    def lead(one: int) -> int:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    for one, other in pairs:
        above[lead(one)] = lead(other)
    return lead


def measure(one: Described, other: Described) -> list[float] | None:
    """The classifier's input for a pair; None where another rule has excluded a copy before."""
    laid = lay(one, other)
    if laid is None or laid.overlay.agreement < LEAST_AGREEMENT:
        return None
    return laid.overlay.measures.tolist() if laid.inliers >= LEAST_INLIERS or laid.overlay.agreement >= 0.8 else None


def look(jpeg: bytes) -> Described:
    with Image.open(BytesIO(jpeg)) as picture:
        picture = picture.convert("RGB")
        picture.thumbnail((384, 384))
        return describe(np.asarray(picture))


def fit_and_tell(copies: Sequence[Sample], others: Sequence[Sample]) -> None:
    """Fit on one part of the scenes, and say what both weights make of the other part."""
    rng = np.random.default_rng(1)
    parts: list[tuple[list[Sample], list[Sample]]] = []
    for samples in (copies, others):
        scenes = sorted({sample.scene for sample in samples})
        held = set(rng.permutation(scenes)[: round(HELD_OUT * len(scenes))].tolist())
        split = [[sample for sample in samples if (sample.scene in held) == out] for out in (False, True)]
        parts.append((split[0], split[1]))
    fitting, held_out = ([*own, *foreign] for own, foreign in zip(*parts, strict=True))
    print(f"{len(copies)} copies, {len(others)} other shots; {len(fitting)} to fit on, {len(held_out)} held out")
    measures = np.stack([sample.measures for sample in fitting])
    values = edit_classifier.prepare(measures)
    means, scales = values.mean(0).round(3), values.std(0).round(3)
    rows, labels = products(values, means, scales), np.array([sample.is_copy for sample in fitting])
    model = LogisticRegressionCV(
        Cs=STRENGTHS,
        l1_ratios=(0,),
        use_legacy_attributes=False,
        class_weight="balanced",
        scoring="neg_log_loss",
        max_iter=5_000,
        fit_intercept=False,
    ).fit(rows, labels)
    weights = model.coef_[0].round(2)

    def present(sample: Sample) -> float:
        return edit_classifier.score(sample.measures)

    def new(sample: Sample) -> float:
        return float((products(edit_classifier.prepare(sample.measures[None]), means, scales) @ weights)[0])

    print(ROW.format("held out", "evident", "copies found", "others taken"))
    for name, score, evident in (
        ("present", present, edit_classifier.EVIDENT),
        ("new", new, float(np.quantile([new(each) for each in fitting if not each.is_copy], 1 - MOST_FALSE))),
    ):
        tell(name, score, evident, held_out)
        same_false = float(np.quantile([score(each) for each in held_out if not each.is_copy], 1 - MOST_FALSE))
        tell(f"{name}, as many others", score, same_false, held_out)
    print(f"MEANS = {tuple(means.tolist())}\nSCALES = {tuple(scales.tolist())}\nWEIGHTS = (")
    start = 0
    for length in range(len(means) + 1, 0, -1):
        print(f"    {tuple(weights[start : start + length].tolist())},")
        start += length
    print(")")


def products(values: NDArray[np.float64], means: Sequence[float], scales: Sequence[float]) -> NDArray[np.float64]:
    """1, the measures and their products [n,55], in the order of WEIGHTS."""
    scaled = np.clip((values - means) / scales, -4, 4)
    rows = np.column_stack([np.ones(len(scaled)), scaled])
    return np.column_stack([rows[:, i] * rows[:, j] for i in range(rows.shape[1]) for j in range(i, rows.shape[1])])


def tell(name: str, score: Callable[[Sample], float], evident: float, samples: Sequence[Sample]) -> None:
    def share(is_copy: bool) -> float:
        asked = [sample for sample in samples if sample.is_copy == is_copy]
        return float(np.mean([is_evident(sample) for sample in asked]))

    def is_evident(sample: Sample) -> bool:
        least = sample.measures[1] >= edit_classifier.LEAST_COARSE and sample.measures[3] >= edit_classifier.LEAST_FINE
        return bool(least and score(sample) > evident)

    print(ROW.format(name, f"{evident:.2f}", f"{share(True):.4f}", f"{share(False):.4f}"))


def draw_sheet(folder: Path, others: Sequence[Sample], file: Path) -> None:
    """Show those other shots that are most like copies, which may be copies."""
    likeliest = sorted(others, key=lambda sample: -edit_classifier.score(sample.measures))[:SHOWN]
    sheet = Image.new("RGB", (4 * 2 * SIDE_PX, -(-SHOWN // 4) * (SIDE_PX + 16)), "white")
    for place, sample in enumerate(likeliest):
        left, top = place % 4 * 2 * SIDE_PX, place // 4 * (SIDE_PX + 16)
        for side, name in enumerate(sample.names):
            with Image.open(next(folder.rglob(name))) as photo:
                sheet.paste(photo.convert("RGB").resize((SIDE_PX - 4, SIDE_PX - 4)), (left + side * SIDE_PX, top + 16))
        told = f"{sample.names[0]} {sample.names[1]} {edit_classifier.score(sample.measures):.1f}"
        ImageDraw.Draw(sheet).text((left, top), told, "black")
    sheet.save(file)


if __name__ == "__main__":
    main()
