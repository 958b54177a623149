"""mAP and other measures, against the revisited Oxford protocol's own code and by hand."""

import numpy as np
import pytest

from photosearch.find.evaluation import average_precision, mean_average_precision, recall_at
from photosearch.training.metrics import find_places, map_at_r, precision_at
from tests.tree import REFERENCE


def test_measures_equal_the_protocol() -> None:
    """Three queries: one with junk, one without, and one that has no answers, which counts for nothing."""
    with np.load(REFERENCE / "average_precision.npz") as reference:
        ranks = reference["map_ranks_nxq"].T
        relevant = [reference["map_ok_0"], reference["map_ok_1"], []]
        places = find_places(ranks, relevant, [reference["map_junk_0"], [], []])
        precisions = [average_precision(found) for found in places[:2]]
        np.testing.assert_allclose(precisions, reference["map_aps"][:2])
        assert len(places[2]) == 0 and np.isnan(reference["map_aps"][2])
        assert mean_average_precision(places) == pytest.approx(reference["map_value"])
        at = [precision_at(places, k) for k in (1, 5, 10)]
        np.testing.assert_allclose(at, reference["map_pr_1_5_10"])


def test_recall_is_the_share_of_queries_and_precision_that_of_answers() -> None:
    places = [np.array([0, 1, 5]), np.array([3]), np.array([], int)]
    assert [recall_at(places, k) for k in (1, 3, 4)] == [0.5, 0.5, 1]
    assert precision_at(places, 2) == pytest.approx((2 / 2 + 0 / 2) / 2)
    assert precision_at(places, 100) == pytest.approx((3 / 6 + 1 / 4) / 2)  # not beyond the last right answer
    assert recall_at(places[2:], 1) == precision_at([], 1) == 0


def test_map_at_r_looks_at_as_many_as_there_are_answers() -> None:
    assert map_at_r([np.array([0, 2, 3])]) == pytest.approx((1 / 1 + 2 / 3) / 3)
    assert map_at_r([np.array([0, 1, 2]), np.array([3, 4, 5])]) == pytest.approx(0.5)
