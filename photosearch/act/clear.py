"""Removal of reviewed photos: each one is verified, written to the journal, and only then touched."""

import os
import stat
from collections.abc import Generator, Sequence
from contextlib import suppress

from photosearch.act.carry import carry_out
from photosearch.act.companions import Names, find_companions, lacking_beside
from photosearch.act.files import added_folder, attributes_of, digest_of, drive_of, find_free, same_file
from photosearch.act.inherit import plan_sidecar
from photosearch.act.metadata import UnclearError
from photosearch.act.plan import Cleared, Left, Removal, reason_of, unlinked_bytes
from photosearch.act.recovery import recover
from photosearch.act.trash import QUARANTINE, in_trash
from photosearch.files import changed_ns
from photosearch.models import Progress
from photosearch.output import require_unreserved
from photosearch.paths import inside, real_path, shown
from photosearch.sentences import Sentence
from photosearch.settings import KeepRules
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Before, Entry, Journal, Way

GONE = Sentence("It is gone already.")
CHANGED = Sentence("It has changed since it was compared.")
LINK = Sentence("It is a link to another file, and links are left alone.")
SAME_FILE = Sentence("It is the same file as the photo to keep, “{path}”.")
KEEPER_GOES = Sentence("The photo to keep, “{path}”, is itself to go.")
KEEPER_GONE = Sentence("The photo to keep, “{path}”, is gone.")
KEEPER_CHANGED = Sentence("The photo to keep, “{path}”, has changed since it was compared.")
KEEPER_IN_TRASH = Sentence("The photo to keep, “{path}”, lies in a trash.")
KEEPER_IN_TARGET = Sentence("The photo to keep, “{path}”, lies in the folder to move to.")
IN_TARGET = Sentence("It lies in the folder to move to already.")
NOT_IDENTICAL = Sentence("Only identical files can become one by a link.")
OTHER_DRIVE = Sentence("The photo to keep, “{path}”, is on another drive, where no hard link can reach.")
PROTECTED = Sentence("It lies in a protected folder, which never loses a photo.")
MORE_BESIDE = Sentence("Edits or a video lie beside it now that do not lie beside the photo to keep, “{path}”.")
MORE_BESIDE_ALONE = Sentence("Edits or a video lie beside it now that were not there when it was chosen.")
OWN_PICTURE = Sentence("It is a picture of its own that was not chosen to go.")
TARGET_AWAY = Sentence("The drive of the folder to move to is no longer connected.")
ONLY_ONE = Sentence("The photo to keep, “{path}”, has no such file beside it, so this one stays.")

Identity = tuple[int, int] | str


def clear_away(
    catalog: Catalog,
    plan: Sequence[Removal],
    way: Way,
    target: str | None = None,
    inherit: bool = False,
    rules: KeepRules | None = None,
) -> Generator[Progress, None, Cleared]:
    """Trash photos, move them into the folder `target`, or replace them by hard links; for the library's writer only.

    With `inherit`, the photo that stays first inherits rating, keywords, place and date: see `act.inherit`.
    It may be closed after any photo. Files that cannot be removed safely stay; the summary lists them. Raises
    OutputError for a `target` that Windows reserves.
    """
    if target is not None:
        require_unreserved(target)
    recover(catalog)
    act = _Clearing(catalog, plan, way, None if target is None else real_path(target), inherit)
    act.protect(rules or KeepRules())
    for done, removal in enumerate(plan, 1):
        act.clear(removal)
        yield Progress("clearing away", done, len(plan))
    return act.summary()


class _Clearing:
    """One act in progress, with the facts on files that it has read."""

    def __init__(self, catalog: Catalog, plan: Sequence[Removal], way: Way, target: str | None, inherit: bool) -> None:
        if way == "move" and target is None:
            raise ValueError("a move needs a target")
        self._journal = Journal(catalog)
        self._way: Way = way
        self._target = target
        self._drive = None if target is None else drive_of(target)
        self._inherit = inherit
        self._folders = [folder.path for folder in catalog.folders()]
        self._rules = KeepRules()
        self._several = len({self._root(removal.path) for removal in plan}) > 1
        self._losers = {identity for removal in plan for identity in _identities(removal.path)}
        kept = {removal.keeper_path for removal in plan if removal.keeper_path}
        self._keepers = {identity for path in kept for identity in _identities(path)}
        self._act_id: int | None = None
        self._names: dict[str, Names] = {}
        self._listed: set[str] = set()
        self._kept_last: tuple[tuple[int, ...], bytes] | None = None
        self._gone: list[tuple[Entry, os.stat_result]] = []
        self._refused: list[Left] = []
        self._left: list[Left] = []
        self._sidecars: dict[str, None] = {}

    def protect(self, rules: KeepRules) -> None:
        """Refuse to remove files from protected folders."""
        self._rules = rules

    def clear(self, removal: Removal) -> None:
        """Clear one photo away with its companions, or note why not."""
        self._listed.clear()
        files: list[Before] = []
        sidecar = None
        try:
            reason = self._refuse(removal)
            if not reason:
                files = self._files(removal)
                if self._inherit and removal.keeper_path:
                    sidecar = plan_sidecar(removal.keeper_path, removal.path, self._names_in)
        except OSError as error:
            reason = reason_of(error)
        except UnclearError as error:
            reason = error.reason
        if reason:
            self._refused.append(Left(removal.path, reason))
            return
        if self._act_id is None:
            self._act_id = self._journal.begin(self._way, self._target)
        photo, *companions = self._journal.plan(self._act_id, removal.keeper_path or "", files, sidecar)
        if reason := self._carry(photo):
            self._refused.append(Left(removal.path, reason))
            for companion in companions:
                self._journal.failed(companion, reason)
            return
        if sidecar:
            self._sidecars[sidecar.path] = None
        for companion in companions:
            if reason := self._carry(companion):
                self._left.append(Left(companion.source, reason))

    def summary(self) -> Cleared:
        """The result of the act."""
        done = [entry for entry, _ in self._gone]
        quarantines = set[str]()
        if self._way == "trash" and self._act_id is not None:
            mark = f"{os.sep}{QUARANTINE}{os.sep}"
            for entry in self._journal.entries("act_id = ? AND step = 'done'", (self._act_id,)):
                if entry.destination and mark in entry.destination:
                    quarantines.add(entry.destination.partition(mark)[0] + mark + str(self._act_id))
        return Cleared(
            self._act_id if done else None,
            sum(entry.photo_id is None for entry in done),
            sum(entry.photo_id is not None for entry in done),
            sum(entry.size_bytes for entry in done),
            unlinked_bytes(status for _, status in self._gone),
            tuple(self._refused),
            tuple(self._left),
            tuple(sorted(quarantines)),
            tuple(self._sidecars),
        )

    def _refuse(self, removal: Removal) -> Sentence | None:
        """The reason why a photo must stay, checked now; None if it may go. Raises OSError."""
        loser, keeper = removal.path, removal.keeper_path
        if not os.path.lexists(loser):
            return GONE
        if os.path.islink(loser):
            return LINK
        if self._is_target_away():
            return TARGET_AWAY
        if self._rules.protects(loser):  # as it may be since it was proposed
            return PROTECTED
        if keeper is None:
            return self._refuse_alone(removal)
        reason = None
        if not os.path.isfile(keeper):
            reason = KEEPER_GONE
        elif same_file(loser, keeper):
            reason = SAME_FILE
        elif self._losers & _identities(keeper):
            reason = KEEPER_GOES
        elif in_trash(real_path(keeper)):
            reason = KEEPER_IN_TRASH
        elif self._way == "move" and inside(real_path(keeper), self._target or ""):
            reason = KEEPER_IN_TARGET
        elif self._way == "move" and inside(real_path(loser), self._target or ""):
            return IN_TARGET
        elif self._way == "link" and removal.digest != removal.keeper_digest:
            return NOT_IDENTICAL
        elif self._way == "link" and os.stat(loser).st_dev != os.stat(keeper).st_dev:
            reason = OTHER_DRIVE
        elif self._digest(keeper) != removal.keeper_digest:
            reason = KEEPER_CHANGED
        elif digest_of(loser) != removal.digest:
            return CHANGED
        elif self._has_more(removal):
            reason = MORE_BESIDE
        return reason.with_values(path=shown(keeper)) if reason else None

    def _refuse_alone(self, removal: Removal) -> Sentence | None:
        """The reason why a photo without a keeper must stay; None if it may go. Raises OSError."""
        if self._way == "link":
            return NOT_IDENTICAL
        if self._way == "move" and inside(real_path(removal.path), self._target or ""):
            return IN_TARGET
        if digest_of(removal.path) != removal.digest:
            return CHANGED
        return MORE_BESIDE_ALONE if self._has_more(removal) else None

    def _has_more(self, removal: Removal) -> bool:
        """True if more would go with a photo than was known when it was chosen. Raises OSError."""
        return not lacking_beside(removal.path, removal.keeper_path, self._names_in) <= removal.lacking

    def _files(self, removal: Removal) -> list[Before]:
        """The photo and the companions that go with it, each with where it will go if that is known."""
        paths = [removal.path, *self._companions(removal)]
        goals: list[str | None] = [None] * len(paths)
        if self._way == "move":
            root = self._root(removal.path)
            start = os.path.dirname(root) if self._several else root
            wanted = [os.path.join(self._target or "", os.path.relpath(path, start)) for path in paths]
            goals = [*find_free(wanted, os.path.splitext(os.path.basename(removal.path))[0])]
        files: list[Before] = []
        for path, goal in zip(paths, goals, strict=True):
            status = os.lstat(path)
            digest = removal.digest if path == removal.path else digest_of(path)
            mode = stat.S_IMODE(status.st_mode)
            files.append(Before(path, goal, digest, status.st_size, changed_ns(status), mode, attributes_of(path)))
        return files

    def _companions(self, removal: Removal) -> list[str]:
        """The files that go with a photo; none if a link takes its place."""
        if self._way == "link":
            return []
        kept = removal.keeper_path
        found = find_companions(removal.path, kept, self._names_in, self._is_in_plan)
        reason = ONLY_ONE.with_values(path=shown(kept)) if kept else OWN_PICTURE
        self._left += [Left(path, reason) for path in found.staying]
        return found.going

    def _names_in(self, folder: str) -> Names:
        """The names in a folder, which is listed once for each photo; some may have gone since. Raises OSError."""
        names = self._names.setdefault(folder, Names(()))
        if folder not in self._listed:
            names.add(os.listdir(folder))
            self._listed.add(folder)
        return names

    def _is_in_plan(self, path: str) -> bool:
        identities = _identities(path)
        return not (identities.isdisjoint(self._losers) and identities.isdisjoint(self._keepers))

    def _carry(self, entry: Entry) -> Sentence | None:
        """Execute an entry and remember it; return the reason if it could not be executed."""
        try:
            status = os.lstat(entry.source)
        except OSError as error:  # it went away this very moment
            self._journal.failed(entry, reason_of(error))
            return reason_of(error)
        if self._is_target_away():
            self._journal.failed(entry, TARGET_AWAY)
            return TARGET_AWAY
        reason = carry_out(self._journal, entry, self._folders)
        if reason is None:
            self._gone.append((entry, status))
        return reason

    def _is_target_away(self) -> bool:
        """True if a move would now go to another drive than at first: below the mount point of one that is gone."""
        return self._target is not None and drive_of(self._target) != self._drive

    def _root(self, path: str) -> str:
        return added_folder(path, self._folders)

    def _digest(self, keeper: str) -> bytes:
        """SHA-256 of a photo to keep; one that keeps many is read again only if anything about it is different."""
        status = os.stat(keeper)
        seen = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if self._kept_last is None or self._kept_last[0] != seen:
            self._kept_last = (seen, digest_of(keeper))
        return self._kept_last[1]


def _identities(path: str) -> set[Identity]:
    """The identity of a file, whatever links or case of letters its path has."""
    identities: set[Identity] = {os.path.normcase(real_path(path))}
    with suppress(OSError):
        status = os.stat(path)
        if status.st_ino:  # some network drives number all files 0
            identities.add((status.st_dev, status.st_ino))
    return identities
