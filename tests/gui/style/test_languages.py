"""The window in the language that the person chose: its words, dates and numbers, the engine's sentences, its room."""

import errno
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QSlider,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from photosearch.gui.grid.grid_parts import month_in_words
from photosearch.gui.settings.settings_dialog import SettingsDialog
from photosearch.gui.settings.shortcuts import Shortcuts
from photosearch.gui.shell.app import Session
from photosearch.gui.style.language import LANGUAGES, speak
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import day, moment, tr
from photosearch.library import Library
from photosearch.library.user_errors import fault
from photosearch.models import Query
from photosearch.sentences import Sentence, verbatim
from tests.photos import save_photo

OTHERS = [code for code in LANGUAGES if code != "en"]


@pytest.fixture
def app(qapp: QApplication) -> Generator[QApplication]:
    """The application, which speaks English again afterwards."""
    before = QLocale()
    yield qapp
    speak("en", qapp)
    QLocale.setDefault(before)


def test_a_sentence_keeps_names_and_translates_numbers_and_reasons(app: QApplication) -> None:
    speak("de", app)
    too_large = "The picture is too large: {count} megapixels; at most {limit} are read."
    told = sentence(Sentence(too_large, count=12345, limit=256))
    assert told == "Das Bild ist zu groß: 12.345 Megapixel; gelesen werden höchstens 256."
    part = sentence(Sentence("The file is cut short: up to {percent} % of the picture is missing.", percent=12.34))
    assert part == "Die Datei ist abgeschnitten: Bis zu 12,3 % des Bildes fehlen."
    empty = Sentence("The file is empty.")
    told = sentence(Sentence("“{path}” cannot be searched with. {reason}", path="/photos/{count}.jpg", reason=empty))
    assert told == "Mit „/photos/{count}.jpg“ lässt sich nicht suchen. Die Datei ist leer."
    full = fault(OSError(errno.ENOSPC, "No space left on device", "/x/No space left on device"))
    assert full and sentence(full) == (
        "„/x/No space left on device“ lässt sich nicht lesen oder schreiben: kein Speicherplatz mehr."
    )
    assert sentence(Sentence("Earliest: {date}", date="2024-05-06")).endswith(" 06.05.2024")
    assert sentence(verbatim("Something new.")) == sentence("Something new.") == "Something new."


def test_what_the_catalog_holds_is_translated(app: QApplication, library: Library, album: Path) -> None:
    (album / "film.jpg").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(1000))
    list(library.index([str(album)]))
    speak("de", app)
    (photo,) = library.photos.unreadable()
    assert photo.reason == "Photosearch does not read files of this kind: video."
    assert sentence(photo.reason) == "Photosearch liest Dateien dieser Art nicht: video."


def test_in_english_a_sentence_is_as_it_was(app: QApplication) -> None:
    speak("en", app)
    told = Sentence("The picture is too large: {count} megapixels; at most {limit} are read.", count=12345, limit=256)
    assert sentence(told) == told == "The picture is too large: 12,345 megapixels; at most 256 are read."


@pytest.mark.parametrize(
    ("code", "month", "moment_told", "day_told"),
    [
        ("en", "May 2024", "5/6/2024, 7:08 AM", "5/6/2024"),
        ("de", "Mai 2024", "06.05.2024, 07:08", "06.05.2024"),
        ("ko", "2024년 5월", "2024. 5. 6., 오전 7:08", "2024. 5. 6."),
    ],
)
def test_dates_are_written_as_the_language_does(
    app: QApplication, code: str, month: str, moment_told: str, day_told: str
) -> None:
    speak(code, app)
    assert month_in_words("2024-05") == month
    assert moment("2024-05-06T07:08:09").replace("\u202f", " ") == moment_told
    assert day("2024-05-06") == day_told


def test_plurals(app: QApplication) -> None:
    told: dict[str, list[str]] = {}
    for code in LANGUAGES:
        speak(code, app)
        told[code] = [tr("%Ln photos", "", count) for count in (1, 1200)]
    assert told == {
        "en": ["1 photo", "1,200 photos"],
        "de": ["1 Foto", "1.200 Fotos"],
        "ko": ["사진 1장", "사진 1,200장"],
    }
    speak("en", app)
    assert tr("%Ln photos belong to none", "", 1) == "1 photo belongs to none"
    assert tr("%Ln of them are new files beside the photos.", "sidecars", 1).startswith("1 of them is a new file")


def test_the_window_follows_the_chosen_language_and_comes_back(
    app: QApplication, library: Library, qtbot: QtBot
) -> None:
    bugs: list[BaseException] = []
    session = Session(app, library, bugs.append)
    session.open()
    for code, words in (
        ("de", ("Ordner hinzufügen", "Einstellungen", "Schließen", "Einen Ordner mit Fotos hierher ziehen")),
        ("ko", ("폴더 추가", "설정", "닫기", "사진 폴더를 여기에 놓으세요")),
        ("en", ("Add folder", "Settings", "Close", "Drop a folder of photos here")),
    ):
        before = session.window
        assert before
        before.actions_by_name["settings"].trigger()
        choose_language(before.findChildren(SettingsDialog)[0], LANGUAGES[code])
        qtbot.waitUntil(lambda before=before: session.window is not before, timeout=10_000)
        assert session.window
        add, settings, close, invitation = words
        assert session.window.actions_by_name["add-folder"].text() == add
        assert session.window.actions_by_name["add-folder"].toolTip().startswith(add)
        assert invitation in [label.text() for label in session.window.findChildren(QLabel)]
        session.window.actions_by_name["settings"].trigger()
        dialog = session.window.findChildren(SettingsDialog)[0]
        assert dialog.windowTitle() == settings
        assert [box.buttons()[0].text().replace("&", "") for box in dialog.findChildren(QDialogButtonBox)] == [close]
        dialog.close()
    session.close()
    assert bugs == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_smallest_window_has_room_for_the_words(
    app: QApplication, library: Library, album: Path, qtbot: QtBot, code: str
) -> None:
    photos = [save_photo(album / f"{number}.jpg", number) for number in range(3)]
    list(library.index([str(album)]))
    library.change(replace(library.settings, language=code))
    bugs: list[BaseException] = []
    session = Session(app, library, bugs.append)
    session.open()
    window = session.window
    assert window
    window.resize(window.minimumSize())
    window.history.visit(Query((str(photos[0]),)))
    qtbot.waitUntil(window.gallery.strictness.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: has_room(window))
    window.gallery.strictness.setValue(window.gallery.strictness.maximum())
    qtbot.waitUntil(lambda: not window.gallery.grid.isVisible(), timeout=10_000)
    qtbot.waitUntil(lambda: has_room(window))
    window.actions_by_name["settings"].trigger()
    dialog = window.findChildren(SettingsDialog)[0]
    tabs = dialog.findChildren(QTabWidget)[0]
    for page in range(tabs.count()):
        tabs.setCurrentIndex(page)
        qtbot.waitUntil(lambda: has_room(dialog))
    session.close()
    assert bugs == []


def has_room(top: QWidget) -> bool:
    """Fails with what is written without room for all of it, which may still be laid out."""
    assert cramped(top) == []
    return True


def cramped(top: QWidget) -> list[str]:
    """Texts without enough room; a text with a tooltip may be shortened."""
    found: list[str] = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text() and widget.text() != widget.toolTip():
            short = widget.width() < widget.sizeHint().width() and not widget.wordWrap()
            covered = any(widget.geometry().intersects(slider.geometry()) for slider in _sliders_beside(widget))
            if short or covered or widget.height() < widget.heightForWidth(widget.width()):
                found.append(widget.text())
        elif isinstance(widget, QPushButton) and widget.width() < widget.sizeHint().width():
            found.append(widget.text())
        elif isinstance(widget, QComboBox) and widget.width() < _need(widget):
            found.append(widget.currentText())
    return found


def _sliders_beside(widget: QWidget) -> list[QSlider]:
    return [slider for slider in widget.parent().findChildren(QSlider) if slider.isVisible()]


def _need(box: QComboBox) -> int:
    grows = box.sizeAdjustPolicy() == QComboBox.SizeAdjustPolicy.AdjustToContents
    return (box.sizeHint() if grows else box.minimumSizeHint()).width()


def test_keys_are_named_as_on_the_keyboard(app: QApplication, qtbot: QtBot) -> None:
    speak("de", app)
    page = Shortcuts(None, [], [("Fotos", [("Space", "Ansehen"), ("+", "Größer"), ("Ctrl+Return", "Suchen")])])
    qtbot.addWidget(page)
    assert {"Leertaste", "+", "Strg+Eingabe"} < {label.text() for label in page.findChildren(QLabel)}
    assert "Schließen" in [button.text().replace("&", "") for button in page.findChildren(QPushButton)]


def test_an_unknown_language_is_english(app: QApplication) -> None:
    speak("tlh", app)
    assert tr("Settings") == "Settings"
    assert tr("%Ln photos", "", 1) == "1 photo"


def choose_language(dialog: SettingsDialog, name: str) -> None:
    """Choose a language as a person does."""
    box = next(box for box in dialog.findChildren(QComboBox) if box.findText(name) >= 0)
    box.setCurrentIndex(box.findText(name))
