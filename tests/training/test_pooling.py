"""GeM, against arrays that the authors' public implementation gave (tests/reference/pooling.npz)."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from photosearch.training.pooling import GeM  # noqa: E402

REFERENCE = Path(__file__).parents[1] / "reference" / "pooling.npz"


@pytest.mark.parametrize(("p", "key"), [(3.0, "pool_gem_p3"), (4.6, "pool_gem_p4_6"), (1.0, "pool_spoc")])
def test_it_reproduces_the_reference(p: float, key: str):
    with np.load(REFERENCE) as arrays, torch.inference_mode():
        pooled = GeM(p)(torch.from_numpy(arrays["pool_feature_map"]))
        np.testing.assert_allclose(pooled.numpy(), arrays[key], rtol=1e-5)


def test_p_can_be_learned():
    pooling = GeM()
    pooling(torch.rand(2, 4, 3, 3)).sum().backward()
    assert pooling.p.grad is not None and float(pooling.p.grad.abs()) > 0
