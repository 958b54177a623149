"""The photos of a library: listed, counted, found by name, and displayed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photosearch.models import (
    EVERYTHING,
    Facts,
    Filter,
    Incomplete,
    LeftOut,
    Listing,
    Match,
    Order,
    Photo,
    Region,
    Unreadable,
)
from photosearch.store.catalog import Catalog, Counts
from photosearch.store.tables.listing import (
    count_cameras,
    count_directories,
    count_formats,
    find_copies,
    find_named,
    list_photos,
    read_photos,
)
from photosearch.store.tables.path_lookup import known_filter, photos_at
from photosearch.store.thumbnails import Thumbnails

if TYPE_CHECKING:
    from photosearch.library.photo_reader import PhotoReader


class Photos:
    """The catalog's data on the photos, and the photos themselves as pictures."""

    def __init__(self, catalog: Catalog, thumbnails: Thumbnails, reader: "Callable[[], PhotoReader]") -> None:
        """`reader` gives the reader of the encoder that is active at the moment."""
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._reader = reader

    def listing(self, order: Order = "newest", only: Filter = EVERYTHING) -> Listing:
        """The readable photos that `only` lets through, missing ones left out, in months if the order is by time."""
        return list_photos(self._catalog, order, known_filter(self._catalog, only))

    def get(self, ids: Sequence[int]) -> dict[int, Photo]:
        """The photos with these ids; one that is gone or unreadable is absent."""
        return read_photos(self._catalog, ids)

    def seen(self, ids: Sequence[int]) -> dict[int, Photo]:
        """The same with what lies beside each one now, so that it may go as well: see `Library.clear_away`."""
        from photosearch.act.companions import beside

        return {each: replace(photo, beside=beside(photo.path)) for each, photo in self.get(ids).items()}

    def directories(self) -> dict[str, int]:
        """Every directory that holds listed photos, and how many lie directly in it."""
        return count_directories(self._catalog)

    def formats(self) -> dict[str, int]:
        """The number of listed photos of each format, as `Facts.format` names it."""
        return count_formats(self._catalog)

    def cameras(self) -> dict[str, int]:
        """The number of listed photos of each camera, as `Facts.camera` names it."""
        return count_cameras(self._catalog)

    def named(self, start: str) -> set[int]:
        """The ids of the listed photos whose file name begins so, upper and lower case alike."""
        return find_named(self._catalog, start)

    def copies(self, photos: Sequence[int]) -> dict[int, int]:
        """Of photos, by id: another present one with the same bytes that is none of them; absent: there is none."""
        return find_copies(self._catalog, photos)

    def at(self, path: str) -> list[int]:
        """The ids of the listed photos at a path: that of a file, or those of all in a folder and below."""
        return photos_at(self._catalog, path)

    def picture(
        self, path: str, longest_side: int | None = None, is_wanted: Callable[[], bool] = lambda: True
    ) -> NDArray[np.uint8] | Unreadable:
        """The whole photo as it is seen, uint8[H,W,3] in sRGB, shrunk to `longest_side`.

        One of more than 64 megapixels is shrunk in any case, by whole halvings. Raises Unwanted soon after `is_wanted`
        returns False.
        """
        return self._reader().look(path, longest_side, is_wanted)

    def facts(self, path: str) -> tuple[Facts, bytes] | Unreadable:
        """The metadata of any file, and a thumbnail as JPEG; the file need not be in the library."""
        decoded = self._reader().read_or_explain(path)
        return decoded if isinstance(decoded, Unreadable) else (decoded.facts, decoded.thumbnail)

    def thumbnail(self, photo: Match | Photo) -> bytes | None:
        """A JPEG of about 384 pixels a side, made anew if the cache lacks it; None if the photo cannot be read."""
        return self.thumbnail_of_content(self._catalog.digest_of_photo(photo.photo_id), photo.path)

    def thumbnail_of_file(self, path: str, region: Region | None = None) -> bytes | None:
        """A JPEG of a file that need not be in the library, or of a region of it; None if it cannot be read."""
        decoded = self._reader().read_or_explain(path, region)
        return None if isinstance(decoded, Unreadable) else decoded.thumbnail

    def thumbnail_of_content(self, digest: bytes | None, path: str) -> bytes | None:
        """The JPEG of a content by its digest, or made anew from the file at `path`; None if that cannot be read."""
        if digest and (kept := self._thumbnails.get(digest)):
            return kept
        decoded = self._reader().read_or_explain(path)
        if isinstance(decoded, Unreadable):
            return None
        self._thumbnails.put([(decoded.digest, decoded.thumbnail)])
        return decoded.thumbnail

    def count(self) -> Counts:
        """The numbers of present, missing and offline photos."""
        return self._catalog.counts()

    def any_below(self, folder: str) -> bool:
        """True if a photo of the library lies in a folder or below it."""
        return self._catalog.has_photo_below(folder)

    def digests(self, ids: Sequence[int]) -> dict[int, bytes]:
        """The SHA-256 of the bytes of photos."""
        return self._catalog.digests_of_photos(ids)

    def unreadable(self) -> list[Unreadable]:
        """The files that could not be read, with the reason."""
        return self._catalog.unreadable()

    def incomplete(self) -> list[Incomplete]:
        """The photos of which a part is missing, and how much of each."""
        return self._catalog.incomplete()

    def left_out(self) -> list[LeftOut]:
        """The files and folders that the last scan left out, with the reason."""
        return self._catalog.left_out()

    def try_again(self) -> None:
        """Have the next run of indexing read again every file that could not be read."""
        self._catalog.try_again()
