"""Self-taught learning, against what its authors' public implementation gave (tests/reference/losses.npz)."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn.functional import normalize  # noqa: E402

from photosearch.training.objectives.self_taught import (  # noqa: E402
    context_similarity,
    relaxed_contrastive_loss,
    self_distillation_loss,
)
from tests.tree import REFERENCE  # noqa: E402


def test_it_reproduces_the_reference():
    with np.load(REFERENCE / "losses.npz") as arrays:
        narrow, wide = (normalize(torch.from_numpy(arrays[f"stml_student_{name}"])) for name in "fg")
        teacher, photos = torch.from_numpy(arrays["stml_teacher"]), torch.from_numpy(arrays["stml_idx"])
        expected = {name: float(arrays[f"stml_sigma3_delta1_view2_topk5_{name}"]) for name in ("RC", "KL", "loss")}
    belong = context_similarity(teacher, photos, 5)
    relaxed = float(relaxed_contrastive_loss(narrow, belong) + relaxed_contrastive_loss(wide, belong)) / 2
    distilled = float(self_distillation_loss(narrow, wide))
    assert {"RC": relaxed, "KL": distilled, "loss": relaxed + distilled} == pytest.approx(expected, rel=1e-5)


def test_rows_that_share_neighbours_belong_together_more_than_rows_as_near_that_do_not():
    degrees = torch.deg2rad(torch.tensor([0.0, 2, 4, 10, 12, 14, 90, 92, 94]))  # 4 is as far from 10 as from -2
    belong = context_similarity(torch.stack((degrees.cos(), degrees.sin()), dim=1), torch.arange(9), 3)
    torch.testing.assert_close(belong, belong.T)
    assert float(belong[0, 2]) > 0.9 and float(belong[2, 3]) < 0.6  # 4 degrees apart, and 6
    assert float(belong[0, 6]) < float(belong[2, 3])


def test_views_of_a_photo_belong_together_however_the_teacher_sees_them():
    degrees = torch.deg2rad(torch.tensor([0.0, 180, 10, 190, 20, 200]))
    teacher = torch.stack((degrees.cos(), degrees.sin()), dim=1)
    strangers, views = (
        context_similarity(teacher, photos, 2)[0, 1] for photos in (torch.arange(6), torch.arange(6) // 2)
    )
    assert float(views) > float(strangers) + 0.4


def test_self_distillation_teaches_only_the_narrow_vectors():
    generator = torch.Generator().manual_seed(0)
    narrow, wide = (torch.rand(6, size, generator=generator).requires_grad_() for size in (3, 9))
    self_distillation_loss(narrow, wide).backward()
    assert narrow.grad is not None and bool(narrow.grad.any()) and wide.grad is None
