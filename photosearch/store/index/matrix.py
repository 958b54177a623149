"""A file of descriptors, memory-mapped: one row a descriptor, with its content's id and a checksum of both.

Rows are only ever added, behind all that anybody reads, and each is checked when it is first read: so what a killed
run left behind the last row, or the disk lost, is never taken for a descriptor.
"""

import os
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from photosearch.own_files import private
from photosearch.sentences import Sentence

ID_BYTES, SUM_BYTES = 8, 4
STEP = 1 << 14  # rows
DAMAGED = Sentence("The descriptors that were kept for search are damaged.")


class Damaged(Exception):
    """Rows of a matrix are not what was written."""


class Matrix:
    """The first `count` rows of a file."""

    def __init__(self, file: Path, dimension: int, count: int) -> None:
        """Raises OSError, ValueError where the file holds fewer."""
        self.file = file
        if file.stat().st_size < count * row_bytes(dimension):  # of which Windows tells as of a disk that is away
            raise ValueError("the file is cut short")
        self._rows = np.memmap(file, np.uint8, "r", shape=(count, row_bytes(dimension)))
        self._checked = np.zeros(count, bool)

    def __len__(self) -> int:
        return len(self._rows)

    def contents(self) -> NDArray[np.int64]:
        """The content of every row, int64[n]; raises Damaged.

        The rows are not read through the map, which would hold all of them in memory.
        """
        found, size = np.empty(len(self), np.int64), self._rows.shape[1]
        for start in range(0, len(self), STEP):
            count = min(STEP, len(self) - start)
            try:
                rows = np.fromfile(self.file, np.uint8, count * size, offset=start * size).reshape(count, size)
            except (OSError, ValueError) as error:  # it was taken away or cut
                raise Damaged(DAMAGED) from error
            ids, _, sums = _parts(rows)
            _check(rows, sums[:, 0])
            found[start : start + count] = ids[:, 0]
        return found

    def vectors(self, start: int, stop: int) -> NDArray[np.float16]:
        """float16[n,D] of the rows from `start` up to `stop`; raises Damaged."""
        return self._checked_rows(slice(start, stop))[1]

    def take(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Contents int64[n] and vectors float16[n,D] of some rows; raises Damaged."""
        return self._checked_rows(rows)

    def _checked_rows(self, wanted: slice | NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        rows = self._rows[wanted]
        ids, vectors, sums = _parts(rows)
        new = np.flatnonzero(~self._checked[wanted])
        if len(new):
            _check(rows[new], sums[new, 0])
            self._checked[wanted] = True
        return ids[:, 0], vectors


class MatrixWriter:
    """Adds rows to a file, from row `count` on; what lies there, a killed run left."""

    def __init__(self, file: Path, dimension: int, count: int) -> None:
        """Raises OSError."""
        self._dimension = dimension
        self._file = os.fdopen(private(os.fspath(file), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)), "r+b")
        self._file.seek(count * row_bytes(dimension))
        self.count = count

    def add(self, contents: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """Write a row a content: int64[n], float16[n,D]. Raises OSError."""
        rows = np.empty((len(contents), row_bytes(self._dimension)), np.uint8)
        ids, halves, sums = _parts(rows)
        ids[:, 0], halves[:] = contents, vectors
        sums[:, 0] = [_sum(row) for row in rows]
        self._file.write(rows.data)
        self.count += len(rows)

    def close(self) -> None:
        self._file.close()


def _parts(rows: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.float16], NDArray[np.uint32]]:
    """Ids int64[n,1], vectors float16[n,D] and checksums uint32[n,1], as views of the bytes of rows."""
    return (
        rows[:, :ID_BYTES].view(np.int64),
        rows[:, ID_BYTES:-SUM_BYTES].view(np.float16),
        rows[:, -SUM_BYTES:].view(np.uint32),
    )


def _check(rows: NDArray[np.uint8], sums: NDArray[np.uint32]) -> None:
    """Raises Damaged."""
    if any(_sum(row) != checksum for row, checksum in zip(rows, sums.tolist(), strict=True)):
        raise Damaged(DAMAGED)


def _sum(row: NDArray[np.uint8]) -> int:
    return crc32(row[:-SUM_BYTES].data)


def row_bytes(dimension: int) -> int:
    """The size of a row in the file."""
    return ID_BYTES + 2 * dimension + SUM_BYTES
