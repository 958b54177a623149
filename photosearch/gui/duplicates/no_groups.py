"""The content of the page of duplicates without groups: an invitation, the progress, or that there are none."""

from PySide6.QtCore import Signal

from photosearch.gui.duplicates.review import Review
from photosearch.gui.duplicates.search_run import Looking
from photosearch.gui.style.start_page import EmptyPage
from photosearch.gui.style.words import tr
from photosearch.gui.work.status_bar import in_words
from photosearch.models import Progress


class NoGroups(EmptyPage):
    """Its one button does what helps out of it."""

    look_wanted = Signal()
    stop_wanted = Signal()
    all_wanted = Signal()  # groups that no filter lets through, too

    def __init__(self) -> None:
        super().__init__(lambda: self.look_wanted.emit())

    def wait(self, title: str, progress: Progress | None, can_stop: bool) -> None:
        """Say what is under way, if anything, and how far that is."""
        hint = in_words(progress) if progress else tr("You can go on with other things meanwhile.")
        self.help_with = self.stop_wanted.emit
        self.say("similar", title, hint if title else "", tr("Stop") if can_stop else "")

    def explain(self, review: Review | None, looking: Looking) -> None:
        """Say why there are no groups of a kind; None: they were not looked for."""
        self.help_with = self.stop_wanted.emit if looking.busy else self.look_wanted.emit
        if review is None:
            self.say(
                "similar", tr("Which of your photos are the same picture?"),
                tr("Nothing is moved or deleted before you have seen and confirmed it."), tr("Look for duplicates"),
            )  # fmt: skip
        elif review.all_groups:
            self.help_with = self.all_wanted.emit
            self.say("filter", tr("No group of this kind passes the filters"), "", tr("Clear the filters"))
        else:
            hint = tr("Photos have come since.") if looking.is_outdated and not looking.busy else ""
            self.say("check", tr("No duplicates of this kind"), hint, "" if looking.busy else tr("Look again"))
