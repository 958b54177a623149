"""Decisions about duplicates, by the digests of two contents, which outlive moves, renames and rescans.

In the catalog, a decision is a row of `ruling`, with its photos in `ruling_photo` and each two contents in `decision`.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from photosearch.models import DecisionKind, Mark
from photosearch.store.catalog import Catalog
from photosearch.store.database import durable_transaction, transaction
from photosearch.store.tables.pairs import Pair, read


class PairDecision(NamedTuple):
    """A decision about two contents, or about the files of one; `number` grows with time."""

    number: int
    kind: DecisionKind
    kept: int | None  # 'keep this': that content
    photo_id: int | None  # 'keep this' of the files of one content: that photo
    copies: int  # 'keep all' of the files of one content: how many there were


LATEST = (
    "decision.id = (SELECT max(id) FROM decision AS any WHERE any.one = decision.one AND any.other = decision.other)"
)


def decide(catalog: Catalog, kind: DecisionKind, photos: Sequence[int], keeper: int | None) -> int:
    """Store a decision about photos, which overrides earlier ones; return its number.

    See `Library.decide`.
    """
    keeper = None if kind == "keep all" else keeper
    digests = catalog.digests_of_photos([*photos, *([] if keeper is None else [keeper])])
    kept = None if keeper is None else digests.get(keeper)
    others = sorted(set(digests.values()) - {kept})
    pairs = [(kept, other) for other in others] if kept else list(combinations(others, 2))
    rows = [(*sorted(pair), kind, kept if kind == "keep this" else None, None, 0) for pair in pairs]
    rows += _of_copies(catalog, "keep this" if kind == "keep this" else "keep all", digests, keeper)
    with durable_transaction(catalog.connection):
        number = _begin(catalog, kind, [(photo_id, keeper, 0) for photo_id in digests])
        catalog.connection.executemany(
            "INSERT INTO decision (ruling_id, one, other, kind, kept, photo_id, copies) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, *row) for row in rows],
        )
    return number


def let_go(catalog: Catalog, marks: Mapping[int, Mark]) -> int:
    """Remember that photos are to go, each for the one of its mark; return its number."""
    with durable_transaction(catalog.connection):
        return _begin(catalog, "let go", [(photo, mark.keeper, mark.by_hand) for photo, mark in marks.items()])


def stay(catalog: Catalog, photos: Sequence[int]) -> int:
    """Remember that photos stay after all; return its number."""
    with durable_transaction(catalog.connection):
        return _begin(catalog, "stay", [(photo, None, 0) for photo in photos])


def _begin(catalog: Catalog, kind: DecisionKind, photos: Sequence[tuple[int, int | None, int]]) -> int:
    """Write a decision on photos: for each its id, the one that stays in its place, whether it was chosen by hand."""
    connection = catalog.connection
    ((number,),) = connection.execute(
        "INSERT INTO ruling (made_at, kind, last_act)"
        " VALUES (unixepoch(), ?, (SELECT coalesce(max(id), 0) FROM act)) RETURNING id",
        (kind,),
    ).fetchall()
    connection.executemany(
        "INSERT INTO ruling_photo (ruling_id, photo_id, path, keeper_id, by_hand)"
        " SELECT ?1, id, path, ?3, ?4 FROM photo WHERE id = ?2",
        [(number, *photo) for photo in photos],
    )
    return number


def marks(catalog: Catalog) -> dict[int, Mark]:
    """The photos to remove, by id, without those that went since, even if they came back."""
    rows = read(
        catalog,
        "SELECT ruling_photo.photo_id, kind, keeper_id, by_hand FROM ruling JOIN ruling_photo ON ruling_id = ruling.id"
        " JOIN photo ON photo.id = ruling_photo.photo_id WHERE kind IN ('let go', 'stay') AND NOT EXISTS"
        " (SELECT 1 FROM act_file WHERE source = photo.path AND act_id > last_act"
        "  AND step IN ('done', 'undoing', 'undone'))"
        " ORDER BY ruling_id",
    )
    found: dict[int, Mark] = {}
    for photo_id, kind, keeper, by_hand in rows:
        if kind == "let go":
            found[photo_id] = Mark(keeper, bool(by_hand))
        else:
            found.pop(photo_id, None)
    return found


def undecide(catalog: Catalog, photos: Sequence[int]) -> None:
    """Delete the decisions about any two of these photos."""
    digests = json.dumps([digest.hex() for digest in set(catalog.digests_of_photos(photos).values())])
    with transaction(catalog.connection):
        catalog.connection.execute(
            "DELETE FROM decision WHERE lower(hex(one)) IN (SELECT value FROM json_each(?1))"
            " AND lower(hex(other)) IN (SELECT value FROM json_each(?1))",
            (digests,),
        )
        catalog.connection.execute(
            "DELETE FROM ruling WHERE kind NOT IN ('let go', 'stay')"
            " AND NOT EXISTS (SELECT 1 FROM decision WHERE ruling_id = ruling.id)"
        )


def pair_decisions(catalog: Catalog) -> dict[Pair, PairDecision]:
    """The decisions about two contents that the library has now."""
    rows = read(
        catalog,
        "SELECT a.id, b.id, decision.id, kind, c.id, photo_id, copies FROM decision JOIN content AS a ON a.digest = one"
        " JOIN content AS b ON b.digest = other LEFT JOIN content AS c ON c.digest = kept ORDER BY decision.id",
    )
    return {(min(one, other), max(one, other)): PairDecision(*rest) for one, other, *rest in rows}


def _of_copies(
    catalog: Catalog, kind: DecisionKind, digests: dict[int, bytes], keeper: int | None
) -> list[tuple[bytes, bytes, DecisionKind, None, int | None, int]]:
    """The decision about the files of each content of which several are meant."""
    rows: list[tuple[bytes, bytes, DecisionKind, None, int | None, int]] = []
    for digest in set(digests.values()):
        if sum(each == digest for each in digests.values()) > 1:
            sql = "SELECT count(*) FROM photo JOIN content ON content.id = content_id WHERE digest = ?"
            ((copies,),) = read(catalog, f"{sql} AND state <> 'missing'", (digest,))
            chosen = keeper if keeper is not None and digests.get(keeper) == digest else None
            if kind == "keep all" or chosen is not None:
                rows.append((digest, digest, kind, None, chosen, copies))
    return rows
