"""Results of the closer look at originals: the contents of each file, and the coverage of each pair."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict

from photosearch.models import Container, Coverage, Side
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.tables.pairs import Pair, read


def coverages(catalog: Catalog, method: int) -> dict[Pair, Coverage]:
    """The results of this method for pairs, the lower content first."""
    rows = read(catalog, "SELECT one, other, told FROM coverage WHERE method = ?", (method,))
    return {(one, other): _unpack(told) for one, other, told in rows}


def add_coverages(catalog: Catalog, method: int, found: Iterable[tuple[Pair, Coverage]]) -> None:
    """Write the results of looking at pairs, in one transaction."""
    with transaction(catalog.connection):
        catalog.connection.executemany(
            "INSERT OR REPLACE INTO coverage (one, other, method, told) SELECT ?1, ?2, ?3, ?4"
            " WHERE EXISTS (SELECT 1 FROM content WHERE id = ?1) AND EXISTS (SELECT 1 FROM content WHERE id = ?2)",
            ((*pair, method, json.dumps(asdict(coverage))) for pair, coverage in found),
        )


def containers(catalog: Catalog, contents: Collection[int]) -> dict[int, Container]:
    """The contents of the files that were examined."""
    rows = read(
        catalog,
        "SELECT content_id, facts FROM container WHERE content_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(contents)),),
    )
    found: dict[int, Container] = {}
    for content, text in rows:
        facts = json.loads(text)
        lists = {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
        found[content] = Container(**facts | lists)
    return found


def add_containers(catalog: Catalog, found: Iterable[tuple[int, Container]]) -> None:
    """Write the contents of files, in one transaction."""
    with transaction(catalog.connection):
        catalog.connection.executemany(
            "INSERT OR REPLACE INTO container (content_id, facts) SELECT ?1, ?2"
            " WHERE EXISTS (SELECT 1 FROM content WHERE id = ?1)",
            ((content, json.dumps(asdict(container))) for content, container in found),
        )


def _unpack(text: str) -> Coverage:
    told = json.loads(text)
    one, other = (
        Side(side["covers"], side["lacks"], side["differs"] and tuple(side["differs"])) for side in told["sides"]
    )
    return Coverage(told["tier"], (one, other), tuple(told["changes"]), told["numbers"])
