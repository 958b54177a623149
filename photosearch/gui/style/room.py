"""How large a dialog is: as it is best, unless the screen is smaller."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(20, 60)  # px that the frame of a window takes


def resize(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog a size, or as much of it as the screen has room for."""
    dialog.resize(QSize(width, height).boundedTo(dialog.screen().availableSize() - FRAME))
