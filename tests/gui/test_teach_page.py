"""The page Teach as a person uses it, with a process that says what training says; and the run apart from the page."""

import json
import shlex
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QRadioButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from photosearch.__main__ import NEEDED_TO_TRAIN
from photosearch.gui import teach_choices, training_run
from photosearch.gui.app import Desk
from photosearch.gui.main_window import MainWindow
from photosearch.gui.side_bar import COUNT, SideBar
from photosearch.gui.training_course import Course, Point
from photosearch.gui.training_curve import Curve, smooth, span, thin, ticks
from photosearch.gui.training_run import Training, Wish
from photosearch.library import Library
from photosearch.paths import Places, resources
from tests.gui.driving import WAIT_MS, Bugs, button, told, wait_for_photos

LEFT = Qt.MouseButton.LeftButton
LABELS = {"Cats": range(3), "Owls": range(3, 5), "<b>Dogs</b>": range(5, 7)}
TEACHER = """
import json, os, shutil, sys
from pathlib import Path
here = Path(__file__).parent
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
for line in (here / "play").read_text().splitlines():
    word, _, rest = line.partition(" ")
    if word == "@wait":
        sys.stdin.read()
    elif word == "@exit":
        sys.stdout.flush()
        os._exit(int(rest))
    elif word == "@complain":
        print(rest, file=sys.stderr)
    elif word == "@bundle":
        target = Path(sys.argv[sys.argv.index("--library") + 1]) / "encoders" / "taught"
        shutil.copytree(rest, target)
        card = json.loads((target / "encoder.json").read_text())
        (target / "encoder.json").write_text(json.dumps(card | {"name": "taught"}))
    else:
        print(line, flush=True)
"""


def line(event: str, **parts: Any) -> str:
    return json.dumps({"event": event, **parts})


STARTED = line("started", photos=412, labels=3, held_out=82, step=0)
BEFORE = line("measured", step=0, map=43.21)
LEARNING = [
    STARTED,
    BEFORE,
    *(line("loss", step=step, loss=2 / step) for step in range(1, 41)),
    line("measured", step=40, map=50),
    line("progress", stage="training", done=40, total=100, eta_s=290.0),
]
GAINED = {"map": 51.9, "recall_at_1": 80, "labels": {"Cats": 60.0, "Owls": 39.0, "<b>Dogs</b>": 50.0}}
LESS = {"map": 43.2, "recall_at_1": 71, "labels": {"Cats": 50.0, "Owls": 40.5, "<b>Dogs</b>": 50.0}}
DONE = line("done", encoder="taught", before=LESS, after=GAINED, better=True, notes=["A note."])
WORSE = line("done", encoder="taught", before=GAINED, after=LESS, better=False)


class Teacher:
    """A process that says what it is told to, and what it was asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        (folder / "teacher.py").write_text(TEACHER)
        self.command = [sys.executable, str(folder / "teacher.py")]

    def plays(self, *lines: str) -> None:
        """Say this from the next start on."""
        (self._folder / "play").write_text("\n".join(lines))

    @property
    def calls(self) -> list[list[str]]:
        """The options of every start, but for those that are always the same."""
        lines = (self._folder / "calls").read_text().splitlines()
        calls = [json.loads(each) for each in lines]
        assert all(call[0] == "train" and call[1] == "--library" and call[3] == "--lines" for call in calls)
        return [call[4:] for call in calls]


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    return Teacher(tmp_path / "teacher")


@pytest.fixture
def open_desk(qapp: QApplication, library: Library, teacher: Teacher) -> Generator[Callable[[], Desk]]:
    """Opens the window of the library, as often as it is asked; a bug on any thread fails the test."""
    bugs = Bugs()
    desks: list[Desk] = []

    def open_it() -> Desk:
        for desk in desks:
            desk.close()
        desks[:] = [Desk(qapp, library, bugs.tell, teacher.command)]
        desks[0].open()
        return desks[0]

    yield open_it
    desks[0].close()
    assert bugs.told == []


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def labelled(filled: MainWindow, library: Library, qtbot: QtBot) -> MainWindow:
    """The window with labelled samples, at the page Teach."""
    ids = sorted(library.listing().ids)
    for label, places in LABELS.items():
        library.labels.add(label, [ids[place] for place in places])
    go_to_teach(filled)
    qtbot.waitUntil(lambda: button(filled, "Teach").isEnabled(), timeout=WAIT_MS)
    return filled


def teach_item(window: MainWindow) -> Any:
    side_bar = window.findChild(SideBar)
    assert isinstance(side_bar, SideBar)
    (item,) = side_bar.findItems("Teach", Qt.MatchFlag.MatchExactly)
    return item


def go_to_teach(window: MainWindow) -> None:
    """Click on it in the side bar."""
    window.side_bar.setCurrentItem(teach_item(window))


def press(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.mouseClick(button(window, text), LEFT)


def wait_until_told(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.waitUntil(lambda: text in told(window), timeout=WAIT_MS)


def wait_for_buttons(qtbot: QtBot, window: MainWindow, *texts: str) -> None:
    """Wait until these can be pressed, and no others."""

    def offered() -> bool:
        buttons = [one for one in window.teach.findChildren(QPushButton) if one.isVisible()]
        return {one.text() for one in buttons} == set(texts) and all(one.isEnabled() for one in buttons)

    qtbot.waitUntil(offered, timeout=WAIT_MS)


def rows(table: QWidget | None) -> list[list[str]]:
    assert isinstance(table, QTreeWidget)
    items = [table.topLevelItem(place) for place in range(table.topLevelItemCount())]
    return [[item.text(column) for column in range(table.columnCount())] for item in items if item]


def label_list(window: MainWindow) -> QTreeWidget:
    found = window.teach.choices.findChild(QTreeWidget)
    assert isinstance(found, QTreeWidget)
    return found


# Choosing


def test_without_labels_the_page_says_how_to_label_and_learns_by_itself(
    filled: MainWindow, teacher: Teacher, qtbot: QtBot
) -> None:
    teacher.plays(*LEARNING, "@wait")
    go_to_teach(filled)
    wait_until_told(qtbot, filled, "No photo carries a label yet")
    assert "press L" in told(filled)
    press(qtbot, filled, "Learn without labels")
    assert "from all photos, without labels" in told(filled)
    press(qtbot, filled, "Teach")
    wait_until_told(qtbot, filled, "Learning …")
    assert teacher.calls == [["--self-taught", "--minutes=10", "--fresh"]]


def test_labels_are_listed_with_their_counts_and_some_can_be_left_out(
    labelled: MainWindow, teacher: Teacher, qtbot: QtBot
) -> None:
    teacher.plays(*LEARNING, "@wait")
    labels = label_list(labelled)
    assert sorted(rows(labels)) == [["<b>Dogs</b>", "2"], ["Cats", "3"], ["Owls", "2"]]
    assert "from 3 of 3 labels" in told(labelled)
    for name in ("Cats", "Owls"):
        (item,) = labels.findItems(name, Qt.MatchFlag.MatchExactly)
        item.setCheckState(0, Qt.CheckState.Unchecked)
    assert not button(labelled, "Teach").isEnabled()
    assert "at least two labels" in told(labelled)
    labels.findItems("Owls", Qt.MatchFlag.MatchExactly)[0].setCheckState(0, Qt.CheckState.Checked)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "Learning …")
    assert [sorted(call) for call in teacher.calls] == [
        ["--fresh", "--label=<b>Dogs</b>", "--label=Owls", "--minutes=10"]
    ]


def test_the_time_and_the_network_are_remembered(
    labelled: MainWindow, teacher: Teacher, open_desk: Callable[[], Desk], qtbot: QtBot
) -> None:
    teacher.plays(DONE)
    minutes, network = labelled.teach.choices.findChildren(QComboBox)
    minutes.setCurrentIndex(minutes.findText("30 minutes"))
    network.setCurrentIndex(network.findData("efficientnet-lite2"))
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    assert teacher.calls == [["--backbone=efficientnet-lite2", "--minutes=30", "--fresh"]]
    window = open_desk().window
    assert window
    minutes, network = window.teach.choices.findChildren(QComboBox)
    assert (minutes.currentText(), network.currentData()) == ("30 minutes", "efficientnet-lite2")


def test_labels_are_ignored_when_it_is_to_learn_by_itself(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(DONE)
    by_itself = labelled.teach.choices.findChildren(QRadioButton)[1]
    by_itself.setChecked(True)
    assert not label_list(labelled).isEnabled()
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    assert teacher.calls == [["--self-taught", "--minutes=10", "--fresh"]]


def test_what_is_missing_is_said_with_the_command_that_installs_it(
    filled: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(training_run, "NEEDED", ("json", "there_is_no_such_module"))
    go_to_teach(filled)
    assert "It is not installed." in told(filled)
    press(qtbot, filled, "Copy the command")
    command = QGuiApplication.clipboard().text()
    assert command in told(filled)
    assert shlex.split(command)[1:] == [str(Path(__file__).parents[2] / "run.py"), "train", "--help"]
    monkeypatch.setattr(training_run, "NEEDED", ("json",))  # installed meanwhile
    window_place = filled.history.here
    filled.history.visit(window_place)
    go_to_teach(filled)
    wait_until_told(qtbot, filled, "No photo carries a label yet")


def test_the_page_knows_what_training_needs_and_offers() -> None:
    assert set(training_run.NEEDED) == set(NEEDED_TO_TRAIN)
    backbones = pytest.importorskip("photosearch.training.backbones")
    assert sorted(name for name, _ in teach_choices.backbones()) == sorted(backbones.BACKBONES)


# Learning


def test_the_course_is_shown_while_it_learns(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, "@wait")
    press(qtbot, labelled, "Teach")
    assert "Starting …" in told(labelled)
    wait_until_told(qtbot, labelled, "Learning …")
    wait_until_told(qtbot, labelled, "412 photos  ·  3 labels  ·  82 held out  ·  step 40  ·  about 5 min left")
    wait_for_buttons(qtbot, labelled, "Stop")
    assert teach_item(labelled).data(0, COUNT) == "40 %"
    curve = labelled.teach.run.curve
    assert curve.accessibleDescription() == "Step 40\nmAP 50.0 %\nLoss 0.050"
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    assert curve.accessibleDescription().startswith("Step 0\nmAP 43.2 %")


def test_stop_goes_on_and_afresh(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, "@wait", line("stopped", step=41))
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "Learning …")
    press(qtbot, labelled, "Stop")
    assert "Stopping …" in told(labelled)
    wait_until_told(qtbot, labelled, "Stopped. It can go on from here.")
    wait_for_buttons(qtbot, labelled, "Go on", "Start afresh")
    assert teach_item(labelled).data(0, COUNT) is None
    teacher.plays(line("started", photos=412, labels=3, held_out=82, step=30), line("loss", step=31, loss=1.0), "@wait")
    press(qtbot, labelled, "Go on")
    wait_until_told(qtbot, labelled, "step 31")
    course = labelled.teach.run.curve
    assert course.accessibleDescription().startswith("Step 31\nmAP 43.2 %")
    press(qtbot, labelled, "Stop")
    wait_for_buttons(qtbot, labelled, "Go on", "Start afresh")
    press(qtbot, labelled, "Start afresh")
    press(qtbot, labelled, "Back")
    wait_for_buttons(qtbot, labelled, "Go on", "Start afresh")
    press(qtbot, labelled, "Start afresh")
    teacher.plays(DONE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    assert teacher.calls == [["--minutes=10", "--fresh"], ["--minutes=10"], ["--minutes=10", "--fresh"]]


def test_it_goes_on_where_the_page_is_left_and_says_when_it_is_done(
    labelled: MainWindow, teacher: Teacher, qtbot: QtBot
) -> None:
    teacher.plays(*LEARNING, DONE)
    press(qtbot, labelled, "Teach")
    labelled.history.visit(labelled.history.here)
    qtbot.waitUntil(lambda: "It got better" in labelled.banner.text, timeout=WAIT_MS)
    assert not labelled.teach.isVisible()
    assert labelled.details.isVisible()
    press(qtbot, labelled, "Show")
    assert labelled.teach.isVisible()
    assert "It got better" in told(labelled)


def test_closing_the_window_stops_it_gently_and_the_next_one_goes_on(
    labelled: MainWindow, teacher: Teacher, open_desk: Callable[[], Desk], qtbot: QtBot
) -> None:
    teacher.plays(*LEARNING, "@wait", line("stopped", step=45))
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "Learning …")
    desk = open_desk()
    assert desk.window
    wait_for_photos(qtbot, desk.window, 9)
    go_to_teach(desk.window)
    wait_until_told(qtbot, desk.window, "Stopped. It can go on from here.")
    assert "step 45" in told(desk.window)
    assert desk.window.teach.run.curve.accessibleDescription().startswith("Step 45\nmAP 50.0 %")
    teacher.plays(DONE)
    press(qtbot, desk.window, "Go on")
    wait_until_told(qtbot, desk.window, "It got better")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([line("failed", reason="There are too few photos.")], "There are too few photos."),
        ([*LEARNING, line("failed", reason="The file is empty."), "@exit 1"], "The file is empty."),
        (["@complain Traceback: boom", "@exit 3"], "ended early, with the exit code 3."),
        ([], "ended early, with the exit code 0."),
    ],
)
def test_what_goes_wrong_is_said(
    labelled: MainWindow, teacher: Teacher, qtbot: QtBot, lines: list[str], sentence: str
) -> None:
    teacher.plays(*lines)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, sentence)
    if any("@complain" in each for each in lines):
        wait_for_buttons(qtbot, labelled, "Copy the report", "Go on", "Start afresh")
        press(qtbot, labelled, "Copy the report")
        assert "Traceback: boom" in QGuiApplication.clipboard().text()
    else:
        wait_for_buttons(qtbot, labelled, "Go on", "Start afresh")


def test_what_is_no_line_of_the_protocol_is_passed_over(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    garbage = ["", "{", "[1]", "null", "\x00\x01", "Warning: x", '{"event": "loss"}', line("dance"), "x" * 70_000]
    wrong = [
        line("loss", step=3, loss=float("nan")),
        line("measured", step="no", map=3),
        line("progress", stage="sleeping", done=1, total=2, eta_s=None),
        line("done", encoder="x", before={}, after=[], better=1),
    ]
    teacher.plays(*garbage, *LEARNING, *wrong, *garbage, DONE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    assert labelled.teach.run.curve.accessibleDescription() == "Step 40\nmAP 50.0 %\nLoss 0.050"


# What it gained


def test_what_it_gained_is_listed_with_signs(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, DONE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better: mAP 43.2 % → 51.9 % on held-out photos.")
    assert "A note." in told(labelled)
    assert rows(labelled.teach.run.table) == [
        ["All labels", "43.2", "51.9", "+8.7"],
        ["Nearest photo is right", "71.0", "80.0", "+9.0"],
        ["<b>Dogs</b>", "50.0", "50.0", "±0.0"],
        ["Cats", "50.0", "60.0", "+10.0"],
        ["Owls", "40.5", "39.0", "−1.5"],
    ]
    wait_for_buttons(qtbot, labelled, "Adopt", "Start afresh")
    assert button(labelled, "Adopt").property("primary")


def test_what_is_not_better_is_said_and_not_urged(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(WORSE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It did not get better")
    wait_for_buttons(qtbot, labelled, "Adopt", "Start afresh")
    assert not button(labelled, "Adopt").property("primary")


def test_adopting_encodes_anew_and_undo_restores_the_encoder_of_before(
    labelled: MainWindow, teacher: Teacher, library: Library, open_desk: Callable[[], Desk], qtbot: QtBot
) -> None:
    teacher.plays(f"@bundle {resources() / 'encoders' / 'default-int8'}", DONE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    window = open_desk().window  # the result is offered still
    assert window
    wait_for_photos(qtbot, window, 9)
    go_to_teach(window)
    press(qtbot, window, "Adopt")
    wait_until_told(qtbot, window, "What was learned serves.")
    assert library.settings.encoder == "taught"
    assert library.waiting() == 0
    wait_for_buttons(qtbot, window, "Undo the adoption", "Start afresh")
    press(qtbot, window, "Undo the adoption")
    wait_for_buttons(qtbot, window, "Adopt", "Start afresh")
    assert library.settings.encoder == "default"


def test_an_encoder_that_cannot_be_run_is_not_adopted(
    labelled: MainWindow, teacher: Teacher, library: Library, qtbot: QtBot
) -> None:
    teacher.plays(DONE)
    press(qtbot, labelled, "Teach")
    wait_for_buttons(qtbot, labelled, "Adopt", "Start afresh")
    press(qtbot, labelled, "Adopt")
    qtbot.waitUntil(lambda: "There is no encoder “taught”" in labelled.banner.text, timeout=WAIT_MS)
    assert library.settings.encoder == "default"
    assert button(labelled, "Adopt").isEnabled()


# The run apart from the page


def wait_for_end(qtbot: QtBot, training: Training) -> Course:
    qtbot.waitUntil(lambda: not training.running, timeout=WAIT_MS)
    assert training.course
    return training.course


def test_a_program_that_cannot_be_started_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    training = Training(Places(tmp_path), [str(tmp_path / "nothing")])
    training.start(Wish())
    course = wait_for_end(qtbot, training)
    assert course.stage == "failed"
    assert course.reason.startswith("The process that learns cannot be started: ")


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is ended there has an exit code")
def test_a_process_that_was_killed_is_said(tmp_path: Path, teacher: Teacher, qtbot: QtBot) -> None:
    (tmp_path / "teacher" / "teacher.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    training = Training(Places(tmp_path), teacher.command)
    training.start(Wish())
    assert wait_for_end(qtbot, training).reason == "The process that learns has crashed, or was ended from outside."


def test_a_process_that_does_not_stop_is_ended(
    tmp_path: Path, teacher: Teacher, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(training_run, "PATIENCE_MS", 50)
    (tmp_path / "teacher" / "teacher.py").write_text(
        f"import threading\nprint({STARTED!r}, flush=True)\nthreading.Event().wait()\n"
    )
    training = Training(Places(tmp_path), teacher.command)
    training.start(Wish())
    qtbot.waitUntil(lambda: training.course is not None and training.course.photos == 412, timeout=WAIT_MS)
    training.stop()
    assert wait_for_end(qtbot, training).stage == "stopped"


def test_the_course_is_known_again_however_the_window_ended(tmp_path: Path, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, "@exit 0")
    wish = Wish(("Cats", "<b>Dogs</b>"), minutes=30, backbone="efficientnet-lite2")
    first = Training(Places(tmp_path), teacher.command)
    first.start(wish)
    course = wait_for_end(qtbot, first)
    journal = tmp_path / "training" / "window.jsonl"
    with journal.open("ab") as file:
        file.write(b'{"event": "loss", "st')  # the window was killed while it wrote
    again = Training(Places(tmp_path), teacher.command)
    assert (again.wish, again.running) == (wish, False)
    assert again.course and again.course.stage == "stopped"
    assert (again.course.losses, again.course.measured) == (course.losses, course.measured)
    journal.write_bytes(b"[]\n")
    assert Training(Places(tmp_path), teacher.command).course is None


def test_going_on_forgets_what_came_after_the_checkpoint() -> None:
    course = Course()
    for each in LEARNING:
        assert course.hear(each.encode())
    assert course.hear(line("started", photos=412, labels=3, held_out=82, step=25).encode())
    assert (course.losses[-1].step, course.measured) == (25, [Point(0, 43.21)])
    assert course.hear(line("measured", step=0, map=43.3).encode())
    assert course.hear(line("measured", step=30, map=45).encode())
    assert course.measured == [Point(0, 43.3), Point(30, 45.0)]
    assert course.hear(STARTED.encode())
    assert (course.losses, course.measured) == ([], [])


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


@pytest.mark.parametrize("course", [Course(), Course(losses=[Point(1, 5.0)], measured=[Point(0, 0.0)], step=1)])
def test_a_curve_of_little_is_drawn(qtbot: QtBot, course: Course) -> None:
    curve = Curve()
    qtbot.addWidget(curve)
    curve.show_course(course)
    curve.resize(300, 240)
    image = curve.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(0, 240, 2)}
    assert len(seen) > 2
