"""Publishing a library: the files of a new snapshot, of which only those are written that an earlier one lacks."""

import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import time
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from photosearch.errors import LibraryError
from photosearch.files import make_folders
from photosearch.models import Progress
from photosearch.paths import shown
from photosearch.sentences import Sentence, system_reason
from photosearch.store.catalog import Catalog
from photosearch.store.database import schema_version
from photosearch.store.index.stamp import NAMED, Stamp
from photosearch.store.publication.snapshots import (
    CATALOG_NAME,
    ENCODER_NAME,
    FORMAT,
    PACK_NAME,
    PARTIAL,
    PUBLISHED,
    Pack,
    Publication,
    Snapshot,
    is_published,
    read_publication,
    write_publication,
)
from photosearch.store.thumbnails import TABLE, Thumbnails
from photosearch.store.vectors import Vectors

KEPT_S, KEPT = 24 * 3600, 2  # a snapshot stays so long after it was replaced, and so many stay: somebody may read them
CHUNK_BYTES, THUMBNAILS = 16 << 20, 1_000  # copied between two reports of progress
GROWTH = 2  # packs of at most so many times the new thumbnails are written anew, with these: so there are few
WHOLE = "|".join(name.pattern for name in (CATALOG_NAME, PACK_NAME, NAMED))
BEGUN = rf"({WHOLE})\{PARTIAL}(-journal)?|({re.escape(PUBLISHED)}|{ENCODER_NAME.pattern})\.[0-9a-f]{{16}}\{PARTIAL}"
OWN = re.compile(rf"{CATALOG_NAME.pattern}|{PACK_NAME.pattern}|{BEGUN}")  # no other file is ever removed


@dataclass(frozen=True)
class Source:
    """The library to publish; `bundle` is the folder of the active encoder, whose id is `encoder`.

    `bundle_names` are those of the files in any such folder.
    """

    id: str
    catalog: Catalog
    thumbnails: Thumbnails
    vectors: Vectors
    bundle: Path
    encoder: str
    bundle_names: tuple[str, ...]


def publish(source: Source, folder: Path, force: bool) -> Generator[Progress, None, Publication]:
    """Write a snapshot of a library to `folder` and point readers at it; closing this early changes nothing for them.

    For the library's writer only. `force`: what another library has published there is replaced. Raises LibraryError.
    """
    before = _published_before(source, folder, force)
    try:
        make_folders(folder)
        snapshot = yield from _write(source, folder, before)
        earlier = _still_kept(before.snapshots, snapshot.made_at) if before else ()
        publication = Publication(FORMAT, source.id, (snapshot, *earlier))
        write_publication(folder, publication)
        _sweep(folder, publication)
        for encoder in _encoders(before) - _encoders(publication):
            _remove_bundle(folder / "encoders" / encoder, source.bundle_names)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            "The library could not be published to “{path}”: {reason}. Its readers go on with what they have.",
            path=shown(str(folder)),
            reason=system_reason(error),
        ) from error
    return publication


def _published_before(source: Source, folder: Path, force: bool) -> Publication | None:
    """What this library has published to a folder; raises LibraryError where the folder holds anything else."""
    if not is_published(folder):
        try:
            names = os.listdir(folder) if folder.exists() else []
        except OSError as error:
            raise LibraryError(
                "“{path}” cannot be read: {reason}.", path=shown(str(folder)), reason=system_reason(error)
            ) from error
        if all(OWN.fullmatch(name) or name in ("search", "encoders") for name in names):
            return None  # new, or left by a run that was killed
        raise LibraryError(
            "“{path}” holds other files. A library is published to a folder of its own.", path=shown(str(folder))
        )
    try:
        found = read_publication(folder)
    except LibraryError:
        if force:
            return None
        raise
    if found.id == source.id:
        return found
    if force:
        return None
    raise LibraryError(
        "Another library was published to “{path}”. Choose another folder, or replace it with --force.",
        path=shown(str(folder)),
    )


def _write(source: Source, folder: Path, before: Publication | None) -> Generator[Progress, None, Snapshot]:
    """Write the files of a new snapshot, which nobody reads yet."""
    earlier = before.present.packs if before else ()
    first = _packs_that_hold(source.thumbnails, folder, earlier)
    through = first[-1].through if first else 0
    total = source.thumbnails.count_after(through)
    yield Progress("publishing", 0, total)
    name = f"catalog-{secrets.token_hex(8)}.sqlite"
    _copy_catalog(source.catalog, folder / name)
    yield Progress("publishing", 0, total)
    yield from _copy_encoder(source, folder, total)
    index = yield from _copy_index(source, folder, total)
    added = yield from _write_pack(source.thumbnails, folder, through, total)
    return Snapshot(
        number=before.present.number + 1 if before else 1,
        made_at=int(time.time()),
        schema=schema_version(source.catalog.connection),
        photos=source.catalog.counts().present,
        catalog=name,
        encoder=source.encoder,
        index=index,
        packs=(*first, *added),
    )


def _copy_catalog(catalog: Catalog, file: Path) -> None:
    """Copy the catalog as it is at one moment; raises OSError, sqlite3.Error."""
    partial = file.with_name(file.name + PARTIAL)
    try:
        with closing(sqlite3.connect(os.fsencode(partial))) as out:
            out.execute("PRAGMA synchronous = OFF")  # one call makes sure of all of it below
            catalog.connection.backup(out)
            out.execute("PRAGMA journal_mode = DELETE")  # a log beside it would be written to by whoever reads
        _put(partial, file)
    finally:
        _remove(partial)


def _copy_encoder(source: Source, folder: Path, total: int) -> Generator[Progress]:
    target = folder / "encoders" / source.encoder
    if target.is_dir():
        return
    partial = target.with_name(f"{target.name}.{secrets.token_hex(8)}{PARTIAL}")
    make_folders(partial)
    try:
        for file in (each for each in source.bundle.iterdir() if each.name in source.bundle_names):
            yield from _copy(file, partial / file.name, file.stat().st_size, total)
        with suppress(FileExistsError):
            partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _copy_index(source: Source, folder: Path, total: int) -> Generator[Progress, None, Stamp | None]:
    """Copy those files of the search index that are not there yet; its stamp, by the names that they have there."""
    if (stamp := source.vectors.stamp()) is None:
        return None
    of, to = source.vectors.folder, folder / "search" / source.encoder
    make_folders(to)
    # The library adds rows to its matrix under the same name, which no file may do that somebody reads.
    matrix = hashlib.sha256(f"{stamp.matrix} {stamp.rows}".encode()).hexdigest()[:16] + ".vectors"
    yield from _copy(of / stamp.matrix, to / matrix, source.vectors.bytes_of_matrix(stamp), total)
    if stamp.graph:
        yield from _copy(of / stamp.graph, to / stamp.graph, (of / stamp.graph).stat().st_size, total)
    return replace(stamp, matrix=matrix)


def _packs_that_hold(thumbnails: Thumbnails, folder: Path, packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs that stay: what is in them is still what the library has, and they are large beside what is new."""
    left = list(packs)
    while left:
        last = left[-1]
        is_there = (folder / last.file).is_file() and thumbnails.digest_of_row(last.through) == bytes.fromhex(last.last)
        if is_there and last.count > GROWTH * thumbnails.count_after(last.through):
            break
        left.pop()
    return tuple(left)


def _write_pack(
    thumbnails: Thumbnails, folder: Path, through: int, total: int
) -> Generator[Progress, None, tuple[Pack, ...]]:
    """Write the thumbnails after the row `through` to a new file; none where there are none."""
    if not total:
        return ()
    name, count, last = f"thumbnails-{secrets.token_hex(8)}.sqlite", 0, b""
    partial = folder / (name + PARTIAL)
    try:
        with closing(sqlite3.connect(os.fsencode(partial), isolation_level=None)) as out:
            out.execute("PRAGMA page_size = 16384")
            out.execute("PRAGMA journal_mode = OFF")
            out.execute("PRAGMA synchronous = OFF")
            out.execute("BEGIN")
            out.execute(TABLE)
            while rows := thumbnails.rows_after(through, THUMBNAILS):
                out.executemany(
                    "INSERT OR IGNORE INTO thumbnail (digest, jpeg) VALUES (?, ?)", (row[1:] for row in rows)
                )
                through, last, count = rows[-1][0], rows[-1][1], count + len(rows)
                yield Progress("publishing", min(count, total), total)
            out.execute("COMMIT")
        _put(partial, folder / name)
    finally:
        _remove(partial)
    return (Pack(name, count, through, last.hex()),) if count else ()


def _copy(file: Path, target: Path, size: int, total: int) -> Generator[Progress]:
    """Copy the first `size` bytes of a file, unless they are there; raises OSError."""
    if target.is_file() and target.stat().st_size == size:
        return
    partial = target.with_name(target.name + PARTIAL)
    try:
        with open(file, "rb") as read, open(partial, "wb") as out:
            while chunk := read.read(min(CHUNK_BYTES, size - out.tell())):
                out.write(chunk)
                yield Progress("publishing", 0, total)
            if out.tell() != size:
                raise OSError(Sentence("The search index changed meanwhile"))
        _put(partial, target)
    finally:
        _remove(partial)


def _put(partial: Path, file: Path) -> None:
    """Give a file its name once its bytes are on the disk; raises OSError."""
    with open(partial, "r+b") as written:
        os.fsync(written.fileno())
    os.replace(partial, file)


def _remove(partial: Path) -> None:
    with suppress(OSError):
        partial.unlink(missing_ok=True)


def _still_kept(earlier: Sequence[Snapshot], now: int) -> tuple[Snapshot, ...]:
    """The earlier snapshots that somebody may still read; each was replaced when the one before it here was made."""
    replaced_at = [now, *(snapshot.made_at for snapshot in earlier)]
    return tuple(
        snapshot
        for place, (snapshot, at) in enumerate(zip(earlier, replaced_at, strict=False))
        if place + 1 < KEPT or now - at < KEPT_S
    )


def _encoders(publication: Publication | None) -> set[str]:
    return {snapshot.encoder for snapshot in publication.snapshots} if publication else set()


def _sweep(folder: Path, publication: Publication) -> None:
    """Remove the files of snapshots that are kept no longer, and what killed runs left."""
    kept = {folder / name for snapshot in publication.snapshots for name in snapshot.files()}
    indexes = (file for file in folder.glob("search/*/*") if ENCODER_NAME.fullmatch(file.parent.name))
    for file in (*folder.glob("*"), *indexes):
        if file not in kept and (OWN.fullmatch(file.name) or NAMED.fullmatch(file.name)):
            with suppress(OSError):  # Windows keeps a file that is open; the next time takes it
                file.unlink()
    for partial in folder.glob(f"encoders/*{PARTIAL}"):
        if OWN.fullmatch(partial.name):
            shutil.rmtree(partial, ignore_errors=True)


def _remove_bundle(folder: Path, names: Sequence[str]) -> None:
    """Remove an encoder that was published, but nothing that somebody else put there."""
    with suppress(OSError):  # as above; what is left of it is small
        for name in names:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()
