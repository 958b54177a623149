"""The encoder bundles that a library can choose from: those that come with the program and those the person added."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from photosearch.encode.bundle import CARD, Bundle, read_bundle, verify_model
from photosearch.errors import EncoderError
from photosearch.paths import resources


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
        raise EncoderError(f"There is no encoder “{name}”. “photosearch encoders” lists those there are.")

    def names(self) -> list[str]:
        """All names, the program's default first."""
        roots = (resources() / "encoders", self._added)
        found = {card.parent.name for root in roots for card in root.glob(f"[!.]*/{CARD}")}
        return sorted(found, key=lambda name: (name != "default", name))

    def add(self, source: Path) -> Bundle:
        """Copy the bundle in `source`, checked and tried, among the person's own; it is called as its card says."""
        from photosearch.encode.encoder import Encoder

        bundle = read_bundle(source)
        if bundle.name == "default":
            raise EncoderError("An added encoder cannot be called “default”; give it another name in its encoder.json.")
        target = self._added / bundle.name
        if target.exists():
            raise EncoderError(f"There is an encoder “{bundle.name}” already.")
        Encoder(source, "cpu")  # raises if it cannot be run
        partial = self._added / f".{bundle.name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for file in (verify_model(source, bundle), source / CARD):
            shutil.copyfile(file, partial / file.name)
        os.replace(partial, target)
        return bundle
