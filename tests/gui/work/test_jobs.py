"""Work off the window's thread: however often a question is asked, only the last one waits."""

from collections.abc import Generator
from itertools import count
from threading import Event

from pytestqt.qtbot import QtBot

from photosearch.errors import LibraryError
from photosearch.gui.work.jobs import Inquiry, Jobs
from photosearch.models import Progress

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


def test_what_was_decided_while_a_job_runs_is_written_though_the_window_closes(jobs: Jobs, qtbot: QtBot) -> None:
    gate, under_way, written = Event(), list[Progress](), list[int]()

    def job() -> Generator[Progress]:
        try:
            while True:
                yield Progress("indexing", 0)
        finally:
            gate.set()  # nothing is written before the job was told to stop

    def write(number: int) -> None:
        assert gate.wait(PATIENCE_MS / 1000)
        written.append(number)

    jobs.run(job, under_way.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(under_way), timeout=PATIENCE_MS)
    for number in range(5):
        jobs.write(lambda number=number: write(number), lambda _: None)
    jobs.close()
    assert written == [0, 1, 2, 3, 4]
