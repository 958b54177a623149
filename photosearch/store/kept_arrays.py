"""Caches of what is known of contents, a file each: they are used only if they are of this catalog and encoder."""

import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photosearch.files import read_file
from photosearch.own_files import make_folder, replace_file
from photosearch.store.catalog import Catalog

SAMPLE = 8  # contents by which a file is known to belong to a catalog
MOST_BYTES = 1 << 31  # of a file, which takes 40 to 120 a photo
NEW_SHARE, NEW_LEAST = 0.1, 20  # contents that may come and go before what is kept of the others is computed anew

Ints = NDArray[np.int64]
Arrays = dict[str, NDArray[Any]]


class KeptArrays:
    """The files of one folder; where the disk does not allow one, its arrays are computed anew next time."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self._catalog = catalog
        self._folder = folder

    def read(self, name: str, encoder: str) -> Arrays | None:
        """What was written as `name`, `contents` int64[n] among it; None where it is damaged, or not of these."""
        try:
            stored = unpacked(read_file(self._file(name), MOST_BYTES))
            contents = stored["contents"]
            sound = (
                str(stored.pop("encoder")) == encoder
                and contents.dtype == np.int64
                and bool((np.diff(contents) > 0).all())
                and stored.pop("sample").tobytes() == self._sample(contents)
            )
        except (OSError, ValueError, KeyError):
            return None
        return stored if sound else None

    def write(self, name: str, encoder: str, contents: Ints, **arrays: NDArray[Any]) -> None:
        """Keep `arrays`, which speak of ascending `contents` as this encoder describes them."""
        out = io.BytesIO()
        sample = np.frombuffer(self._sample(contents), np.uint8)
        stored: dict[str, Any] = {**arrays, "contents": contents, "encoder": np.array(encoder), "sample": sample}
        np.savez(out, **stored)
        with suppress(OSError):
            make_folder(self._folder)
            replace_file(self._file(name), out.getbuffer())

    def remove(self, name: str) -> None:
        """Throw one away."""
        with suppress(OSError):
            self._file(name).unlink(missing_ok=True)

    def discard(self) -> None:
        """Throw all away."""
        for file in self._folder.glob("*.npz"):
            with suppress(OSError):
                file.unlink()

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.npz"

    def _sample(self, contents: Ints) -> bytes:
        """The digests of some contents: a catalog restored from a backup may hold others under the same numbers."""
        some = contents[np.linspace(0, len(contents) - 1, min(SAMPLE, len(contents)), dtype=int)].tolist()
        digests = self._catalog.digests(some)
        return b"".join(digests.get(content, b"gone") for content in some)


def is_of_late(known: Ints, contents: Ints) -> bool:
    """True if few contents have come and gone since."""
    both = len(np.intersect1d(known, contents, assume_unique=True))
    changed = len(known) + len(contents) - 2 * both
    return changed == 0 or (len(known) > 2 and changed <= max(NEW_LEAST, NEW_SHARE * len(known)))


def unpacked(content: bytes) -> Arrays:
    """The arrays of an .npz; raises ValueError for a damaged one."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {key: file[key] for key in file.files}
    except Exception as error:  # whatever zipfile and its unpackers raise
        raise ValueError("the arrays are damaged") from error
