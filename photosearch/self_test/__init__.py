"""`photosearch --self-test`: whether this program, as it is installed here, does what it is for.

It works in a folder of its own that it removes again. What it finds wrong is said in sentences, and is its exit code.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from photosearch.self_test.failed import Failed
from photosearch.self_test.files import check_files

Check = tuple[str, Callable[[Path], str]]  # what is tested, and a test that returns what it found or raises Failed


def run() -> int:
    """Run all tests, print a line for each, and return the exit code."""
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="photosearch-self-test-", ignore_cleanup_errors=True) as scratch:
        for name, is_fine, detail in results(Path(scratch)):
            wrong += not is_fine
            sys.stdout.write(f"{'ok    ' if is_fine else 'FAILED'} {name}: {detail}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{wrong} of the tests failed.\n" if wrong else "All is as it should be.\n")
    return 1 if wrong else 0


def results(scratch: Path) -> Iterator[tuple[str, bool, str]]:
    """The name of each test, whether it passed, and what it found; each may use what those before it left."""
    for missing in check_files():
        yield "files", False, missing
    try:
        checks = _checks()
    except ImportError as error:  # a library that something cannot be loaded without
        yield "start", False, f"A library is missing or damaged: {error}."
        return
    for name, check in checks:
        try:
            yield name, True, check(scratch)
        except Failed as failure:
            yield name, False, str(failure)
        except Exception as error:  # whatever is wrong, the others are tested as well
            yield name, False, f"{type(error).__name__}: {error}"


def _checks() -> list[Check]:
    from photosearch.self_test import engine, window

    return [
        ("licences", engine.check_licences),
        ("formats", engine.check_formats),
        ("index", engine.check_index),
        ("search", engine.check_search),
        ("graph", engine.check_graph),
        ("map", engine.check_map),
        ("clearing away", engine.check_clearing),
        ("pictures of Qt", window.check_plugins),
        ("window", window.check_window),
    ]
