"""Brings the translations up to date: what the window shows goes to the .ts files, and their translations to the .qm.

    python packaging/update_translations.py [FOLDER]    (resources/translations)

Run it after changing a text, translate in the .ts files what it left unfinished, and run it again. The .qm files are
kept beside them, so that installing needs no tools. English needs plurals only.
"""

import subprocess
import sys
from pathlib import Path

import PySide6

from photosearch import errors

ROOT = Path(__file__).parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = {"en": ["-pluralonly"], "de": [], "ko": []}
SPEAKERS = ("Sentence", *(name for name, kind in vars(errors).items() if isinstance(kind, type)))
MARKS = ["-tr-function-alias", ",".join(f"QT_TR_NOOP+={name}" for name in SPEAKERS)]
UNSEEN = ("cli", "self_test")  # what they say is never shown in the window
QUIETLY = ["-locations", "none", "-no-obsolete", "-disable-heuristic", "similartext", "-silent"]


def update(folder: Path) -> None:
    """Read the sources and write photosearch_<code>.ts and .qm for every language."""
    package = ROOT / "photosearch"
    sources = sorted(str(file) for file in package.rglob("*.py") if file.relative_to(package).parts[0] not in UNSEEN)
    for code, kind in LANGUAGES.items():
        ts = folder / f"photosearch_{code}.ts"
        _run("lupdate", *MARKS, *QUIETLY, *kind, *sources, "-source-language", "en", "-target-language", code,
             "-ts", str(ts))  # fmt: skip
        _run("lrelease", "-silent", str(ts), "-qm", str(ts.with_suffix(".qm")))


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([Path(PySide6.__file__).parent / tool, *arguments], check=True)


if __name__ == "__main__":
    update(Path(sys.argv[1]) if len(sys.argv) > 1 else TRANSLATIONS)
