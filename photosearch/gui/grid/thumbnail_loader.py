"""Brings photos and their thumbnails to the window: read by workers, last asked first, kept within a bound."""

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Photo

CORNER_RADIUS = 4  # device-independent pixels
CACHE_BYTES = 96_000_000
ROWS_KEPT = 20_000
ROWS_AT_ONCE = 500
WORKERS = 2  # of the readers; the rest answers other questions meanwhile
BATCH_S = 0.03  # what a worker has read by then is shown before it reads on
COALESCE_MS = 15
Request = TypeVar("Request")


class Size(NamedTuple):
    """The wanted size of a thumbnail: its longest side in device pixels, and the device pixels of a pixel."""

    side: int
    ratio: float


class Picture(NamedTuple):
    """A thumbnail that was read, for one size and from one state of the file; `image` None: it cannot be shown."""

    image: QPixmap | None
    size: Size
    stamp: tuple[int, int] | None


class ThumbnailLoader(QObject):
    """Holds what has been read of photos and their thumbnails, and reads what is asked for; one for all views."""

    arrived = Signal(object)  # set[int] of photo ids of which more is known now

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._jobs = library, jobs
        self._photos: dict[int, Photo] = {}
        self._stale: set[int] = set()
        self._pictures: OrderedDict[int, Picture] = OrderedDict()
        self._bytes = 0
        # Both in the order of asking, the last one wanted first; workers take from `_waiting` themselves.
        self._rows_waiting: dict[int, None] = {}
        self._waiting: dict[int, Size] = {}
        self._reading_rows, self._working, self._is_broken = False, 0, False
        self._news: set[int] = set()
        self._tell = QTimer(self, singleShot=True, interval=COALESCE_MS)
        self._tell.timeout.connect(self._tell_news)

    def photo(self, photo_id: int) -> Photo | None:
        """The present entry of a photo."""
        return self._photos.get(photo_id)

    def pixmap(self, photo_id: int) -> QPixmap | None:
        """The thumbnail as it is there now, perhaps of another size than asked for last."""
        picture = self._pictures.get(photo_id)
        if picture:
            self._pictures.move_to_end(photo_id)
        return picture.image if picture else None

    def lacks(self, photo_id: int) -> bool:
        """True if a photo was looked for and cannot be shown."""
        picture = self._pictures.get(photo_id)
        return picture is not None and picture.image is None

    def ask(self, photo_ids: Sequence[int], side: int, ratio: float = 1.0) -> None:
        """Read what is missing of these photos, the first of them first, before all that was asked for earlier.

        Thumbnails fit a square of `side` device-independent pixels, of which each has `ratio` device pixels.
        """
        size = Size(round(side * ratio), ratio)
        for photo_id in reversed(photo_ids):
            if photo_id not in self._photos or photo_id in self._stale:
                _put_last(self._rows_waiting, photo_id, None)
            if not self._is_current(photo_id, size):
                _put_last(self._waiting, photo_id, size)
        self._start()

    def ask_photos(self, photo_ids: Iterable[int]) -> None:
        """Read what is known of these photos, without their thumbnails."""
        for photo_id in photo_ids:
            if photo_id not in self._photos or photo_id in self._stale:
                _put_last(self._rows_waiting, photo_id, None)
        self._start()

    def drop(self, photo_ids: Iterable[int]) -> None:
        """These are not looked at any more: what has not been started for them is not read."""
        for photo_id in photo_ids:
            self._rows_waiting.pop(photo_id, None)
            self._waiting.pop(photo_id, None)

    def refresh(self) -> None:
        """The library has changed: read rows again when they are asked for, and show what is there until then.

        What could not be shown is tried again.
        """
        self._stale = set(self._photos)
        for photo_id in [photo_id for photo_id, picture in self._pictures.items() if picture.image is None]:
            del self._pictures[photo_id]

    def _is_current(self, photo_id: int, size: Size) -> bool:
        picture = self._pictures.get(photo_id)
        return picture is not None and picture.size == size and picture.stamp == _stamp(self._photos.get(photo_id))

    def _start(self) -> None:
        if self._rows_waiting and not self._reading_rows:
            self._reading_rows = True
            wanted = list(reversed(self._rows_waiting))[:ROWS_AT_ONCE]
            for photo_id in wanted:
                del self._rows_waiting[photo_id]
            self._jobs.ask(
                lambda: self._library.photos.get(wanted), partial(self._take_photos, wanted), self._fail_rows
            )
        while self._waiting and self._working < WORKERS and not self._reading_rows:
            self._working += 1
            taken: list[tuple[int, Size]] = []
            self._jobs.ask(partial(self._read, taken), self._take_images, partial(self._fail_images, taken))

    def _read(self, taken: list[tuple[int, Size]]) -> list[tuple[int, Size, Photo | None, QImage | None]]:
        """On a worker: read thumbnails for a moment, those asked for last first; `taken` tells which."""
        read: list[tuple[int, Size, Photo | None, QImage | None]] = []
        end = time.monotonic() + BATCH_S
        while time.monotonic() < end:
            try:
                photo_id, size = self._waiting.popitem()
            except KeyError:  # the last one was taken or dropped
                break
            taken.append((photo_id, size))
            photo = self._photos.get(photo_id) or self._library.photos.get([photo_id]).get(photo_id)
            jpeg = self._library.photos.thumbnail(photo) if photo else None
            read.append((photo_id, size, photo, read_thumbnail(jpeg, size) if jpeg else None))
        return read

    def _take_photos(self, asked: list[int], photos: dict[int, Photo]) -> None:
        self._reading_rows = False
        self._stale.difference_update(asked)
        for photo_id in asked:
            self._photos.pop(photo_id, None)
        self._photos.update(photos)
        for photo_id in asked:
            picture = self._pictures.get(photo_id)
            if picture and picture.stamp != _stamp(self._photos.get(photo_id)):
                _put_last(self._waiting, photo_id, picture.size)
        while len(self._photos) > ROWS_KEPT:
            del self._photos[next(iter(self._photos))]
        self._announce(asked)

    def _take_images(self, read: list[tuple[int, Size, Photo | None, QImage | None]]) -> None:
        self._working -= 1
        for photo_id, size, photo, image in read:
            self._keep(photo_id, Picture(QPixmap.fromImage(image) if image else None, size, _stamp(photo)))
        self._announce([photo_id for photo_id, *_ in read])

    def _keep(self, photo_id: int, picture: Picture) -> None:
        before = self._pictures.pop(photo_id, None)
        self._pictures[photo_id] = picture
        self._bytes += _bytes(picture) - (_bytes(before) if before else 0)
        while self._bytes > CACHE_BYTES and len(self._pictures) > 1:
            self._bytes -= _bytes(self._pictures.popitem(last=False)[1])

    def _fail_rows(self, error: Exception) -> None:
        self._reading_rows = False
        self._fail(error)

    def _fail_images(self, taken: list[tuple[int, Size]], error: Exception) -> None:
        self._working -= 1
        for photo_id, size in taken:
            self._keep(photo_id, Picture(None, size, _stamp(self._photos.get(photo_id))))
        self._announce([photo_id for photo_id, _ in taken])
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        """Tell of the first failure only: what hinders one thumbnail hinders a thousand."""
        if self._is_broken:
            return
        self._is_broken = True
        self._jobs.tell(error)

    def _announce(self, photo_ids: Iterable[int]) -> None:
        self._news.update(photo_ids)
        if self._news and not self._tell.isActive():
            self._tell.start()
        self._start()

    def _tell_news(self) -> None:
        news, self._news = self._news, set()
        self.arrived.emit(news)


def read_thumbnail(jpeg: bytes, size: Size) -> QImage | None:
    """A JPEG shrunk to a size while it is decoded, with round corners; None if it is damaged. For worker threads."""
    buffer = QBuffer()
    buffer.setData(jpeg)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"jpeg")
    whole = reader.size()
    if max(whole.width(), whole.height()) > size.side:
        shrunk = whole.scaled(QSize(size.side, size.side), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(shrunk.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        return None
    rounded = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    radius = CORNER_RADIUS * size.ratio
    painter.drawRoundedRect(rounded.rect(), radius, radius)
    painter.end()
    rounded.setDevicePixelRatio(size.ratio)
    return rounded


def _put_last(waiting: dict[int, Request], photo_id: int, request: Request) -> None:
    waiting.pop(photo_id, None)
    waiting[photo_id] = request


def _stamp(photo: Photo | None) -> tuple[int, int] | None:
    return (photo.size_bytes, photo.mtime_ns) if photo else None


def _bytes(picture: Picture) -> int:
    image = picture.image
    return image.width() * image.height() * 4 if image else 0
