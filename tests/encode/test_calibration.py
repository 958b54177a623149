"""From scores to words and probabilities."""

import pytest

from photosearch.encode.calibration import Calibration, Curve

CALIBRATION = Calibration(Curve(20, 0.6), Curve(15, 0.4), Curve(12, 0.2))


def test_a_curve_is_logistic() -> None:
    curve = Curve(10, 0.5)
    assert curve.probability(0.5) == 0.5
    assert curve.probability(0.6) == pytest.approx(1 / (1 + 2.718281828**-1))
    assert curve.probability(0.4) == pytest.approx(1 - curve.probability(0.6))
    assert Curve(1e6, 0).probability(-1) == 0 and Curve(1e6, 0).probability(1) == 1


@pytest.mark.parametrize("numbers", [(0, 0.5), (-3, 0.5), (float("nan"), 0.5), (10, 1.5), (10, float("nan"))])
def test_a_curve_that_does_not_rise_over_the_cosines_is_refused(numbers: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="curve"):
        Curve(*numbers)


@pytest.mark.parametrize("probability", [0.01, 0.5, 0.9])
def test_a_curve_goes_both_ways(probability: float) -> None:
    assert Curve(12, 0.2).probability(Curve(12, 0.2).cosine(probability)) == pytest.approx(probability)


def test_closer_relations_need_higher_scores() -> None:
    for centres in ((0.4, 0.6, 0.2), (0.6, 0.2, 0.4)):
        with pytest.raises(ValueError, match="closer"):
            Calibration(*(Curve(10, centre) for centre in centres))


def test_the_relation_is_the_closest_that_is_probable() -> None:
    words = ["same picture", "same picture", "same scene", "same scene", "same kind", "lookalike"]
    assert [CALIBRATION.relation(score) for score in (1, 0.84, 0.8, 0.5, 0.39, 0.3)] == words
