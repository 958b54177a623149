"""The kinds of duplicates as tabs, each with how many groups there are of it."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar

from photosearch.gui.duplicates.group_delegate import tier_in_words
from photosearch.gui.duplicates.review import Review
from photosearch.gui.style.words import number, size, tr
from photosearch.models import TIERS, Tier


class TabText(NamedTuple):
    """What a tab says: with what would be freed, how many groups there are, and that in the fewest words."""

    whole: str
    counted: str
    short: str


class TierTabs(QTabBar):
    """One tab is open."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(tr("Kinds of duplicates"))
        for tier in TIERS:
            self.addTab(tier_in_words(tier))
        self._texts: dict[Tier, TabText] = {}

    @property
    def tier(self) -> Tier:
        """The one whose tab is open."""
        return TIERS[self.currentIndex()]

    def open(self, tier: Tier) -> None:
        """Open the tab of a kind."""
        self.setCurrentIndex(TIERS.index(tier))

    def leave_empty(self, reviews: Mapping[Tier, Review]) -> None:
        """Open the first tab that has groups, if the open one has none."""
        for tier in (self.tier, *TIERS):
            if reviews[tier].groups:
                with QSignalBlocker(self):  # its groups are shown next in any case
                    self.open(tier)
                return

    def step(self, by: int) -> None:
        """Open a tab beside the open one; after the last comes the first."""
        self.setCurrentIndex((self.currentIndex() + by) % len(TIERS))

    def answer(self, event: QKeyEvent) -> bool:
        """Go from tab to tab by Ctrl+Tab; False for any other key."""
        is_tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if is_tab := is_tab and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.step(1 if event.key() == Qt.Key.Key_Tab else -1)
        return is_tab

    def show_counts(self, reviews: Mapping[Tier, Review]) -> None:
        """Say how many groups there are, and of the open tab what would be freed."""
        for place, tier in enumerate(TIERS):
            groups = reviews[tier].groups
            count = number(len(groups))
            counted = f"{tier_in_words(tier)} {count}"
            reclaimable = sum(group.reclaimable_bytes for group in groups)
            whole = f"{counted} · {size(reclaimable)}" if reclaimable else counted
            self._texts[tier] = TabText(whole, counted, f"{_in_a_word(tier)} {count}")
            self.setTabToolTip(place, whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All tabs are to be seen: what would be freed is left out first, then what the others are called in full."""
        for open_one, others in ((0, 1), (1, 1), (1, 2)):
            for place, tier in enumerate(TIERS):
                if tier in self._texts:
                    self.setTabText(place, self._texts[tier][open_one if tier == self.tier else others])
            if self.sizeHint().width() <= self.width():
                return


def _in_a_word(tier: Tier) -> str:
    return {
        "identical": tr("Identical"),
        "same": tr("Same"),
        "edited": tr("Edited"),
        "similar": tr("Similar"),
    }[tier]
