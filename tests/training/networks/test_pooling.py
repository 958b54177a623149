"""Pooling, against arrays that the authors' public implementations gave (tests/reference/pooling.npz, netvlad.npz)."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from photosearch.training.networks.pooling import CGD, MAC, POOLINGS, RMAC, GeM, NetVLAD, SPoC, regions  # noqa: E402
from tests.tree import REFERENCE  # noqa: E402

CHANNELS = 8


@pytest.mark.parametrize(
    ("pooling", "key"),
    [
        (GeM(CHANNELS, 3.0), "pool_gem_p3"),
        (GeM(CHANNELS, 4.6), "pool_gem_p4_6"),
        (GeM(CHANNELS, 1.0), "pool_spoc"),
        (SPoC(CHANNELS), "pool_spoc"),
        (MAC(CHANNELS), "pool_mac"),
        (RMAC(CHANNELS), "pool_rmac_L3"),
    ],
)
def test_it_reproduces_the_reference(pooling: torch.nn.Module, key: str):
    with np.load(REFERENCE / "pooling.npz") as arrays, torch.inference_mode():
        pooled = pooling(torch.from_numpy(arrays["pool_feature_map"]))
        np.testing.assert_allclose(pooled.numpy(), arrays[key], rtol=1e-5)


def test_regions_of_a_tall_map_are_those_of_the_reference():
    with np.load(REFERENCE / "pooling.npz") as arrays, torch.inference_mode():
        pooled = RMAC(CHANNELS)(torch.from_numpy(arrays["pool_tall_feature_map"]))
        np.testing.assert_allclose(pooled.numpy(), arrays["pool_tall_rmac_L3"], rtol=1e-5)


def test_netvlad_reproduces_the_reference():
    with np.load(REFERENCE / "netvlad.npz") as arrays, np.load(REFERENCE / "pooling.npz") as maps, torch.no_grad():
        pooling = NetVLAD(CHANNELS, clusters=4)
        pooling.centroids.copy_(torch.from_numpy(arrays["netvlad_centroids"]))
        pooling.assignment.weight.copy_(torch.from_numpy(arrays["netvlad_conv_weight"]))
        pooled = pooling(torch.from_numpy(maps["pool_feature_map"]))
        np.testing.assert_allclose(pooled.numpy(), arrays["netvlad_out"], atol=1e-6)


@pytest.mark.parametrize("height,width", [(1, 1), (1, 3), (2, 2), (7, 7), (7, 12), (30, 8)])
def test_regions_lie_in_the_map_and_reach_all_its_sides(height: int, width: int):
    for side, tops, lefts in regions(height, width):
        assert tops[0] == lefts[0] == 0
        assert len(tops) == 1 or tops[-1] + side == height
        assert len(lefts) == 1 or lefts[-1] + side == width


@pytest.mark.parametrize("name", POOLINGS)
def test_each_learns_and_has_the_dimension_that_it_says(name: str):
    torch.manual_seed(0)
    pooling = POOLINGS[name](CHANNELS)
    features = torch.rand(3, CHANNELS, 5, 6, requires_grad=True)
    pooled = pooling(features)
    assert pooled.shape == (3, pooling.dimension)
    pooled.square().sum(1).log().sum().add(pooled.sum()).backward()
    assert all(float(part.grad.abs().sum()) > 0 for part in (features, *pooling.parameters()))


def test_cgd_is_three_unit_vectors_side_by_side():
    with torch.inference_mode():
        pooled = CGD(CHANNELS)(torch.rand(2, CHANNELS, 4, 4))
    torch.testing.assert_close(pooled.view(2, 3, 512).norm(dim=2), torch.ones(2, 3))


def test_netvlad_starts_from_the_clusters_of_what_it_will_see():
    rng = np.random.default_rng(0)
    centres = np.eye(CHANNELS)[:4]
    features = np.repeat(centres, 50, axis=0) + 0.02 * rng.standard_normal((200, CHANNELS))
    pooling = NetVLAD(CHANNELS, clusters=4)
    pooling.start(3 * features)
    nearest = torch.cdist(torch.from_numpy(centres).float(), pooling.centroids.detach()).min(1)
    assert float(nearest.values.max()) < 0.05 and len(set(nearest.indices.tolist())) == 4
    local = torch.nn.functional.normalize(torch.from_numpy(features).float())
    with torch.inference_mode():
        best, second = pooling.assignment(local[:, :, None, None]).flatten(1).topk(2).values.mean(0)
    assert float(torch.exp(second - best)) == pytest.approx(0.01, rel=0.01)
