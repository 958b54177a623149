"""Where cells lie, against what looking at every one of them says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.gui.grid.grid_layout import MARGIN, Box, GridLayout
from photosearch.models import Section

sections = st.lists(st.builds(Section, st.sampled_from(["", "2024-05"]), st.integers(0, 30)), max_size=6)
layouts = st.builds(GridLayout, sections, st.integers(0, 900), st.integers(40, 300))


@given(layouts)
def test_the_point_in_the_middle_of_a_cell_finds_it_again(layout: GridLayout) -> None:
    for row in range(layout.count):
        left, top, width, height = layout.rect(row)
        assert layout.row_at(left + width // 2, top + height // 2) == row
        assert layout.row_at(left, top) == layout.row_at(left + width - 1, top + height - 1) == row
        assert layout.row_at(left - 1, top) != row
        assert layout.row_at(left, top + height) != row
        assert top + height <= layout.height


@given(layouts)
def test_cells_are_square_and_do_not_overlap(layout: GridLayout) -> None:
    boxes = [layout.rect(row) for row in range(layout.count)]
    assert all(box.height == layout.cell and 0 <= box.width - layout.cell <= 1 for box in boxes)
    for one, other in pairwise(boxes):
        assert one.left + one.width < other.left or one.top + one.height < other.top


@given(st.integers(100, 2000), st.integers(64, 384))
def test_cells_fill_the_width_and_are_about_as_large_as_wanted(width: int, cell: int) -> None:
    layout = GridLayout([Section("", 100)], width, cell)
    last = layout.rect(layout.columns - 1)
    assert last.left + last.width == width - MARGIN
    if layout.columns > 1:
        assert cell * 0.6 < layout.cell < cell * 1.4
        assert GridLayout([], width, layout.cell_for(layout.columns)).columns == layout.columns


@given(layouts, st.integers(-50, 3000), st.integers(1, 900))
def test_what_shows_between_two_heights(layout: GridLayout, top: int, height: int) -> None:
    shown = [row for row in range(layout.count) if touches(layout.rect(row), Box(0, top, 10_000, height))]
    assert list(layout.rows_between(top, top + height)) == shown
    shown_titles = [heading.box.top for heading in layout.headings_between(top, top + height)]
    every_title = [heading.box for heading in layout.headings_between(0, layout.height + 1)]
    assert shown_titles == [box.top for box in every_title if touches(box, Box(0, top, 10_000, height))]


@given(layouts, st.builds(Box, st.integers(-50, 900), st.integers(-50, 3000), st.integers(1, 900), st.integers(1, 900)))
def test_what_a_rectangle_touches(layout: GridLayout, box: Box) -> None:
    touched = [row for row in range(layout.count) if touches(layout.rect(row), box)]
    assert [row for run in layout.rows_in(box) for row in run] == touched


@given(layouts.filter(lambda layout: layout.count > 0), st.data())
def test_stepping_by_lines_keeps_the_column_where_the_line_has_it(layout: GridLayout, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, layout.count - 1))
    column = layout.column(row)
    assert layout.row_on_line(layout.line(row), column) == row
    below = layout.row_on_line(layout.line(row) + 1, column)
    tops = sorted({layout.rect(other).top for other in range(layout.count)})
    own = tops.index(layout.rect(row).top)
    assert layout.rect(below).top == tops[min(own + 1, len(tops) - 1)]
    assert layout.column(below) == column or layout.row_on_line(layout.line(below), column + 1) == below
    assert layout.row_on_line(-1, 0) == 0
    assert layout.row_on_line(10**9, layout.columns) == layout.count - 1


def touches(one: Box, other: Box) -> bool:
    """True if two rectangles share a point; one without height shares none."""
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and max(one.top, other.top) < min(one.top + one.height, other.top + other.height)
    )


@given(sections.filter(lambda found: sum(section.count for section in found) > 0), st.data())
def test_an_anchor_stays_in_place_on_another_page(found: list[Section], data: st.DataObject) -> None:
    one, other = GridLayout(found, 700, 160), GridLayout(found, 400, 90)
    row, top = data.draw(st.integers(0, one.count - 1)), data.draw(st.integers(0, one.height))
    anchor = one.anchor(row, top)
    assert one.top_for(anchor) == top
    moved = other.rect(row).top - other.top_for(anchor)
    assert moved <= anchor.below <= moved + other.cell


def test_a_million_photos_of_two_hundred_months() -> None:
    layout = GridLayout([Section("2024-05", 5000)] * 200, 1200, 160)
    assert layout.count == 1_000_000
    last = layout.rect(999_999)
    assert last.top + last.height + MARGIN == layout.height
    with pytest.raises(IndexError):
        layout.rect(1_000_000)


def test_an_empty_page() -> None:
    layout = GridLayout([Section("2024-05", 0)], 800, 160)
    assert (layout.count, layout.height) == (0, 0)
    assert layout.row_at(20, 20) == -1
    assert layout.section_at(0) is None
    assert list(layout.headings_between(0, 500)) == []
