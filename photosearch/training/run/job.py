"""A run of teaching: what it has, and where it keeps it."""

import threading
from dataclasses import dataclass
from pathlib import Path

from photosearch.library import Library
from photosearch.training.data.checkpoint import read_checkpoint
from photosearch.training.data.dataset import Dataset
from photosearch.training.run.recipe import Recipe


@dataclass
class Job:
    """A run: what it has, and where it keeps it."""

    library: Library
    recipe: Recipe
    dataset: Dataset
    folder: Path
    stop: threading.Event
    processes: int
    serving: Path  # the bundle that serves when the run begins, whatever does later
    key: str  # what a checkpoint belongs to

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def step(self) -> int:
        """The step of the checkpoint; 0 if there is none, or it belongs to another run."""
        checkpoint = read_checkpoint(self.checkpoint)
        return checkpoint.step if checkpoint and checkpoint.key == self.key else 0

    def thumbnail(self, number: int) -> bytes | None:
        """The JPEG of a photo of the dataset; None if it cannot be read any more."""
        photo_id = self.dataset.photo_ids[number]
        photo = self.library.photos.get([photo_id]).get(photo_id)
        return self.library.photos.thumbnail(photo) if photo else None
