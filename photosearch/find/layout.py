"""A map: every photo a place in two dimensions, alike ones side by side, by t-SNE. The only caller of openTSNE.

openTSNE brings SciPy and scikit-learn, 200 MB, so that an install must be able to do without.
"""

import os
import sys
from collections.abc import Callable
from importlib import invalidate_caches
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import LibraryError
from photosearch.worker_process import Crashed, NotStarted, Slow, Worker

NEIGHBOURS = (
    15  # of each photo, which pull alike: told from 10 to 30 by a Gaussian, maps are no better, and take longer
)
EARLY, ITERATIONS = 250, 750  # of all, the first pull closer: see Belkina et al., Nature Communications 10 (2019)
EARLY_PULL = 12.0  # times as strong
EARLY_MOMENTUM, MOMENTUM = 0.5, 0.8
SPREAD, JITTER = 1e-4, 1e-6  # standard deviation of the first places, and of what keeps copies apart
MANY = 1_000  # photos, from which on interpolation on a grid is quicker than a tree (Barnes-Hut)
# Intervals of the grid are so wide: maps are as true as with 1.0, openTSNE's own, in a third of the time. Of large maps
# they are wider, so that they are no more than so many across and down.
INTERVAL, MOST_INTERVALS = 2.0, 300
AT_ONCE = 1_000_000  # places that are moved between two reports
PLACED_BY = 10  # neighbours, for a photo that comes later
PATIENCE_S = 1800.0  # for an answer: half a second of work, on a machine that may be busy
NICENESS, BELOW_NORMAL = 5, 0x4000  # of other systems, and of Windows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


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
        self._worker = Worker[_Task | int, LayoutState](_prepare)
        self._task: _Task | None = _Task(neighbours, state, threads)

    def advance(self, state: LayoutState) -> LayoutState:
        """The state some iterations on. Raises LibraryError."""
        try:
            if self._task:
                state = self._worker.ask(self._task, PATIENCE_S)
                self._task = None
            step = max(1, min(25, AT_ONCE // max(1, len(state.places))))
            end = EARLY if state.done < EARLY else ITERATIONS
            return self._worker.ask(min(step, end - state.done), PATIENCE_S)
        except (Crashed, NotStarted, Slow) as error:
            raise LibraryError("The map could not be laid out: its process was ended, or memory ran out.") from error

    def close(self) -> None:
        """End the process."""
        self._worker.end()


def place(near: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Where a photo goes on a map that is finished: amid the places float[k,2] of its neighbours, nearest first.

    Their median: openTSNE begins there, too, to place new points (Poličar et al., Machine Learning 112 (2023)).
    """
    return np.median(near[:PLACED_BY], axis=0)


def _prepare() -> Callable[[_Task | int], LayoutState]:
    _give_way()
    descents: list[Callable[[int], LayoutState]] = []

    def answer(question: _Task | int) -> LayoutState:
        if isinstance(question, int):
            return descents[0](question)
        descents[:] = [_descent(question)]
        return question.state

    return answer


def _descent(task: _Task) -> Callable[[int], LayoutState]:
    """A function that goes so many iterations on, none of them across EARLY."""
    from openTSNE import TSNEEmbedding
    from openTSNE.affinity import PrecomputedAffinities
    from openTSNE.tsne import gradient_descent, kl_divergence_bh, kl_divergence_fft

    divergence = kl_divergence_fft if len(task.state.places) > MANY else kl_divergence_bh

    def gradient(*given: Any, should_eval_error: bool = False, **options: Any) -> tuple[float, Any]:
        """Without the error, which openTSNE computes at the end of each part, and nobody reads."""
        return (0.0, None) if should_eval_error else divergence(*given, **options)

    state, photos = task.state, len(task.state.places)
    graph, done = _pull(task.neighbours), state.done
    optimizer: Any = gradient_descent()
    optimizer.gains, optimizer.update = state.gains, state.steps
    options: dict[str, Any] = {"negative_gradient_method": gradient, "n_jobs": task.threads}
    affinities = PrecomputedAffinities(graph, normalize=False)
    embedding = TSNEEmbedding(state.places, affinities, optimizer=optimizer, **options)

    def go_on(iterations: int) -> LayoutState:
        nonlocal done
        is_early = done < EARLY
        pull = EARLY_PULL if is_early else 1.0
        # Multiplied by openTSNE itself, the graph would be divided by it after each part, and its last bits with it.
        affinities.P = graph * pull
        embedding.optimize(
            iterations,
            inplace=True,
            learning_rate=photos / pull,
            ints_in_interval=max(INTERVAL, float(np.ptp(embedding, axis=0).max()) / MOST_INTERVALS),
            momentum=EARLY_MOMENTUM if is_early else MOMENTUM,
        )
        done += iterations
        return LayoutState(np.array(embedding), optimizer.gains, optimizer.update, done)

    return go_on


def _pull(neighbours: Ints) -> Any:
    """How strongly photos pull each other: a sparse matrix, alike for all that are neighbours, whose sum is 1."""
    from scipy.sparse import csr_matrix

    photos = len(neighbours)
    neighbours = neighbours[:, : 1 + max(3, photos // 3)]  # were nearly all neighbours, they would fall into one point
    rows = np.repeat(np.arange(photos), neighbours.shape[1])
    near = neighbours.ravel()
    known = (near >= 0) & (near != rows)
    one_way = csr_matrix((np.ones(int(known.sum())), (rows[known], near[known])), shape=(photos, photos))
    both = ((one_way + one_way.T) > 0).astype(np.float64)
    return both / max(1.0, both.sum())


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
