"""Suggestions for a label, on made-up descriptors whose kinds are known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from photosearch.find.suggest import held_out_scores, learn_background, learn_probability, weights

DIMENSION, KINDS, EACH = 48, 12, 60
NONE = np.zeros((0, DIMENSION), np.float32)
SCENE = 0.95


def draw(seed: int, spread: float = 0.22) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Unit vectors float32[KINDS * EACH, DIMENSION] around one centre a kind, and their kinds."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(KINDS, DIMENSION)) / np.sqrt(DIMENSION)
    kinds = np.repeat(np.arange(KINDS), EACH)
    vectors = centres[kinds] + spread * random.normal(size=(len(kinds), DIMENSION))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), kinds


@pytest.mark.parametrize(("count", "spread"), [(5, 0.15), (20, 0.15), (20, 0.22)])
def test_no_more_is_promised_than_holds(count: int, spread: float) -> None:
    told: list[NDArray[np.float64]] = []
    true: list[NDArray[np.bool_]] = []
    for seed in range(12):
        vectors, kinds = draw(seed, spread)
        background = learn_background(vectors)
        carries = np.isin(np.arange(len(kinds)), np.random.default_rng(seed).permutation(EACH)[:count])
        score = weights(vectors[carries], NONE, background)
        held_out = held_out_scores(vectors[carries], NONE, background, SCENE)
        scores = vectors[~carries] @ score
        told.append(learn_probability(scores, held_out)(scores))
        true.append(kinds[~carries] == 0)
    probable, right = np.concatenate(told), np.concatenate(true)
    assert (right & (probable >= 0.5)).sum() >= 0.6 * right.sum()
    for low, high in ((0.1, 0.5), (0.5, 0.9), (0.9, 1.0)):
        some = (probable >= low) & (probable < high)
        assert some.sum() < 100 or right[some].mean() > probable[some].mean() - 0.05


def test_a_label_that_nothing_else_has_is_not_suggested() -> None:
    vectors, kinds = draw(3)
    carries = kinds == 0
    background = learn_background(vectors)
    scores = vectors[~carries] @ weights(vectors[carries], NONE, background)
    held_out = held_out_scores(vectors[carries], NONE, background, SCENE)
    assert (learn_probability(scores, held_out)(scores) >= 0.5).sum() <= 5


def test_what_was_refused_counts_against_its_like() -> None:
    vectors, kinds = draw(5)
    background, carriers, refused = learn_background(vectors), vectors[kinds == 0][:10], vectors[kinds == 1][:10]
    like = vectors[kinds == 1][10:]
    before, after = weights(carriers, NONE, background), weights(carriers, refused, background)
    assert (like @ after).mean() < (like @ before).mean()


def test_shots_of_one_scene_do_not_vouch_for_each_other() -> None:
    vectors, _ = draw(7)
    background = learn_background(vectors)
    one, other = vectors[:1], vectors[EACH : EACH + 3]
    twice = np.concatenate([one, one, other])
    scores = held_out_scores(twice, NONE, background, SCENE)
    assert scores[0] == pytest.approx(scores[1])
    assert scores[0] == pytest.approx(float(one[0] @ weights(other, NONE, background)))
    alone = held_out_scores(np.concatenate([one, one, one]), NONE, background, SCENE)  # all of one scene
    assert np.isfinite(alone).all()
