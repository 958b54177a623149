"""Dropped or pasted data: photos to search with, folders to add, or a picture that is no file yet."""

import hashlib
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QDir, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QPixmap

from photosearch.errors import QueryError
from photosearch.gui.style.words import tr
from photosearch.ingest.decoding.formats import NAMES
from photosearch.own_files import make_folder, replace_file

PASTED = re.compile(r"[0-9a-f]{16}\.png")  # as save_picture calls them
MAX_PHOTOS = 20  # a search with more is a mistake of the hand


@dataclass(frozen=True)
class Dropped:
    """The contents of a drop; `problem` is a sentence where it is of no use."""

    photos: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    image: QImage | None = None
    problem: str = ""


def is_welcome(data: QMimeData) -> bool:
    """True if a drag may hold something to search with or to add, told without looking at the disk."""
    return data.hasUrls() or data.hasImage()


def read_drop(data: QMimeData) -> Dropped:
    """Sort out files and folders from pixels; a browser gives both, and its files may be links into the web."""
    local = {path: os.path.isdir(path) for path in map(path_of, filter(QUrl.isLocalFile, data.urls()))}
    folders = tuple(path for path, is_folder in local.items() if is_folder)
    photos = tuple(path for path, is_folder in local.items() if not is_folder)
    if len(photos) > MAX_PHOTOS:
        return Dropped(problem=tr("That is too many photos for one search; drop up to %Ln.", "", MAX_PHOTOS))
    if photos or folders:
        return Dropped(photos, folders)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QPixmap):
            image = image.toImage()
        if isinstance(image, QImage) and not image.isNull():
            return Dropped(image=image)
    if data.hasUrls():
        return Dropped(
            problem=tr("This is a link, and Photosearch never goes online. Save the picture, or copy and paste it.")
        )
    return Dropped(problem=tr("There is no picture to search with."))


def photos_in(folders: Sequence[str]) -> Dropped:
    """The photos that lie directly in folders, by their names; reads the disk."""
    entries = [entry for folder in folders for entry in sorted(Path(folder).iterdir())]
    photos = tuple(str(entry) for entry in entries if entry.suffix.lower() in NAMES and entry.is_file())
    if len(photos) > MAX_PHOTOS:
        return Dropped(problem=tr("That is too many photos for one search; drop up to %Ln.", "", MAX_PHOTOS))
    return Dropped(photos, problem="" if photos else tr("There is no photo in this folder."))


def path_of(url: QUrl) -> str:
    """The path of a local file, whatever bytes its name is made of."""
    if sys.platform == "win32":
        return native(url.toLocalFile())
    return os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))


def native(path: str) -> str:
    """A path as the rest of the program spells it: Qt gives C:/photos/a.jpg on Windows, too."""
    return QDir.toNativeSeparators(path)


def save_picture(image: QImage, folder: Path) -> str:
    """Keep a pasted picture as a file named by what it shows, and return its path; raises QueryError."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise QueryError(tr("The pasted picture could not be read."))
    data = bytes(buffer.data().data())
    make_folder(folder)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:16]}.png"
    replace_file(path, data)
    return str(path)


def forget_pictures(folder: Path) -> None:
    """Remove the files that `save_picture` made, and nothing else."""
    with suppress(OSError):
        for file in folder.iterdir():
            if PASTED.fullmatch(file.name):
                file.unlink()
