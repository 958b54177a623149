"""The translations: complete, in step with the sources, and faithful to their placeholders."""

import ast
import re
import runpy
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from photosearch import errors
from photosearch.gui.style.language import LANGUAGES
from tests.tree import ROOT

TRANSLATIONS = ROOT / "resources" / "translations"
PACKAGE = ROOT / "photosearch"
SHOWN = ("act", "encode", "find", "ingest", "store", "output.py", "models.py", "files.py")  # all of their sentences


@dataclass(frozen=True)
class Message:
    """One text of a .ts file."""

    context: str  # empty, but for what Qt itself says
    source: str
    comment: str
    has_plural: bool
    finished: bool
    translations: tuple[str, ...]  # one a plural


def messages(file: Path) -> list[Message]:
    """All texts of a .ts file."""
    found: list[Message] = []
    for context in ElementTree.parse(file).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            plurals = [form.text or "" for form in translation.findall("numerusform")]
            found.append(
                Message(
                    context.findtext("name") or "",
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
    """The output of `packaging/update_translations.py` for the sources and the present translations."""
    folder = tmp_path_factory.mktemp("translations")
    for file in TRANSLATIONS.glob("*.ts"):
        shutil.copy(file, folder)
    runpy.run_path(str(ROOT / "packaging" / "update_translations.py"))["update"](folder)
    return folder


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
            told, expected = (
                one.translate(message.context, message.source, message.comment, count) for one in (shipped, fresh)
            )
            assert told == expected
            assert told in message.translations


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("de", r"\bLabels?\b(?! NAME)|[Ii]nd(iz|ex)ier|\bharten? Link|Return"),  # Etikett, einlesen, Hardlink, Eingabe
        ("ko", r"미리보기|기술자|빼 둘|빼 두고|떼어 둔|Return"),  # 미리 보기, 디스크립터, 남겨 두다, Enter
    ],
)
def test_one_thing_has_one_name(code: str, others: str) -> None:
    told = [text for message in messages(TRANSLATIONS / f"photosearch_{code}.ts") for text in message.translations]
    assert [text for text in told if re.search(others, re.sub(r"\{\w*\}", "", text))] == []


def test_what_is_translated_is_written_there() -> None:
    """Only texts that stand in the call itself are found for the translators."""
    for file in (PACKAGE / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                assert isinstance(node.args[0], ast.Constant) or file.name == "sentences.py", (
                    f"{file.name}:{node.lineno}"
                )


def test_every_sentence_of_the_engine_has_a_template() -> None:
    """A template is a literal in a call of `Sentence` or of an error, with a value for each name in it."""
    speakers = {"Sentence", *(name for name, kind in vars(errors).items() if isinstance(kind, type))}
    bare: list[str] = []
    for file in sorted(PACKAGE.rglob("*.py")):
        room = file.relative_to(PACKAGE).parts[0]
        if room in ("gui", "cli", "self_test", "sentences.py"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        templates: set[ast.AST] = set()
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in speakers
                and node.args
            ):
                templates.add(node.args[0])
                wrong = _what_is_wrong(node.args[0], {keyword.arg for keyword in node.keywords})
                bare += [f"{file.relative_to(ROOT)}:{node.lineno}: {wrong}"] if wrong else []
        bare += [f"{file.relative_to(ROOT)}: {text}" for text in _sentences(tree, templates) if room in SHOWN]
    assert bare == []


def _what_is_wrong(template: ast.expr, given: set[str | None]) -> str:
    """Why the translators cannot find a template, or the values of it; empty if they can."""
    if isinstance(template, ast.Call | ast.Name | ast.Attribute):
        return ""  # a sentence that was made elsewhere
    if not isinstance(template, ast.Constant):
        return "no literal"
    holes = set(re.findall(r"\{(\w+)\}", str(template.value)))
    return "" if given in (holes, set()) else f"{holes} but {given}"


def _sentences(tree: ast.Module, templates: set[ast.AST]) -> Iterator[str]:
    """Literals that read like a sentence and are no template, docstring or part of one."""
    silent = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)} | templates
    silent |= {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if node in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
        else:
            continue
        if re.fullmatch(r"[A-Z“7].* .*(\.|[.:] 7)", text):
            yield text
