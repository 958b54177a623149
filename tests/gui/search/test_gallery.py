"""The first photos of the gallery: what waits for them to be seen waits no longer than they take."""

import pytest
from pytestqt.qtbot import QtBot

from photosearch.gui.search import gallery
from photosearch.gui.search.gallery import Gallery
from photosearch.gui.work.history import EVERYTHING
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library


def test_photos_that_can_be_seen_are_told_once(photo_library: Library, jobs: Jobs, qtbot: QtBot) -> None:
    page = Gallery(photo_library, jobs)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    told: list[int] = []
    page.seen.connect(lambda: told.append(len(page.grid.photos.ids)))
    with qtbot.waitSignal(page.seen):
        page.show_place(EVERYTHING)
    page.refresh()
    with qtbot.waitSignal(page.shown):
        pass
    assert told == [12]


def test_nothing_waits_for_photos_that_are_not_seen(
    photo_library: Library, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery, "LONGEST_WAIT_MS", 0)
    page = Gallery(photo_library, jobs)  # which is not shown, so that no thumbnail is asked for
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.seen):
        page.show_place(EVERYTHING)
