"""The sentences of the layers below, which know no language but English, in the person's language."""

import re
from functools import lru_cache

from PySide6.QtCore import QLocale

from photosearch.gui.style.words import number, tr


def marked(text: str) -> str:
    """The text itself; by this name lupdate finds it for the translators."""
    return text


KNOWN = (
    # Why a file cannot be read
    marked("The file is empty."),
    marked("The file is cut short."),
    marked("The file is not there any more."),
    marked("The file is damaged, or is not a picture of a kind that Photosearch knows."),
    marked("The picture is damaged."),
    marked("The picture is packed in a way that Photosearch cannot read."),
    marked("The picture is too large: {count} megapixels; at most {limit} are read."),
    marked("The picture is too large: decoding it would take too much memory."),
    marked("There was not enough memory to read the file."),
    marked("There is no permission to read the file."),
    marked("The disk could not read the file ({reason})."),
    marked("Decoding took longer than {count} seconds."),
    marked("The decoder crashed on this file."),
    marked("The system ended the decoder, most likely as memory was short."),
    marked("The file is too large: {count} GB; at most {limit} are read."),
    marked("Photosearch does not read files of this kind: {kind}."),
    marked("The file is cut short: up to {percent} % of the picture is missing."),
    marked("The file is cut short: the picture is coarser than it was."),
    marked("It is no ordinary file."),
    marked("It is no ordinary file"),
    marked("The separate process that decodes such files did not start."),
    marked("The region lies outside the photo, which is {width} × {height} pixels."),
    # What a scan leaves out
    marked("The folder is empty; perhaps its drive is not connected."),
    marked("It is a link that leads nowhere; perhaps a drive is not connected."),
    marked("It lies on no disk, but shows what the system knows."),
    marked("There is no permission to look into it."),
    marked("Its path is too long for the system."),
    marked("It is not there any more."),
    marked("The disk could not read it ({reason})."),
    # What a photo cannot be used for
    marked("There is no photo “{path}”."),
    marked("“{path}” cannot be read: {reason}."),
    marked("“{path}” cannot be searched with. {reason}"),
    marked("“{path}” cannot be read. {reason}"),
    marked("None of the photos can be read now."),
    # Folders
    marked("There is no folder “{path}”, or it cannot be reached."),
    marked("“{path}” is not a folder of the library."),
    marked("“{path}” lies on no disk, but shows what the system knows; it holds no photos."),
    marked("What is excluded is said of the whole folder “{path}”: index that."),
    marked(
        "The folder “{path}” went away with about {count} photos still to read."
        " What was read is kept; plug the drive in and run this again."
    ),
    # Why a photo is kept
    marked("You chose it"),
    marked("The only one that can be reached now"),
    marked("In a protected folder"),
    marked("In “{folder}”, which comes first"),
    marked("With edits or a video beside it"),
    marked("Shows all that the others show"),
    marked("Most like all the others"),
    marked("Shows the whole scene"),
    marked("Has the most detail"),
    marked("Has the colours"),
    marked("Is not clipped to black or white"),
    marked("The others were made from it"),
    marked("Holds more than the one picture"),
    marked("Largest: {width} × {height}"),
    marked("Best format: {format}"),
    marked("Best JPEG quality: {quality}"),
    marked("Sharpest"),
    marked("Most complete EXIF"),
    marked("Earliest: {date}"),
    marked("Largest file"),
    marked("Plainest name: {name}"),
    marked("Shortest path"),
    marked("In the folder that the others are compared with"),
    # Why a photo is not proposed to go
    marked("Another shot: both stay"),
    marked("Shows something that the kept one does not"),
    marked("Shows more of the scene than the kept one"),
    marked("Has more detail than the kept one"),
    marked("Has colours that the kept one lacks"),
    marked("Is not clipped where the kept one is"),
    marked("The kept one was made from it"),
    marked("Holds more than the one picture: pages, frames, a video, depth or edits"),
    marked("Another exposure of the same moment: both stay"),
    marked("Which one was made from the other is not certain"),
    marked("Cannot be read now, so it was not looked at"),
    marked("Not looked at yet"),
    # What was done to make one photo of another
    marked("mirrored"),
    marked("turned"),
    marked("stretched"),
    marked("something put over it or around it"),
    marked("framed"),
    marked("cropped"),
    marked("colours changed"),
    marked("tones changed"),
    marked("blurred or sharpened"),
    # Why a file was left as it is
    marked("It is gone already."),
    marked("It has changed since it was compared."),
    marked("It is a link to another file, and links are left alone."),
    marked("It is the same file as the photo to keep, “{path}”."),
    marked("The photo to keep, “{path}”, is itself to go."),
    marked("The photo to keep, “{path}”, is gone."),
    marked("The photo to keep, “{path}”, has changed since it was compared."),
    marked("The photo to keep, “{path}”, lies in a trash."),
    marked("The photo to keep, “{path}”, lies in the folder to move to."),
    marked("It lies in the folder to move to already."),
    marked("Only identical files can become one by a link."),
    marked("The photo to keep, “{path}”, is on another drive, where no hard link can reach."),
    marked("Nothing like it lies beside the photo to keep, “{path}”, so it stays."),
    marked("Photosearch was stopped before it came to this file."),
    marked("It is no longer where it was put. If it is in the system's trash, put it back from there."),
    marked("The drive that it was on is not plugged in."),
    marked("The system says: {reason}."),
    marked("Of some duplicates no photo would stay; choose one to keep."),
    # Labels
    marked("A label needs a name."),
    marked("There is no label “{name}”."),
    marked("There is no cluster {count}."),
    marked("There is no decision {number} to take back."),
    marked("It lies in the cloud only, and is not fetched. Once it is kept on this computer, it is read."),
    marked("The descriptors that were kept for search are damaged."),
    marked(
        "The damaged thumbnail cache “{path}” cannot be replaced ({reason}); close every other Photosearch first, or"
        " delete it."
    ),
    marked("“{path}” is no ordinary file; take it away, or choose another folder for the library."),
    marked("The backup “{path}” cannot be written: {reason}."),
    marked("A label has at most {limit} characters, and “{name}…” has {count}."),
    # The library
    marked("Another Photosearch is writing to this library; try again when it has finished."),
    marked("The disk that holds the library is full. What was done so far is kept."),
    marked("The library folder “{path}” cannot be made: {reason}."),
    marked("The library folder cannot be locked for writing ({reason})."),
    marked("The catalog “{path}”"),
    marked("The library's catalog"),
    marked("{where} is damaged. “photosearch doctor --repair” saves what can be read."),
    marked(
        "The catalog “{path}” is empty, although this library was in use. “photosearch doctor --repair” saves what can"
        " be read."
    ),
    marked("The catalog has been repaired meanwhile; do that once more."),
    marked("“{path}” is a database of another program. Choose another folder for the library."),
    marked("{where} cannot be opened, read or written ({reason})."),
    marked("The catalog “{path}” cannot be replaced: {reason}."),
    marked("“{path}” was written by a newer Photosearch. Update the program to open it."),
    marked("The damaged thumbnail cache “{path}” cannot be replaced; close every other Photosearch first."),
    marked("The search index is damaged or out of date."),
    marked("The search index could not be written: {reason}. Searching works, but more slowly."),
    marked(
        "The settings “{path}” cannot be read, so nobody can tell which folders are protected, and nothing is changed."
        " “photosearch doctor --repair” puts them aside."
    ),
    marked(
        'The map needs openTSNE, which is not installed here: pip install "photosearch[map]", or python3 run.py map in'
        " a checkout of the sources."
    ),
    marked("The map could not be laid out: its process was ended, or memory ran out."),
    # Encoders
    marked("There is no encoder “{name}”. “photosearch encoders” lists those there are."),
    marked("No other encoder was in use before this one."),
    marked("The encoder “{name}” cannot be loaded: {reason}"),
    marked("The encoder “{name}” does not say what its scores mean, so it finds identical files only."),
    marked("The encoder “{name}” cannot be run: {reason}"),
    marked("The encoder “{name}” gives {shape}, not the dimension its card says."),
    marked("The encoder “{name}” gives numbers that are none, or have no end."),
    marked("The encoder “{name}” gives vectors that are not of unit length."),
    marked("The encoder “{name}” gives another vector each time it is asked."),
    marked("The encoder “{name}” gives one vector for a photo alone and another beside others."),
    marked("The encoder “{name}” is blind: it gives the same vector for all photos."),
    marked("The model of the encoder “{name}” cannot be read: {reason}."),
    marked("The model of the encoder “{name}” is damaged: its checksum does not match."),
    marked("CUDA cannot be used: install onnxruntime-gpu and NVIDIA's driver, or choose the CPU."),
    # Learning
    marked("An encoder is being taught in this library already."),
    marked("Every label has fewer than 3 photos; with more, some can be held out to measure with."),
    marked("The weights of {name} are not here. “photosearch encoders fetch {network}” downloads them."),
    marked("The library has {count} different photos; to teach itself it needs 20."),
    marked("None of the photos to learn from can be read."),
    marked("Of {count} photos only {limit} can be read, too few to learn from."),
    marked("No photo that is held out has a label that another one can be found by; there is no measure."),
    marked("The encoder “{name}” cannot be taught: its network is of another kind."),
    marked("A process that makes views of photos ended unexpectedly; is memory short?"),
    marked("There is not enough memory; a recipe with a smaller training_size or photos_a_step needs less."),
    marked("“{label}” was left out: it has {count} photo of its own."),
    marked("“{label}” was left out: it has {count} photos of its own."),
    marked("{count} photos were left out, as they cannot be read."),
    marked("What the scores of the encoder mean could not be told, so it finds identical duplicates only: {reason}"),
    marked("It finds identical duplicates only: 50 photos tell what its scores mean, and there are {count}."),
    # Files of the library's own
    marked("A file"),
    marked("{where} cannot be read or written: {reason}."),
    # What systems say most often
    marked("No space left on device"),
    marked("Permission denied"),
    marked("Read-only file system"),
    marked("Input/output error"),
    marked("No such file or directory"),
)
NUMBERS, SENTENCES = ("count", "limit", "width", "height"), ("reason", "where")


def sentence(english: str) -> str:
    """A reason or the sentence of an error in the person's language; what is not among KNOWN stays as it is."""
    found = _find(english)
    if found is None:
        return english
    template, parts = found
    return tr(template).format(**{name: _part(name, text) for name, text in parts.items()})


def _part(name: str, text: str) -> str:
    """What stands in a sentence: a number, a sentence, or else a name, which has no language."""
    if name in NUMBERS:
        return number(int(text.replace(",", "")))
    if name == "percent":
        return QLocale().toString(float(text), "f", 1)
    return sentence(text) if name in SENTENCES else text


@lru_cache(1000)
def _find(english: str) -> tuple[str, dict[str, str]] | None:
    """The one of KNOWN that was filled in, and with what."""
    for template, pattern in _patterns():
        if match := pattern.fullmatch(english):
            return template, match.groupdict()
    return None


@lru_cache(1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    def group(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}>{'[0-9,]+' if match[1] in NUMBERS else '.+'})"

    return [(text, re.compile(re.sub(r"\\\{(\w+)\\\}", group, re.escape(text)), re.DOTALL)) for text in KNOWN]
