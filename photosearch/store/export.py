"""The descriptors of a library as a file for NumPy."""

import os
from pathlib import Path

import numpy as np

from photosearch.store.catalog import Catalog


def export_vectors(catalog: Catalog, encoder: str, dimension: int, folder: str | None, file: Path) -> int:
    """Write `paths`, `vectors` float32[n,D] and `encoder` of the present photos to `file` in one step; return n."""
    rows = list(catalog.photos_with_descriptors(catalog.encoder_id(encoder), folder))
    vectors = np.frombuffer(b"".join(vector for _, vector in rows), np.float16).astype(np.float32)
    partial = file.with_name(file.name + ".partial")
    try:
        with partial.open("wb") as out:
            np.savez(
                out,
                paths=np.array([path for path, _ in rows], dtype=np.str_),
                vectors=vectors.reshape(len(rows), dimension),
                encoder=np.array(encoder),
            )
        os.replace(partial, file)
    finally:
        partial.unlink(missing_ok=True)
    return len(rows)
