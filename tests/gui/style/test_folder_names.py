"""Tests of the short names of folders."""

import os
from pathlib import Path

import pytest

from photosearch.gui.style.folder_names import folder_names

ROOT = Path(os.path.abspath(os.sep))


def test_what_is_shared_ends_where_the_own_part_begins(tmp_path: Path) -> None:
    files = [str(tmp_path / place / "a.jpg") for place in ("new", Path("old", "more"))]
    shared = tmp_path.name + os.sep
    assert folder_names(files) == [(shared, "new"), (shared, str(Path("old", "more")))]
    assert folder_names([files[0]] * 2) == [("new", "")] * 2


def test_the_root_is_a_folder_as_well() -> None:
    assert folder_names([str(ROOT / "new" / "a.jpg"), str(ROOT / "a.jpg")]) == [(str(ROOT), "new"), (str(ROOT), "")]


@pytest.mark.skipif(os.name != "nt", reason="there are no drives here")
def test_folders_on_two_drives_share_nothing() -> None:
    files = [r"C:\Pictures\Rome\a.jpg", r"D:\a.jpg", r"\\server\photos\Rome\a.jpg"]
    names = [r"C:\Pictures\Rome", "D:\\", r"\\server\photos\Rome"]
    assert folder_names(files) == [("", name) for name in names]
