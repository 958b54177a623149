"""Work off the window's thread: however often a question is asked, only the last one waits."""

from itertools import count
from threading import Event

from pytestqt.qtbot import QtBot

from photosearch.errors import LibraryError
from photosearch.gui.work.jobs import Inquiry, Jobs

PATIENCE_MS = 30_000


def test_of_many_questions_at_once_two_are_answered(jobs: Jobs, qtbot: QtBot) -> None:
    gate, numbers, answers = Event(), count(), list[int]()

    def work() -> int:
        assert gate.wait(PATIENCE_MS / 1000)
        return next(numbers)

    inquiry = Inquiry(jobs, work, answers.append)
    for _ in range(1000):
        inquiry.ask()
    gate.set()
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=PATIENCE_MS)
    inquiry.ask()
    qtbot.waitUntil(lambda: len(answers) == 3, timeout=PATIENCE_MS)
    assert (answers, next(numbers)) == ([0, 1, 2], 3)


def test_after_a_failure_it_can_be_asked_again(jobs: Jobs, qtbot: QtBot) -> None:
    told, answers = list[str](), list[int]()
    jobs.complaint.connect(told.append)

    def work() -> int:
        if not told:
            raise LibraryError("The disk is full.")
        return 1

    inquiry = Inquiry(jobs, work, answers.append)
    inquiry.ask()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=PATIENCE_MS)
    inquiry.ask()
    qtbot.waitUntil(lambda: answers == [1], timeout=PATIENCE_MS)
