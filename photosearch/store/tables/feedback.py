"""The person's feedback on two contents, same thing or not, by their digests, which outlive moves and rescans."""

from collections.abc import Collection

from photosearch.models import Matches
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.tables.decisions import LATEST
from photosearch.store.tables.pairs import read


def judge(catalog: Catalog, one: bytes, photos: Collection[int], same: bool | None) -> None:
    """Remember whether photos, by id, show the same thing as `one`, a content's digest; None: delete the feedback."""
    others = sorted(set(catalog.digests_of_photos(photos).values()) - {one})
    pairs = [(min(one, other), max(one, other)) for other in others]
    with transaction(catalog.connection):
        if same is None:
            catalog.connection.executemany("DELETE FROM judged WHERE one = ? AND other = ?", pairs)
        else:
            catalog.connection.executemany(
                "INSERT OR REPLACE INTO judged (one, other, same) VALUES (?, ?, ?)", [(*pair, same) for pair in pairs]
            )


def judged(catalog: Catalog, one: bytes) -> dict[bytes, bool]:
    """The feedback on each content paired with `one`, by digest."""
    sql = "SELECT other, same FROM judged WHERE one = ?1 UNION ALL SELECT one, same FROM judged WHERE other = ?1"
    return {other: bool(same) for other, same in read(catalog, sql, (one,))}


def list_matches(catalog: Catalog) -> Matches:
    """Pairs of contents that are present now, by digest, the lower first: confirmed ones and rejected ones.

    Feedback on an answer takes precedence over decisions about duplicates.
    """
    present = "EXISTS (SELECT 1 FROM content JOIN photo ON content_id = content.id AND state = 'present' WHERE digest ="
    rows = read(
        catalog,
        "SELECT one, other, same FROM (SELECT one, other, same FROM judged UNION ALL"
        " SELECT one, other, kind = 'keep this' FROM decision WHERE one <> other AND kind <> 'keep all'"
        f" AND {LATEST}"
        " AND NOT EXISTS (SELECT 1 FROM judged WHERE judged.one = decision.one AND judged.other = decision.other))"
        f" WHERE {present} one) AND {present} other) ORDER BY one, other",
    )
    matches = Matches([], [])
    for one, other, same in rows:
        (matches.confirmed if same else matches.rejected).append((one, other))
    return matches
