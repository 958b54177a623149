"""The kinds of duplicates as tabs, each with how many groups there are of it."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar

from photosearch.gui.duplicates.group_delegate import tier_in_words
from photosearch.gui.duplicates.review import Review
from photosearch.gui.style.words import number, size, tr
from photosearch.models import TIERS, Tier


class TierTabs(QTabBar):
    """One tab is open."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(tr("Kinds of duplicates"))
        for tier in TIERS:
            self.addTab(tier_in_words(tier))
        self._told: dict[Tier, tuple[str, str]] = {}  # of each: how many groups, and with what would be freed

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

    def show_counts(self, reviews: Mapping[Tier, Review]) -> None:
        """Say how many groups there are, and of the open tab what would be freed."""
        for place, tier in enumerate(TIERS):
            groups = reviews[tier].groups
            told = f"{tier_in_words(tier)} {number(len(groups))}"
            reclaimable = sum(group.reclaimable_bytes for group in groups)
            self._told[tier] = told, f"{told} · {size(reclaimable)}" if reclaimable else told
            self.setTabToolTip(place, self._told[tier][1])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What would be freed is told only where all tabs can be seen beside it."""
        for place, tier in enumerate(TIERS):
            told, whole = self._told.get(tier, ("", ""))
            if told:
                self.setTabText(place, whole if tier == self.tier else told)
        told, whole = self._told.get(self.tier, ("", ""))
        if told != whole and self.sizeHint().width() > self.width():
            self.setTabText(self.currentIndex(), told)
