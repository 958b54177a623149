"""The active encoder and the parts that depend on it. A new choice is a new object: a running query keeps its own."""

import os
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photosearch.encode.bundle import Bundle, read_bundle
from photosearch.encode.bundles import Bundles
from photosearch.errors import EncoderError, PhotosearchError, QueryError
from photosearch.files import changed_ns
from photosearch.find.metric import Metric
from photosearch.find.panel_search import Panels
from photosearch.find.similar import Example, Parts, combine, find_similar
from photosearch.models import Decoded, FoundFile, Match, Query, Region, Unreadable
from photosearch.paths import shown
from photosearch.sentences import system_reason
from photosearch.settings import Device
from photosearch.store.catalog import Catalog
from photosearch.store.vectors import Vectors

if TYPE_CHECKING:  # onnxruntime and the decoders take a tenth of a second to import, and not every question encodes
    from photosearch.encode.encoder import Encoder
    from photosearch.find.duplicates.candidates import Lookalikes
    from photosearch.library.photo_reader import PhotoReader

READERS = 2  # processes for single photos; the second starts only if it is needed


class ActiveEncoder:
    """An encoder bundle in use: each part is made when it is first needed, once for all threads."""

    def __init__(self, bundles: Bundles, name: str, device: Device, catalog: Catalog, search: Path) -> None:
        """Nothing is read yet. `search` is where the search indexes lie, each in a folder of its own."""
        self._bundles = bundles
        self.name = name
        self.device: Device = device
        self._catalog = catalog
        self._search = search
        self._making = threading.RLock()
        self._loading = threading.Lock()  # its own, as it takes longest, and looking at photos needs no encoder

    def close(self) -> None:
        """End the decoding processes, and free the encoder and the index; no read may be in progress."""
        if "_reader" in self.__dict__:
            self._reader.close()
        for part in ("_encoder", "_vectors", "_panels"):  # which else stay until Python looks for circles of references
            self.__dict__.pop(part, None)

    def warm_up(self) -> None:
        """Preload the data that a search needs; its errors are raised when it is used."""
        with suppress(PhotosearchError):
            self.vectors.warm_up()
            self.encoder  # noqa: B018 as it loads

    def describe(self, path: str, region: Region | None = None) -> tuple[NDArray[np.float32], int | None]:
        """The descriptor of a query photo, and its content if known.

        From the catalog where the file is unchanged, or on a drive that is not connected.
        """
        try:
            status = os.stat(path)
            content = self._catalog.find_content(FoundFile(path, status.st_size, changed_ns(status)))
            if not region and content is not None and (known := self.vectors.descriptor(content)) is not None:
                return known, content
            with _meanwhile(lambda: self.encoder, "_encoder" in self.__dict__):
                decoded = self.reader.read(path, region)
        except (FileNotFoundError, NotADirectoryError):
            content = self._catalog.offline_content(path)
            if not region and content is not None and (known := self.vectors.descriptor(content)) is not None:
                return known, content
            raise QueryError("There is no photo “{path}”.", path=shown(path)) from None
        except OSError as error:
            raise QueryError(
                "“{path}” cannot be read: {reason}.", path=shown(path), reason=system_reason(error)
            ) from error
        if not isinstance(decoded, Decoded):
            raise QueryError("“{path}” cannot be searched with. {reason}", path=shown(path), reason=decoded.reason)
        return self.encoder.encode(decoded.pixels[None])[0], self._catalog.find_digest(decoded.digest)

    def describe_panels(self, path: str, content: int | None) -> NDArray[np.float32]:
        """The panels float32[n,D] of a query photo that `describe` has described, and whose content is this."""
        if content is not None:
            return self.panels.of(content)
        try:
            decoded = self.reader.read(path)  # which was done to describe it, and is remembered
        except OSError:
            decoded = None
        if not isinstance(decoded, Decoded):
            return _matrix([], self.bundle.dimension)
        return self.encoder.encode(decoded.panels)

    def similar(self, query: Query, metric: Metric | None = None) -> list[Match]:
        """The photos nearest to those of a query, best first; raises QueryError where one of them cannot be read.

        `metric` is what descriptors are compared by; None: their cosine.
        """
        regions = [query.region, *[None] * (len(query.photos) - 1)]
        with _meanwhile(self.vectors.warm_up, self.vectors.is_loaded):
            wanted = [self.describe(path, region) for path, region in zip(query.photos, regions, strict=True)]
            unwanted = [self.describe(path) for path in query.without]
        dimension = self.bundle.dimension
        vector = combine(_matrix(wanted, dimension), _matrix(unwanted, dimension))
        own = {content for _, content in wanted if content is not None}
        calibration, parts = self.bundle.calibration, None
        if calibration and not query.without and len(wanted) == 1:
            panels = wanted[0][0][:0] if query.region else self.describe_panels(query.photos[0], wanted[0][1])
            parts = Parts(self.panels, panels.reshape(-1, dimension), calibration.least_of_a_scene)
        return find_similar(self._catalog, self.vectors, query, Example(vector, own, metric), calibration, parts)

    def digest(self, path: str) -> bytes:
        """SHA-256 of a photo's bytes, as they were when its drive was last connected; raises QueryError."""
        try:
            status = os.stat(path)
            content = self._catalog.find_content(FoundFile(path, status.st_size, changed_ns(status)))
            if content is None:
                decoded = self.reader.read(path)  # which most likely was done to search with it, and is remembered
                if isinstance(decoded, Unreadable):
                    raise QueryError("“{path}” cannot be read. {reason}", path=shown(path), reason=decoded.reason)
                return decoded.digest
        except OSError as error:
            content = self._catalog.offline_content(path)
            if content is None:
                raise QueryError(
                    "“{path}” cannot be read: {reason}.", path=shown(path), reason=system_reason(error)
                ) from error
        return self._catalog.digests([content])[content]

    def lookalikes(self) -> "Lookalikes":
        """The finder of photos that may be copies; raises EncoderError where it is unavailable."""
        bundle = self.bundle
        if bundle.calibration is None:
            raise EncoderError(
                "The encoder “{name}” is not calibrated, so it finds identical files only.",
                name=bundle.name,
            )
        from photosearch.find.duplicates.candidates import Lookalikes

        encoder_id = self._catalog.encoder_id(bundle.id)
        return Lookalikes(self.vectors, encoder_id, bundle.calibration.least_of_a_scene)

    @property
    def bundle(self) -> Bundle:
        """The contents of its card; raises EncoderError."""
        with self._making:
            return self._bundle

    @property
    def encoder(self) -> "Encoder":
        """The encoder, loaded; raises EncoderError."""
        with self._loading:
            return self._encoder

    @property
    def vectors(self) -> Vectors:
        """Its descriptors, for search."""
        with self._making:
            return self._vectors

    @property
    def panels(self) -> Panels:
        """The panels of photos, as it describes them."""
        with self._making:
            return self._panels

    @property
    def reader(self) -> "PhotoReader":
        """Reads single photos; it keeps the processes that decode HEIC and the like."""
        with self._making:
            return self._reader

    @cached_property
    def _bundle(self) -> Bundle:
        return read_bundle(self._bundles.folder(self.name))

    @cached_property
    def _encoder(self) -> "Encoder":
        from photosearch.encode.encoder import Encoder

        return Encoder(self._bundles.folder(self.name), self.device)

    @cached_property
    def _vectors(self) -> Vectors:
        return Vectors(self._catalog, self._search / self._bundle.id, self._bundle.id, self._bundle.dimension)

    @cached_property
    def _panels(self) -> Panels:
        return Panels(self._catalog, self._catalog.encoder_id(self._bundle.id), self._bundle.dimension)

    @cached_property
    def _reader(self) -> "PhotoReader":
        from photosearch.ingest.reader import Reader
        from photosearch.library.photo_reader import PhotoReader

        try:
            return PhotoReader(Reader(self._bundle.input_size, self._bundle.resize, READERS))
        except EncoderError:  # a search reports it; photos can be viewed all the same
            return PhotoReader(Reader(1, "squash", READERS))


@contextmanager
def _meanwhile(load: Callable[[], object], is_loaded: bool) -> Generator[None]:
    """Load on another core something that is needed soon; its errors are raised when it is used.

    No thread is started for what is there already: each would open the catalog once more.
    """
    if is_loaded:
        yield
        return

    def attempt() -> None:
        with suppress(Exception):
            load()

    thread = threading.Thread(target=attempt)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _matrix(described: Sequence[tuple[NDArray[np.float32], int | None]], dimension: int) -> NDArray[np.float32]:
    return np.array([vector for vector, _ in described], np.float32).reshape(-1, dimension)
