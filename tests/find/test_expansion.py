"""Query expansion; tests/training/test_reranking.py holds it against what the authors' own code gave."""

import numpy as np

from photosearch.find.expansion import expand, unit


def test_the_nearest_weigh_by_the_power_of_their_scores() -> None:
    vector, neighbours = np.array([1.0, 0, 0]), np.array([[0.6, 0.8, 0], [0.0, 0, 1]])
    expected = unit(vector + 0.6**2 * neighbours[0])
    np.testing.assert_allclose(expand(vector, neighbours, np.array([0.6, 0.0]), alpha=2), expected)


def test_a_query_with_nothing_alike_stays_as_it_is() -> None:
    vector = unit(np.array([1.0, 2, 3]))
    np.testing.assert_allclose(expand(vector, -np.eye(3, dtype=np.float32), np.array([-0.2, 0, -0.9])), vector)
