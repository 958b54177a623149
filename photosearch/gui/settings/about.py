"""About: what this program is, what it never does, and the licences of all that comes with it."""

import platform
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from html import escape

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from photosearch import __version__
from photosearch.encode.bundle import read_bundle
from photosearch.errors import EncoderError
from photosearch.gui.style.icons import app_icon
from photosearch.gui.style.room import resize
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.library import Library
from photosearch.library.about.components import Notice, components, installed, notices_folder, read_notices
from photosearch.library.about.version import version_in_words
from photosearch.paths import resources

ICON_SIZE = 72


class About(QDialog):
    """Opens without waiting for anything; Esc closes it."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Photosearch"))
        resize(self, 600, 640)
        self._versions = versions(library)
        self._licences = _table(tr("Versions"), self._versions) + _licences(library)
        self._text = text = QTextBrowser()
        text.setAccessibleName(tr("Versions and licences"))
        text.setOpenLinks(False)
        text.anchorClicked.connect(lambda address: self._show(address.path()))
        text.setHtml(self._licences)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        copy = buttons.addButton(tr("Copy versions"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip(tr("Copy the versions, for a report of a problem"))
        copy.clicked.connect(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(20)
        layout.addLayout(self._head())
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(QSize(ICON_SIZE, ICON_SIZE), self.devicePixelRatioF()))
        name = QLabel(tr("Photosearch"))
        name.setProperty("heading", True)
        version = QLabel(tr("Version {version}").format(version=__version__))
        version.setProperty("secondary", True)
        promises = QLabel(tr("Nothing leaves this computer.") + " " + tr("No photo is ever changed."))
        promises.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(6)
        for label in (name, version, promises):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _show(self, name: str) -> None:
        """Show the licence texts of a part; "" goes back to the list."""
        notice = next((notice for notice in _notices() if notice.name == name), None)
        if notice is None:
            self._text.setHtml(self._licences)
            return
        texts = "\n\n".join((notices_folder() / file).read_text("utf-8", "replace") for file in notice.texts)
        back = f'<p><a href="notice:">← {escape(tr("Back"))}</a></p>'
        self._text.setHtml(f'{back}<h4>{escape(name)}</h4><p style="white-space: pre-wrap">{escape(texts)}</p>')

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {version}" for name, version in self._versions))


def versions(library: Library) -> list[tuple[str, str]]:
    """Names and versions for a problem report."""
    rows = [("Photosearch", version_in_words()), ("Python", platform.python_version()), ("Qt", qVersion())]
    rows += [(found.name, found.version) for name in ("onnxruntime", "hnswlib", "pillow") if (found := installed(name))]
    rows.append((tr("System"), platform.platform()))
    try:
        rows.append((tr("Encoder in use"), library.bundle.id))
    except EncoderError as error:
        rows.append((tr("Encoder in use"), sentence(error.sentence)))
    return rows


def _licences(library: Library) -> str:
    encoders: list[tuple[str, ...]] = []
    for name in library.bundles.names():
        with suppress(EncoderError):
            encoders.append((name, read_bundle(library.bundles.folder(name)).licence))
    notices = _notices()
    parts = [] if notices else [("Python", platform.python_version(), "PSF-2.0")]
    listed = notices or components()
    parts += [(part.name, part.version, part.licence or tr("see its package")) for part in listed]
    return (
        _table(tr("Made with"), parts, {notice.name for notice in notices})
        + _table(tr("Encoders"), encoders)
        + _table(tr("Sample photos"), list(_sample_photos()))
    )


def _sample_photos() -> Iterator[tuple[str, ...]]:
    """Subject, author and licence of each sample, from the table that comes with the photos."""
    with suppress(OSError):
        for line in (resources() / "samples" / "ATTRIBUTION.md").read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            if line.startswith("| ") and len(cells) >= 4 and cells[0] != "file" and not cells[0].startswith("---"):
                yield cells[1], cells[2], cells[3]


def _notices() -> list[Notice]:
    """The parts of a packaged program; [] where there are none, or their list is damaged."""
    with suppress(OSError, ValueError):
        return read_notices()
    return []


def _table(title: str, rows: Sequence[tuple[str, ...]], linked: Collection[str] = ()) -> str:
    """A table in HTML; a name that is `linked` leads to the texts of its licence."""

    def cell(text: str) -> str:
        cell = f'<a href="notice:{escape(text)}">{escape(text)}</a>' if text in linked else escape(text)
        return f'<td style="padding: 2px 20px 2px 0">{cell}</td>'

    lines = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f'<h4>{escape(title)}</h4><table cellspacing="0" cellpadding="0">{lines}</table>'
