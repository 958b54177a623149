"""The list of groups of duplicates, and the keys and clicks that decide of their photos."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from photosearch.gui.duplicates.group_delegate import SIDE, GroupDelegate, tier_in_words
from photosearch.gui.duplicates.review import Review
from photosearch.gui.grid.grid_model import name_of
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.words import number, tr
from photosearch.models import Group, Member, Photo

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
WHOLE = 97  # per cent of the kept photo; how far they are aligned is not known to a hair


class GroupModel(QAbstractListModel):
    """The groups of a review, by row."""

    def __init__(self) -> None:
        super().__init__()
        self.review = Review(())

    def show(self, review: Review) -> None:
        """Show another review."""
        self.beginResetModel()
        self.review = review
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.review.groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        group = self.review.groups[index.row()]
        return f"{tier_in_words(group.tier)}: {', '.join(name_of(member.photo.path) for member in group.photos)}"


class GroupView(QListView):
    """Up and down go from group to group, left and right from photo to photo."""

    changed = Signal()  # what goes is another
    refused = Signal()  # the current photo may not go
    current_changed = Signal(object)  # Photo or None
    opened = Signal()  # the current group, to be compared
    not_duplicates = Signal()  # the current photo is none of the kept one
    keep_all = Signal()  # of the current group
    kept_this = Signal()  # the current photo rather than the one that was suggested
    context_menu = Signal(QPoint)

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__()
        self._loader = loader
        self._groups = GroupModel()
        self._delegate = GroupDelegate(loader)
        self.setModel(self._groups)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(SIDE // 4)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAccessibleName(tr("Groups of duplicates"))
        loader.arrived.connect(lambda _: self.viewport().update())

    @property
    def review(self) -> Review:
        """What is shown, and what has been decided of it."""
        return self._groups.review

    @property
    def row(self) -> int:
        """The current group, or -1."""
        return self.currentIndex().row()

    @property
    def group(self) -> Group | None:
        """The current group."""
        return self.review.groups[self.row] if 0 <= self.row < len(self.review.groups) else None

    @property
    def photo(self) -> Photo | None:
        """The current photo of the current group."""
        return self.group.photos[self._delegate.current].photo if self.group else None

    @property
    def why(self) -> str:
        """Why the current photo is in its group, as sentences."""
        if not (group := self.group):
            return ""
        member = group.photos[self._delegate.current]
        if self.review.keeper(self.row) == member.photo.photo_id:
            return tr("This one is kept.")
        told = [verdict_in_words(member)] if member.photo.photo_id != group.keeper else []
        return "\n".join([*told, *self._delegate.findings(self.row, member)])

    def show_checking(self, is_checking: bool) -> None:
        """Say of pairs that were not looked at whether they will be, now."""
        self._delegate.is_checking = is_checking
        self.viewport().update()

    def show_review(self, review: Review, row: int = 0, photo_id: int = -1) -> None:
        """Show other groups, from that on in which a photo is, or else from `row`; it stands where it stood before."""
        before = self.visualRect(self.currentIndex()).top() if self.group else None
        found = review.row_of(photo_id)
        row = max(row, 0) if found < 0 else found
        self._groups.show(review)
        self._delegate.review, self._delegate.current, self._delegate.current_row = review, 0, -1
        if review.groups:
            self.setCurrentIndex(self._groups.index(min(row, len(review.groups) - 1)))
            if found >= 0:
                self._go_to([member.photo.photo_id for member in review.groups[row].photos].index(photo_id))
            if before is not None:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - before)
        else:
            self.current_changed.emit(None)

    def go_on(self) -> None:
        """Go to the next group."""
        if self.row + 1 < len(self.review.groups):
            self.setCurrentIndex(self._groups.index(self.row + 1))

    def keep_this(self) -> None:
        """Keep the current photo of its group."""
        if photo := self.photo:
            self.review.keep(self.row, photo.photo_id)
            self._after_choice()
            self.kept_this.emit()

    def let_go(self) -> None:
        """Let the current photo go, or stay after all."""
        if photo := self.photo:
            if self.review.toggle(self.row, photo.photo_id):
                self._after_choice()
            else:
                self.refused.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._delegate.current_row, self._delegate.current = current.row(), 0
        self.viewport().update()
        self.current_changed.emit(self.photo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Right: lambda: self._step(1),
            Qt.Key.Key_K: self.keep_this,
            Qt.Key.Key_X: self.let_go,
            Qt.Key.Key_Delete: self.let_go,
            Qt.Key.Key_N: self.not_duplicates.emit,
            Qt.Key.Key_A: self.keep_all.emit,
            Qt.Key.Key_S: self.go_on,
            Qt.Key.Key_Space: self.opened.emit,
            Qt.Key.Key_Return: self.opened.emit,
            Qt.Key.Key_Enter: self.opened.emit,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif self.group:
            act()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid():
            self._go_to(self._delegate.place_at(index.row(), self.visualRect(index), point.x(), point.y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.group:
            self.context_menu.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._ask()
        super().paintEvent(event)

    def _ask(self) -> None:
        """Ask for the thumbnails that are seen."""
        first = self.indexAt(QPoint(1, 1)).row()
        last = self.indexAt(QPoint(1, self.viewport().height() - 1)).row()
        rows: Sequence[int] = range(max(0, first), (last if last >= 0 else len(self.review.groups) - 1) + 1)
        width = self.viewport().width()
        ids = [
            self.review.groups[row].photos[place].photo.photo_id
            for row in rows
            for place in self._delegate.shown(row, width)
        ]
        self._loader.ask(ids, SIDE, self.devicePixelRatioF())

    def _step(self, by: int) -> None:
        self._go_to(self._delegate.current + by)

    def _go_to(self, place: int) -> None:
        if self.group and 0 <= place < len(self.group.photos):
            self._delegate.current = place
            self.viewport().update()
            self.current_changed.emit(self.photo)

    def _after_choice(self) -> None:
        self.viewport().update()
        self.changed.emit()


def verdict_in_words(member: Member) -> str:
    """What a photo is to the one that was suggested to be kept, and what tells so."""
    evidence = member.verdict.evidence
    mirrored = bool(evidence and evidence.mirrored)
    told = {
        "identical": tr("The very same file content as the kept photo."),
        "same": tr("The same picture as the kept photo, saved in another way."),
        "edited": tr("A mirrored copy of the kept photo.") if mirrored else tr("An edited copy of the kept photo."),
        "similar": tr("Another shot of what the kept photo shows."),
        None: "",
    }[member.verdict.tier]
    if evidence is None or member.verdict.tier == "identical":
        return told
    _, _, width, height = evidence.overlap
    percent = round(100 * width * height)
    agreement = tr("Aligned, they agree by {percent} %.").format(percent=number(round(100 * evidence.agreement)))
    part = tr("It shows {percent} % of it.").format(percent=number(percent)) if percent < WHOLE else ""
    return " ".join(sentence for sentence in (told, part, agreement) if sentence)
