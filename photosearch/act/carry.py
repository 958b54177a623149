"""Executing one entry of the journal, in either direction, and completing or reverting an interrupted one."""

import errno
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from photosearch.act.files import (
    added_folder,
    copy,
    digest_of,
    drop_empty,
    find_free,
    holds,
    move,
    remove,
    restore_attributes,
    same_file,
    settle,
    sync_folder,
)
from photosearch.act.plan import reason_of
from photosearch.act.sidecars import give_back, take_over
from photosearch.act.trash import (
    QUARANTINE,
    find_trashed,
    forget_record,
    forget_untaken,
    hide,
    quarantine_folder,
    to_trash,
)
from photosearch.files import changed_ns, make_folders
from photosearch.paths import inside
from photosearch.sentences import Sentence
from photosearch.store.tables.journal import Entry, Journal

INTERRUPTED = Sentence("Photosearch was stopped before it reached this file.")
NOT_FOUND = Sentence("It is no longer where Photosearch put it. If it is in the system's trash, restore it from there.")
WENT_LATER = Sentence("It was removed again by act {number}. Undo that act first.")
CLOCK_NS = 20_000_000  # by which the time of a new file may lie before that of the clock
NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)


def carry_out(journal: Journal, entry: Entry, folders: Sequence[str]) -> Sentence | None:
    """Execute a planned entry and record that it is done; return the reason if it could not be.

    The file must have been found unchanged just now; `folders` are those that were added.
    """
    try:
        if sidecar := journal.sidecar(entry):
            take_over(sidecar, _partial(entry, sidecar.path))
        if entry.way == "link":
            _link(entry)
            journal.done(entry, entry.source, changed_ns(os.stat(entry.source)))
        elif entry.way == "move":
            journal.done(entry, _move(journal, entry, entry.destination or ""))
        else:
            journal.done(entry, _trash(journal, entry, folders))
    except OSError as error:
        with suppress(OSError):  # else the photo that stays keeps some more metadata than before
            _give_back(journal, entry)
        journal.failed(entry, reason_of(error))
        return reason_of(error)
    return None


def bring_back(journal: Journal, entry: Entry) -> Sentence | None:
    """Execute an entry under undo and record that it is done; return the reason if it could not be."""
    goal = entry.restored or entry.source
    try:
        if later := _removal_of_link(journal, entry):  # else there would be two in the end
            reason = WENT_LATER.with_values(number=str(later.act_id))
            journal.not_undone(entry, reason)
            return reason
        if entry.way == "link":
            content = next((path for path in (entry.source, entry.keeper) if holds(path, entry.digest)), None)
            if content is None:
                raise FileNotFoundError(errno.ENOENT, Sentence("the file it was linked to has changed or is gone"))
            make_folders(os.path.dirname(goal))
            copy(content, goal, entry.digest, _partial(entry, goal), entry.attributes)
            _restore(entry, goal)
        elif not holds(goal, entry.digest):  # else the person was quicker
            lies = _lies(journal, entry)
            if lies is None:
                journal.not_undone(entry, NOT_FOUND)
                return NOT_FOUND
            if lies != entry.destination:
                journal.aim(entry, lies)
            move(lies, goal, entry.digest, _partial(entry, goal))
            _leave(entry, lies)
            _restore(entry, goal)
        _give_back(journal, entry)
        journal.undone(entry, goal)
        _pay_back(journal, entry, goal)
    except OSError as error:
        journal.not_undone(entry, reason_of(error))
        return reason_of(error)
    return None


def settle_planned(journal: Journal, entry: Entry) -> bool:
    """Record the state of an interrupted planned entry; return whether the file is in its old place, unchanged."""
    source, destination = entry.source, entry.destination
    if entry.way == "link":
        if os.path.isdir(os.path.dirname(source)):
            _settle_link(journal, entry)
        return False
    if destination and settle(source, destination, entry.digest, _partial(entry, destination)):
        journal.done(entry, destination)
        return False
    if destination:
        _leave(entry, destination)
    if os.path.lexists(source):
        if entry.way == "trash":
            forget_untaken(source, time.time_ns())
        _give_back(journal, entry)
        journal.failed(entry, INTERRUPTED)
        return holds(source, entry.digest)
    lies = _lies(journal, entry)
    if lies or (entry.way == "trash" and os.path.isdir(os.path.dirname(source))):
        journal.done(entry, lies)
    # else its drive is away: look again when it is back
    return False


def _settle_link(journal: Journal, entry: Entry) -> None:
    partial = _partial(entry, entry.source)
    for path in (partial, _trial(partial)):
        with suppress(FileNotFoundError):
            os.unlink(path)
    if same_file(entry.source, entry.keeper):
        journal.done(entry, entry.source, changed_ns(os.stat(entry.source)))
    else:
        _give_back(journal, entry)
        journal.failed(entry, INTERRUPTED)


def settle_undoing(journal: Journal, entry: Entry) -> None:
    """Record the state of an interrupted undo; files that are not back can be tried again."""
    goal = entry.restored or entry.source
    if entry.way == "link":
        with suppress(FileNotFoundError):
            remove(_partial(entry, goal))
        back = holds(goal, entry.digest) and os.stat(goal).st_nlink == 1
    elif entry.destination:
        back = settle(entry.destination, goal, entry.digest, _partial(entry, goal))
    else:
        back = holds(goal, entry.digest)
    if not back:
        journal.not_undone(entry, INTERRUPTED)
        return
    if entry.destination and entry.way != "link":
        _leave(entry, entry.destination)
    _restore(entry, goal)
    _give_back(journal, entry)
    journal.undone(entry, goal)
    _pay_back(journal, entry, goal)


def _give_back(journal: Journal, entry: Entry) -> None:
    """Remove the metadata that the photo that stays inherited from this one. Raises OSError."""
    sidecar = journal.sidecar(entry)
    if sidecar and not give_back(sidecar, _partial(entry, sidecar.path)):
        journal.pass_on(entry, sidecar)


def _pay_back(journal: Journal, entry: Entry, path: str) -> None:
    """Remove from a sidecar the metadata inherited before it went, from photos that came back before it."""
    for sidecar in journal.owed(entry):
        with suppress(OSError):
            give_back(replace(sidecar, path=path), _partial(entry, path))


def _trash(journal: Journal, entry: Entry, folders: Sequence[str]) -> str | None:
    """Move a file to the system's trash, else to a quarantine on its drive; return its path there, if known."""
    where, tried_ns = None, time.time_ns() - CLOCK_NS
    with suppress(Exception):  # each system has errors of its own; only the place of the file counts
        where = to_trash(entry.source)
    if not os.path.lexists(entry.source):
        return where or _find_trashed(journal, entry)
    forget_untaken(entry.source, tried_ns)
    folder = quarantine_folder(entry.source, added_folder(entry.source, folders), entry.act_id)
    wanted = os.path.join(folder, os.path.relpath(entry.source, os.path.dirname(os.path.dirname(folder))))
    destination = _move(journal, entry, wanted)
    hide(os.path.dirname(folder))
    return destination


def _move(journal: Journal, entry: Entry, wanted: str) -> str:
    """Move a file to a free name, which is in the journal before it is taken; return it."""
    stem = os.path.splitext(os.path.basename(wanted))[0]
    while True:
        destination = find_free([wanted], stem)[0]
        if destination != entry.destination:
            journal.aim(entry, destination)
        try:
            move(entry.source, destination, entry.digest, _partial(entry, destination))
        except FileExistsError:  # another process has just taken it
            continue
        except OSError:
            _leave(entry, destination)
            raise
        return destination


def _link(entry: Entry) -> None:
    partial = _partial(entry, entry.source)
    if os.name == "nt" and not all(os.access(path, os.W_OK) for path in (entry.source, entry.keeper)):
        raise OSError(errno.EACCES, Sentence("Windows replaces no file that is read-only"))
    try:
        os.link(entry.keeper, partial)
    except OSError as error:
        if error.errno in NO_LINKS:
            raise OSError(error.errno, _why_no_link(partial)) from error
        raise
    try:
        if digest_of(partial) != entry.digest:  # once more, as the file it replaces is lost
            raise OSError(errno.EIO, Sentence("the photo to keep has changed meanwhile"))
        os.replace(partial, entry.source)
    except OSError:
        os.unlink(partial)
        raise
    sync_folder(os.path.dirname(entry.source))


def _why_no_link(partial: str) -> Sentence:
    """The reason why the system made no link, by trying with a file of our own, `partial`. Raises OSError."""
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except PermissionError:
        return Sentence("the folder of the photo is protected against changes")
    try:
        os.link(partial, _trial(partial))
        os.unlink(_trial(partial))
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        return Sentence("this drive allows no hard link here")
    finally:
        os.unlink(partial)
    return Sentence("the photo to keep is protected against links, or belongs to another person")


def _trial(partial: str) -> str:
    """The name of a link that only tells whether one can be made."""
    return partial.removesuffix(".partial") + "-trial.partial"


def _removal_of_link(journal: Journal, entry: Entry) -> Entry | None:
    """The later entry that removed the link which `entry` made, if the file is still where that put it."""
    if entry.way != "link" or holds(entry.source, entry.digest):
        return None
    later = journal.entries(
        "source = ? AND step = 'done' AND act_file.id > ?", (os.fsencode(entry.source), entry.entry_id)
    )
    return next((each for each in later if each.digest == entry.digest and _lies(journal, each)), None)


def _lies(journal: Journal, entry: Entry) -> str | None:
    """The present path of a removed file, or None."""
    if entry.destination and holds(entry.destination, entry.digest):
        return entry.destination
    return _find_trashed(journal, entry) if entry.way == "trash" else None


def _find_trashed(journal: Journal, entry: Entry) -> str | None:
    return find_trashed(entry.source, entry.digest, lambda path: journal.is_destination(path, entry))


def _leave(entry: Entry, lay: str) -> None:
    """Remove the remains of a file's place: the record in the trash, empty folders of a quarantine or target."""
    folder, top = os.path.dirname(lay), entry.target or ""
    if entry.way == "move":
        drop_empty(folder, lambda folder: inside(folder, top))
    elif f"{os.sep}{QUARANTINE}{os.sep}" in lay:
        drop_empty(folder, lambda folder: QUARANTINE in folder.split(os.sep))
    else:
        forget_record(lay)


def _restore(entry: Entry, path: str) -> None:
    """Restore the extended attributes, the permissions and the modification time of a file that is back."""
    restore_attributes(path, entry.attributes)
    os.chmod(path, entry.mode)
    status = os.stat(path)
    if changed_ns(status) != entry.mtime_ns:  # else it is right, or later than the journal can hold
        os.utime(path, ns=(status.st_atime_ns, entry.mtime_ns))


def _partial(entry: Entry, path: str) -> str:
    """The name of a copy under way beside `path`, the same after a restart, and hidden from scans."""
    return os.path.join(os.path.dirname(path), f".photosearch-{entry.act_id}-{entry.entry_id}.partial")
