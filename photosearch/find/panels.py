"""Photos within other photos: the panels of collages, described one by one."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.panels import METHOD, cut_panels
from photosearch.models import Progress
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.tables.panels import add_panels, looked_at, not_looked_at

if TYPE_CHECKING:  # onnxruntime takes a tenth of a second to import, and not every question encodes
    from photosearch.encode.encoder import Encoder

STEP = 500  # photos looked at between two reports of progress; a kill loses as many


def encode_panels(jpeg: bytes, encoder: "Encoder") -> NDArray[np.float32]:
    """The descriptors float32[n,D] of the panels that a thumbnail shows; none where it is damaged."""
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
            page = picture.convert("RGB")
    except (OSError, SyntaxError):
        page = Image.new("RGB", (1, 1))
    return encoder.encode(cut_panels(page, encoder.bundle.input_size, encoder.bundle.resize))


def describe_panels(
    catalog: Catalog,
    encoder_id: int,
    load: "Callable[[], Encoder]",
    thumbnail: Callable[[bytes], bytes | None],
    threads: int,
) -> Generator[Progress]:
    """Look for panels in the thumbnails of photos whose panels indexing did not describe, and describe them.

    These are photos that an earlier version indexed, and those that were added before all of these were looked at.

    `load` gives the encoder, `thumbnail` a JPEG of a digest as far as there is one. It may be closed at any time.
    """
    through = looked_at(catalog, encoder_id, METHOD)
    total = catalog.count_descriptors(encoder_id) - (catalog.count_descriptors(encoder_id, through) if through else 0)
    if not total:
        return
    encoder, done = load(), 0

    def describe(digest: bytes) -> NDArray[np.float32]:
        return encode_panels(thumbnail(digest) or b"", encoder)

    with ThreadPoolExecutor(threads, "panels") as pool:
        while rows := not_looked_at(catalog, encoder_id, through, STEP):
            vectors = pool.map(describe, (digest for _, _, digest in rows))
            found = [(content, panels) for (_, content, _), panels in zip(rows, vectors, strict=True)]
            through, done = rows[-1][0], done + len(rows)
            with transaction(catalog.connection):
                add_panels(catalog.connection, encoder_id, METHOD, found, through)
            yield Progress("finding lookalikes", done, max(done, total))
