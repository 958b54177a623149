"""The quality of an encoder on photos with known groups."""

from pathlib import Path

import numpy as np
import pytest

from photosearch.errors import QueryError
from photosearch.find.evaluation import evaluate, read_groups


def test_perfect_and_worst_rankings() -> None:
    vectors = np.repeat(np.eye(3, dtype=np.float32), 2, axis=0)
    good = evaluate(vectors, ["a", "a", "b", "b", "c", "c"])
    assert (good.photos, good.groups, good.map, good.recall_at_1) == (6, 3, 100, 100)
    bad = evaluate(vectors, ["a", "b", "a", "b", "c", "d"])
    assert bad.recall_at_1 == 0
    assert bad.map < 50


def test_a_photo_without_partner_is_no_query() -> None:
    vectors = np.eye(3, dtype=np.float32)
    vectors[1] = vectors[0]
    assert evaluate(vectors, ["a", "a", "alone"]).map == 100
    assert evaluate(vectors, ["a", "b", "c"]).map == 0


def test_lists_that_cannot_be_read(tmp_path: Path) -> None:
    for content, words in (
        ("name,group\na.jpg,1\n", "path,group"),
        ("path,group\n", "no photos"),
        ("path,group\na.jpg\n", "without a group"),
        (None, "cannot"),
    ):
        file = tmp_path / "groups.csv"
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_text(content)
        with pytest.raises(QueryError, match=words):
            read_groups(file)
