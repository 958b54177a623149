"""Reading a photo that needs no process of its own to be decoded: for a process that is one already."""

import io
import os

import numpy as np
from numpy.typing import NDArray

from photosearch.files import open_file, read_up_to
from photosearch.ingest.decoding.decode import view
from photosearch.ingest.decoding.formats import FILE_BYTES_HERE, HEAD_BYTES, sniff, unread_kind
from photosearch.ingest.decoding.oddness import is_odd
from photosearch.ingest.decoding.picture import View, open_picture, without_remarks


def read_plainly(path: str) -> NDArray[np.uint8] | None:
    """The whole photo as it is seen, uint8[H,W,3]; None: only a `Reader` may read it, or nothing can."""
    try:
        with open_file(path) as file:
            if os.fstat(file.fileno()).st_size > FILE_BYTES_HERE:
                return None
            data = read_up_to(file, FILE_BYTES_HERE)
        head = data[:HEAD_BYTES]
        kind = sniff(head, path)
        if unread_kind(head) or kind.isolated or is_odd(kind.format, data):
            return None
        with without_remarks():
            picture = open_picture(io.BytesIO(data), kind.format, View(), may_be_large=False)
            return view(picture, View())
    except Exception:  # too large for here, or any that a damaged file causes, of which a `Reader` tells the reason
        return None
