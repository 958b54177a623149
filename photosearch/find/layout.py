"""A map: every photo a place in two dimensions, alike ones side by side, by t-SNE. The only caller of openTSNE.

Only its compiled parts are used, which need nothing but NumPy. Installed by pip, it brings SciPy and scikit-learn, 200
MB, so that an install must be able to do without; packed programs hold those parts alone.
"""

import os
import sys
from collections.abc import Callable
from importlib import import_module, invalidate_caches
from importlib.util import find_spec
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import LibraryError
from photosearch.paths import is_packaged
from photosearch.sentences import Sentence
from photosearch.worker_process import Crashed, NotStarted, Slow, Worker

NEIGHBOURS = (
    15  # of each photo, which pull alike: told from 10 to 30 by a Gaussian, maps are no better, and take longer
)
EARLY, ITERATIONS = 250, 750  # of all, the first pull closer: see Belkina et al., Nature Communications 10 (2019)
EARLY_PULL = 12.0  # times as strong
EARLY_MOMENTUM, MOMENTUM = 0.5, 0.8
# The gain of a coordinate grows where its gradient keeps its sign, and shrinks where that turns (Jacobs, Neural
# Networks 1 (1988)); no step is longer. All values are openTSNE's.
MORE_GAIN, LESS_GAIN, LEAST_GAIN, LONGEST_STEP = 0.2, 0.8, 0.01, 5.0
THETA = 0.5  # a branch of a tree that is narrower than so much of its distance counts as one point
SPREAD, JITTER = 1e-4, 1e-6  # standard deviation of the first places, and of what keeps copies apart
MANY = 1_000  # photos, from which on interpolation on a grid is quicker than a tree (Barnes-Hut)
# Intervals of the grid are so wide: maps are as true as with 1.0, openTSNE's own, in a third of the time. Of large maps
# they are wider, so that they are no more than so many across and down.
INTERVAL, LEAST_INTERVALS, MOST_INTERVALS = 2.0, 50, 300
INTERPOLATED_BY = 3  # points in each interval
AT_ONCE = 1_000_000  # places that are moved between two reports
PLACED_BY = 10  # neighbours, for a photo that comes later
PATIENCE_S = 1800.0  # for an answer: half a second of work, on a machine that may be busy
NICENESS, BELOW_NORMAL = 5, 0x4000  # of other systems, and of Windows
PACKED_UNUSABLE = Sentence("What lays the map out cannot be loaded: {reason}. Install Photosearch again.")
UNUSABLE = Sentence(
    "openTSNE, which lays the map out, is installed but cannot be loaded: {reason}. Install it again: pip install"
    " --force-reinstall openTSNE. On Windows it also needs Microsoft's Visual C++ Redistributable."
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Push = Callable[[Floats, Floats, float, int], None]


class LayoutState(NamedTuple):
    """How far a layout is: float64[n,2] each, as the descent left them after `done` iterations."""

    places: Floats
    gains: Floats
    steps: Floats
    done: int = 0


class _Task(NamedTuple):
    """What a process works on: rows int64[n,k] that are near each row, -1 for none, and where to go on from."""

    neighbours: Ints
    state: LayoutState
    threads: int


def is_available() -> bool:
    """True if maps can be made here; the library is not loaded."""
    invalidate_caches()  # it may just have been installed
    return find_spec("openTSNE") is not None


def begin(places: NDArray[np.floating[Any]]) -> LayoutState:
    """The state from first places, float[n,2], whose shape it keeps, not their size."""
    start = places.astype(np.float64)
    if len(start):
        start -= start.mean(axis=0)
        start *= SPREAD / max(float(start[:, 0].std()), float(start[:, 1].std()), 1e-12)
    start += np.random.default_rng(0).normal(0, JITTER, start.shape)
    return LayoutState(start, np.ones_like(start), np.zeros_like(start))


class Descent:
    """Moves the places of a map on, in a process of its own that leaves the processor to others."""

    def __init__(self, neighbours: Ints, state: LayoutState, threads: int) -> None:
        """`neighbours` int64[n,k] are rows that are near each row, the nearest first, itself among them; -1: none."""
        self._worker = Worker[_Task | int, LayoutState | str](_prepare)
        self._task: _Task | None = _Task(neighbours, state, threads)

    def advance(self, state: LayoutState) -> LayoutState:
        """The state some iterations on. Raises LibraryError."""
        if self._task:
            state = self._ask(self._task)
            self._task = None
        step = max(1, min(25, AT_ONCE // max(1, len(state.places))))
        end = EARLY if state.done < EARLY else ITERATIONS
        return self._ask(min(step, end - state.done))

    def _ask(self, question: _Task | int) -> LayoutState:
        try:
            answer = self._worker.ask(question, PATIENCE_S)
        except (Crashed, NotStarted, Slow) as error:
            raise LibraryError("The map could not be laid out: its process was ended, or memory ran out.") from error
        if isinstance(answer, str):
            raise LibraryError((PACKED_UNUSABLE if is_packaged() else UNUSABLE).with_values(reason=answer))
        return answer

    def close(self) -> None:
        """End the process."""
        self._worker.end()


def place(near: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Where a photo goes on a map that is finished: amid the places float[k,2] of its neighbours, nearest first.

    Their median: openTSNE begins there, too, to place new points (Poličar et al., Machine Learning 112 (2023)).
    """
    return np.median(near[:PLACED_BY], axis=0)


def _prepare() -> Callable[[_Task | int], LayoutState | str]:
    _give_way()
    descents: list[Callable[[int], LayoutState]] = []

    def answer(question: _Task | int) -> LayoutState | str:
        """The state, or why openTSNE cannot be used."""
        if isinstance(question, int):
            return descents[0](question)
        try:
            forces = _forces()
        except (ImportError, AttributeError, ValueError) as error:  # a part is missing, or made for other versions
            return str(error).strip().rstrip(".")
        descents[:] = [_descent(question, *forces)]
        return question.state

    return answer


def _descent(task: _Task, push: Push, pull: Callable[..., Any]) -> Callable[[int], LayoutState]:
    """A function that goes so many iterations on, none of them across EARLY."""
    state, photos = task.state, len(task.state.places)
    starts, near, strength = _pull(task.neighbours)

    def go_on(iterations: int) -> LayoutState:
        nonlocal state
        is_early = state.done < EARLY
        times, momentum = (EARLY_PULL, EARLY_MOMENTUM) if is_early else (1.0, MOMENTUM)
        places, gains, steps, done = state
        interval = max(INTERVAL, float(np.ptp(places, axis=0).max()) / MOST_INTERVALS)
        for _ in range(iterations):
            gradient = np.zeros_like(places)
            push(places, gradient, interval, task.threads)
            pull(near, starts, times * strength, places, places, gradient, 1.0, num_threads=task.threads)
            gains = np.where(np.sign(steps) != np.sign(gradient), gains + MORE_GAIN, LESS_GAIN * gains + LEAST_GAIN)
            steps = momentum * steps - photos / times * gains * gradient
            lengths = np.linalg.norm(steps, axis=1, keepdims=True)
            steps /= np.maximum(lengths / LONGEST_STEP, 1)
            places = places + steps
            places -= places.mean(axis=0)
        state = LayoutState(places, gains, steps, done + iterations)
        return state

    return go_on


def _forces() -> tuple[Push, Callable[..., Any]]:
    """What drives all photos apart, added to a gradient, and openTSNE's sum of what pulls neighbours together.

    Importing openTSNE as a whole imports SciPy and scikit-learn, which its compiled parts do without. Raises what an
    import raises, and AttributeError for another version.
    """
    if "openTSNE" not in sys.modules:
        spec, package = find_spec("openTSNE"), ModuleType("openTSNE")
        package.__spec__, package.__path__ = spec, list((spec and spec.submodule_search_locations) or [])
        sys.modules["openTSNE"] = package
    compiled: Any = import_module("openTSNE._tsne")
    tree: Any = import_module("openTSNE.quad_tree")
    push_by_grid, push_by_tree = compiled.estimate_negative_gradient_fft_2d, compiled.estimate_negative_gradient_bh

    def push(places: Floats, gradient: Floats, interval: float, threads: int) -> None:
        if len(places) > MANY:
            grid = INTERPOLATED_BY, LEAST_INTERVALS, interval
            push_by_grid(places, gradient, *grid, dof=1.0)
        else:
            branches = tree.QuadTree(places)
            push_by_tree(branches, places, gradient, THETA, dof=1.0, num_threads=threads)

    return push, compiled.estimate_positive_gradient_nn


def _pull(neighbours: Ints) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """How strongly photos pull each other: alike for all that are neighbours, one of the other; the sum is 1.

    Where each row starts int32[n+1], the columns int32[m] and the values float64[m], as of a sparse matrix by rows.
    """
    photos = len(neighbours)
    neighbours = neighbours[:, : 1 + max(3, photos // 3)]  # were nearly all neighbours, they would fall into one point
    rows = np.repeat(np.arange(photos), neighbours.shape[1])
    near = neighbours.ravel()
    known = (near >= 0) & (near != rows)
    rows, near = rows[known], near[known]
    pairs = np.unique(np.concatenate([rows * photos + near, near * photos + rows]))
    starts = np.searchsorted(pairs, np.arange(photos + 1) * photos)
    columns = pairs % max(1, photos)
    return starts.astype(np.int32), columns.astype(np.int32), np.full(len(pairs), 1 / max(1, len(pairs)))


def _give_way() -> None:
    """Let all that a person waits for run first."""
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # threads that spin for each other take three times as long and more
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetPriorityClass(ctypes.c_void_p(kernel.GetCurrentProcess()), BELOW_NORMAL)
    else:
        os.nice(NICENESS)
