"""Average precision in bins, against arrays that the authors' code gave (tests/reference/losses.npz)."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from sklearn.metrics import average_precision_score  # noqa: E402

from photosearch.training.objectives.average_precision import average_precision, average_precision_of_ties  # noqa: E402
from tests.tree import REFERENCE  # noqa: E402


@pytest.mark.parametrize("bins", [20, 25])
@pytest.mark.parametrize(("name", "measure"), [("aploss", average_precision), ("taploss", average_precision_of_ties)])
def test_it_reproduces_the_reference(name: str, measure, bins: int):
    with np.load(REFERENCE / "losses.npz") as arrays:
        scores, matches = torch.from_numpy(arrays["ap_sim"]), torch.from_numpy(arrays["ap_label"])
        assert float(1 - measure(scores, matches, bins).mean()) == pytest.approx(
            float(arrays[f"{name}_nq{bins}"]), rel=1e-6
        )


def test_with_a_bin_a_photo_it_is_the_average_precision_itself():
    rng = np.random.default_rng(0)
    scores = np.stack([rng.permutation(101) for _ in range(4)]) / 100
    matches = rng.random(scores.shape) < 0.2
    expected = [average_precision_score(truth, each) for truth, each in zip(matches, scores, strict=True)]
    measured = average_precision(torch.from_numpy(scores), torch.from_numpy(matches), 101)
    np.testing.assert_allclose(measured.numpy(), expected, rtol=1e-6)


@pytest.mark.parametrize("measure", [average_precision, average_precision_of_ties])
def test_a_step_along_the_gradient_ranks_better(measure):
    generator = torch.Generator().manual_seed(0)
    scores = torch.rand(3, 30, generator=generator).requires_grad_()
    matches = torch.rand(3, 30, generator=generator) < 0.3
    before = measure(scores, matches)
    before.sum().backward()
    assert scores.grad is not None
    assert bool((measure(scores.detach() + 0.01 * scores.grad.sign(), matches) > before.detach()).all())
