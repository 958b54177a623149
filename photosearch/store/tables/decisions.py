"""What the person decided of duplicates: by the digests of two contents, which outlive moves, renames and rescans."""

import json
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from photosearch.models import Decision
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.tables.pairs import Pair, read


class Decided(NamedTuple):
    """What was decided of two contents, or of the files of one; `number` grows with time."""

    number: int
    kind: Decision
    kept: int | None  # 'keep this': that content
    photo_id: int | None  # 'keep this' of the files of one content: that photo
    copies: int  # 'keep all' of the files of one content: how many there were


def decide(catalog: Catalog, kind: Decision, photos: Sequence[int], keeper: int | None) -> None:
    """Remember a decision of photos, in place of what was decided of any two of them before (see `Library.decide`)."""
    keeper = None if kind == "keep all" else keeper
    digests = catalog.digests_of_photos([*photos, *([] if keeper is None else [keeper])])
    kept = None if keeper is None else digests.get(keeper)
    others = sorted(set(digests.values()) - {kept})
    pairs = [(kept, other) for other in others] if kept else list(combinations(others, 2))
    rows = [(*sorted(pair), kind, kept if kind == "keep this" else None, None, 0) for pair in pairs]
    rows += _of_copies(catalog, "keep this" if kind == "keep this" else "keep all", digests, keeper)
    with transaction(catalog.connection):
        catalog.connection.executemany(
            "INSERT OR REPLACE INTO decision (one, other, kind, kept, photo_id, copies) VALUES (?, ?, ?, ?, ?, ?)", rows
        )


def undecide(catalog: Catalog, photos: Sequence[int]) -> None:
    """Forget what was decided of any two of these photos."""
    digests = json.dumps([digest.hex() for digest in set(catalog.digests_of_photos(photos).values())])
    with transaction(catalog.connection):
        catalog.connection.execute(
            "DELETE FROM decision WHERE lower(hex(one)) IN (SELECT value FROM json_each(?1))"
            " AND lower(hex(other)) IN (SELECT value FROM json_each(?1))",
            (digests,),
        )


def decisions(catalog: Catalog) -> dict[Pair, Decided]:
    """What was decided of contents that the library has now."""
    rows = read(
        catalog,
        "SELECT a.id, b.id, decision.id, kind, c.id, photo_id, copies FROM decision JOIN content AS a ON a.digest = one"
        " JOIN content AS b ON b.digest = other LEFT JOIN content AS c ON c.digest = kept",
    )
    return {(min(one, other), max(one, other)): Decided(*rest) for one, other, *rest in rows}


def _of_copies(
    catalog: Catalog, kind: Decision, digests: dict[int, bytes], keeper: int | None
) -> list[tuple[bytes, bytes, Decision, None, int | None, int]]:
    """The decision about the files of each content of which several are meant."""
    rows: list[tuple[bytes, bytes, Decision, None, int | None, int]] = []
    for digest in set(digests.values()):
        if sum(each == digest for each in digests.values()) > 1:
            sql = "SELECT count(*) FROM photo JOIN content ON content.id = content_id WHERE digest = ?"
            ((copies,),) = read(catalog, f"{sql} AND state <> 'missing'", (digest,))
            chosen = keeper if keeper is not None and digests.get(keeper) == digest else None
            if kind == "keep all" or chosen is not None:
                rows.append((digest, digest, kind, None, chosen, copies))
    return rows
