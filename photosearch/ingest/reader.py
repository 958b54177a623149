"""Reading photos for one encoder: each file once, decoded here or, where that is dangerous, in a separate process."""

import hashlib
import io
import os
from collections.abc import Callable
from typing import TypeVar

from photosearch.apart import Killed
from photosearch.encode.preprocess import Resize
from photosearch.errors import PhotosearchError
from photosearch.ingest.decode import decode, explain, is_of_the_disk
from photosearch.ingest.formats import FILE_BYTES_HERE, HEAD_BYTES, sniff
from photosearch.ingest.isolation import IsolatedDecoders, Order
from photosearch.ingest.picture import Large, View, Wanted, open_picture
from photosearch.photo import Decoded, Region, Unreadable

MAX_PROCESSES = 4
GONE = "The file is not there any more."
Known = TypeVar("Known")


def unknown(_: bytes) -> Decoded | None:
    """Knows no digest: every file is decoded."""
    return None


class Reader:
    """Reads photos as uint8[input_size, input_size, 3]. Safe to use from many threads; close it when done."""

    def __init__(self, input_size: int, resize: Resize, threads: int = 1) -> None:
        self._whole = Wanted(input_size, resize)
        self._decoders = IsolatedDecoders(min(threads, MAX_PROCESSES))

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the decoding processes; nobody may be reading."""
        self._decoders.close()

    def read(
        self, path: str, known: Callable[[bytes], Known | None], region: Region | None = None
    ) -> Decoded | Unreadable | Known:
        """Read one photo, or a region of it, unless `known` recognises its digest: then return what that gave.

        Raises FileNotFoundError if the file is gone, and what `known` raises of PhotosearchError; whatever else goes
        wrong makes the file Unreadable.
        """
        return self._read(path, known, self._whole._replace(region=region))

    def look(self, path: str, longest_side: int | None = None) -> Decoded | Unreadable:
        """Read one photo for a person: `pixels` are uint8[H,W,3] of it as it is seen, shrunk to `longest_side`.

        Whatever goes wrong makes the file Unreadable, also that it is gone.
        """
        try:
            return self._read(path, unknown, View(longest_side))
        except FileNotFoundError:
            return Unreadable(path, GONE, "disk")

    def _read(
        self, path: str, known: Callable[[bytes], Known | None], wanted: Wanted | View
    ) -> Decoded | Unreadable | Known:
        try:
            with open(path, "rb") as file:
                size_bytes = os.fstat(file.fileno()).st_size
                if not size_bytes:
                    return Unreadable(path, "The file is empty.")
                head = file.read(HEAD_BYTES)
                kind = sniff(head, path)
                file.seek(0)
                if size_bytes > FILE_BYTES_HERE:
                    digest = hashlib.file_digest(file, "sha256").digest()
                    return known(digest) or self._decoders.decode_alone(Order(path, None, kind, digest, wanted))
                data = file.read()
            digest = hashlib.sha256(data).digest()
            return known(digest) or self._decode(Order(path, data, kind, digest, wanted), data)
        except (FileNotFoundError, PhotosearchError):
            raise
        except MemoryError:  # of this process, which does more than this
            return Unreadable(path, "There was not enough memory to read the file.", "memory")
        except Exception as error:  # a hostile file can provoke anything
            return Unreadable(path, explain(error), "disk" if is_of_the_disk(error) else "photo")

    def _decode(self, order: Order, data: bytes) -> Decoded | Unreadable:
        try:
            if order.kind.isolated:
                return self._decoders.decode(order)
            picture = open_picture(io.BytesIO(data), order.kind.format, order.wanted, may_be_large=False)
            return decode(picture, order.digest, order.wanted)
        except (Large, Killed):
            return self._decoders.decode_alone(order)
