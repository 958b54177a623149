"""How photos and folders are called in the window."""

import re
from pathlib import Path

from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import PASTED
from photosearch.paths import shown


def name_of(path: str) -> str:
    """The name of a file or a folder, printable and on one line; a pasted picture has none but that it was pasted."""
    if PASTED.fullmatch(Path(path).name) and Path(path).parent.name == "pasted":
        return tr("Pasted picture")
    return re.sub(r"\s", " ", shown(Path(path).name or path))
