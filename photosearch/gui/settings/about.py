"""About: what this program is, what it never does, and the licences of all that comes with it."""

import platform
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from photosearch import __version__
from photosearch.encode.bundle import read_bundle
from photosearch.errors import EncoderError
from photosearch.gui.style.icons import app_icon
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.library import Library
from photosearch.paths import resources

ICON_SIZE = 72


@dataclass(frozen=True)
class Component:
    """A part that is shipped; `licence` is as its own package says it."""

    name: str
    version: str
    licence: str


class About(QDialog):
    """Opens without waiting for anything; Esc closes it."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Photosearch"))
        self.resize(600, 640)
        self._versions = versions(library)
        text = QTextBrowser()
        text.setAccessibleName(tr("Versions and licences"))
        text.setHtml(_table(tr("Versions"), self._versions) + _licences(library))
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

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {version}" for name, version in self._versions))


def versions(library: Library) -> list[tuple[str, str]]:
    """What a report of a problem should name: name and version."""
    rows = [("Photosearch", __version__), ("Python", platform.python_version()), ("Qt", qVersion())]
    rows += [
        (found.name, found.version) for name in ("onnxruntime", "faiss-cpu", "pillow") if (found := _installed(name))
    ]
    rows.append((tr("System"), platform.platform()))
    try:
        rows.append((tr("Encoder in use"), library.bundle.id))
    except EncoderError as error:
        rows.append((tr("Encoder in use"), sentence(str(error))))
    return rows


def components() -> list[Component]:
    """Every installed package that the program needs, also by way of others, in the order of the alphabet."""
    waiting, found = ["photosearch"], dict[str, Component]()
    while waiting:
        package = _installed(waiting.pop())
        key = re.sub(r"[-_.]+", "-", package.name).lower() if package else ""  # one name is written in many ways
        if package and key not in found:
            found[key] = Component(package.name, package.version, licence(package))
            waiting += _required(package)
    return [found[name] for name in sorted(found)]


def licence(package: Distribution) -> str:
    """What `package` says of its licence: an SPDX expression, else a short text, else its classifiers."""
    about = package.metadata
    texts: list[str] = [*(about.get_all("License-Expression") or []), *(about.get_all("License") or [])]
    if texts and "\n" not in texts[0].strip() and len(texts[0]) < 80:
        return texts[0].strip()
    said = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return ", ".join(said) or tr("see its package")


def _installed(name: str) -> Distribution | None:
    for candidate in (name, f"{name}-gpu"):  # onnxruntime-gpu takes the place of onnxruntime where CUDA is wanted
        with suppress(PackageNotFoundError):
            return distribution(candidate)
    return None


def _required(package: Distribution) -> Iterator[str]:
    """The names of what `package` needs without extras; what another system needs is not installed here."""
    for requirement in package.requires or []:
        if "extra ==" not in requirement and (name := re.match(r"[\w.-]+", requirement)):
            yield name[0]


def _licences(library: Library) -> str:
    encoders: list[tuple[str, ...]] = []
    for name in library.bundles.names():
        with suppress(EncoderError):
            encoders.append((name, read_bundle(library.bundles.folder(name)).licence))
    parts = [("Python", platform.python_version(), "PSF-2.0")]
    parts += [(part.name, part.version, part.licence) for part in components()]
    return (
        _table(tr("Made with"), parts)
        + _table(tr("Encoders"), encoders)
        + _table(tr("Sample photos"), list(_sample_photos()))
    )


def _sample_photos() -> Iterator[tuple[str, ...]]:
    """What each sample shows, who made it, and its licence, from the table that comes with the photos."""
    with suppress(OSError):
        for line in (resources() / "samples" / "ATTRIBUTION.md").read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            if line.startswith("| ") and len(cells) >= 4 and cells[0] != "file" and not cells[0].startswith("---"):
                yield cells[1], cells[2], cells[3]


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> str:
    lines = "".join(
        "<tr>" + "".join(f'<td style="padding: 2px 20px 2px 0">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f'<h4>{escape(title)}</h4><table cellspacing="0" cellpadding="0">{lines}</table>'
