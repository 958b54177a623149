"""Errors whose cause lies outside the program, with sentences for the person.

PhotosearchError
├── FolderError        a folder to index is not there, or cannot be read
├── QueryError         a photo, a region or a label that is asked for cannot be used
├── OutputError        a file that is asked for cannot be written there
├── EncoderError       an encoder bundle is missing, damaged or unsuitable
└── LibraryError       the library folder cannot be used
    ├── LibraryBusy    another process is writing to it
    ├── CatalogTooNew  it was written by a newer version of the program
    ├── CatalogDamaged its catalog is not readable as SQLite
    └── SettingsDamaged its settings cannot be read

One unreadable photo is no error: it is a value, `photosearch.models.Unreadable`. Anything else that is raised is a bug.
"""

from photosearch.sentences import Sentence, Value


class PhotosearchError(Exception):
    """The environment is at fault; `sentence` is to be shown, and `str()` gives its English."""

    def __init__(self, template: str, /, **values: Value) -> None:
        self.sentence = template if isinstance(template, Sentence) else Sentence(template, **values)
        super().__init__(self.sentence)


class FolderError(PhotosearchError):
    """A folder to index is not there, or cannot be read."""


class QueryError(PhotosearchError):
    """A photo, a region or a label that is asked for cannot be used."""


class OutputError(PhotosearchError):
    """A file that is asked for cannot be written there."""


class EncoderError(PhotosearchError):
    """An encoder bundle is missing, damaged or unsuitable."""


class LibraryError(PhotosearchError):
    """The library folder cannot be used."""


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class CatalogTooNew(LibraryError):
    """The library was written by a newer version of the program."""


class CatalogDamaged(LibraryError):
    """The catalog is not readable as SQLite."""


class SettingsDamaged(LibraryError):
    """The settings cannot be read, so it is unknown which folders are protected."""
