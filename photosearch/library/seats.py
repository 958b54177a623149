"""Where a library is found: a folder of its own, or one that was published, with what this seat keeps beside it."""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from photosearch.errors import LibraryError
from photosearch.library.encoder_switch import EncoderSwitch
from photosearch.models import Summary
from photosearch.own_files import make_folder, read_stamp, replace_file
from photosearch.paths import Places, default_library, shown
from photosearch.sentences import system_reason
from photosearch.store.catalog import Catalog
from photosearch.store.publication.seat import SeatCatalog, SeatThumbnails
from photosearch.store.publication.snapshots import is_published, read_publication
from photosearch.store.thumbnails import Thumbnails


@dataclass(frozen=True)
class Identity:
    """The id under which a library is published; of a seat, that of the library it reads, and its moved folders."""

    id: str
    moves: dict[str, str] = field(default_factory=dict[str, str])


def find_places(folder: Path | None = None) -> Places:
    """The places of the library in a folder, None: the person's own; raises LibraryError where a published one is not.

    The seats of a person lie in their own library's folder, by the ids of the libraries that they read.
    """
    folder = (folder or default_library()).absolute()
    if not is_published(folder):
        return Places(folder)
    return Places(default_library().absolute() / "seats" / read_publication(folder).id, folder)


def own_catalog(folder: Path | None = None) -> Path | None:
    """The catalog of the library in a folder, None: the person's own; None of a published one.

    A seat's own database is no catalog, and what was published is mended where it was published from.
    """
    folder = (folder or default_library()).absolute()
    return None if is_published(folder) else Places(folder).catalog


def open_catalog(places: Places, moves: Mapping[str, str] | None) -> Catalog:
    """The catalog of a library; `moves`, of a published one: where its folders lie here, None: as last said."""
    if places.published is None:
        if moves:
            raise LibraryError("--map is for a published library, which this is not.")
        return Catalog(places.catalog)
    return SeatCatalog(places.catalog, places.published, _remember(places, moves))


def open_thumbnails(places: Places, catalog: Catalog) -> Thumbnails:
    """The thumbnails of a library, as its catalog knows them."""
    if isinstance(catalog, SeatCatalog):
        return SeatThumbnails(catalog.folder, catalog.snapshot)
    return Thumbnails(places.thumbnails)


def identity_of(places: Places) -> str:
    """The id under which a library is published, made when it is first asked for; raises LibraryError."""
    try:
        return read_stamp(places.identity, Identity).id
    except (OSError, ValueError):
        made = Identity(secrets.token_hex(8))
        _write(places, made)
        return made.id


def follow(catalog: Catalog, thumbnails: Thumbnails, encoders: EncoderSwitch) -> Summary:
    """Read the snapshot that was published last from now on; raises LibraryError."""
    started, before = time.monotonic(), catalog.counts().present
    if isinstance(catalog, SeatCatalog) and isinstance(thumbnails, SeatThumbnails) and catalog.follow():
        thumbnails.follow(catalog.snapshot)
        encoders.renew()
    photos = catalog.counts().present
    return Summary(
        added=max(0, photos - before),
        changed=0,
        moved=0,
        missing=max(0, before - photos),
        offline=0,
        unchanged=min(before, photos),
        encoded_again=0,
        unreadable=(),
        incomplete=(),
        left_out=(),
        photos=photos,
        seconds=time.monotonic() - started,
        photos_per_s=0.0,
    )


def _remember(places: Places, moves: Mapping[str, str] | None) -> Mapping[str, str]:
    try:
        known = read_stamp(places.identity, Identity)
    except (OSError, ValueError):
        known = None
    if moves is None:
        return known.moves if known else {}
    wanted = Identity(places.library.name, dict(moves))
    if wanted != known:
        make_folder(places.library)
        _write(places, wanted)
    return wanted.moves


def _write(places: Places, identity: Identity) -> None:
    try:
        replace_file(places.identity, (json.dumps(asdict(identity)) + "\n").encode())
    except OSError as error:
        raise LibraryError(
            "“{path}” cannot be written: {reason}.", path=shown(str(places.identity)), reason=system_reason(error)
        ) from error
