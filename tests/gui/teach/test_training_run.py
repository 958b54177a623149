"""A run of training apart from the page: its process, what is known of it later, and its curve."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photosearch.gui.teach import training_run
from photosearch.gui.teach.run_state import Point, RunState
from photosearch.gui.teach.training_curve import Curve, smooth, span, thin, ticks
from photosearch.gui.teach.training_run import Training, TrainingRequest
from photosearch.paths import Places
from tests.gui.driving import WAIT_MS
from tests.gui.teaching import LEARNING, STARTED, Teacher, line


def wait_for_end(qtbot: QtBot, training: Training) -> RunState:
    qtbot.waitUntil(lambda: not training.running, timeout=WAIT_MS)
    assert training.state
    return training.state


def test_a_program_that_cannot_be_started_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    training = Training(Places(tmp_path), [str(tmp_path / "nothing")])
    training.start(TrainingRequest())
    state = wait_for_end(qtbot, training)
    assert state.stage == "failed"
    assert state.reason.startswith("The process that learns cannot be started: ")


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is ended there has an exit code")
def test_a_process_that_was_killed_is_said(tmp_path: Path, teacher: Teacher, qtbot: QtBot) -> None:
    (tmp_path / "teacher" / "teacher.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    training = Training(Places(tmp_path), teacher.command)
    training.start(TrainingRequest())
    assert wait_for_end(qtbot, training).reason == "The process that learns has crashed, or was ended from outside."


def test_a_process_that_does_not_stop_is_ended(
    tmp_path: Path, teacher: Teacher, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(training_run, "PATIENCE_MS", 50)
    (tmp_path / "teacher" / "teacher.py").write_text(
        f"import threading\nprint({STARTED!r}, flush=True)\nthreading.Event().wait()\n"
    )
    training = Training(Places(tmp_path), teacher.command)
    training.start(TrainingRequest())
    qtbot.waitUntil(lambda: training.state is not None and training.state.photos == 412, timeout=WAIT_MS)
    training.stop()
    assert wait_for_end(qtbot, training).stage == "stopped"


def test_the_course_is_known_again_however_the_window_ended(tmp_path: Path, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, "@exit 0")
    request = TrainingRequest(("Cats", "<b>Dogs</b>"), minutes=30, backbone="efficientnet-lite2")
    first = Training(Places(tmp_path), teacher.command)
    first.start(request)
    state = wait_for_end(qtbot, first)
    journal = tmp_path / "training" / "window.jsonl"
    with journal.open("ab") as file:
        file.write(b'{"event": "loss", "st')  # the window was killed while it wrote
    again = Training(Places(tmp_path), teacher.command)
    assert (again.request, again.running) == (request, False)
    assert again.state and again.state.stage == "stopped"
    assert (again.state.losses, again.state.measured) == (state.losses, state.measured)
    journal.write_bytes(b"[]\n")
    assert Training(Places(tmp_path), teacher.command).state is None


def test_going_on_forgets_what_came_after_the_checkpoint() -> None:
    state = RunState()
    for each in LEARNING:
        assert state.read(each.encode())
    assert state.read(line("started", photos=412, labels=3, held_out=82, step=25).encode())
    assert (state.losses[-1].step, state.measured) == (25, [Point(0, 43.21)])
    assert state.read(line("measured", step=0, map=43.3).encode())
    assert state.read(line("measured", step=30, map=45).encode())
    assert state.measured == [Point(0, 43.3), Point(30, 45.0)]
    assert state.read(STARTED.encode())
    assert (state.losses, state.measured) == ([], [])


# The curve


def test_marks_are_few_and_round() -> None:
    assert ticks(42.8, 51.3) == [45, 50]
    assert [round(mark, 6) for mark in ticks(0.011, 0.093)] == [0.05] or len(ticks(0.011, 0.093)) in (2, 3, 4)
    for low, high in ((0, 1), (0, 100), (3, 3.0001), (-5, 1234567)):
        assert 2 <= len(ticks(low, high)) <= 5


def test_a_curve_is_thinned_and_smoothed_without_moving() -> None:
    points = [Point(step, float(step)) for step in range(1, 10_001)]
    thinned = thin(points, 300)
    assert len(thinned) <= 300
    assert (thinned[-1].step, thinned[0].value) == (10_000, 17.5)
    assert smooth(points[:100]) == points[:100]
    assert span([], 4) == (0, 1)
    assert span([50, 50], 4) == (48, 52)


@pytest.mark.parametrize("state", [RunState(), RunState(losses=[Point(1, 5.0)], measured=[Point(0, 0.0)], step=1)])
def test_a_curve_of_little_is_drawn(qtbot: QtBot, state: RunState) -> None:
    curve = Curve()
    qtbot.addWidget(curve)
    curve.show_state(state)
    curve.resize(300, 240)
    image = curve.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(0, 240, 2)}
    assert len(seen) > 2
