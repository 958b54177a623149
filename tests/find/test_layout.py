"""The descent that lays a map out, in its own process."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from photosearch.errors import LibraryError
from photosearch.find import layout
from photosearch.find.layout import EARLY, Descent, LayoutState

pytest.importorskip("openTSNE")


def three_groups() -> tuple[LayoutState, np.ndarray]:
    """60 photos of three kinds, and the nearest of each, itself among them."""
    draw = np.random.default_rng(4)
    vectors = np.repeat(np.eye(3, 16), 20, axis=0) + draw.normal(0, 0.1, (60, 16))
    near = np.argsort(((vectors[:, None] - vectors) ** 2).sum(axis=2), axis=1)[:, :10]
    return layout.begin(vectors[:, :2]), near


def run(state: LayoutState, near: np.ndarray, iterations: int) -> LayoutState:
    with closing(Descent(near, state, 2)) as descent:
        while state.done < iterations:
            state = descent.advance(state)
    return state


def test_alike_photos_lie_together_and_a_stopped_descent_ends_where_one_in_a_piece_does() -> None:
    state, near = three_groups()
    whole = run(state, near, EARLY + 100)
    again = run(run(state, near, EARLY + 50), near, EARLY + 100)
    assert np.array_equal(whole.places, again.places)
    middles = whole.places.reshape(3, 20, 2).mean(axis=1)
    off = np.linalg.norm(whole.places[:, None] - middles, axis=2)
    assert np.array_equal(off.argmin(axis=1), np.repeat(np.arange(3), 20))


def test_neither_scipy_nor_scikit_learn_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed programs hold neither."""
    for name in ("scipy", "sklearn"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(tmp_path)  # which the process of the descent takes over
    state, near = three_groups()
    assert run(state, near, 25).done == 25


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("raise ImportError('DLL load failed: Module not found.')", r"DLL load failed: Module not found\. Install"),
        ("", "estimate_negative_gradient"),
    ],
    ids=["lacks a library", "of another version"],
)
def test_it_is_said_that_opentsne_cannot_be_loaded_and_what_to_do(
    part: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "openTSNE"
    broken.mkdir()
    for name, source in (("__init__", ""), ("_tsne", part), ("quad_tree", "")):
        (broken / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(LibraryError, match=f"cannot be loaded: .*{told}.*pip install"):
        run(*three_groups(), 1)


def test_a_new_photo_is_placed_amid_its_nearest() -> None:
    near = np.array([[0, 0], [2, 0], [1, 4], *[[90, 90]] * 20], float)
    assert layout.place(near[:3]).tolist() == [1, 0]
