"""The controls of the page Clusters: by kind or by occasion, and how fine; they are remembered."""

from contextlib import suppress

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from photosearch.gui.style.words import tr
from photosearch.store.tables.clusters import By

STEPS = 10  # of the slider, for one of the level
USUAL = 50.0


class ClusterBar(QWidget):
    """A choice, a slider and a box."""

    kind_changed = Signal()
    level_changed = Signal()

    def __init__(self, kept: QSettings) -> None:
        super().__init__()
        self._kept = kept
        self.setProperty("controls", True)
        self.sorts = QComboBox()
        self.sorts.setAccessibleName(tr("What clusters are made by"))
        self.sorts.addItem(tr("By kind"), "kind")
        self.sorts.addItem(tr("By occasion"), "occasion")
        self.sorts.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100 * STEPS)
        self.slider.setPageStep(5 * STEPS)
        self.slider.setSingleStep(STEPS)
        self.slider.setMinimumWidth(80)
        self.slider.setMaximumWidth(240)
        self.slider.setToolTip(tr("How fine: from many small clusters to a few large ones"))
        self.slider.setAccessibleName(self.slider.toolTip())
        self.slider.setEnabled(False)
        self.automatic = QCheckBox(tr("Automatic"))
        self.automatic.setToolTip(tr("Let Photosearch choose how fine"))
        self._count = QLabel()
        self._count.setProperty("secondary", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        finer, coarser = QLabel(tr("finer")), QLabel(tr("coarser"))
        for label in (finer, coarser):
            label.setProperty("secondary", True)
        row.addWidget(self.sorts)
        row.addSpacing(6)
        for widget, stretch in ((finer, 0), (self.slider, 100), (coarser, 0), (self.automatic, 0)):
            row.addWidget(widget, stretch)
        row.addStretch(1)
        row.addWidget(self._count)
        self._restore()
        self.sorts.currentIndexChanged.connect(self._choose_sort)
        self.slider.valueChanged.connect(self._choose_level)
        self.automatic.toggled.connect(self._choose_automatic)

    @property
    def by(self) -> By:
        """The property that clusters are made by."""
        return self.sorts.currentData()

    @property
    def level(self) -> float | None:
        """From 0, fine, to 100; None: found by itself."""
        return None if self.automatic.isChecked() else self.slider.value() / STEPS

    def choose_automatic(self) -> None:
        """Let the level be found."""
        self.automatic.setChecked(True)

    def show_level(self, level: float | None, can_cut: bool) -> None:
        """Stand where the level that was found is."""
        self.slider.setEnabled(can_cut)
        if level is not None:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(level * STEPS))

    def show_sorts(self, are_told_apart: bool) -> None:
        """Say so if the encoder has no part of its own for kinds."""
        self.sorts.setToolTip(
            tr("By kind: what photos show. By occasion: the same place, thing or scene.")
            if are_told_apart
            else tr("This encoder does not tell kinds from occasions, so both are the same.")
        )

    def show_count(self, clusters: int, left_out: int | None) -> None:
        """Say how many clusters there are, and, where it is known, how many photos belong to none."""
        self._count.setText(tr("%Ln clusters", "", clusters) if clusters else "")
        self._count.setToolTip(tr("%Ln photos belong to none", "", left_out) if left_out else "")

    def _restore(self) -> None:
        kept = self._kept
        self.sorts.setCurrentIndex(max(0, self.sorts.findData(str(kept.value("clusters/by", "kind")))))
        with suppress(ValueError):  # the file was damaged
            self.slider.setValue(round(float(str(kept.value("clusters/level", USUAL))) * STEPS))
        self.automatic.setChecked(str(kept.value("clusters/automatic", "true")) == "true")

    def _save(self) -> None:
        self._kept.setValue("clusters/by", self.by)
        self._kept.setValue("clusters/level", self.slider.value() / STEPS)
        self._kept.setValue("clusters/automatic", "true" if self.automatic.isChecked() else "false")

    def _choose_sort(self) -> None:
        self._save()
        self.slider.setEnabled(False)
        self.kind_changed.emit()

    def _choose_level(self) -> None:
        with QSignalBlocker(self.automatic):
            self.automatic.setChecked(False)
        self._save()
        self.level_changed.emit()

    def _choose_automatic(self) -> None:
        self._save()
        self.level_changed.emit()
