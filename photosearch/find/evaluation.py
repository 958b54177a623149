"""The quality of an encoder on photos with known groups."""

import csv
import io
from collections.abc import Callable, Generator, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import QueryError
from photosearch.files import read_file
from photosearch.models import Evaluation, Progress, Read, Unreadable
from photosearch.paths import shown
from photosearch.sentences import Sentence, system_reason
from photosearch.table import of_cell

MOST_BYTES = 1 << 29  # of a list
Places = NDArray[np.int64]  # of the right answers to a query, from 0, ascending, junk not counted


def read_groups(file: Path) -> tuple[list[str], list[str]]:
    """Paths, made absolute, and groups from a CSV with the columns `path,group`; raises QueryError."""
    try:
        lines = io.StringIO(read_file(file, MOST_BYTES).decode("utf-8-sig"), newline="")
        rows = [(of_cell(row["path"] or ""), row["group"]) for row in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QueryError(
            "“{path}” cannot be read as a list of groups ({reason}).",
            path=shown(str(file)),
            reason=system_reason(error),
        ) from error
    except KeyError as error:
        raise QueryError("“{path}” needs a first line “path,group”.", path=shown(str(file))) from error
    if any(group is None for _, group in rows):
        raise QueryError("“{path}” has a line without a group.", path=shown(str(file)))
    if not rows:
        raise QueryError("“{path}” names no photos.", path=shown(str(file)))
    folder = file.absolute().parent
    return [str(folder / path) for path, _ in rows], [of_cell(group) for _, group in rows]


def collect_vectors(
    batches: Iterable[Sequence[Read]], total: int
) -> Generator[Progress, None, dict[str, NDArray[np.float32]]]:
    """The vectors of photos by path, as they are read; raises QueryError for one that cannot be."""
    found: dict[str, NDArray[np.float32]] = {}
    for reads in batches:
        for read in reads:
            if read.vector is None:
                reason = (
                    read.outcome.reason if isinstance(read.outcome, Unreadable) else Sentence("There is no such file.")
                )
                raise QueryError("“{path}” cannot be evaluated. {reason}", path=shown(read.file.path), reason=reason)
            found[read.file.path] = read.vector
        yield Progress("evaluating", len(found), total)
    return found


def evaluate(vectors: NDArray[np.float32], groups: Sequence[str]) -> Evaluation:
    """Rank all other photos for every photo of float32[n,D] that has a partner in its group."""
    labels = np.unique(np.asarray(groups), return_inverse=True)[1]
    places = places_by_label((np.argsort(-(vectors @ vector), kind="stable") for vector in vectors), labels)
    return Evaluation(
        photos=len(vectors),
        groups=int(labels.max(initial=-1)) + 1,
        map=100 * mean_average_precision(places),
        recall_at_1=100 * recall_at(places, 1),
    )


def places_by_label(ranks: Iterable[NDArray[np.int64]], labels: NDArray[np.int64]) -> list[Places]:
    """The places for n queries that are the database: photos of int[n] one label find each other, and none itself."""
    found: list[Places] = []
    for photo, order in enumerate(ranks):
        others = order[order != photo]
        found.append(np.flatnonzero(labels[others] == labels[photo]))
    return found


def average_precision(places: Places) -> float:
    """Trapezoid average precision of the revisited Oxford protocol; `places` are one or more."""
    found = np.arange(len(places))
    before = np.where(places == 0, 1.0, found / np.maximum(places, 1))
    after = (found + 1) / (places + 1)
    return float(np.mean((before + after) / 2))


def mean_average_precision(places: Sequence[Places]) -> float:
    """mAP, 0 to 1."""
    return mean_over_queries(places, average_precision)


def recall_at(places: Sequence[Places], k: int) -> float:
    """The share of queries that have a right answer among the first `k`."""
    return mean_over_queries(places, lambda found: float(found[0] < k))


def mean_over_queries(places: Sequence[Places], measure: Callable[[Places], float]) -> float:
    """The mean of a measure over the queries that have an answer, 0 where none has."""
    values = [measure(found) for found in places if len(found)]
    return float(np.mean(values)) if values else 0.0
