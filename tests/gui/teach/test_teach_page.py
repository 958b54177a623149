"""The page Teach as a person uses it, with a process that says what training says."""

import os
import shlex
from collections.abc import Callable, Generator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QRadioButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from photosearch import settings
from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.shell.side_bar import COUNT, SideBar
from photosearch.gui.teach import teach_choices
from photosearch.library import Library
from photosearch.paths import resources
from photosearch.training.networks.downloads import BACKBONES
from tests.gui.driving import WAIT_MS, Bugs, button, told, wait_for_photos
from tests.gui.teaching import DONE, LEARNING, WORSE, Teacher, line
from tests.tree import ROOT

LEFT = Qt.MouseButton.LeftButton
LABELS = {"Cats": range(3), "Owls": range(3, 5), "<b>Dogs</b>": range(5, 7)}


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What training needs counts as installed, as the process in its place needs nothing."""
    monkeypatch.setattr(settings, "NEEDED_TO_TRAIN", ("json",))


@pytest.fixture
def open_session(qapp: QApplication, library: Library, teacher: Teacher) -> Generator[Callable[[], Session]]:
    """Opens the window of the library, as often as it is asked; a bug on any thread fails the test."""
    bugs = Bugs()
    sessions: list[Session] = []

    def open_it() -> Session:
        for session in sessions:
            session.close()
        sessions[:] = [Session(qapp, library, bugs.tell, teacher.command)]
        sessions[0].open()
        return sessions[0]

    yield open_it
    sessions[0].close()
    assert bugs.told == []


@pytest.fixture
def session(open_session: Callable[[], Session]) -> Session:
    return open_session()


@pytest.fixture
def labelled(filled: MainWindow, library: Library, qtbot: QtBot) -> MainWindow:
    """The window with labelled samples, at the page Teach."""
    ids = sorted(library.photos.listing().ids)
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
    labelled: MainWindow, teacher: Teacher, open_session: Callable[[], Session], qtbot: QtBot
) -> None:
    teacher.plays(DONE)
    minutes, network = labelled.teach.choices.findChildren(QComboBox)
    minutes.setCurrentIndex(minutes.findText("30 minutes"))
    network.setCurrentIndex(network.findData("efficientnet-lite2"))
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    assert teacher.calls == [["--backbone=efficientnet-lite2", "--minutes=30", "--fresh"]]
    window = open_session().window
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
    monkeypatch.setattr(settings, "NEEDED_TO_TRAIN", ("json", "there_is_no_such_module"))
    go_to_teach(filled)
    wait_until_told(qtbot, filled, "It is not installed.")
    press(qtbot, filled, "Copy the command")
    command = QGuiApplication.clipboard().text()
    assert command in told(filled)
    words = [word.strip('"') for word in shlex.split(command, posix=os.name != "nt")]
    assert words[1:] == [str(ROOT / "run.py"), "train", "--help"]
    monkeypatch.setattr(settings, "NEEDED_TO_TRAIN", ("json",))  # installed meanwhile
    window_place = filled.history.here
    filled.history.visit(window_place)
    go_to_teach(filled)
    wait_until_told(qtbot, filled, "No photo carries a label yet")
    assert "PyTorch" not in told(filled)


def test_the_page_offers_the_networks_that_training_knows() -> None:
    assert sorted(name for name, _ in teach_choices.backbones()) == sorted(BACKBONES)


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
    assert curve.accessibleDescription() == "Step 40\nHeld-out photos are found: 50.0 %\nStill off by 0.050"
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    assert curve.accessibleDescription().startswith("Step 0\nHeld-out photos are found: 43.2 %")


def test_stop_goes_on_and_afresh(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, "@wait", line("stopped", step=41))
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "Learning …")
    press(qtbot, labelled, "Stop")
    assert "Stopping …" in told(labelled)
    wait_until_told(qtbot, labelled, "Stopped. It can go on from here.")
    wait_for_buttons(qtbot, labelled, "Start afresh", "Use it as it is", "Go on")
    assert teach_item(labelled).data(0, COUNT) is None
    teacher.plays(line("started", photos=412, labels=3, held_out=82, step=30), line("loss", step=31, loss=1.0), "@wait")
    press(qtbot, labelled, "Go on")
    wait_until_told(qtbot, labelled, "step 31")
    state = labelled.teach.run.curve
    assert state.accessibleDescription().startswith("Step 31\nHeld-out photos are found: 43.2 %")
    press(qtbot, labelled, "Stop")
    wait_for_buttons(qtbot, labelled, "Start afresh", "Use it as it is", "Go on")
    press(qtbot, labelled, "Start afresh")
    press(qtbot, labelled, "Back")
    wait_for_buttons(qtbot, labelled, "Start afresh", "Use it as it is", "Go on")
    press(qtbot, labelled, "Start afresh")
    teacher.plays(DONE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    assert teacher.calls == [["--minutes=10", "--fresh"], ["--minutes=10"], ["--minutes=10", "--fresh"]]


def test_what_a_stopped_run_has_learned_is_used_as_it_is(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, "@wait", line("stopped", step=41))
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "Learning …")
    press(qtbot, labelled, "Stop")
    wait_for_buttons(qtbot, labelled, "Start afresh", "Use it as it is", "Go on")
    teacher.plays(DONE)
    press(qtbot, labelled, "Use it as it is")
    wait_until_told(qtbot, labelled, "It got better")
    wait_for_buttons(qtbot, labelled, "Adopt", "Start afresh")
    assert teacher.calls == [["--minutes=10", "--fresh"], ["--minutes=10", "--finish"]]


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
    labelled: MainWindow, teacher: Teacher, open_session: Callable[[], Session], qtbot: QtBot
) -> None:
    teacher.plays(*LEARNING, "@wait", line("stopped", step=45))
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "Learning …")
    session = open_session()
    assert session.window
    wait_for_photos(qtbot, session.window, 9)
    go_to_teach(session.window)
    wait_until_told(qtbot, session.window, "Stopped. It can go on from here.")
    assert "step 45" in told(session.window)
    assert session.window.teach.run.curve.accessibleDescription().startswith(
        "Step 45\nHeld-out photos are found: 50.0 %"
    )
    teacher.plays(DONE)
    press(qtbot, session.window, "Go on")
    wait_until_told(qtbot, session.window, "It got better")


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
    assert (
        labelled.teach.run.curve.accessibleDescription()
        == "Step 40\nHeld-out photos are found: 50.0 %\nStill off by 0.050"
    )


# What it gained


def test_what_it_gained_is_listed_with_signs(labelled: MainWindow, teacher: Teacher, qtbot: QtBot) -> None:
    teacher.plays(*LEARNING, DONE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better at finding held-out photos: 43.2 % → 51.9 %.")
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
    labelled: MainWindow, teacher: Teacher, library: Library, open_session: Callable[[], Session], qtbot: QtBot
) -> None:
    teacher.plays(f"@bundle {resources() / 'encoders' / 'default-int8'}", DONE)
    press(qtbot, labelled, "Teach")
    wait_until_told(qtbot, labelled, "It got better")
    window = open_session().window  # the result is offered still
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
