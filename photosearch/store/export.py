"""The descriptors of a library as a file for NumPy."""

from typing import BinaryIO

import numpy as np

from photosearch.store.catalog import Catalog


def export_vectors(catalog: Catalog, encoder: str, dimension: int, folder: str | None, out: BinaryIO) -> int:
    """Write `paths`, `vectors` float32[n,D] and `encoder` of the present photos to `out`; return n."""
    rows = list(catalog.photos_with_descriptors(catalog.encoder_id(encoder), folder))
    vectors = np.frombuffer(b"".join(vector for _, vector in rows), np.float16).astype(np.float32)
    np.savez(
        out,
        paths=np.array([path for path, _ in rows], dtype=np.str_),
        vectors=vectors.reshape(len(rows), dimension),
        encoder=np.array(encoder),
    )
    return len(rows)
