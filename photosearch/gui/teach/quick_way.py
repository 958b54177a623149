"""Teaching in seconds: learns from labels how photos are compared, shows what that gains, and uses it or not."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.waiting_page import WaitingPage
from photosearch.gui.style.words import decimal, tr
from photosearch.gui.teach.run_state import Result
from photosearch.gui.teach.training_table import ResultTable
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.library import Library
from photosearch.library.learning.metric_lesson import Lesson

PARTS = "  ·  "


class QuickWay(QWidget):
    """Shows the learning, and then its result."""

    changed = Signal()
    decided = Signal()  # searches go by something else from now on

    def __init__(self, library: Library, jobs: Jobs) -> None:
        super().__init__()
        self._library, self._jobs = library, jobs
        self._ticket: Ticket | None = None
        self.lesson: Lesson | None = None
        self.serves = False  # searches go by what was taught in this way
        self._is_used = False  # and that is this lesson
        self.is_deciding = False  # to use it, or no longer
        words = {
            "reading descriptors": tr("Reading what is known of the photos …"),
            "evaluating": tr("Measuring on held-out photos …"),
        }
        self._waiting = WaitingPage(words, tr("Starting …"))
        self._waiting.stop_wanted.connect(self.stop)
        self._title, self._facts = QLabel(), QLabel()
        self._title.setProperty("heading", True)
        self._facts.setProperty("secondary", True)
        for label in (self._title, self._facts):
            label.setWordWrap(True)
        self.table = ResultTable()
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(8)
        for part in (self._title, self._facts):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.table, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._waiting)
        self._pages.addWidget(result)

    @property
    def is_learning(self) -> bool:
        return self._ticket is not None

    @property
    def can_be_used(self) -> bool:
        """True if there is a lesson that finds better, and does not serve yet."""
        return self.lesson is not None and self.lesson.is_better and not self._is_used

    @property
    def said(self) -> str:
        """What searches go by, in words, where it is what was taught in this way."""
        return tr("Searches go by what was taught in seconds.") if self.serves else ""

    def follow(self) -> None:
        """See whether something that was taught in this way serves, whichever window chose it."""
        self._jobs.ask(lambda: self._library.teaching.metric is not None, self._serve)

    def learn(self, labels: Sequence[str]) -> None:
        """Learn from these labels, or all."""
        self.lesson, self._is_used = None, False
        self._waiting.show_progress(None)
        self._pages.setCurrentIndex(0)
        self._ticket = self._jobs.run(
            lambda: self._library.teaching.learn(labels),
            self._waiting.show_progress,
            self._take,
            self._fail,
            beside=True,
        )
        self.changed.emit()

    def stop(self) -> None:
        """Learn nothing after all."""
        if self._ticket:
            self._ticket.cancel()

    def use(self) -> None:
        """Search by it from now on."""
        lesson = self.lesson
        if lesson:
            self._decide(lambda: self._library.teaching.adopt(lesson), True)

    def undo(self) -> None:
        """Search as before."""
        self._decide(self._library.teaching.undo, False)

    def _decide(self, act: Callable[[], None], is_used: bool) -> None:
        self.is_deciding = True
        self._jobs.write(act, lambda _: self._used(is_used), self._fail)
        self.changed.emit()

    def _take(self, lesson: Lesson | None) -> None:
        self._ticket, self.lesson = None, lesson
        if lesson:
            self._show(lesson)
        self.changed.emit()

    def _show(self, lesson: Lesson) -> None:
        self._title.setText(
            tr("It got better at finding held-out photos: {before} % → {after} %.").format(
                before=decimal(lesson.before.map), after=decimal(lesson.after.map)
            )
            if lesson.is_better
            else tr("It did not get better at finding held-out photos.")
        )
        facts = [tr("%Ln photos", "", lesson.photos), tr("%Ln labels", "", lesson.labels)]
        facts.append(tr("each was held out in turn to measure with"))
        self._facts.setText(PARTS.join([*facts, *map(sentence, lesson.notes)]))
        self.table.show_result(Result("", lesson.before, lesson.after, lesson.is_better))
        self._pages.setCurrentIndex(1)

    def _fail(self, error: Exception) -> None:
        self._ticket, self.is_deciding = None, False
        self._jobs.tell(error)
        self.changed.emit()

    def _used(self, is_used: bool) -> None:
        self._is_used, self.is_deciding = is_used, False
        self.decided.emit()
        self.follow()

    def _serve(self, serves: bool) -> None:
        self.serves = serves
        self.changed.emit()
