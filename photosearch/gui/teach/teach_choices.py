"""The choices before a network is taught: what to learn from, and how long."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSettings, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import number, tr
from photosearch.gui.teach.training_run import TrainingRequest

MINUTES = (5, 10, 30, 60, 120, 480)
FEWEST = 2  # labels, each of as many photos: with one there is nothing to tell apart
WIDEST = 640
ROW_HEIGHT = 26
INSTALLED = {"efficientnet-lite0": "EfficientNet-Lite0", "efficientnet-lite2": "EfficientNet-Lite2"}
FETCHED = {
    "mobilenet_v3_large": "MobileNet v3",
    "efficientnet_b0": "EfficientNet-B0",
    "resnet18": "ResNet-18",
    "resnet50": "ResNet-50",
    "convnext_tiny": "ConvNeXt Tiny",
}
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TeachChoices(QWidget):
    """A check list of labels, or none of them; the time; and the network to begin with."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        title = QLabel(tr("Teach what belongs together"))
        title.setProperty("heading", True)
        promise = _note(
            tr(
                "Photosearch learns to find photos in your way. Some photos are held out, to measure what it gained;"
                " nothing changes before you have seen that. Nothing leaves this computer."
            )
        )
        self._by_labels = QRadioButton(tr("Learn from these labels"))
        self._by_itself = QRadioButton(tr("Learn from all photos, without labels"))
        self._by_itself.setToolTip(tr("It finds out by itself which photos resemble one another, and sharpens that"))
        self._by_labels.setChecked(True)
        self._by_labels.toggled.connect(lambda: self._tell())
        self._all = QCheckBox(tr("All labels"))
        self._all.setTristate(True)
        self._all.clicked.connect(self._choose_all)
        self._labels = self._make_list()
        self._minutes, self._backbone = _time_box(), _network_box()
        self._training = self._make_form()
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        ways = QHBoxLayout()
        ways.setSpacing(24)
        ways.addWidget(self._by_labels)
        ways.addWidget(self._by_itself)
        ways.addStretch(1)
        column.addWidget(title)
        column.addWidget(promise)
        column.addLayout(ways)
        column.addWidget(self._all)
        column.addWidget(self._labels, 1)
        column.addStretch(0)
        column.addSpacing(6)
        column.addWidget(self._training)
        self._missing = _note("")
        self._missing.hide()
        self._missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._missing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inner, 1)
        self._tell()

    def _make_form(self) -> QWidget:
        training = QWidget()
        form = QFormLayout(training)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        for words, box in ((tr("Time"), self._minutes), (tr("Begin with"), self._backbone)):
            box.setAccessibleName(words)
            form.addRow(words, box)
        return training

    def _make_list(self) -> QTreeWidget:
        labels = QTreeWidget()
        labels.setAccessibleName(tr("Labels to learn from"))
        labels.setHeaderLabels([tr("Label"), tr("Photos")])
        labels.setRootIsDecorated(False)
        labels.setUniformRowHeights(True)
        labels.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        labels.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        labels.setMinimumHeight(90)
        labels.header().setStretchLastSection(False)
        labels.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        labels.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        labels.headerItem().setTextAlignment(1, RIGHT)
        labels.itemChanged.connect(lambda: self._tell())
        return labels

    def show_labels(self, counts: Mapping[str, int]) -> None:
        """These labels there are, and so many photos carry each; what was left out stays so."""
        left_out = {item.text(0) for item in self._items() if item.checkState(0) == Qt.CheckState.Unchecked}
        with QSignalBlocker(self._labels):
            self._labels.clear()
            for label, photos in counts.items():
                item = QTreeWidgetItem([label, number(photos)])
                item.setToolTip(0, plain(label))
                item.setSizeHint(0, QSize(0, ROW_HEIGHT))
                item.setTextAlignment(1, RIGHT)
                item.setCheckState(0, Qt.CheckState.Unchecked if label in left_out else Qt.CheckState.Checked)
                item.setData(1, Qt.ItemDataRole.UserRole, photos)
                self._labels.addTopLevelItem(item)
        self._tell()

    def show_missing(self, text: str) -> None:
        """Say what a network's training lacks here, and offer what can be learned without it; "": it lacks nothing."""
        if text == self._missing.text():
            return
        self._missing.setText(text)
        self._missing.setVisible(bool(text))
        self._training.setVisible(not text)
        if text:
            self._by_labels.setChecked(True)
        self._tell()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels to learn from; none: all there are."""
        chosen = self._chosen()
        return tuple(item.text(0) for item in chosen) if len(chosen) < len(self._items()) else ()

    @property
    def uses_labels(self) -> bool:
        """True if it is to learn from labels."""
        return self._by_labels.isChecked() and bool(self._items())

    @property
    def request(self) -> TrainingRequest:
        """The present choice."""
        labels = self.labels if self.uses_labels else ()
        return TrainingRequest(labels, not self.uses_labels, self._minutes.currentData(), self._backbone.currentData())

    @property
    def is_enough(self) -> bool:
        """True if something can be learned from it."""
        rich = [item for item in self._chosen() if item.data(1, Qt.ItemDataRole.UserRole) >= FEWEST]
        return not self.uses_labels or len(rich) >= FEWEST

    @property
    def summary(self) -> str:
        """The choice, or what it lacks, in a few words."""
        if not self.uses_labels:
            return tr("It learns from all photos, without labels.")
        if not self.is_enough:
            return tr("Choose at least two labels that several photos carry.")
        return tr("It learns from {chosen} of %Ln labels.", "", len(self._items())).format(
            chosen=number(len(self._chosen()))
        )

    def restore(self, kept: QSettings) -> None:
        """Choose what was chosen the last time."""
        for box, name in ((self._minutes, "minutes"), (self._backbone, "backbone")):
            values = {str(box.itemData(place)): place for place in range(box.count())}
            box.setCurrentIndex(values.get(str(kept.value(f"teach/{name}")), box.currentIndex()))

    def save(self, kept: QSettings) -> None:
        """Remember what is chosen."""
        kept.setValue("teach/minutes", self._minutes.currentData())
        kept.setValue("teach/backbone", self._backbone.currentData())

    def _items(self) -> Sequence[QTreeWidgetItem]:
        places = range(self._labels.topLevelItemCount())
        return [item for place in places if (item := self._labels.topLevelItem(place))]

    def _chosen(self) -> list[QTreeWidgetItem]:
        return [item for item in self._items() if item.checkState(0) == Qt.CheckState.Checked]

    def _choose_all(self) -> None:
        """Pressed: all, unless all are chosen already."""
        state = Qt.CheckState.Unchecked if len(self._chosen()) == len(self._items()) else Qt.CheckState.Checked
        with QSignalBlocker(self._labels):
            for item in self._items():
                item.setCheckState(0, state)
        self._labels.viewport().update()
        self._tell()

    def _tell(self) -> None:
        chosen, there = len(self._chosen()), len(self._items())
        state = Qt.CheckState.PartiallyChecked
        if chosen in (0, there):
            state = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        self._all.setCheckState(state)
        for part in (self._all, self._labels):
            part.setEnabled(self._by_labels.isChecked())
            part.setVisible(there > 0)
        for way in (self._by_labels, self._by_itself):
            way.setVisible(there > 0 and not self._missing.text())
        self.changed.emit()


def backbones() -> list[tuple[str, str]]:
    """The networks that training knows, by name and in words; they are not asked of it, as that would load torch."""
    return [
        *((name, tr("{network}, trained on ImageNet").format(network=words)) for name, words in INSTALLED.items()),
        *(
            (name, tr("{network}, trained on ImageNet; a command fetches it first").format(network=words))
            for name, words in FETCHED.items()
        ),
    ]


def _time(minutes: int) -> str:
    return tr("%Ln hours", "", minutes // 60) if minutes >= 60 else tr("%Ln minutes", "", minutes)


def _note(text: str) -> QLabel:
    note = QLabel(text)
    note.setProperty("secondary", True)
    note.setWordWrap(True)
    return note


def _time_box() -> QComboBox:
    box = QComboBox()
    for minutes in MINUTES:
        box.addItem(_time(minutes), minutes)
    box.setCurrentIndex(box.findData(TrainingRequest().minutes))
    box.setToolTip(tr("More time gains more, and ever less; it can be stopped and go on later"))
    return box


def _network_box() -> QComboBox:
    box = QComboBox()
    box.addItem(tr("The network that serves now"), "")
    for name, words in backbones():
        box.addItem(words, name)
        if name in FETCHED:
            place = box.count() - 1
            box.setItemData(place, f"photosearch encoders fetch {name}", Qt.ItemDataRole.ToolTipRole)
    box.setToolTip(tr("The one that serves now gains most in little time; others begin from nothing"))
    return box
