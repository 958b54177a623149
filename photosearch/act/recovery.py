"""Recovery: the steps that a killed or cancelled process left half-done are completed or reverted."""

import os

from photosearch.act.carry import carry_out, settle_planned, settle_undoing
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Entry, Journal


def recover(catalog: Catalog) -> None:
    """Complete or revert the steps of a process that was killed or cancelled; for the library's writer only.

    A photo that went takes its companions with it, and one that did not keeps them. Nothing to do takes no time.
    """
    journal = Journal(catalog)
    folders = [folder.path for folder in catalog.folders()]
    for entry in journal.under_way():  # a photo before its companions
        try:
            if entry.step == "undoing":
                settle_undoing(journal, entry)
            elif settle_planned(journal, entry) and _photo_went(journal, entry):
                carry_out(journal, entry, folders)
        except OSError:  # its drive does not answer: look again next time
            continue


def _photo_went(journal: Journal, entry: Entry) -> bool:
    """True if the photo of a companion went, and lies there: the drive that it was moved to may be away now."""
    went = journal.entries("act_file.id = ? AND step = 'done'", (entry.photo_id,))
    return any(photo.way != "move" or os.path.lexists(photo.destination or "") for photo in went)
