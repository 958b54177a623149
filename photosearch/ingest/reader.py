"""Reading photos for one encoder: each file once, decoded here or, where that is dangerous, in a separate process."""

import hashlib
import io
import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import TypeVar

from PIL import UnidentifiedImageError

from photosearch.encode.preprocess import Resize
from photosearch.errors import PhotosearchError
from photosearch.files import Unwanted, digest_of, open_file, read_up_to
from photosearch.ingest.decoding.decode import decode, explain, is_of_the_machine
from photosearch.ingest.decoding.formats import (
    FILE_BYTES_HERE,
    HEAD_BYTES,
    is_no_picture,
    sniff,
    too_large,
    unread_kind,
)
from photosearch.ingest.decoding.isolation import IsolatedDecoders, IsWanted, Order, always, held
from photosearch.ingest.decoding.oddness import is_odd
from photosearch.ingest.decoding.picture import Large, View, Wanted, open_picture, without_remarks
from photosearch.models import Decoded, Region, Unreadable
from photosearch.sentences import Sentence
from photosearch.worker_process import Killed

MAX_PROCESSES = 4
LIGHT_BYTES = 32 << 20  # photos that take more memory, as files or decoded, are decoded only a few at a time
HEAVY = 2
PROBED_BYTES = 1 << 20  # of a file that is not read as a whole
GONE = Sentence("The file is not there any more.")
Known = TypeVar("Known")


def unknown(_: bytes) -> Decoded | None:
    """Knows no digest: every file is decoded."""
    return None


class Reader:
    """Reads photos as uint8[input_size, input_size, 3]. Safe to use from many threads; close it when done."""

    def __init__(self, input_size: int, resize: Resize, threads: int = 1) -> None:
        self._whole = Wanted(input_size, resize)
        self._decoders = IsolatedDecoders(min(threads, MAX_PROCESSES))
        self._closing = threading.Event()
        self._heavy = threading.BoundedSemaphore(HEAVY)
        self._alone = threading.Lock()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def stop(self) -> None:
        """Let reads in other threads end soon: what takes long raises Unwanted there."""
        self._closing.set()

    def close(self) -> None:
        """End the decoding processes; no read may be in progress."""
        self._decoders.close()

    def read(
        self, path: str, known: Callable[[bytes], Known | None], region: Region | None = None
    ) -> Decoded | Unreadable | Known:
        """Read one photo, or a region of it, unless `known` recognises its digest: then return its result.

        Raises FileNotFoundError if the file is gone, Unwanted after `stop`, and any
        PhotosearchError that `known` raises; any other failure makes the file Unreadable.
        """
        return self._read(path, known, self._whole._replace(region=region), always)

    def look(self, path: str, longest_side: int | None = None, is_wanted: IsWanted = always) -> Decoded | Unreadable:
        """Read one photo for a person: `pixels` are uint8[H,W,3] of it as it is seen, shrunk to `longest_side`.

        Any failure makes the file Unreadable, also if it is gone. Raises Unwanted soon after `is_wanted` returns False.
        """
        try:
            return self._read(path, unknown, View(longest_side), is_wanted)
        except FileNotFoundError:
            return Unreadable(path, GONE, "disk")

    def _read(
        self, path: str, known: Callable[[bytes], Known | None], wanted: Wanted | View, asked_for: IsWanted
    ) -> Decoded | Unreadable | Known:
        def is_wanted() -> bool:
            return asked_for() and not self._closing.is_set()

        try:
            with open_file(path) as file:
                size_bytes = os.fstat(file.fileno()).st_size
                if not size_bytes:
                    return Unreadable(path, Sentence("The file is empty."))
                if why := too_large(size_bytes):
                    return Unreadable(path, why)
                head = file.read(HEAD_BYTES)
                if other := unread_kind(head):
                    reason = Sentence("Photosearch does not read files of this kind: {kind}.", kind=other)
                    return Unreadable(path, reason)
                kind = sniff(head, path)
                file.seek(0)
                if size_bytes > FILE_BYTES_HERE:
                    is_unusual = is_odd(kind.format, file.read(PROBED_BYTES))
                    file.seek(0)
                    digest = digest_of(file, is_wanted)
                    alone = Order(path, None, kind, digest, wanted, is_unusual)
                    return known(digest) or self._decode_alone(alone, is_wanted)
                is_heavy = size_bytes > LIGHT_BYTES
                heavy = held(self._heavy, is_wanted)
                with heavy if is_heavy else nullcontext():
                    data = read_up_to(file, FILE_BYTES_HERE)
                    digest = hashlib.sha256(data).digest()
                    order = Order(path, data, kind, digest, wanted)
                    try:
                        return known(digest) or self._decode(order, nullcontext() if is_heavy else heavy, is_wanted)
                    except (Large, Killed):
                        pass
            return self._decode_alone(order, is_wanted)
        except (FileNotFoundError, PhotosearchError, Unwanted):
            raise
        except MemoryError:  # of this process, which does more than this
            return Unreadable(path, Sentence("There was not enough memory to read the file."), "memory")
        except Exception as error:  # a hostile file can provoke anything
            return Unreadable(path, explain(error), "disk" if is_of_the_machine(error) else "photo")

    def _decode(self, order: Order, heavy: AbstractContextManager[object], is_wanted: IsWanted) -> Decoded | Unreadable:
        """Decode a photo here or, where that is dangerous, apart; `heavy` is to be held for one that takes much memory.

        Raises Large and Killed for one that is to be decoded alone, UnidentifiedImageError for what is no picture.
        """
        assert order.data is not None
        if is_no_picture(order.data[:HEAD_BYTES], order.kind):
            raise UnidentifiedImageError
        if order.kind.isolated:
            return self._decoders.decode(order, is_wanted)
        if is_odd(order.kind.format, order.data):
            return self._decoders.decode(order._replace(is_odd=True), is_wanted)
        with without_remarks():
            picture = open_picture(io.BytesIO(order.data), order.kind.format, order.wanted, may_be_large=False)
            with heavy if picture.memory_bytes > LIGHT_BYTES else nullcontext():
                return decode(picture, order.digest, order.wanted)

    def _decode_alone(self, order: Order, is_wanted: IsWanted) -> Decoded | Unreadable:
        """Decode a photo apart while no other heavy one is: this bounds the memory of all."""
        with held(self._alone, is_wanted), ExitStack() as all_heavy:
            for _ in range(HEAVY):
                all_heavy.enter_context(held(self._heavy, is_wanted))
            return self._decoders.decode_alone(order, is_wanted)
