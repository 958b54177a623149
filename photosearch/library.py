"""The one object that the command line, the window and training hold: a library and everything it can be asked."""

import os
import threading
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from photosearch.encode.bundle import Bundle, read_bundle
from photosearch.encode.bundles import Bundles
from photosearch.errors import FolderError, LibraryError, QueryError
from photosearch.find.evaluation import evaluate, read_groups
from photosearch.find.similar import combine, find_similar
from photosearch.ingest.pipeline import Sweep, index, read_ahead
from photosearch.ingest.reader import Reader
from photosearch.paths import Places, default_library, inside, shown
from photosearch.photo import Decoded, Evaluation, FoundFile, Match, Progress, Query, Region, Summary, Unreadable
from photosearch.settings import read_settings, write_settings
from photosearch.store.catalog import Catalog, Folder
from photosearch.store.thumbnails import Thumbnails
from photosearch.store.vectors import YOUNG_LIMIT, Vectors

if TYPE_CHECKING:  # onnxruntime takes a tenth of a second to import, and not every question encodes
    from photosearch.encode.encoder import Device, Encoder

LOCK_POLL_S = 0.1


class Library:
    """A library folder. Every long job is a generator of Progress that may be closed at any time."""

    def __init__(self, folder: Path | None = None, device: "Device" = "auto") -> None:
        """Open the library in `folder`, making it if it is new; raises LibraryError."""
        self.places = Places((folder or default_library()).absolute())
        self.settings = read_settings(self.places.settings)
        self._device: Device = device
        self.catalog = Catalog(self.places.catalog)
        self.thumbnails = Thumbnails(self.places.thumbnails)
        self._loading = threading.RLock()
        self.bundles = Bundles(self.places.encoders)

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        if "_reader" in self.__dict__:
            self._reader.close()
        self.catalog.close()
        self.thumbnails.close()

    @cached_property
    def bundle(self) -> Bundle:
        """What the card of the chosen encoder says."""
        return read_bundle(self.bundles.folder(self.settings.encoder))

    @property
    def encoder(self) -> "Encoder":
        """The chosen encoder, loaded at first use, once for all threads."""
        with self._loading:
            return self._encoder

    @property
    def vectors(self) -> Vectors:
        """The descriptors of the chosen encoder, for search; one object for all threads."""
        with self._loading:
            return self._vectors

    @cached_property
    def _encoder(self) -> "Encoder":
        from photosearch.encode.encoder import Encoder

        return Encoder(self.bundles.folder(self.settings.encoder), self._device)

    @cached_property
    def _vectors(self) -> Vectors:
        return Vectors(self.catalog, self.places.search, self.bundle.id, self.bundle.dimension)

    @cached_property
    def _reader(self) -> Reader:
        """For single photos; it keeps the process that decodes HEIC and the like."""
        return Reader(self.bundle.input_size, self.bundle.resize)

    @property
    def encoder_id(self) -> int:
        """The number of the chosen encoder's vector space in the catalog."""
        return self.catalog.encoder_id(self.bundle.id)

    def waiting(self) -> int:
        """How many photos the chosen encoder has not encoded yet."""
        counts = self.catalog.counts(self.encoder_id)
        return counts.present - counts.encoded

    def index(
        self,
        folders: Sequence[str] = (),
        *,
        recurse: bool = True,
        exclude: Sequence[str] | None = None,
        threads: int | None = None,
    ) -> Generator[Progress, None, Summary]:
        """Add `folders` and bring them up to date; without any, bring the whole library up to date.

        Raises FolderError for a folder that is neither there nor known. `exclude` None keeps what was said before.
        """
        threads = threads or usable_cores()
        with self.sole_writer() as waiting:
            yield from waiting
            sweeps = self._sweeps([os.path.realpath(folder) for folder in folders], recurse, exclude)
            due = YOUNG_LIMIT  # doubled each time: a long first run is searched quickly, and little is written twice
            with closing(index(self.catalog, self.thumbnails, self.encoder, sweeps, threads)) as job:
                while True:
                    try:
                        progress = next(job)
                    except StopIteration as end:
                        summary: Summary = end.value
                        break
                    yield progress
                    if progress.stage == "indexing" and progress.done >= due:
                        due *= 2
                        yield from self.vectors.extend(threads)
            yield from self.vectors.extend(threads)
        return summary

    def similar(self, query: Query) -> list[Match]:
        """The photos that look like the query's, best first; raises QueryError where a photo of it cannot be read."""
        if query.region and len(query.photos) != 1:
            raise QueryError("A region belongs to one photo; give just one.")
        query = replace(
            query,
            photos=tuple(map(self._known_path, query.photos)),
            without=tuple(map(self._known_path, query.without)),
            folder=os.path.realpath(query.folder) if query.folder else None,
        )
        wanted = [self._describe(path, query.region) for path in query.photos]
        unwanted = [self._describe(path) for path in query.without]
        dimension = self.bundle.dimension
        vector = combine(_matrix(wanted, dimension), _matrix(unwanted, dimension))
        own = {content for _, content in wanted if content is not None}
        return find_similar(self.catalog, self.vectors, query, vector, own, self.bundle.calibration)

    def thumbnail(self, match: Match) -> bytes | None:
        """A JPEG of about 384 pixels a side, made anew if the cache lacks it; None if the photo cannot be read."""
        digest = self.catalog.digest_of_photo(match.photo_id)
        if digest and (kept := self.thumbnails.get(digest)):
            return kept
        decoded = self._read(match.path)
        if not isinstance(decoded, Decoded):
            return None
        self.thumbnails.put([(decoded.digest, decoded.thumbnail)])
        return decoded.thumbnail

    def thumbnail_of_file(self, path: str, region: Region | None = None) -> bytes | None:
        """A JPEG of a file that need not be in the library, or of a region of it; None if it cannot be read."""
        decoded = self._read(path, region)
        return decoded.thumbnail if isinstance(decoded, Decoded) else None

    def export_vectors(self, file: Path, folder: str | None = None) -> int:
        """Write `paths`, `vectors` float32[n,D] and `encoder` of the present photos as .npz; return n."""
        self.require_no_photo(file)
        below = os.path.realpath(folder) if folder else None
        rows = list(self.catalog.photos_with_descriptors(self.encoder_id, below))
        vectors = np.frombuffer(b"".join(vector for _, vector in rows), np.float16).astype(np.float32)
        partial = file.with_name(file.name + ".partial")
        try:
            with partial.open("wb") as out:
                np.savez(
                    out,
                    paths=np.array([path for path, _ in rows], dtype=np.str_),
                    vectors=vectors.reshape(len(rows), self.bundle.dimension),
                    encoder=np.array(self.bundle.id),
                )
            os.replace(partial, file)
        finally:
            partial.unlink(missing_ok=True)
        return len(rows)

    def require_no_photo(self, output: Path, photos: Sequence[str] = ()) -> None:
        """Raise QueryError if a file to be written would replace a photo of the library or one of `photos`."""
        real = os.path.realpath(output)
        if self.catalog.has_photo(real) or real in map(os.path.realpath, photos):
            raise QueryError(f"“{shown(str(output))}” is a photo, which is never changed; choose another name.")

    def evaluate(self, groups_file: Path, threads: int | None = None) -> Generator[Progress, None, Evaluation]:
        """mAP and recall@1 of the encoder on the photos of a CSV `path,group`, paths relative to it.

        Nothing is added to the library. Raises QueryError if the file or a photo cannot be read.
        """
        paths, groups = read_groups(groups_file)
        found: dict[str, NDArray[np.float32]] = {}
        files = (FoundFile(path, 0, 0) for path in dict.fromkeys(paths))
        with closing(read_ahead(files, self.encoder, lambda _: None, threads or usable_cores())) as batches:
            for reads in batches:
                for read in reads:
                    if read.vector is None:
                        reason = (
                            read.outcome.reason if isinstance(read.outcome, Unreadable) else "There is no such file."
                        )
                        raise QueryError(f"“{shown(read.file.path)}” cannot be evaluated. {reason}")
                    found[read.file.path] = read.vector
                yield Progress("evaluating", len(found), len(paths))
        return evaluate(np.stack([found[path] for path in paths]), groups)

    def use_encoder(self, name: str) -> Bundle:
        """Choose an encoder by name; the next indexing run encodes with it what it has not seen yet.

        Raises EncoderError, and keeps the one before, if it cannot be run.
        """
        from photosearch.encode.encoder import Encoder

        encoder = Encoder(self.bundles.folder(name), self._device)
        self.settings = replace(self.settings, encoder=name)
        write_settings(self.places.settings, self.settings)
        with self._loading:
            if "_reader" in self.__dict__:
                self._reader.close()
            for cached in ("bundle", "_encoder", "_vectors", "_reader"):
                self.__dict__.pop(cached, None)
            self._encoder = encoder
        return encoder.bundle

    @contextmanager
    def sole_writer(self) -> Generator[Generator[Progress]]:
        """Be the only process that writes to the library; consume what this gives to wait for another to finish."""
        lock = FileLock(self.places.write_lock, thread_local=False)

        def wait() -> Generator[Progress]:
            while True:
                try:
                    lock.acquire(timeout=LOCK_POLL_S)
                    return
                except Timeout:
                    yield Progress("waiting", 0)
                except (OSError, NotImplementedError) as error:  # the latter: a network drive without locks
                    raise LibraryError(f"The library folder cannot be locked for writing ({error}).") from error

        try:
            yield wait()
        finally:
            lock.release()

    def _sweeps(self, folders: Sequence[str], recurse: bool, exclude: Sequence[str] | None) -> list[Sweep]:
        """What to scan: each folder as it was added, or as a part of one; a new one is added."""
        known = {folder.path: folder for folder in self.catalog.folders()}
        chosen: list[tuple[str, Folder]] = []
        for path in folders:
            path = next((same for same in known if _is_same_folder(same, path)), path)
            cover = next((folder for folder in known.values() if folder.recurse and inside(path, folder.path)), None)
            if path in known or not cover:
                if path not in known and not os.path.isdir(path):
                    raise FolderError(f"There is no folder “{shown(path)}”, or it cannot be reached.")
                kept = known[path].exclude if path in known else ()
                folder = Folder(path, recurse, kept if exclude is None else tuple(exclude))
                self.catalog.add_folder(folder)
                chosen.append((path, folder))
            elif exclude is not None:
                raise FolderError(f"What is excluded is said of the whole folder “{shown(cover.path)}”: index that.")
            else:
                chosen.append((path, Folder(cover.path, recurse, cover.exclude)))
        chosen = chosen or [(folder.path, folder) for folder in known.values()]
        starts = {start for start, _ in chosen}
        others = [path for path in known if path not in starts]
        return [
            Sweep(start, folder, tuple(other for other in others if inside(other, start))) for start, folder in chosen
        ]

    def _known_path(self, path: str) -> str:
        """`path` as the catalog would have it: real, or only absolute where a link inside a folder leads to it."""
        absolute, real = os.path.abspath(path), os.path.realpath(path)
        return absolute if self.catalog.has_photo(absolute) else real

    def _describe(self, path: str, region: Region | None = None) -> tuple[NDArray[np.float32], int | None]:
        """The descriptor of a query photo, from the catalog where the file is unchanged, and its content if known."""
        try:
            status = os.stat(path)
            content = self.catalog.find_content(FoundFile(path, status.st_size, status.st_mtime_ns))
            if not region and content is not None and (known := self.vectors.descriptor(content)) is not None:
                return known, content
            decoded = self._reader.read(path, lambda _: None, region)
        except (FileNotFoundError, NotADirectoryError):
            raise QueryError(f"There is no photo “{shown(path)}”.") from None
        except OSError as error:
            raise QueryError(f"“{shown(path)}” cannot be read: {error.strerror}.") from error
        if not isinstance(decoded, Decoded):
            raise QueryError(f"“{shown(path)}” cannot be searched with. {decoded.reason if decoded else ''}")
        return self.encoder.encode(decoded.pixels[None])[0], self.catalog.find_digest(decoded.digest)

    def _read(self, path: str, region: Region | None = None) -> Decoded | Unreadable | None:
        try:
            return self._reader.read(path, lambda _: None, region)
        except FileNotFoundError:
            return None


def usable_cores() -> int:
    """How many cores this process may use, which a container or a scheduler may have limited."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_same_folder(one: str, other: str) -> bool:
    """Whether two paths lead to one folder, also where upper and lower case are the same."""
    try:
        return one == other or os.path.samefile(one, other)
    except OSError:
        return False


def _matrix(described: Sequence[tuple[NDArray[np.float32], int | None]], dimension: int) -> NDArray[np.float32]:
    return np.array([vector for vector, _ in described], np.float32).reshape(-1, dimension)
