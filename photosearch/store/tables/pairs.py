"""Pairs of contents that may be copies of each other, and the results of comparing them"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.models import Evidence, Filter, Ranked, Tier, Verdict
from photosearch.store.catalog import Catalog
from photosearch.store.database import plain_errors, transaction
from photosearch.store.filters import condition

PAGE = 10_000  # rows

Pair = tuple[int, int]  # two contents, the lower id first
Candidate = tuple[int, int, float]  # the same, and how alike they are


class Related(NamedTuple):
    """A candidate pair that comparing found to be related; `score` None: their hashes alone are near."""

    one: int
    other: int
    score: float | None
    tier: Tier


def searched_through(catalog: Catalog, encoder_id: int, floor: float) -> int:
    """The last descriptor whose lookalikes from `floor` on are known; 0 if none is, as with another floor."""
    rows = read(catalog, "SELECT through FROM searched WHERE encoder_id = ? AND floor = ?", (encoder_id, floor))
    return next((through for (through,) in rows), 0)


def add_candidates(
    catalog: Catalog,
    encoder_id: int,
    found: Iterable[tuple[NDArray[np.int64], Ranked]],
    floor: float,
    through: int,
) -> None:
    """Write which contents are as alike as `floor` or more, and that descriptors up to `through` have been searched.

    `found` are contents int64[Q] and their neighbours. In one transaction.
    """
    rows = [row for contents, ranked in found for row in alike(contents, ranked, floor)]
    with transaction(catalog.connection):
        insert_candidates(catalog, encoder_id, rows)
        catalog.connection.execute(
            "INSERT OR REPLACE INTO searched (encoder_id, through, floor) VALUES (?, ?, ?)",
            (encoder_id, through, floor),
        )


def insert_candidates(catalog: Catalog, encoder_id: int, found: Iterable[Candidate]) -> None:
    """Write candidates within a transaction of the caller; the highest score of a pair stays."""
    catalog.connection.executemany(
        "INSERT INTO candidate (one, other, encoder_id, score) SELECT ?1, ?2, ?3, ?4 WHERE ?1 <> ?2"
        # the search index may know contents that are gone
        " AND EXISTS (SELECT 1 FROM content WHERE id = ?1) AND EXISTS (SELECT 1 FROM content WHERE id = ?2)"
        " ON CONFLICT DO UPDATE SET score = max(score, excluded.score)",
        ((one, other, encoder_id, score) for one, other, score in found),
    )


def alike(contents: NDArray[np.int64], ranked: Ranked, floor: float) -> Iterator[Candidate]:
    """The pairs of contents int64[Q] and their neighbours that score `floor` or more."""
    places = np.nonzero(ranked.scores >= floor)
    ones, others, scores = contents[places[0]], ranked.ids[places], ranked.scores[places]
    return zip(np.minimum(ones, others).tolist(), np.maximum(ones, others).tolist(), scores.tolist(), strict=True)


def forget_candidates(catalog: Catalog, encoder_id: int) -> None:
    """Search anew, as the floor has changed."""
    with transaction(catalog.connection):
        catalog.connection.execute("DELETE FROM candidate WHERE encoder_id = ?", (encoder_id,))
        catalog.connection.execute("DELETE FROM searched WHERE encoder_id = ?", (encoder_id,))
        catalog.connection.execute("UPDATE panel_progress SET floor = NULL WHERE encoder_id = ?", (encoder_id,))


def unverified(catalog: Catalog, encoder_id: int, method: int, most: int) -> Iterator[Pair]:
    """Pairs near by this encoder or by their hashes that this method of comparison has not compared.

    The most alike first; of each content `most`.
    """
    return read(
        catalog,
        "WITH pair AS (SELECT one, other, score FROM candidate WHERE encoder_id = ?1"
        " UNION ALL SELECT one, other, 1 - distance / 256.0 FROM near_hash),"
        " side AS (SELECT one AS content, one, other, score FROM pair"
        " UNION ALL SELECT other, one, other, score FROM pair),"
        " ranked AS (SELECT one, other, score, row_number() OVER"
        " (PARTITION BY content ORDER BY score DESC, one, other) AS place FROM side)"
        " SELECT ranked.one, ranked.other FROM ranked LEFT JOIN verdict"
        " ON verdict.one = ranked.one AND verdict.other = ranked.other AND method = ?2"
        " WHERE place <= ?3 AND verdict.one IS NULL GROUP BY 1, 2 ORDER BY max(score) DESC, 1, 2",
        (encoder_id, method, most),
    )


def add_verdicts(catalog: Catalog, method: int, verdicts: Iterable[tuple[Pair, Verdict]]) -> None:
    """Write the results of comparing pairs, the lower content first, in one transaction."""
    with transaction(catalog.connection):
        catalog.connection.executemany(
            "INSERT OR REPLACE INTO verdict (one, other, method, tier, evidence) SELECT ?1, ?2, ?3, ?4, ?5"
            " WHERE EXISTS (SELECT 1 FROM content WHERE id = ?1) AND EXISTS (SELECT 1 FROM content WHERE id = ?2)",
            ((*pair, method, verdict.tier, _pack(verdict.evidence)) for pair, verdict in verdicts),
        )


def related(catalog: Catalog, encoder_id: int, method: int) -> Iterator[Related]:
    """The pairs near by this encoder or by their hashes that comparing found to be related, by content."""
    rows = read(
        catalog,
        "SELECT verdict.one, verdict.other, score, tier FROM verdict LEFT JOIN candidate"
        " ON verdict.one = candidate.one AND verdict.other = candidate.other AND encoder_id = ?2"
        " WHERE tier IS NOT NULL AND method = ?1 AND (score IS NOT NULL OR EXISTS"
        " (SELECT 1 FROM near_hash WHERE near_hash.one = verdict.one AND near_hash.other = verdict.other))"
        " ORDER BY 1, 2",
        (method, encoder_id),
    )
    return (Related(*row) for row in rows)


def vain_comparisons(catalog: Catalog, method: int, contents: Collection[int]) -> Counter[int]:
    """With how many others each of these contents was compared and found to be no copy."""
    rows = read(
        catalog,
        "WITH vain AS NOT MATERIALIZED (SELECT one, other FROM verdict"
        "  WHERE method = ?1 AND tier IS NOT 'same' AND tier IS NOT 'edited')"
        " SELECT asked.value, (SELECT count(*) FROM vain WHERE one = asked.value)"
        "  + (SELECT count(*) FROM vain WHERE other = asked.value) FROM json_each(?2) AS asked",
        (method, json.dumps(sorted(contents))),
    )
    return Counter(dict(rows))


def tiers_of(catalog: Catalog, method: int, pairs: Collection[Pair]) -> dict[Pair, Tier | None]:
    """The relations of those pairs that have been compared."""
    rows = _among(catalog, "one, other, tier", method, pairs)
    return {(one, other): tier for one, other, tier in rows}


def verdicts_of(catalog: Catalog, method: int, pairs: Collection[Pair]) -> dict[Pair, Verdict]:
    """The verdicts of those pairs that have been compared, with their evidence."""
    rows = _among(catalog, "one, other, tier, evidence", method, pairs)
    return {(one, other): Verdict(tier, _unpack(evidence)) for one, other, tier, evidence in rows}


def listed_contents(catalog: Catalog, only: Filter) -> dict[int, list[int]]:
    """The photo ids of every content that `only` lets through, missing files left out."""
    where, values = condition(only)
    sql = (
        "SELECT content_id, photo.id FROM photo JOIN content ON content.id = content_id"
        f" WHERE state <> 'missing' AND {where} ORDER BY photo.id"
    )
    found: dict[int, list[int]] = {}
    for content_id, photo_id in read(catalog, sql, values):
        found.setdefault(content_id, []).append(photo_id)
    return found


def _among(catalog: Catalog, columns: str, method: int, pairs: Collection[Pair]) -> Iterator[tuple[Any, ...]]:
    return read(
        catalog,
        f"SELECT {columns} FROM json_each(?) AS asked CROSS JOIN verdict"
        " WHERE one = asked.value ->> 0 AND other = asked.value ->> 1 AND method = ?",
        (json.dumps(list(pairs)), method),
    )


def _pack(evidence: Evidence | None) -> str | None:
    if evidence is None:
        return None
    numbers = [[round(value, 5) for value in part] for part in (evidence.transform, evidence.overlap)]
    return json.dumps([*numbers, evidence.mirrored, evidence.inliers, round(evidence.agreement, 4)])


def _unpack(text: str | None) -> Evidence | None:
    if text is None:
        return None
    transform, overlap, mirrored, inliers, agreement = json.loads(text)
    return Evidence(tuple(transform), mirrored, tuple(overlap), inliers, agreement)


def read(catalog: Catalog, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
    with plain_errors(catalog.file):
        cursor = catalog.connection.execute(sql, values)
        while rows := cursor.fetchmany(PAGE):
            yield from rows
