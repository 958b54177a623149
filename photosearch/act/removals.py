"""The plan of an act, from the groups that a person reviewed: photos to remove, each with its keeper."""

from collections.abc import Iterable, Mapping

from photosearch.act.plan import Removal
from photosearch.errors import QueryError
from photosearch.models import Photo
from photosearch.store.catalog import Catalog
from photosearch.store.tables.listing import read_photos

NO_DIGEST = b""  # no file has it, so that the act refuses the removal and says which photo has changed


def plan_removals(catalog: Catalog, keepers: Mapping[int, int | None], seen: Iterable[Photo]) -> list[Removal]:
    """The removal of every photo of `keepers`, photo id to the id of the one that stays in its place, None: nothing.

    Where that one goes too, the one that stays in its place counts. Photos gone from the library are left out. The
    library may have read a file again since the photos were `seen`; the removal of such a photo, or in favour of it,
    is one that will be refused. What lay beside them then may go. Raises QueryError where nothing would stay.
    """
    stays = {photo_id: _last(keepers, photo_id) for photo_id in keepers}
    photos = read_photos(catalog, sorted({*stays, *(kept for kept in stays.values() if kept is not None)}))
    digests = {photo_id: catalog.digest_of_photo(photo_id) for photo_id in photos}
    seen = list(seen)
    unchanged = {_version(photo) for photo in seen}
    beside = {photo.photo_id: photo.beside for photo in seen}
    digests |= {photo_id: NO_DIGEST for photo_id, photo in photos.items() if _version(photo) not in unchanged}
    plan = list[Removal]()
    for goes, kept in stays.items():
        if goes not in photos or (loser := digests[goes]) is None:
            continue
        if kept is None:
            plan.append(Removal(photos[goes].path, loser, None, None, beside.get(goes) or frozenset()))
        elif kept in photos and (keeper := digests[kept]) is not None:
            ours, theirs = beside.get(goes), beside.get(kept)
            lacking = frozenset[bytes]() if ours is None or theirs is None else ours - theirs
            plan.append(Removal(photos[goes].path, loser, photos[kept].path, keeper, lacking))
    return plan


def _version(photo: Photo) -> tuple[int, int, int]:
    return photo.photo_id, photo.size_bytes, photo.mtime_ns


def _last(keepers: Mapping[int, int | None], photo_id: int) -> int | None:
    met = {photo_id}
    while photo_id in keepers:
        if (after := keepers[photo_id]) is None:
            return None
        photo_id = after
        if photo_id in met:
            raise QueryError("Some groups of duplicates would keep no photo; choose one to keep.")
        met.add(photo_id)
    return photo_id
