"""The photos of all groups of a review as rows, each with the words that a screen reader says of it."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from photosearch.gui.duplicates.review import Review

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class GroupModel(QAbstractListModel):
    """One row a photo, group after group; nothing is made before it is asked for."""

    def __init__(self, describe: Callable[[int], str]) -> None:
        """`describe` says all of a photo, by its row."""
        super().__init__()
        self.review = Review(())
        self._describe = describe
        self._count = 0

    def show(self, review: Review) -> None:
        """Show another review, or the same one with other groups."""
        self.beginResetModel()
        self.review = review
        self._count = sum(len(group.photos) for group in review.groups)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.row() < self._count:
            return self._describe(index.row())
        return None
