"""The journal of changes to a person's files: every step is on the disk before the next one is made."""

import json
import os
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from photosearch.sentences import Sentence
from photosearch.store.catalog import Catalog
from photosearch.store.database import durable_transaction, plain_errors

Way = Literal["trash", "move", "link"]
Attributes = dict[str, bytes]
Step = Literal["planned", "done", "undoing", "undone", "failed"]

COLUMNS = "source, destination, keeper, digest, size_bytes, mtime_ns, mode, restored, step, reason, attributes"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an act; `photo_id` is the entry of the photo that it accompanies, None for a photo itself."""

    entry_id: int
    act_id: int
    photo_id: int | None
    way: Way
    target: str | None  # the folder of a move
    source: str
    destination: str | None  # None while, or where, only the system knows
    keeper: str
    digest: bytes
    size_bytes: int
    mtime_ns: int
    mode: int
    restored: str | None  # where undo puts it
    step: Step
    reason: Sentence | None
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Act:
    """One act in the history; `files` are photos and their companions, `size_bytes` is of all of them."""

    act_id: int
    began_at: int  # seconds since 1970
    way: Way
    target: str | None
    photos: int
    files: int
    size_bytes: int
    undone: int  # of the files
    state: Literal["done", "partly undone", "undone"]


@dataclass(frozen=True, slots=True)
class Before:
    """A file as it is before it is touched."""

    source: str
    destination: str | None
    digest: bytes
    size_bytes: int
    mtime_ns: int
    mode: int
    attributes: Attributes = field(default_factory=dict[str, bytes])  # extended ones


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The sidecar of a photo that stays, which inherits metadata from one that goes; `before` None: there was none."""

    path: str
    before: bytes | None
    after: bytes
    mtime_ns: int  # before the change, as is the next
    mode: int


class Journal:
    """The journal in a catalog; only the library's writer may write to it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def begin(self, way: Way, target: str | None) -> int:
        """Write a new act and return its number."""
        with durable_transaction(self._catalog.connection) as connection:
            return connection.execute(
                "INSERT INTO act (began_at, way, target) VALUES (?, ?, ?) RETURNING id",
                (int(time.time()), way, None if target is None else os.fsencode(target)),
            ).fetchone()[0]

    def plan(self, act_id: int, keeper: str, files: Sequence[Before], sidecar: Sidecar | None = None) -> list[Entry]:
        """Write a photo, then its companions, and the keeper's sidecar, as the files to be touched next."""
        ids: list[int] = []
        with durable_transaction(self._catalog.connection) as connection:
            for file in files:
                row = connection.execute(
                    "INSERT INTO act_file (act_id, photo_id, source, destination, keeper, digest, size_bytes,"
                    " mtime_ns, mode, attributes, step) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned') RETURNING id",
                    (
                        act_id, ids[0] if ids else None, os.fsencode(file.source), _encoded(file.destination),
                        os.fsencode(keeper), file.digest, file.size_bytes, file.mtime_ns, file.mode,
                        _packed(file.attributes),
                    ),
                ).fetchone()  # fmt: skip
                ids.append(row[0])
            if sidecar:
                connection.execute(
                    "INSERT INTO act_sidecar (photo_id, path, before, after, mtime_ns, mode) VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        ids[0], os.fsencode(sidecar.path), sidecar.before, sidecar.after,
                        sidecar.mtime_ns, sidecar.mode,
                    ),
                )  # fmt: skip
        return self.entries("act_file.id >= ?", (ids[0],))

    def aim(self, entry: Entry, destination: str) -> None:
        """Write where a planned file will go."""
        with durable_transaction(self._catalog.connection) as connection:
            connection.execute(
                "UPDATE act_file SET destination = ? WHERE id = ?", (os.fsencode(destination), entry.entry_id)
            )

    def done(self, entry: Entry, destination: str | None, mtime_ns: int | None = None) -> None:
        """Write that a file is where it should go; a link has the `mtime_ns` of what it leads to."""
        with durable_transaction(self._catalog.connection) as connection:
            connection.execute(
                "UPDATE act_file SET step = 'done', destination = ?, restored = NULL, reason = NULL WHERE id = ?",
                (_encoded(destination), entry.entry_id),
            )
            change = "state = 'missing'" if mtime_ns is None else "mtime_ns = ?"
            values = (os.fsencode(entry.source),) if mtime_ns is None else (mtime_ns, os.fsencode(entry.source))
            connection.execute(f"UPDATE photo SET {change} WHERE path = ?", values)

    def failed(self, entry: Entry, reason: Sentence) -> None:
        """Write that a file is where it was, and why."""
        with durable_transaction(self._catalog.connection) as connection:
            connection.execute(
                "UPDATE act_file SET step = 'failed', reason = ? WHERE id = ?", (reason.stored(), entry.entry_id)
            )

    def undoing(self, goals: Iterable[tuple[Entry, str]]) -> None:
        """Write where files are brought back to, before they are."""
        with durable_transaction(self._catalog.connection) as connection:
            for entry, goal in goals:
                connection.execute(
                    "UPDATE act_file SET step = 'undoing', restored = ?, reason = NULL WHERE id = ?",
                    (os.fsencode(goal), entry.entry_id),
                )

    def undone(self, entry: Entry, restored: str) -> None:
        """Write that a file is back, at `restored`."""
        with durable_transaction(self._catalog.connection) as connection:
            connection.execute(
                "UPDATE act_file SET step = 'undone', restored = ?, reason = NULL WHERE id = ?",
                (os.fsencode(restored), entry.entry_id),
            )
            connection.execute(
                "UPDATE photo SET state = 'present', mtime_ns = ? WHERE path = ? AND size_bytes = ?",
                (entry.mtime_ns, os.fsencode(restored), entry.size_bytes),
            )

    def not_undone(self, entry: Entry, reason: Sentence) -> None:
        """Write that a file could not be brought back, and why; it can be tried again."""
        with durable_transaction(self._catalog.connection) as connection:
            connection.execute(
                "UPDATE act_file SET step = 'done', restored = NULL, reason = ? WHERE id = ?",
                (reason.stored(), entry.entry_id),
            )

    def sidecar(self, photo: Entry) -> Sidecar | None:
        """The sidecar that inherited metadata from a photo of an act."""
        found = self._sidecars("photo_id = ?", (photo.entry_id,))
        return found[0] if found else None

    def owed(self, entry: Entry) -> list[Sidecar]:
        """The metadata that a restored file inherited before it went, from photos restored while it was away."""
        return self._sidecars(
            "path = ? AND photo_id < ? AND (SELECT step FROM act_file WHERE id = act_sidecar.photo_id) = 'undone'"
            " ORDER BY photo_id DESC",
            (os.fsencode(entry.source), entry.entry_id),
        )

    def pass_on(self, photo: Entry, sidecar: Sidecar) -> None:
        """Let the next sidecar that inherited more, if any, restore the state before this one did."""
        with durable_transaction(self._catalog.connection) as connection:
            connection.execute(
                "UPDATE act_sidecar SET before = ?, mtime_ns = ?, mode = ? WHERE photo_id ="
                " (SELECT min(file.id) FROM act_sidecar AS more JOIN act_file AS file ON file.id = more.photo_id"
                "  WHERE path = ? AND before = ? AND file.id > ? AND step NOT IN ('undone', 'failed'))",
                (
                    sidecar.before, sidecar.mtime_ns, sidecar.mode,
                    os.fsencode(sidecar.path), sidecar.after, photo.entry_id,
                ),
            )  # fmt: skip

    def _sidecars(self, where: str, values: Sequence[object]) -> list[Sidecar]:
        sql = f"SELECT path, before, after, mtime_ns, mode FROM act_sidecar WHERE {where}"
        return [Sidecar(os.fsdecode(path), *rest) for path, *rest in self._rows(sql, values)]

    def entries(self, where: str, values: Sequence[object] = ()) -> list[Entry]:
        """The entries for which `where` is true, in the order in which they were planned."""
        rows = self._rows(
            f"SELECT act_file.id, act_id, photo_id, way, target, {COLUMNS} FROM act_file JOIN act ON act.id = act_id"
            f" WHERE {where} ORDER BY act_file.id",
            values,
        )
        return [_entry(row) for row in rows]

    def under_way(self) -> list[Entry]:
        """The entries begun but not completed, as the process was killed or cancelled."""
        return self.entries("step IN ('planned', 'undoing')")

    def is_destination(self, path: str, other_than: Entry) -> bool:
        """True if `path` is where another file that is still away went."""
        sql = "SELECT 1 FROM act_file WHERE destination = ? AND step IN ('done', 'undoing') AND id <> ?"
        return bool(self._rows(sql, (os.fsencode(path), other_than.entry_id)))

    def has_act(self, act_id: int) -> bool:
        """True if this act was ever begun, even if it changed nothing."""
        return bool(self._rows("SELECT 1 FROM act WHERE id = ?", (act_id,)))

    def last_act(self) -> int | None:
        """The latest act of which something can still be undone."""
        return self._rows("SELECT max(act_id) FROM act_file WHERE step = 'done'")[0][0]

    def history(self) -> list[Act]:
        """Every act that did something, the latest first."""
        rows = self._rows(
            "SELECT act.id, began_at, way, target, sum(photo_id IS NULL), count(*), sum(size_bytes),"
            " sum(step = 'undone') FROM act JOIN act_file ON act_id = act.id"
            " WHERE step IN ('done', 'undoing', 'undone') GROUP BY act.id ORDER BY act.id DESC"
        )
        return [
            Act(
                act_id, began_at, way, None if target is None else os.fsdecode(target), photos, files, size, undone,
                "undone" if undone == files else "partly undone" if undone else "done",
            )
            for act_id, began_at, way, target, photos, files, size, undone in rows
        ]  # fmt: skip

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with plain_errors(self._catalog.file):
            return self._catalog.connection.execute(sql, values).fetchall()


def _encoded(path: str | None) -> bytes | None:
    return None if path is None else os.fsencode(path)


def _packed(attributes: Attributes) -> str | None:
    """As JSON, since names need not be text: bytes in base 64."""
    return json.dumps({name: b64encode(value).decode() for name, value in attributes.items()}) if attributes else None


def _unpacked(packed: str | None) -> Attributes:
    return {name: b64decode(value) for name, value in json.loads(packed).items()} if packed else {}


def _entry(row: tuple[Any, ...]) -> Entry:
    entry_id, act_id, photo_id, way, target, source, destination, keeper, *facts, restored, step, reason, packed = row
    digest, size_bytes, mtime_ns, mode = facts
    source, keeper = os.fsdecode(source), os.fsdecode(keeper)
    target, destination, restored = (
        None if path is None else os.fsdecode(path) for path in (target, destination, restored)
    )
    return Entry(
        entry_id, act_id, photo_id, way, target, source, destination, keeper,
        digest, size_bytes, mtime_ns, mode, restored, step,
        None if reason is None else Sentence.restored(reason), _unpacked(packed),
    )  # fmt: skip
