"""How good an encoder is on photos with known groups."""

import csv
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import QueryError
from photosearch.paths import shown
from photosearch.photo import Evaluation, Progress, Read, Unreadable


def read_groups(file: Path) -> tuple[list[str], list[str]]:
    """Paths, made absolute, and groups from a CSV with the columns `path,group`; raises QueryError."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            rows = [(str(file.absolute().parent / row["path"]), row["group"]) for row in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QueryError(f"“{file}” cannot be read as a list of groups ({error}).") from error
    except KeyError as error:
        raise QueryError(f"“{file}” needs a first line “path,group”.") from error
    if any(group is None for _, group in rows):
        raise QueryError(f"“{file}” has a line without a group.")
    if not rows:
        raise QueryError(f"“{file}” names no photos.")
    return [path for path, _ in rows], [group for _, group in rows]


def collect_vectors(
    batches: Iterable[Sequence[Read]], total: int
) -> Generator[Progress, None, dict[str, NDArray[np.float32]]]:
    """The vectors of photos by path, as they are read; raises QueryError for one that cannot be."""
    found: dict[str, NDArray[np.float32]] = {}
    for reads in batches:
        for read in reads:
            if read.vector is None:
                reason = read.outcome.reason if isinstance(read.outcome, Unreadable) else "There is no such file."
                raise QueryError(f"“{shown(read.file.path)}” cannot be evaluated. {reason}")
            found[read.file.path] = read.vector
        yield Progress("evaluating", len(found), total)
    return found


def evaluate(vectors: NDArray[np.float32], groups: Sequence[str]) -> Evaluation:
    """Rank all other photos for every photo of float32[n,D] that has a partner in its group.

    mAP by the trapezoid rule of the revisited Oxford protocol (Radenović et al., CVPR 2018); recall@1: the nearest
    photo is of the group.
    """
    labels = np.unique(np.asarray(groups), return_inverse=True)[1]
    precisions: list[float] = []
    firsts = 0
    for photo, vector in enumerate(vectors):
        relevant = labels == labels[photo]
        relevant[photo] = False
        if not relevant.any():
            continue
        scores = vectors @ vector
        scores[photo] = -np.inf
        order = np.argsort(-scores, kind="stable")
        ranks = np.flatnonzero(relevant[order])
        precisions.append(average_precision(ranks))
        firsts += int(ranks[0] == 0)
    queries = len(precisions)
    return Evaluation(
        photos=len(vectors),
        groups=int(labels.max(initial=-1)) + 1,
        map=100 * float(np.mean(precisions)) if queries else 0.0,
        recall_at_1=100 * firsts / queries if queries else 0.0,
    )


def average_precision(ranks: NDArray[np.int64]) -> float:
    """Trapezoid average precision of relevant answers at the 0-based, ascending `ranks`."""
    found = np.arange(len(ranks))
    before = np.where(ranks == 0, 1.0, found / np.maximum(ranks, 1))
    after = (found + 1) / (ranks + 1)
    return float(np.mean((before + after) / 2))
