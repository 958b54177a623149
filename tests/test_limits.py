"""The limits that keep the house easy to read: short files and functions, few parameters, rooms of a size to survey."""

import ast
import statistics
from collections import Counter

from tests.tree import ROOT

PACKAGE = ROOT / "photosearch"
MOST_LINES = 400
USUAL_LINES = 150
MOST_LINES_OF_A_FUNCTION = 50
MOST_FILES = 15


def test_files_are_short() -> None:
    lines = {
        file.relative_to(PACKAGE).as_posix(): file.read_text("utf-8").count("\n") for file in PACKAGE.rglob("*.py")
    }
    assert [file for file, count in lines.items() if count > MOST_LINES] == []
    tests = (ROOT / "tests").rglob("*.py")
    assert [file.name for file in tests if file.read_text("utf-8").count("\n") > MOST_LINES] == []
    assert statistics.median(lines.values()) <= USUAL_LINES


def test_functions_are_short() -> None:
    found = [
        (file, node)
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    lines = {f"{file}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1 for file, node in found}
    assert [name for name, count in lines.items() if count > MOST_LINES_OF_A_FUNCTION] == []


def test_rooms_are_small() -> None:
    every = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    files = Counter(file.parent for file in every if file.name != "__init__.py")
    assert [room for room, count in files.items() if count > MOST_FILES] == []
