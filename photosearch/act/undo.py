"""Undoing an act."""

import os
from collections.abc import Generator, Sequence
from itertools import groupby

from photosearch.act.carry import bring_back
from photosearch.act.files import find_free, holds, same_file
from photosearch.act.plan import Left, Undone
from photosearch.act.recovery import recover
from photosearch.act.sidecars import is_changed
from photosearch.act.trash import QUARANTINE
from photosearch.errors import QueryError
from photosearch.ingest.scan import is_away, removable_drive
from photosearch.models import Progress
from photosearch.sentences import Sentence
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Act, Entry, Journal

SIDECAR_CHANGED = Sentence("It was changed after it inherited metadata of this photo, so it stays as it is.")
AWAY = Sentence("Its drive is not connected.")


def history(catalog: Catalog) -> list[Act]:
    """Every act, the latest first."""
    return Journal(catalog).history()


def undo(catalog: Catalog, act_id: int | None = None) -> Generator[Progress, None, Undone]:
    """Restore the files that an act, else the last one that can be undone, removed; for the library's writer only.

    It may be closed after any photo and run again. Raises QueryError if there is no such act.
    """
    recover(catalog)
    journal = Journal(catalog)
    if act_id is not None and not journal.has_act(act_id):
        raise QueryError("There is no act {number} in the history.", number=str(act_id))
    act_id = journal.last_act() if act_id is None else act_id
    if act_id is None:
        return Undone(None, 0, (), (), _quarantines(catalog))
    entries = journal.entries("act_id = ? AND step = 'done'", (act_id,))
    families = [list(family) for _, family in groupby(entries, lambda entry: entry.photo_id or entry.entry_id)]
    files, renamed, failed = 0, list[tuple[str, str]](), list[Left]()
    for done, family in enumerate(reversed(families), 1):
        goals = _goals(family)
        journal.undoing(goals)
        for entry in journal.entries("act_id = ? AND step = 'undoing'", (act_id,)):
            if reason := _away(entry):
                journal.not_undone(entry, reason)
            else:
                reason = bring_back(journal, entry)
            if reason:
                failed.append(Left(entry.source, reason))
                continue
            files += 1
            if (sidecar := journal.sidecar(entry)) and is_changed(sidecar):
                failed.append(Left(sidecar.path, SIDECAR_CHANGED))
            if entry.restored and entry.restored != entry.source:
                renamed.append((entry.source, entry.restored))
        yield Progress("undoing", done, len(families))
    return Undone(act_id, files, tuple(renamed), tuple(failed))


def _quarantines(catalog: Catalog) -> tuple[str, ...]:
    """The quarantines in added folders, of which a library knew that is no more, as this one has nothing to undo."""
    found = (os.path.join(folder.path, QUARANTINE) for folder in catalog.folders())
    return tuple(folder for folder in found if os.path.isdir(folder))


def _goals(family: Sequence[Entry]) -> list[tuple[Entry, str]]:
    """The paths to restore a photo and its companions to: the old ones, else all with one new name."""
    ours = {entry.source for entry in family if _is_ours(entry)}
    stem = os.path.splitext(os.path.basename(family[0].source))[0]
    goals = find_free([entry.source for entry in family], stem, lambda path: path not in ours and os.path.lexists(path))
    return list(zip(family, goals, strict=True))


def _is_ours(entry: Entry) -> bool:
    """True if the file at its former path is that file: as the link that took its place, or brought back by hand."""
    if entry.way == "link" and same_file(entry.source, entry.keeper):
        return True
    return holds(entry.source, entry.digest)


def _away(entry: Entry) -> Sentence | None:
    drive = removable_drive(entry.source)
    return AWAY if drive and is_away(drive) else None
