"""Measures of an encoder, beside pytorch-metric-learning's own and by hand."""

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("sklearn")
calculator = pytest.importorskip("pytorch_metric_learning.utils.accuracy_calculator")
distances = pytest.importorskip("pytorch_metric_learning.distances")
inference = pytest.importorskip("pytorch_metric_learning.utils.inference")

from photosearch.find.evaluation import places_by_label, recall_at  # noqa: E402
from photosearch.find.expansion import unit  # noqa: E402
from photosearch.paths import resources  # noqa: E402
from photosearch.training import evaluate  # noqa: E402
from photosearch.training.evaluate import MEASURES, clustering_nmi, measure, micro_average_precision  # noqa: E402
from photosearch.training.metrics import map_at_r, precision_at  # noqa: E402
from photosearch.training.reranking import RERANKINGS, by_cosine  # noqa: E402
from tests.photos import save_photo  # noqa: E402


def draw_vectors(spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Classes of 1 to 9 photos."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(9), np.arange(1, 10))
    return unit(rng.standard_normal((9, 16))[labels] + spread * rng.standard_normal((len(labels), 16))), labels


@pytest.mark.parametrize("spread", [0.2, 0.8, 3.0])
def test_measures_equal_those_of_pytorch_metric_learning(spread: float):
    vectors, labels = draw_vectors(spread)
    names = ("mean_average_precision_at_r", "precision_at_1")
    neighbours = inference.CustomKNN(distances.LpDistance())  # its default needs faiss
    theirs = calculator.AccuracyCalculator(include=names, k="max_bin_count", knn_func=neighbours).get_accuracy(
        vectors, labels
    )
    places = places_by_label(by_cosine(vectors, vectors), labels)
    assert map_at_r(places) == pytest.approx(theirs["mean_average_precision_at_r"])
    assert recall_at(places, 1) == precision_at(places, 1) == pytest.approx(theirs["precision_at_1"])


def test_classes_that_lie_apart_are_found_by_every_measure_and_noise_by_none():
    apart, labels = draw_vectors(0.01)
    several = labels > 0
    measures = measure(apart[several], labels[several])
    assert measures.keys() == {"cosine", *RERANKINGS, "vectors"}
    for name in ("cosine", "vectors"):
        assert measures[name] == pytest.approx(dict.fromkeys(measures[name], 1))
    assert all(measures[name]["mAP"] > 0.85 for name in RERANKINGS)  # diffusion links most of so few photos
    noise = unit(np.random.default_rng(1).standard_normal(apart.shape))
    assert clustering_nmi(noise, labels) < 0.6
    for values in measure(noise, labels).values():
        assert values.get("MAP@R", 0) < 0.4 and values.get("µAP", 0) < 0.3


def test_micro_average_precision_is_of_all_pairs_in_one_row():
    """Pairs by cosine: a-b right, c-d wrong, e-f right; all others are wrong and behind."""
    vectors = unit(np.kron(np.eye(3), [[1, 0], [1, 0]]) + np.kron(np.diag([0.1, 0.2, 0.3]), [[0, 1], [0, -1]]))
    labels = np.array([0, 0, 1, 2, 3, 3])
    assert micro_average_precision(vectors, labels) == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert micro_average_precision(vectors[:3:2], labels[:3:2]) == 0


def test_the_command_tells_every_measure_of_every_re_ranking(tmp_path: Path, monkeypatch, capsys):
    takes = [(scene, take) for scene in range(3) for take in range(2)]
    for scene, take in takes:
        save_photo(tmp_path / f"{scene}{take}.png", scene)
    groups = tmp_path / "groups.csv"
    groups.write_text("path,group\n" + "".join(f"{scene}{take}.png,{scene}\n" for scene, take in takes))
    monkeypatch.setattr(sys, "argv", ["evaluate", str(groups), str(resources() / "encoders" / "default")])
    evaluate.main()
    told = capsys.readouterr().out
    assert all(name in told for name in (*RERANKINGS, *MEASURES, "µAP", "NMI"))
    assert "cosine      mAP 100.00, MAP@R 100.00, recall@1 100.00" in told

    monkeypatch.setattr(sys, "argv", ["evaluate", str(tmp_path / "none.csv"), "nowhere"])
    with pytest.raises(SystemExit) as ended:
        evaluate.main()
    assert ended.value.code == 1 and "none.csv" in capsys.readouterr().err
