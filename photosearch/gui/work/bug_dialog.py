"""The dialog that tells of a bug."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style.room import resize
from photosearch.gui.style.words import tr


class BugDialog(QDialog):
    """A calm sentence, and the report to copy; nothing is sent anywhere."""

    def __init__(self, report: str, log_folder: Path, parent: QWidget | None = None, *, can_go_on: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Photosearch"))
        sentence = QLabel(tr("Something went wrong that should not have. Your photos and your library are safe."))
        font = sentence.font()
        font.setBold(True)
        sentence.setFont(font)
        outlook = tr("You can go on.") if can_go_on else tr("Photosearch has to end now.")
        help_us = tr("This report would help to mend it; nothing is sent unless you copy and send it.")
        advice = QLabel(f"{outlook} {help_us}")
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Report"))
        copy = QPushButton(tr("&Copy report"))
        copy.setToolTip(tr("Copies the text above"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        folder = QPushButton(tr("Open &log folder"))
        folder.setToolTip(tr("Shows the folder that holds the log"))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder))))
        leave = QPushButton(tr("&Quit"))
        leave.setToolTip(tr("Ends Photosearch; the next start goes on where it was"))
        leave.clicked.connect(self._quit)
        go_on = QPushButton(tr("C&ontinue"))
        go_on.setToolTip(tr("Closes this message"))
        go_on.setDefault(can_go_on)
        go_on.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(folder)
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        for label in (sentence, advice):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        go_on.setVisible(can_go_on)
        leave.setDefault(not can_go_on)
        (go_on if can_go_on else leave).setFocus()
        resize(self, 720, 460)

    def _quit(self) -> None:
        self.accept()
        QApplication.quit()
