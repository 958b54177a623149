"""Sentences with their templates and values: their English, their way through the catalog and between processes."""

import copy
import pickle
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from photosearch.errors import FolderError, PhotosearchError
from photosearch.library import Library
from photosearch.sentences import Sentence, fill, system_reason, verbatim

PLAIN = Sentence("The file is empty.")
NESTED = Sentence(
    "“{path}” of {count} files, {percent} %. {reason}", path="/a/{count} “x”", count=12345, percent=0.25, reason=PLAIN
)


def test_the_english_groups_digits_and_leaves_names_alone() -> None:
    assert NESTED == "“/a/{count} “x”” of 12,345 files, 0.2 %. The file is empty."
    assert PLAIN.with_values(count=1) == PLAIN
    assert Sentence("{here} and {there}", here=1) == "1 and {there}"


@pytest.mark.parametrize("sentence", [PLAIN, NESTED, verbatim("{braces} of a name"), verbatim("")])
def test_a_sentence_comes_back_whole(sentence: Sentence) -> None:
    ways = (Sentence.restored(sentence.stored()), pickle.loads(pickle.dumps(sentence)), copy.deepcopy(sentence))
    for back in ways:
        assert (back, back.template, dict(back.values)) == (sentence, sentence.template, dict(sentence.values))


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[]",
        "[1]",
        "[1, 2]",
        '["a", ["b"]]',
        '["a", {"template": 1}]x',
        "[" * 100_000,
        "[nothing of the kind]",
        "{x}",
    ],
)
def test_other_text_is_a_sentence_as_it_is(text: str) -> None:
    assert Sentence.restored(text) == text


def test_values_are_not_looked_into() -> None:
    assert (
        fill("{path.__class__} {path:9999999999} {path}", {"path": "p"}, str) == "{path.__class__} {path:9999999999} p"
    )
    assert Sentence.restored('["{sentence}", {"sentence": "a", "self": 1, "cls": 2}]') == "a"


def test_errors_carry_their_sentence() -> None:
    error = FolderError("There is no folder “{path}”.", path="/x")
    assert (str(error), error.sentence.template) == ("There is no folder “/x”.", "There is no folder “{path}”.")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), back.sentence.values) == (FolderError, str(error), {"path": "/x"})
    assert PhotosearchError(error.sentence).sentence is error.sentence
    assert system_reason(OSError(5, "Input/output error", "/x")) == "Input/output error"
    assert system_reason(OSError("no number")) == "no number"


def test_the_catalog_keeps_values_and_shows_rows_of_before(library: Library, album: Path) -> None:
    for name in ("old.jpg", "new.jpg"):
        (album / name).write_bytes(b"\0\0\0\x18ftypmp42" + bytes(1000))
    list(library.index([str(album)]))
    with closing(sqlite3.connect(library.places.catalog)) as catalog, catalog:
        catalog.execute("UPDATE photo SET unreadable = 'A reason of before.' WHERE CAST(path AS TEXT) LIKE '%old.jpg'")
    new, old = (photo.reason for photo in library.photos.unreadable())
    assert (new, new.values) == ("Photosearch does not read files of this kind: video.", {"kind": "video"})
    assert (old, old.values) == ("A reason of before.", {})
