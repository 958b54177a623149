"""One indexing run in the catalog: the scanned files are compared in SQL with the known ones, then written."""

import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from photosearch.models import Decoded, FoundFile, LeftOut, Read, State, Unreadable
from photosearch.store.catalog import Catalog
from photosearch.store.database import connect, plain_errors, transaction
from photosearch.store.filters import range_below
from photosearch.store.tables.panels import add_panels, all_looked_at

PAGE = 500

Change = Literal["added", "changed", "moved", "unchanged", "encoded_again", "unreadable"]


class Rescan:
    """Compares and records one scan; `tally` counts what it did. Use it from one thread, `known` from any."""

    def __init__(self, catalog: Catalog, encoder_id: int, decoders: str = "", panels: int | None = None) -> None:
        """`decoders` are the versions of those that read: what others could not read, they try.

        `panels` is the method by which those panels were found that come with what is read, if they do.
        """
        self.tally: Counter[Change | State] = Counter()
        self._missed = set[int]()  # photos that this scan did not find where they were; they may have moved
        self._connection = catalog.connection
        self._encoder_id = encoder_id
        self._decoders = decoders
        self._method = panels
        self._lookup = connect(catalog.file)
        self._lookup_lock = threading.Lock()
        with plain_errors():
            self._connection.execute("DROP TABLE IF EXISTS temp.seen")
            self._connection.execute("DROP TABLE IF EXISTS temp.todo")
            self._connection.execute(
                "CREATE TEMP TABLE seen (path BLOB PRIMARY KEY, size_bytes INTEGER, mtime_ns INTEGER) WITHOUT ROWID"
            )

    def close(self) -> None:
        self._lookup.close()

    def known(self, digest: bytes) -> int | None:
        """The content with these bytes if this encoder has described it, else None."""
        with self._lookup_lock, plain_errors():
            row = self._lookup.execute(
                "SELECT content.id FROM content JOIN descriptor ON content_id = content.id AND encoder_id = ?"
                " WHERE digest = ?",
                (self._encoder_id, digest),
            ).fetchone()
        return row[0] if row else None

    def note(self, files: Iterable[FoundFile]) -> None:
        """Remember files that the scan met; a file met twice counts once."""
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT OR REPLACE INTO temp.seen VALUES (?, ?, ?)",
                ((os.fsencode(file.path), file.size_bytes, file.mtime_ns) for file in files),
            )

    def settle(self, folder: str, state_of: Callable[[str], State | None]) -> None:
        """Mark the known photos in `folder` that the scan did not meet, and those that came back.

        `state_of` returns the present state of a path, or None for a file that is no longer wanted.
        """
        gone = self._connection.execute(
            "SELECT id, path, state FROM photo WHERE path >= ? AND path < ? AND state <> 'missing'"
            " AND NOT EXISTS (SELECT 1 FROM temp.seen WHERE seen.path = photo.path)",
            range_below(folder),
        ).fetchall()
        with transaction(self._connection):
            for photo_id, path, state in gone:
                now = state_of(os.fsdecode(path))
                if now is None:
                    self._connection.execute("DELETE FROM photo WHERE id = ?", (photo_id,))
                elif now not in (state, "present"):
                    self._connection.execute("UPDATE photo SET state = ? WHERE id = ?", (now, photo_id))
                    self.tally[now] += 1
                    if now == "missing":
                        self._missed.add(photo_id)
            self._connection.execute(
                "UPDATE photo SET state = 'present' WHERE path >= ? AND path < ? AND state <> 'present'"
                " AND EXISTS (SELECT 1 FROM temp.seen WHERE seen.path = photo.path)",
                range_below(folder),
            )

    def note_left_out(self, start: str, left_out: Iterable[LeftOut]) -> None:
        """Store the files that the scan of `start` could not read, replacing those of an earlier one."""
        with transaction(self._connection):
            forget_left_out(self._connection, start)
            self._connection.executemany(
                "INSERT OR REPLACE INTO left_out (path, reason) VALUES (?, ?)",
                ((os.fsencode(each.path), each.reason.stored()) for each in left_out),
            )

    def plan(self, verify: bool = False) -> int:
        """Choose the files to read (new, changed, worth another try, or without a descriptor); return how many.

        `verify`: all of them, as the bytes of a file may change while its size and time do not.
        """
        with plain_errors():
            self._connection.execute(
                "CREATE TEMP TABLE todo AS SELECT seen.* FROM temp.seen LEFT JOIN photo USING (path)"
                " WHERE ? OR id IS NULL"
                " OR content_id IS NULL AND (cause <> 'photo' OR decoders IS NOT ?)"
                " OR photo.size_bytes <> seen.size_bytes OR photo.mtime_ns <> seen.mtime_ns"
                " OR content_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM descriptor"
                "  WHERE descriptor.content_id = photo.content_id AND encoder_id = ?) ORDER BY path",
                (verify, self._decoders, self._encoder_id),
            )
            seen = self._connection.execute("SELECT count(*) FROM temp.seen").fetchone()[0]
            todo = self._connection.execute("SELECT count(*) FROM temp.todo").fetchone()[0]
        self.tally["unchanged"] = seen - todo
        return todo

    def plan_again(self) -> int:
        """Choose the present readable photos without a descriptor, whatever the scan met; return how many."""
        with plain_errors():
            self._connection.execute(
                "CREATE TEMP TABLE todo AS SELECT path, size_bytes, mtime_ns FROM photo"
                " WHERE state = 'present' AND content_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM descriptor"
                "  WHERE descriptor.content_id = photo.content_id AND encoder_id = ?) ORDER BY path",
                (self._encoder_id,),
            )
            return self._connection.execute("SELECT count(*) FROM temp.todo").fetchone()[0]

    def todo(self) -> Iterator[FoundFile]:
        """The files that `plan` or `plan_again` chose, by path."""
        last = 0
        while rows := self._connection.execute(
            "SELECT rowid, path, size_bytes, mtime_ns FROM temp.todo WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (last, PAGE),
        ).fetchall():
            last = rows[-1][0]
            for _, path, size_bytes, mtime_ns in rows:
                yield FoundFile(os.fsdecode(path), size_bytes, mtime_ns)

    def record(self, batch: Iterable[Read]) -> None:
        """Write the results of reading files, in one transaction; those that are gone are left for the next scan."""
        changes: list[Change] = []
        panels: dict[int, tuple[int, NDArray[np.float32]]] = {}  # by new descriptors, with their contents
        with transaction(self._connection):
            for read in batch:
                if isinstance(read.outcome, Unreadable):
                    changes.append("unreadable")
                    if not (read.outcome.transient and self._has_content(read.file)):  # else it is known from before
                        self._place(read.file, None, read.outcome)
                elif isinstance(read.outcome, int):
                    changes.append(self._place(read.file, read.outcome))
                elif isinstance(read.outcome, Decoded) and read.vector is not None:
                    content_id, descriptor_id = self._describe(read.outcome, read.vector)
                    if descriptor_id is not None and read.panels is not None:
                        panels[descriptor_id] = content_id, read.panels
                    change = self._place(read.file, content_id)
                    changes.append("encoded_again" if change == "unchanged" else change)
            if panels and self._method is not None:
                self._add_panels(self._method, panels)
        self.tally.update(changes)

    def prune(self) -> list[bytes]:
        """Forget contents that no photo has any more; return their digests."""
        with transaction(self._connection):
            return forget_unplaced(self._connection)

    def count_present(self) -> int:
        """The number of readable photos in the library now."""
        return self._connection.execute(
            "SELECT count(*) FROM photo WHERE state = 'present' AND content_id IS NOT NULL"
        ).fetchone()[0]

    def _describe(self, decoded: Decoded, vector: NDArray[np.float32]) -> tuple[int, int | None]:
        """Write a content, its descriptor and its hash if they are new; return its id and that of a new descriptor."""
        facts = decoded.facts
        self._connection.execute(
            "INSERT INTO content (digest, format, width, height, taken_at, camera, lens, latitude, longitude,"
            " sharpness, lacking) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING",
            (
                decoded.digest, facts.format, facts.width, facts.height, facts.taken_at, facts.camera, facts.lens,
                facts.latitude, facts.longitude, facts.sharpness, facts.lacking,
            ),
        )  # fmt: skip
        content_id = self._connection.execute("SELECT id FROM content WHERE digest = ?", (decoded.digest,)).fetchone()[
            0
        ]
        added = self._connection.execute(
            "INSERT INTO descriptor (encoder_id, content_id, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (self._encoder_id, content_id, vector.astype(np.float16).tobytes()),
        )
        self._connection.execute(
            "INSERT INTO perceptual_hash (content_id, bits) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (content_id, decoded.hash),
        )
        return content_id, added.lastrowid if added.rowcount else None

    def _add_panels(self, method: int, panels: dict[int, tuple[int, NDArray[np.float32]]]) -> None:
        """Write the panels that came with what was read, unless earlier photos are still to be looked at for some."""
        if all_looked_at(self._connection, self._encoder_id, method, min(panels)):
            add_panels(self._connection, self._encoder_id, method, list(panels.values()), max(panels))

    def _place(self, file: FoundFile, content_id: int | None, unreadable: Unreadable | None = None) -> Change:
        """Write the row of one file: in place, on the row of the missing file that it was, or as a new one."""
        path = os.fsencode(file.path)
        row = self._connection.execute("SELECT id, content_id FROM photo WHERE path = ?", (path,)).fetchone()
        change: Change = "added"
        if row:
            change = "unchanged" if content_id == row[1] else "changed"
        elif content_id is not None:
            row = self._find_missing(content_id, os.path.basename(file.path))
            change = "moved" if row else "added"
            if row and row[0] in self._missed:
                self._missed.discard(row[0])
                self.tally["missing"] -= 1
        values = (
            path, file.size_bytes, file.mtime_ns, content_id,
            *((unreadable.reason.stored(), unreadable.cause, self._decoders) if unreadable else (None, None, None)),
        )  # fmt: skip
        if row:
            self._connection.execute(
                "UPDATE photo SET path = ?, size_bytes = ?, mtime_ns = ?, content_id = ?, unreadable = ?,"
                " cause = ?, decoders = ?, state = 'present' WHERE id = ?",
                (*values, row[0]),
            )
        else:
            self._connection.execute(
                "INSERT INTO photo (path, size_bytes, mtime_ns, content_id, unreadable, cause, decoders, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 'present')",
                values,
            )
        return change

    def _has_content(self, file: FoundFile) -> bool:
        row = self._connection.execute(
            "SELECT content_id FROM photo WHERE path = ?", (os.fsencode(file.path),)
        ).fetchone()
        return row is not None and row[0] is not None

    def _find_missing(self, content_id: int, name: str) -> tuple[int] | None:
        """The missing photo that a file of this content was: one of its name, or else of an unused name."""
        rows = self._connection.execute(
            "SELECT id, path FROM photo WHERE content_id = ? AND state = 'missing' ORDER BY id", (content_id,)
        ).fetchall()
        names = {photo_id: os.path.basename(os.fsdecode(path)) for photo_id, path in rows}
        same = next((photo_id for photo_id, known in names.items() if known == name), None)
        if same is None and len(names) > 1:
            same = next((photo_id for photo_id, known in names.items() if not self._awaits(known)), None)
        photo_id = next(iter(names), None) if same is None else same
        return None if photo_id is None else (photo_id,)

    def _awaits(self, name: str) -> bool:
        """True if a file of this name is still to be read in this run, in any folder."""
        ending = os.fsencode(os.sep + name)
        sql = "SELECT 1 FROM temp.todo WHERE substr(path, ?) = ? LIMIT 1"
        return self._connection.execute(sql, (-len(ending), ending)).fetchone() is not None


def forget_left_out(connection: sqlite3.Connection, folder: str) -> None:
    """Delete the records of files that a scan could not read: a folder and all in it."""
    connection.execute(
        "DELETE FROM left_out WHERE path = ? OR path >= ? AND path < ?", (os.fsencode(folder), *range_below(folder))
    )


def forget_unplaced(connection: sqlite3.Connection) -> list[bytes]:
    """Delete the contents that no photo has any more, with their descriptors; return their digests."""
    sql = "DELETE FROM content WHERE NOT EXISTS (SELECT 1 FROM photo WHERE content_id = content.id) RETURNING digest"
    return [digest for (digest,) in connection.execute(sql).fetchall()]
