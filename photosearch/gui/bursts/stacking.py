"""Stacks of bursts in all grids: looked for when they are wanted and when photos have changed, and remembered."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from photosearch.find.bursts import Burst
from photosearch.gui.bursts.burst_search import BurstSearch
from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.grid.stacks import NO_STACKS, Stacks
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Jobs, Ticket


class Stacking(QObject):
    """Follows the action that turns stacks on and off."""

    def __init__(
        self, jobs: Jobs, search: BurstSearch, grids: Sequence[GridView], action: QAction, indexing: Indexing
    ) -> None:
        super().__init__(search)
        self._jobs, self._search, self._grids = jobs, search, grids
        self._action, self._indexing = action, indexing
        self._question: Ticket | None = None  # for the stacks of what was found last
        action.toggled.connect(self._toggle)
        search.found.connect(self._make)
        indexing.photos_changed.connect(self._photos_changed)

    def _toggle(self, is_on: bool) -> None:
        if not is_on:
            self._show(NO_STACKS)
        elif self._search.bursts is not None:
            self._make(self._search.bursts)
            self._search.look()
        else:
            self._search.look()

    def _photos_changed(self) -> None:
        if self._action.isChecked() and not self._indexing.condition.running:
            self._search.look()

    def _make(self, bursts: Sequence[Burst]) -> None:
        if self._question:
            self._question.cancel()
        if self._action.isChecked():
            self._question = self._jobs.ask(
                lambda: Stacks(bursts), lambda stacks: self._show(stacks) if self._action.isChecked() else None
            )

    def _show(self, stacks: Stacks) -> None:
        for grid in self._grids:
            grid.stack_by(stacks)
