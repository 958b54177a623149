"""Tables: safe in a spreadsheet, and read back exactly."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.table import as_cell, of_cell, write_rows

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@given(st.text() | st.builds("".join, st.lists(st.sampled_from(["'", "=", "+", "-", "@", "\t", "\r", "a"]))))
def test_a_cell_is_read_back_exactly_and_is_no_formula(text: str) -> None:
    assert of_cell(as_cell(text)) == text
    assert not as_cell(text).startswith(DANGEROUS)


@pytest.mark.parametrize("text", ["a", "a=b", "'quoted'", "'", "", "ä.jpg", "' =1", "folder/-1.jpg"])
def test_what_is_no_formula_is_written_as_it_is(text: str) -> None:
    assert as_cell(text) == of_cell(text) == text


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=("Cs",))), st.integers()), max_size=5))
def test_rows_are_read_back(rows: list[tuple[str, int]]) -> None:
    out = io.BytesIO()
    assert write_rows(out, rows) == len(rows)
    read = csv.reader(io.StringIO(out.getvalue().decode(), newline=""))
    assert [(of_cell(text), int(number)) for text, number in read] == rows
    assert not out.closed


def test_numbers_stay_numbers_and_names_that_are_no_text_stay_bytes() -> None:
    out = io.BytesIO()
    write_rows(out, [(-0.5, "caf\udce9.jpg")])
    assert out.getvalue() == b"-0.5,caf\xe9.jpg\r\n"
