"""From the review to the trash, to links, and back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QListWidget,
    QRadioButton,
    QToolButton,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.gui.clearing.clear_dialog import ClearDialog
from photosearch.gui.clearing.clearing import losses_of
from photosearch.gui.settings.rules_dialog import RulesDialog
from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.work.unreadable import UnreadableDialog
from photosearch.library import Library
from photosearch.models import TIERS
from photosearch.settings import RULES
from tests.gui.driving import WAIT_MS, Bugs, button, told, wait_for_photos
from tests.gui.duplicates.duplicates_driving import (
    LEFT,
    SIZE,
    confirm,
    files,
    go_to,
    go_to_duplicates,
    listed,
    open_tier,
    outcomes,
    press,
    review,
    settle,
    shown_groups,
    tabs,
    wait_for_groups,
)
from tests.jobs import finish
from tests.photos import save_sample
from tests.trash import HAS_OWN

pytestmark = pytest.mark.usefixtures("trash")


def test_from_the_suggestions_to_the_trash_and_back(page: MainWindow, copies: Path, trash: Path, qtbot: QtBot) -> None:
    before = files(copies)
    for tier in TIERS[:3]:
        open_tier(page, tier)
        qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    gone = ["one copy.jpg", "one crop.jpg", "one small.jpg"]
    assert listed(dialog) == [*((name, "one.jpg") for name in gone), ("two.jpg", "two.png")]
    assert "4 photos go" in "".join(label.text() for label in dialog.findChildren(QLabel))
    assert files(copies) == before
    confirm(qtbot, page, dialog)
    left = {name: content for name, content in before.items() if Path(name).name not in (*gone, "two.jpg")}
    assert files(copies) == left
    assert not HAS_OWN or len(list((trash / "files").iterdir())) == 4
    settle(qtbot, page, 5)
    assert "4 photos went" in page.banner.text
    assert "No duplicates of this kind" in told(page)
    qtbot.mouseClick(button(page, "Undo"), LEFT)
    qtbot.waitUntil(lambda: "4 files are back" in page.banner.text, timeout=WAIT_MS)
    settle(qtbot, page, 9)
    assert files(copies) == before
    assert [tabs(page).tabText(place).split(" · ")[0][-1] for place in range(4)] == ["1", "2", "1", "0"]


def test_a_later_window_can_undo(
    session: Session, page: MainWindow, copies: Path, library: Library, qapp: QApplication, qtbot: QtBot
) -> None:
    before = files(copies)
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    confirm(qtbot, page, review(qtbot, page))
    assert len(files(copies)) == 8
    session.close()
    second = Session(qapp, library, Bugs().tell)
    second.open()
    assert second.window
    wait_for_photos(qtbot, second.window, 8)
    go_to_duplicates(second.window)
    wait_for_groups(qtbot, second.window)
    tools = second.window.duplicates.findChildren(QToolButton)
    qtbot.waitUntil(lambda: any(each.isVisible() and "Bring back" in each.toolTip() for each in tools))
    qtbot.mouseClick(next(each for each in tools if "Bring back" in each.toolTip()), LEFT)
    settle(qtbot, second.window, 9)
    assert files(copies) == before
    second.close()


def test_cancel_is_what_return_presses(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    before = files(copies)
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert files(copies) == before
    assert outcomes(page)["one copy.jpg"] == "goes"


def test_identical_files_become_one_by_a_link(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    _, _, link = dialog.findChildren(QRadioButton)
    assert link.isEnabled()
    link.setChecked(True)
    confirm(qtbot, page, dialog)
    assert (copies / "one.jpg").samefile(copies / "Backup" / "one copy.jpg")


def test_other_than_identical_files_are_never_linked(page: MainWindow, qtbot: QtBot) -> None:
    open_tier(page, "same")
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    _, _, link = review(qtbot, page).findChildren(QRadioButton)
    assert not link.isEnabled()


def test_the_photo_that_is_kept_takes_over_what_the_other_says(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    (copies / "two.jpg.xmp").write_bytes(complete(read_packet(EMPTY), {"xmp:Rating": ["4"]}))
    before = files(copies)
    open_tier(page, "same")
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    take_over = dialog.findChild(QCheckBox)
    assert isinstance(take_over, QCheckBox) and not take_over.isChecked()
    qtbot.keyClick(take_over, Qt.Key.Key_Space)
    confirm(qtbot, page, dialog)
    assert read_packet((copies / "two.png.xmp").read_bytes()).values == {"xmp:Rating": ["4"]}
    settle(qtbot, page, 7)
    qtbot.mouseClick(button(page, "Undo"), LEFT)
    qtbot.waitUntil(lambda: "are back" in page.banner.text, timeout=WAIT_MS)
    settle(qtbot, page, 9)
    assert files(copies) == before


@pytest.mark.parametrize("happened", ["changed", "vanished", "keeper changed"])
def test_what_is_another_meanwhile_is_told_and_left(
    page: MainWindow, copies: Path, qtbot: QtBot, happened: str
) -> None:
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    loser, keeper = copies / "Backup" / "one copy.jpg", copies / "one.jpg"
    match happened:
        case "changed":
            save_sample(loser, 7, SIZE)
        case "vanished":
            loser.unlink()
        case _:
            save_sample(keeper, 7, SIZE)
    before = files(copies)
    confirm(qtbot, page, dialog)
    qtbot.waitUntil(lambda: bool(page.findChildren(UnreadableDialog)), timeout=WAIT_MS)
    (listed,) = page.findChildren(UnreadableDialog)
    rows = listed.findChild(QTreeWidget)
    assert isinstance(rows, QTreeWidget)
    reason = {"changed": "It has changed", "vanished": "It is gone already", "keeper changed": "The photo to keep"}
    (item,) = rows.findItems("", Qt.MatchFlag.MatchContains)
    assert item.text(1).startswith(reason[happened])
    assert page.banner.text.startswith("Nothing went.") and "left as" in page.banner.text
    assert files(copies) == before
    listed.close()


def test_a_protected_folder_never_loses_a_photo(page: MainWindow, copies: Path, library: Library, qtbot: QtBot) -> None:
    keep = replace(library.settings.keep, protected=(str(copies / "Backup"),))
    library.change(replace(library.settings, keep=keep))
    page.duplicates.look()
    wait_for_groups(qtbot, page)
    assert shown_groups(page) == [["one copy.jpg", "one.jpg"]]
    go_to(qtbot, page, "one.jpg")
    press(qtbot, page, Qt.Key.Key_K, Qt.Key.Key_X)
    wait_for_groups(qtbot, page)
    assert page.duplicates.losses() == []
    keep = replace(library.settings.keep, protected=(str(copies),))
    library.change(replace(library.settings, keep=keep))
    page.duplicates.look()
    wait_for_groups(qtbot, page)
    for tier in TIERS[:3]:
        open_tier(page, tier)
        if suggest := [each for each in (button(page, "Take the suggestions"),) if each.isEnabled()]:
            qtbot.mouseClick(suggest[0], LEFT)
    assert page.duplicates.losses() == []


def test_the_rules_are_saved_and_a_folder_is_no_better_unless_one_says_so(
    page: MainWindow, copies: Path, library: Library, qtbot: QtBot
) -> None:
    rules = next(each for each in page.duplicates.findChildren(QToolButton) if each.toolTip() == "What is kept …")
    qtbot.mouseClick(rules, LEFT)
    dialog = page.findChild(RulesDialog)
    assert isinstance(dialog, RulesDialog)
    order, folders = dialog.findChildren(QListWidget)
    order.setCurrentRow(2)
    qtbot.keyClick(order, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    folders.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(button(dialog, "OK"), LEFT)
    wait_for_groups(qtbot, page)
    keep = library.settings.keep
    assert keep.order == (RULES[0], RULES[2], RULES[1], *RULES[3:])
    assert (keep.folders, keep.protected) == ((), (str(copies),))


def test_chosen_photos_go_from_the_grid_and_the_review_says_where_no_copy_stays(
    window: MainWindow, library: Library, copies: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.folders.add([str(copies)])
    wait_for_photos(qtbot, window, 9)
    before, grid = files(copies), window.gallery.grid
    names = {photo.path: photo.photo_id for photo in library.photos.get(grid.photos.ids).values()}
    for name in ("Backup/one copy.jpg", "3.jpg"):
        row = grid.photos.row_of(names[str(copies / name)])
        grid.selectionModel().select(grid.photos.index(row), QItemSelectionModel.SelectionFlag.Select)
    window.actions_by_name["delete"].trigger()
    qtbot.waitUntil(lambda: window.findChild(ClearDialog) is not None, timeout=WAIT_MS)
    dialog = window.findChild(ClearDialog)
    assert isinstance(dialog, ClearDialog)
    assert listed(dialog) == [("3.jpg", "Nothing like it"), ("one copy.jpg", "one.jpg")]
    assert "Of 1 of them no copy stays in the library." in "".join(
        label.text() for label in dialog.findChildren(QLabel)
    )
    dialog.write(tmp_path / "list.csv")
    assert len((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()) == 3
    assert files(copies) == before
    qtbot.mouseClick(button(dialog, "Move 2 photos to the trash"), LEFT)
    wait_for_photos(qtbot, window, 7)
    assert files(copies).keys() == before.keys() - {"Backup/one copy.jpg", "3.jpg"}
    window.actions_by_name["undo"].trigger()
    wait_for_photos(qtbot, window, 9)
    assert files(copies) == before


def test_a_chosen_photo_goes_with_the_edits_that_the_review_told_of(library: Library, album: Path) -> None:
    for name in ("one.jpg", "two.jpg"):
        save_sample(album / name, 1, (200, 150))
    finish(library.index([str(album)]))
    edits = album / "two.jpg.xmp"
    (photo,) = library.photos.at(str(album / "two.jpg"))
    for text in ("", '<rdf:Description darktable:history_end="3"/>'):
        edits.write_text(text)
        (loss,) = losses_of(library, [photo])
        assert loss.keeper and loss.is_proposed == (not text)
    seen, keepers = (loss.photo, loss.keeper), {photo: loss.keeper.photo_id}
    edits.write_text('<rdf:Description darktable:history_end="4"/>')
    cleared = finish(library.clear_away(keepers, seen, "move", str(album.parent / "away")))
    assert (cleared.photos, len(cleared.refused)) == (0, 1)
    (loss,) = losses_of(library, [photo])
    seen = (loss.photo, loss.keeper)
    cleared = finish(library.clear_away(keepers, seen, "move", str(album.parent / "away")))
    assert (cleared.photos, cleared.companions) == (1, 1)
