"""The controls of the page Map: what colours mean, what stands out, the lasso, all of the map, and saving it."""

from collections.abc import Mapping

from PySide6.QtCore import QSettings, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr
from photosearch.store.tables.clusters import By

SEARCH = "search"  # what stands out; a label is a tuple with its name
LEAST_COMBO = 12  # letters of a choice that are seen


class MapBar(QWidget):
    """Says what is wanted; the page does it."""

    by_changed = Signal()
    standing_out_changed = Signal()
    lasso_toggled = Signal(bool)
    whole_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, kept: QSettings) -> None:
        super().__init__()
        self._kept = kept
        self.setProperty("controls", True)
        self.sorts = QComboBox()
        self.sorts.setAccessibleName(tr("What colours tell apart"))
        self.sorts.setToolTip(tr("What colours tell apart"))
        self.sorts.addItem(tr("Colours by kind"), "kind")
        self.sorts.addItem(tr("Colours by occasion"), "occasion")
        self.sorts.setCurrentIndex(max(0, self.sorts.findData(str(kept.value("map/by", "kind")))))
        self.standing_out = QComboBox()
        self.standing_out.setAccessibleName(tr("What stands out"))
        self.standing_out.setToolTip(tr("Let the photos of the last search or of a label stand out"))
        self.standing_out.setMinimumContentsLength(LEAST_COMBO)
        self.standing_out.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.lasso = self._button("lasso", tr("Lasso"), tr("Draw around photos to see them as a grid (Shift and drag)"))
        self.lasso.setCheckable(True)
        whole = self._button("fit", "", tr("See all of the map (0)"))
        save = self._button("save", "", tr("Save the map as a picture …"))
        self._count = QLabel()
        self._count.setProperty("secondary", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for widget in (self.sorts, self.standing_out, self.lasso, whole, save):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._count)
        self.show_labels({}, has_search=False)
        self.sorts.currentIndexChanged.connect(self._choose_sort)
        self.standing_out.currentIndexChanged.connect(self.standing_out_changed)
        self.lasso.toggled.connect(self.lasso_toggled)
        whole.clicked.connect(self.whole_wanted)
        save.clicked.connect(self.save_wanted)

    @property
    def by(self) -> By:
        """What colours tell apart."""
        return self.sorts.currentData()

    @property
    def wanted(self) -> str | None:
        """SEARCH, or a label; None: nothing stands out."""
        return self.standing_out.currentData()

    @property
    def text(self) -> str:
        """What is said of how many photos there are, or stand out."""
        return self._count.text()

    @property
    def label(self) -> str | None:
        """The label whose photos stand out."""
        return self.standing_out.currentText() if self.standing_out.currentIndex() >= self._labels_from else None

    def show_labels(self, labels: Mapping[str, int], *, has_search: bool) -> None:
        """Offer the labels, and the last search if there was one; what stands out stays so if it is still there."""
        before, was_label = self.standing_out.currentText(), self.wanted == ""
        with QSignalBlocker(self.standing_out):
            self.standing_out.clear()
            self.standing_out.addItem(tr("Nothing stands out"), None)
            if has_search:
                self.standing_out.addItem(tr("The last search"), SEARCH)
            self._labels_from = self.standing_out.count()
            for name in labels:
                self.standing_out.addItem(icon("label"), name, "")
            at = self.standing_out.findText(before)
            self.standing_out.setCurrentIndex(at if at >= 0 and was_label == (at >= self._labels_from) else 0)
        self.standing_out.setEnabled(self.standing_out.count() > 1)

    def show_count(self, photos: int, standing_out: int | None) -> None:
        """Say how many photos there are, and how many of them stand out."""
        text = tr("%Ln photos", "", photos) if photos else ""
        self._count.setText(text if standing_out is None else tr("%Ln stand out", "", standing_out))

    def _choose_sort(self) -> None:
        self._kept.setValue("map/by", self.by)
        self.by_changed.emit()

    def _button(self, symbol: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(icon(symbol), text)
        button.setToolTip(tip)
        button.setAccessibleName(text or tip)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button
