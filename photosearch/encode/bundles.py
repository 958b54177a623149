"""The encoder bundles that a library can choose from: those that come with the program and those the person added."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from photosearch.encode.bundle import CARD, MODEL, Bundle, open_model, read_bundle
from photosearch.errors import EncoderError
from photosearch.files import read_file
from photosearch.own_files import MOST_BYTES, make_folder, private, replace_file
from photosearch.paths import resources, shown
from photosearch.sentences import system_reason

DEFAULT = "default"  # of the program's own


class Bundles:
    """Bundles by name, which is that of their folder; one that the person added comes before one of the program's."""

    def __init__(self, added: Path) -> None:
        self._added = added

    def folder(self, name: str) -> Path:
        """Where the bundle `name` lies; raises EncoderError if there is none."""
        for root in (self._added, resources() / "encoders"):
            with suppress(OSError):  # as of a name that is too long for a file
                if Path(name).name == name and (root / name / CARD).is_file():
                    return root / name
        raise EncoderError("There is no encoder “{name}”. “photosearch encoders” lists the available ones.", name=name)

    def names(self) -> list[str]:
        """All names, the program's default first."""
        roots = (resources() / "encoders", self._added)
        found = {card.parent.name for root in roots for card in root.glob(f"[!.]*/{CARD}")}
        return sorted(found, key=lambda name: (name != DEFAULT, name))

    def add(self, source: Path) -> Bundle:
        """Copy the bundle in `source`, checked and proved, among the person's own; it is called as its card says.

        Raises EncoderError with the reason, and leaves nothing, where it is unsuitable.
        """
        from photosearch.encode.encoder import Encoder
        from photosearch.encode.proof import prove

        bundle = read_bundle(source)
        if _has(resources() / "encoders", bundle.name):
            raise EncoderError(
                "An added encoder cannot be called “{name}”, as one of the program's is; give it another name in its"
                " {card}.",
                name=bundle.name,
                card=CARD,
            )
        if _has(self._added, bundle.name):
            raise EncoderError("There is an encoder “{name}” already.", name=bundle.name)
        make_folder(self._added)
        partial = Path(tempfile.mkdtemp(prefix=".", suffix=".partial", dir=self._added))
        try:
            _copy(source, partial)
            try:
                prove(Encoder(partial, "cpu"))  # the copy, which may lack what lies elsewhere
            except EncoderError as error:
                if (file := _elsewhere(source)) is None:
                    raise
                raise EncoderError(
                    "{reason} It keeps weights in “{name}”; an encoder is one file with all its weights.",
                    reason=error.sentence,
                    name=shown(file),
                ) from error
            os.replace(partial, self._added / bundle.name)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        return bundle


def _has(root: Path, name: str) -> bool:
    """True if there is a bundle of this name, also for a disk that takes upper and lower case for one."""
    return root.is_dir() and any(entry.name.casefold() == name.casefold() for entry in root.iterdir())


def _copy(source: Path, target: Path) -> None:
    try:
        with open_model(source) as file, open(target / MODEL, "xb", opener=private) as out:
            shutil.copyfileobj(file, out)
            out.flush()
            os.fsync(out.fileno())
        replace_file(target / CARD, read_file(source / CARD, MOST_BYTES))
    except OSError as error:
        raise EncoderError(
            "The encoder in “{path}” cannot be copied: {reason}.", path=shown(str(source)), reason=system_reason(error)
        ) from error


def _elsewhere(source: Path) -> str | None:
    """The name of another file to which a model refers, as it holds weights; None if there is none."""
    with suppress(OSError):
        with open_model(source) as file:
            model = file.read()
        for file in source.iterdir():
            if file.name not in (MODEL, CARD) and os.fsencode(file.name) in model:
                return file.name
    return None
