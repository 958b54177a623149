"""Among which photos duplicates are looked for, which groups are shown in which order, and choosing by a rule."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from photosearch.gui.duplicates.choice_bar import button
from photosearch.gui.duplicates.review import Order
from photosearch.gui.duplicates.search_run import Scope
from photosearch.gui.search.chips import ChipRow, filter_chips
from photosearch.gui.search.filters import Filters
from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import native
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.names import name_of
from photosearch.library import Library
from photosearch.models import Filter
from photosearch.paths import shown

WIDEST = 260  # px of a box


class ScopeBar(QWidget):
    """Two boxes, two buttons and the filters that hold; what is asked for is up to the page."""

    scope_wanted = Signal(object)  # Scope
    order_wanted = Signal(str)  # Order
    only_wanted = Signal(object)  # Filter: show only groups with a photo that it lets through
    rule_wanted = Signal()  # what goes is to be chosen by a rule

    def __init__(self, library: Library, jobs: Jobs) -> None:
        super().__init__()
        self._library, self._jobs = library, jobs
        self._scope = Scope()
        self._scopes = _box(tr("Where to look"))
        self._fill_scopes()
        self._scopes.activated.connect(self._choose_scope)
        self._orders = _box(tr("Order of the groups"))
        for order, words in _orders():
            self._orders.addItem(words, order)
        self._orders.activated.connect(lambda: self.order_wanted.emit(self._orders.currentData()))
        self.only = Filter()
        self._chips = ChipRow()
        self._chips.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        filters = button("filter", tr("Filters"), lambda: self._open_filters(filters))
        filters.setToolTip(tr("Show only groups with a photo of a format, size, camera, day or folder"))
        rule = button("check", tr("By rule …"), self.rule_wanted.emit)
        rule.setToolTip(tr("Let all photos go that lie in a folder or are called so; you see which before"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._scopes)
        row.addWidget(self._orders)
        row.addWidget(filters)
        row.addWidget(self._chips, 1)
        row.addWidget(rule)

    def _open_filters(self, under: QWidget) -> None:
        popup = Filters(self._library, self._jobs, self.only, self)
        popup.changed.connect(self.only_wanted)
        popup.move(under.mapToGlobal(under.rect().bottomLeft()) + QPoint(0, 6))
        popup.show()

    def show_only(self, only: Filter) -> None:
        """Show which filter holds."""
        self.only = only
        self._chips.show_chips(filter_chips(only, self.only_wanted.emit))

    @property
    def order(self) -> Order:
        """The order that is chosen."""
        return self._orders.currentData()

    def _fill_scopes(self) -> None:
        only, against = self._scope.only.folder, self._scope.against
        self._scopes.clear()
        self._scopes.addItem(tr("Whole library"))
        self._scopes.addItem(
            tr("In “{folder}”").format(folder=name_of(only)) if only and not against else tr("In a folder …")
        )
        self._scopes.addItem(
            tr("“{folder}” against “{other}”").format(folder=name_of(only), other=name_of(against))
            if only and against
            else tr("A folder against another …")
        )
        self._scopes.setCurrentIndex(2 if against else 1 if only else 0)
        self._scopes.setToolTip(plain("\n".join(shown(path) for path in (only, against) if path)))

    def _choose_scope(self, place: int) -> None:
        if place == 0:
            self._set(Scope())
        elif place == 1:
            self._ask(tr("Look for duplicates in which folder?"), lambda folder: self._set(Scope(Filter(folder))))
        else:
            self._ask(tr("Which folder may lose photos?"), self._choose_other)
        self._fill_scopes()  # nothing may have been chosen

    def _choose_other(self, folder: str) -> None:
        title = tr("And which one keeps all of its photos?")
        self._ask(title, lambda other: self._set(Scope(Filter(folder), other)))

    def _set(self, scope: Scope) -> None:
        self._scope = scope
        self._fill_scopes()
        self.scope_wanted.emit(scope)

    def _ask(self, title: str, do: Callable[[str], object]) -> None:
        if folder := QFileDialog.getExistingDirectory(self, title):
            do(native(folder))


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setMaximumWidth(WIDEST)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box


def _orders() -> list[tuple[Order, str]]:
    return [
        ("bytes", tr("Most space first")),
        ("certain", tr("Most certain first")),
        ("newest", tr("Newest first")),
        ("folder", tr("By folder")),
        ("number", tr("Most photos first")),
    ]
