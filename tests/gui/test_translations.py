"""The translations: complete, in step with the sources, faithful to their placeholders, and spoken by the window."""

import ast
import re
import runpy
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from photosearch.gui.app import Desk
from photosearch.gui.grid_parts import month_in_words
from photosearch.gui.language import LANGUAGES, speak
from photosearch.gui.sentences import sentence
from photosearch.gui.settings_dialog import SettingsDialog
from photosearch.gui.shortcuts import Shortcuts
from photosearch.gui.words import day, moment, tr
from photosearch.library import Library

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "resources" / "translations"
OTHERS = [code for code in LANGUAGES if code != "en"]
SENTENCES_BELOW = [
    *(ROOT / "photosearch" / "ingest").glob("*.py"),
    *(ROOT / "photosearch" / "store").glob("*.py"),
    *(ROOT / "photosearch" / name for name in ("chosen.py", "faults.py", "encode/encoder.py")),
]


@dataclass(frozen=True)
class Message:
    """One text of a .ts file."""

    source: str
    comment: str
    has_plural: bool
    finished: bool
    translations: tuple[str, ...]  # one a plural


def messages(file: Path) -> list[Message]:
    """All texts of a .ts file."""
    found: list[Message] = []
    for message in ElementTree.parse(file).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        plurals = [form.text or "" for form in translation.findall("numerusform")]
        found.append(
            Message(
                message.findtext("source") or "",
                message.findtext("comment") or "",
                message.get("numerus") == "yes",
                translation.get("type") is None,
                tuple(plurals or [translation.text or ""]),
            )
        )
    return found


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `packaging/update_translations.py` makes of the sources and the translations that are there."""
    folder = tmp_path_factory.mktemp("translations")
    for file in TRANSLATIONS.glob("*.ts"):
        shutil.copy(file, folder)
    runpy.run_path(str(ROOT / "packaging" / "update_translations.py"))["update"](folder)
    return folder


@pytest.fixture
def app(qapp: QApplication) -> Generator[QApplication]:
    """The application, which speaks English again afterwards."""
    before = QLocale()
    yield qapp
    speak("en", qapp)
    QLocale.setDefault(before)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated(code: str, updated: Path) -> None:
    """Where this fails: run packaging/update_translations.py, translate what is unfinished, and run it again."""
    kept, wanted = (messages(folder / f"photosearch_{code}.ts") for folder in (TRANSLATIONS, updated))
    assert [message.source for message in wanted if not message.finished] == []
    assert [message.source for message in wanted if not all(message.translations)] == []
    assert sorted(kept, key=repr) == sorted(wanted, key=repr)


@pytest.mark.parametrize("code", LANGUAGES)
def test_placeholders_are_those_of_the_source(code: str) -> None:
    def holes(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}|%L?n", text))

    for message in messages(TRANSLATIONS / f"photosearch_{code}.ts"):
        for translation in message.translations:
            assert holes(translation) == holes(message.source)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_shipped_says_what_is_written(code: str, updated: Path) -> None:
    shipped, fresh = QTranslator(), QTranslator()
    assert shipped.load(str(TRANSLATIONS / f"photosearch_{code}.qm"))
    assert fresh.load(str(updated / f"photosearch_{code}.qm"))
    for message in messages(TRANSLATIONS / f"photosearch_{code}.ts"):
        for count in (1, 2) if message.has_plural else (-1,):
            told, expected = (one.translate("", message.source, message.comment, count) for one in (shipped, fresh))
            assert told == expected
            assert told in message.translations


def test_what_is_translated_is_written_there() -> None:
    """Only texts that stand in the call itself are found for the translators."""
    for file in (ROOT / "photosearch" / "gui").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "marked"):
                written = isinstance(node.args[0], ast.Constant)
                assert written or file.name == "sentences.py", f"{file.name}:{node.lineno}"


def sentences(file: Path) -> Iterator[str]:
    """What a module may say to a person, with 7 for all that is filled in."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    silent |= {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
        else:
            continue
        if re.fullmatch(r"[A-Z“7].* .*(\.|[.:] 7)", text):
            yield text


def test_the_sentences_of_the_layers_below_are_known(app: QApplication) -> None:
    found = {text for file in SENTENCES_BELOW for text in sentences(file)}
    assert {"The file is empty.", "The disk could not read the file (7)."} < found
    for code in OTHERS:
        speak(code, app)
        assert [text for text in found if sentence(text) == text] == []


def test_a_sentence_keeps_names_and_translates_numbers_and_reasons(app: QApplication) -> None:
    speak("de", app)
    too_large = sentence("The picture is too large: 12,345 megapixels; at most 256 are read.")
    assert too_large == "Das Bild ist zu groß: 12.345 Megapixel; gelesen werden höchstens 256."
    told = sentence("“/photos/2024.jpg” cannot be searched with. The file is empty.")
    assert told == "Mit „/photos/2024.jpg“ lässt sich nicht suchen. Die Datei ist leer."
    full = sentence("“/x/No space left on device” cannot be read or written: No space left on device.")
    assert full == "“/x/No space left on device” lässt sich nicht lesen oder schreiben: kein Speicherplatz mehr."
    assert sentence("Something new.") == "Something new."


def test_without_a_translation_a_sentence_is_as_it_was(app: QApplication) -> None:
    speak("en", app)
    for text in ("The file is empty.", "The picture is too large: 12,345 megapixels; at most 256 are read."):
        assert sentence(text) == text


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


def test_the_window_follows_the_chosen_language_and_comes_back(
    app: QApplication, library: Library, qtbot: QtBot
) -> None:
    bugs: list[BaseException] = []
    desk = Desk(app, library, bugs.append)
    desk.open()
    for code, words in (
        ("de", ("Ordner hinzufügen", "Einstellungen", "Schließen", "Einen Ordner mit Fotos hierher ziehen")),
        ("ko", ("폴더 추가", "설정", "닫기", "사진 폴더를 여기에 놓으세요")),
        ("en", ("Add folder", "Settings", "Close", "Drop a folder of photos here")),
    ):
        before = desk.window
        assert before
        before.actions_by_name["settings"].trigger()
        choose_language(before.findChildren(SettingsDialog)[0], LANGUAGES[code])
        qtbot.waitUntil(lambda before=before: desk.window is not before, timeout=10_000)
        assert desk.window
        add, settings, close, invitation = words
        assert desk.window.actions_by_name["add-folder"].text() == add
        assert desk.window.actions_by_name["add-folder"].toolTip().startswith(add)
        assert invitation in [label.text() for label in desk.window.findChildren(QLabel)]
        desk.window.actions_by_name["settings"].trigger()
        dialog = desk.window.findChildren(SettingsDialog)[0]
        assert dialog.windowTitle() == settings
        assert [box.buttons()[0].text().replace("&", "") for box in dialog.findChildren(QDialogButtonBox)] == [close]
        dialog.close()
        dialog.setParent(None)
    desk.close()
    assert bugs == []


def test_keys_are_named_as_on_the_keyboard(app: QApplication, qtbot: QtBot) -> None:
    speak("de", app)
    page = Shortcuts(None, [], [("Fotos", [("Space", "Schnellansicht"), ("+", "Vergrößern")])])
    qtbot.addWidget(page)
    assert {"Leertaste", "+"} < {label.text() for label in page.findChildren(QLabel)}
    assert "Schließen" in [button.text().replace("&", "") for button in page.findChildren(QPushButton)]


def test_an_unknown_language_is_english(app: QApplication) -> None:
    speak("tlh", app)
    assert tr("Settings") == "Settings"
    assert tr("%Ln photos", "", 1) == "1 photo"


def choose_language(dialog: SettingsDialog, name: str) -> None:
    """Choose a language as a person does."""
    box = next(box for box in dialog.findChildren(QComboBox) if box.findText(name) >= 0)
    box.setCurrentIndex(box.findText(name))
