"""Searching among a filter: exactly among few photos, through the whole index among many, and alike in its answers."""

import os
from collections.abc import Generator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from photosearch.find.similar import Example, find_similar
from photosearch.models import Decoded, Facts, Filter, FoundFile, Query, Read
from photosearch.store import vectors as vectors_module
from photosearch.store.catalog import Catalog
from photosearch.store.tables.rescan import Rescan
from photosearch.store.vectors import Vectors
from tests.jobs import finish

DIMENSION, COUNT = 16, 500
FORMATS = ("JPEG", "PNG", "HEIF")
at = os.path.abspath  # as each system spells it
FILES = {
    (at(f"/album/{number % 7}/{number}.jpg"), number) for number in range(COUNT)
} | {(at(f"/copies/{number}.jpg"), number) for number in range(0, COUNT, 9)}  # fmt: skip


def draw(count: int, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16).astype(np.float32)


VECTORS, QUERY = draw(COUNT), draw(1, seed=1)[0]
SCORES = VECTORS @ QUERY


def year(number: int) -> int:
    return 2000 + number % 20


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Catalog, Vectors]]:
    """500 contents in 556 files, all but the youngest in the index."""
    folder = tmp_path_factory.mktemp("library")
    catalog = Catalog(folder / "catalog.sqlite")
    vectors = Vectors(catalog, folder / "search", "test", DIMENSION)
    rescan = Rescan(catalog, catalog.encoder_id("test"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors_module, "YOUNG_LIMIT", 100)
        for first, last in ((0, 450), (450, COUNT)):
            rescan.record(
                Read(
                    FoundFile(path, 1, 1),
                    Decoded(
                        number.to_bytes(32, "big"),
                        np.empty((0, 0, 3), np.uint8),
                        b"",
                        Facts(FORMATS[number % 3], 1, 1, f"{year(number)}-06-01T12:00:00", *[None] * 4, 0.0),
                        bytes(32),
                    ),
                    VECTORS[number],
                )
                for path, number in sorted(FILES)
                if first <= number < last
            )
            finish(vectors.extend(threads=1))
    rescan.close()
    yield catalog, vectors
    catalog.close()


def allowed(only: Filter) -> dict[str, float]:
    """The files that the filter lets through, and their scores."""
    return {
        path: float(SCORES[number])
        for path, number in FILES
        if (not only.folder or path.startswith(only.folder + os.sep))
        and (not only.since or f"{year(number)}-06-01" >= only.since)
        and (not only.until or f"{year(number)}-06-01" <= only.until)
        and (not only.formats or FORMATS[number % 3] in only.formats)
    }


FILTERS = st.builds(
    Filter,
    folder=st.sampled_from([None, *map(at, ("/album", "/album/3", "/copies", "/nowhere"))]),
    since=st.sampled_from([None, "2001-01-01", "2010-06-01", "2010-06-02"]),
    until=st.sampled_from([None, "2018-12-31", "2010-06-01"]),
    formats=st.lists(st.sampled_from(FORMATS), unique=True).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(only=FILTERS, limit=st.sampled_from([1, 5, 40, 1000]), few=st.sampled_from([0, 5, 1000]), expand=st.booleans())
def test_a_filter_changes_what_is_found_and_not_how_well(
    vectors: tuple[Catalog, Vectors], only: Filter, limit: int, few: int, expand: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors_module, "FEW", few)
        query = Query(("/query.jpg",), only=only, limit=limit, min_score=-1, expand=expand)
        matches = find_similar(*vectors, query, Example(QUERY, set()), None)
    through = allowed(only)
    found = {match.path: match.score for match in matches}
    assert len(found) == len(matches) == min(limit, len(through))
    assert found.keys() <= through.keys()
    assert list(found.values()) == sorted(found.values(), reverse=True)
    if found and not expand:
        worst = sorted(through.values(), reverse=True)[len(found) - 1]
        wrong = [path for path in found if through[path] < worst - 1e-3]
        assert len(wrong) <= len(found) // 50, "the index may miss one in a hundred"


@pytest.mark.parametrize("few", [0, 1000])
def test_a_content_is_found_only_where_the_filter_lets_it_lie(
    vectors: tuple[Catalog, Vectors], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(vectors_module, "FEW", few)
    query = Query((at("/album/0/0.jpg"),), only=Filter(folder=at("/copies")), min_score=0.99)
    assert [match.path for match in find_similar(*vectors, query, Example(VECTORS[0], {1}), None)] == [
        at("/copies/0.jpg")
    ]
    nowhere = Query((at("/album/0/0.jpg"),), only=Filter(folder=at("/album/0")), min_score=0.99)
    assert find_similar(*vectors, nowhere, Example(VECTORS[0], {1}), None) == [], "the query itself is no answer"
