"""All actions, as Qt's actions: one place for words, icons and keys, so that every key is listed.

Keys that one page answers itself live in that page (`PageKey`), those that decide about groups in
`gui/duplicates/group_actions`; `Pages.keys` gathers them.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr
from photosearch.gui.work.history import is_of_one
from photosearch.models import Query

Keys = QKeySequence.StandardKey | str


IN_CONTEXT_MENU = (
    *("open", "similar", "add", "subtract", "", "same", "not-same", "", "label", "compare", "compare-query", ""),
    *("show", "copy", "copy-path", "", "delete"),
)


NOT_WHERE_PUBLISHED = ("add-folder", "delete", "publish")  # of a library that is only read


class Act(NamedTuple):
    """An action before it is made."""

    name: str
    text: str
    symbol: str
    keys: tuple[Keys, ...] = ()
    checkable: bool = False


def groups() -> list[tuple[str, list[Act]]]:
    """All actions, in the groups under which their keys are listed."""
    return [
        (tr("Search"), _of_search()),
        (tr("Photos"), _of_photos()),
        (tr("Library and window"), _of_the_window()),
    ]


def _of_search() -> list[Act]:
    return [
        Act("choose", tr("Choose a photo …"), "choose", (QKeySequence.StandardKey.Open,)),
        Act("paste", tr("Paste a photo"), "paste", (QKeySequence.StandardKey.Paste,)),
        Act("similar", tr("Find similar"), "similar", ("Ctrl+Return",)),
        Act("add", tr("Add to the search"), "plus", ("Ctrl+Shift+Return",)),
        Act("subtract", tr("Keep away from this"), "minus", ("Ctrl+Shift+Backspace",)),
        Act("broader", tr("Broader"), "broader", ("Ctrl+B",), checkable=True),
        Act("verify", tr("Compare details"), "verify", ("Ctrl+D",), checkable=True),
        Act("filter", tr("Filters"), "filter", (QKeySequence.StandardKey.Find,)),
        Act("clear", tr("Clear the search"), "close", ("Ctrl+Shift+X",)),
        Act("back", tr("Back"), "back", (QKeySequence.StandardKey.Back,)),
        Act("forward", tr("Forward"), "forward", (QKeySequence.StandardKey.Forward,)),
    ]


def _of_photos() -> list[Act]:
    return [
        Act("open", tr("Open"), "open"),
        Act("undo", tr("Undo"), "undo", (QKeySequence.StandardKey.Undo,)),
        Act("delete", tr("Move to the trash …"), "remove", ("Delete",)),
        Act("label", tr("Label …"), "label", ("L",)),
        Act("suggest", tr("Suggest photos for this label"), "label", ("Ctrl+Shift+L",)),
        Act("same", tr("Same thing"), "check", ("Ctrl+J",)),
        Act("not-same", tr("Not the same"), "close", ("Ctrl+Shift+J",)),
        Act("compare", tr("Compare"), "compare", ("Ctrl+K",)),
        Act("compare-query", tr("Compare with the search"), "swap", ("Ctrl+Shift+K",)),
        Act("show", tr("Show in folder"), "show-in-folder", ("Ctrl+Shift+E",)),
        Act("copy", tr("Copy image"), "copy", (QKeySequence.StandardKey.Copy,)),
        Act("copy-path", tr("Copy path"), "copy", ("Ctrl+Shift+C",)),
        Act("select-all", tr("Select all"), "check", (QKeySequence.StandardKey.SelectAll,)),
        Act("larger", tr("Larger thumbnails"), "zoom-in", (QKeySequence.StandardKey.ZoomIn, "Ctrl+=")),
        Act("smaller", tr("Smaller thumbnails"), "zoom-out", (QKeySequence.StandardKey.ZoomOut,)),
    ]


def _of_the_window() -> list[Act]:
    return [
        Act("add-folder", tr("Add folder"), "add-folder", ("Ctrl+Shift+O",)),
        Act("update", tr("Look for new photos"), "refresh", (QKeySequence.StandardKey.Refresh, "F5")),
        Act("unreadable", tr("Unreadable files …"), "warning", ("Ctrl+Shift+U",)),
        Act("publish", tr("Publish the library …"), "publish"),
        Act("read-keywords", tr("Keywords become labels …"), "label"),
        Act("write-keywords", tr("Labels into sidecars …"), "save"),
        Act("photos", tr("All photos"), "photos", ("Alt+Home",)),
        Act("duplicates", tr("Duplicates"), "similar", ("Ctrl+Shift+D",)),
        Act("bursts", tr("Bursts"), "bursts", ("Ctrl+Shift+B",)),
        Act("clusters", tr("Clusters"), "clusters", ("Ctrl+Shift+G",)),
        Act("map", tr("Map"), "map", ("Ctrl+Shift+M",)),
        Act("teach", tr("Teach"), "teach", ("Ctrl+Shift+T",)),
        Act("stack", tr("Stack bursts"), "bursts", ("Ctrl+Shift+S",), checkable=True),
        Act("side-bar", tr("Side bar"), "folder", ("F9",), checkable=True),
        Act("details", tr("Details"), "info", ("Ctrl+I",), checkable=True),
        Act("full-screen", tr("Full screen"), "fit", (QKeySequence.StandardKey.FullScreen, "F11")),
        Act("settings", tr("Settings …"), "settings", (QKeySequence.StandardKey.Preferences, "Ctrl+,")),
        Act("shortcuts", tr("Keyboard shortcuts"), "keyboard", (QKeySequence.StandardKey.HelpContents, "?")),
        Act("about", tr("About Photosearch"), "info"),
        Act("quit", tr("Quit"), "close", (QKeySequence.StandardKey.Quit, "Ctrl+Q")),
    ]


def make_actions(window: QWidget) -> dict[str, QAction]:
    """The actions of a window by name; a tooltip names its key."""
    made: dict[str, QAction] = {}
    for _, acts in groups():
        for act in acts:
            action = QAction(icon(act.symbol), act.text, window)
            keys = [key for wanted in act.keys for key in _sequences(wanted)]
            action.setShortcuts(list(dict.fromkeys(keys)))
            action.setCheckable(act.checkable)
            action.setIconVisibleInMenu(not act.checkable)  # there its mark stands in the same place
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{act.text} ({key})" if key else act.text)
            window.addAction(action)
            made[act.name] = action
    made["about"].setMenuRole(QAction.MenuRole.AboutRole)
    made["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
    made["quit"].setMenuRole(QAction.MenuRole.QuitRole)
    return made


def connect_actions(actions: Mapping[str, QAction], does: Mapping[str, Callable[[], object]]) -> None:
    """Let each action do what `does` names for it."""
    for name, action in actions.items():
        action.triggered.connect(lambda _=False, do=does[name]: do())


def open_menu(window: QWidget, actions: Mapping[str, QAction], at: QPoint) -> None:
    """The menu of photos: what can be done with them now."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in IN_CONTEXT_MENU:
        if not name:
            menu.addSeparator()
        elif actions[name].isEnabled():
            menu.addAction(actions[name])
    menu.popup(at)


def offer(actions: Mapping[str, QAction], selected: int, has_current: bool, here: Query) -> None:
    """Enable what can be done at a place with so many selected photos, or with the current one."""
    has_photos, searching = has_current or selected > 0, bool(here.photos)
    can = {
        **dict.fromkeys(("open", "show", "copy"), has_current),
        **dict.fromkeys(("similar", "copy-path", "label", "delete"), has_photos),
        **dict.fromkeys(("add", "subtract"), searching and has_photos),
        **dict.fromkeys(("same", "not-same"), is_of_one(here) and selected > 0),
        "compare": 2 <= selected <= 4,
        "compare-query": searching and has_current,
    }
    for name, is_possible in can.items():
        actions[name].setEnabled(is_possible)


def _sequences(wanted: Keys) -> list[QKeySequence]:
    """The first is the one that people know; the others are keys of rare keyboards, and in the way of typing."""
    return [QKeySequence(wanted)] if isinstance(wanted, str) else QKeySequence.keyBindings(wanted)[:1]
