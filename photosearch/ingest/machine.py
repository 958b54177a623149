"""The part of indexing that a worker of a Dask scheduler does: reading and encoding files that it sees by itself."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.ingest.reader import Reader, unknown
from photosearch.models import Decoded, Unreadable

if TYPE_CHECKING:
    from photosearch.encode.encoder import Encoder

NO_PIXELS = np.empty((0, 0, 3), np.uint8)
NO_PANELS = np.empty((0, 0, 0, 3), np.uint8)
_lock = Lock()


class Remote(NamedTuple):
    """The result for one file, None if the worker does not see it; what was decoded as descriptors.

    The `vector` float32[D] is that of the photo, `panels` float32[n,D] are those of the pictures within it.
    """

    outcome: Decoded | Unreadable | None
    vector: NDArray[np.float32] | None
    panels: NDArray[np.float32] | None


def read_files(paths: Sequence[str], bundle_id: str, bundle: Mapping[str, bytes]) -> list[Remote]:
    """Read some files and encode their pixels in one call; `bundle` are the files of the encoder with that id."""
    encoder, reader = _tools(bundle_id, bundle)
    outcomes: list[Decoded | Unreadable | None] = []
    for path in paths:
        try:
            outcomes.append(reader.read(path, unknown))
        except FileNotFoundError:
            outcomes.append(None)
    pixels = {place: each.pixels for place, each in enumerate(outcomes) if isinstance(each, Decoded)}
    vectors = dict(zip(pixels, encoder.encode(np.stack(list(pixels.values()))), strict=True)) if pixels else {}
    return [
        Remote(replace(each, pixels=NO_PIXELS, panels=NO_PANELS), vectors[place], encoder.encode(each.panels))
        if isinstance(each, Decoded)
        else Remote(each, None, None)
        for place, each in enumerate(outcomes)
    ]


def _tools(bundle_id: str, bundle: Mapping[str, bytes]) -> "tuple[Encoder, Reader]":
    with _lock:  # as the threads of a worker share both
        return _make_tools(bundle_id, tuple(bundle.items()))


@cache
def _make_tools(_: str, bundle: tuple[tuple[str, bytes], ...]) -> "tuple[Encoder, Reader]":
    from photosearch.encode.encoder import Encoder

    with tempfile.TemporaryDirectory(prefix="photosearch-") as folder:
        for name, content in bundle:
            (Path(folder) / name).write_bytes(content)
        encoder = Encoder(Path(folder))
    return encoder, Reader(encoder.bundle.input_size, encoder.bundle.resize)
