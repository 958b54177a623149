"""Tables of comma-separated values, which are safe to open in a spreadsheet and are read back exactly."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

# Of what begins so, a spreadsheet makes a formula. An apostrophe before it keeps it a text; one more comes before a
# text that has apostrophes there already, so that nothing is lost on the way back.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_rows(out: BinaryIO, rows: Iterable[Sequence[object]]) -> int:
    """Write rows in UTF-8, and names that are no text as the bytes they are; return how many."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="surrogateescape", newline="", write_through=True)
    table, count = csv.writer(text), 0
    for row in rows:
        table.writerow([as_cell(value) if isinstance(value, str) else value for value in row])
        count += 1
    text.detach()
    return count


def as_cell(text: str) -> str:
    """`text` as it is written, which no spreadsheet takes for a formula."""
    return "'" + text if FORMULA.match(text) else text


def of_cell(cell: str) -> str:
    """The text that `as_cell` wrote."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
