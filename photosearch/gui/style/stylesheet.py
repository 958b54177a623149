"""The shapes that a palette cannot say: rounded corners, paddings, thin bars. Sizes in device-independent pixels."""

from collections.abc import Mapping
from string import Template

from photosearch.paths import resources

SHAPES = """
QToolTip { color: $tooltip_text; background: $tooltip; border: 1px solid $tooltip; padding: 4px 6px; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked, QToolButton:open { background: $pressed; }
QToolButton:focus { border-color: $focus; }
QToolButton::menu-indicator { image: none; }
QToolButton[popupMode="1"] { padding-right: 16px; }
QToolButton::menu-button { border: none; width: 16px; }
QToolButton::menu-arrow { image: url("$icons/down.svg"); width: 12px; height: 12px; }

QPushButton { background: $raised; border: 1px solid $outline; border-radius: 6px; padding: 5px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border: 2px solid $focus; padding: 4px 13px; }
QPushButton:disabled { color: $disabled; border-color: $line; background: transparent; }
QPushButton:default, QPushButton[primary="true"] {
  background: $accent; color: $accent_text; border-color: $accent; }
QPushButton:default:hover, QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton:default:focus, QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton:default:disabled, QPushButton[primary="true"]:disabled {
  background: $pressed; color: $disabled; border-color: $pressed; }
/* The system's icons are dark on dark. */
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus { border-color: $focus; }

QLineEdit, QComboBox, QAbstractSpinBox, QDateEdit, QPlainTextEdit, QTextEdit {
  background: $base; border: 1px solid $outline; border-radius: 6px; padding: 5px 8px;
  selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid $focus; padding: 4px 7px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { border-color: $line; color: $disabled; }
QLineEdit > QToolButton { border: none; padding: 0; }
QComboBox { padding-right: 24px; combobox-popup: 0; }
QComboBoxPrivateContainer { border: none; background: $raised; }
QComboBox:focus { padding-right: 23px; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
/* Qt gives the text of these no padding at the left. */
QSpinBox, QDoubleSpinBox { qproperty-alignment: 'AlignRight | AlignVCenter'; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$icons/down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; padding: 4px; outline: none; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $accent; color: $accent_text; }
QAbstractSpinBox { padding: 3px 24px 3px 8px; }
QAbstractSpinBox:focus { padding: 2px 23px 2px 7px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 22px; border: none; }
QAbstractSpinBox::down-button {
  subcontrol-origin: border; subcontrol-position: bottom right; width: 22px; border: none; }
QAbstractSpinBox::up-arrow { image: url("$icons/up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow, QDateEdit::down-arrow { image: url("$icons/down.svg"); width: 12px; height: 12px; }
QDateEdit::drop-down { border: none; width: 22px; subcontrol-origin: border; subcontrol-position: center right; }

QCheckBox, QRadioButton { spacing: 8px; border: 2px solid transparent; border-radius: 6px; padding: 2px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 16px; height: 16px; border: 1px solid $outline; border-radius: 4px; background: $base; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/check.svg"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url("$icons/partial.svg"); }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid $accent; background: $accent_text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled {
  background: $disabled; border-color: $disabled; }

QSlider { min-height: 24px; border: 2px solid transparent; border-radius: 6px; }
QSlider:focus { border-color: $focus; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $pressed; margin: 0 2px; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; margin: 0 2px; }
QSlider::sub-page:disabled { background: $disabled; }
QSlider::handle:horizontal {
  width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; border: 1px solid $outline; background: $handle; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $accent; margin: 2px 0; }
QSlider::sub-page:vertical { width: 4px; border-radius: 2px; background: $pressed; margin: 2px 0; }
QSlider::handle:vertical {
  width: 14px; height: 14px; margin: 0 -6px; border-radius: 8px; border: 1px solid $outline; background: $handle; }
QSlider::handle:disabled { background: $pressed; border-color: $disabled; }
QSlider::handle:hover { border-color: $text; }

QProgressBar { border: none; border-radius: 2px; background: $pressed; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { border-radius: 2px; background: $accent; }

QScrollBar { border: none; background: transparent; }
QScrollBar:vertical { width: 14px; }
QScrollBar:horizontal { height: 14px; }
QScrollBar::handle { background: $outline; border-radius: 3px; margin: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $secondary; border-radius: 5px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QAbstractItemView { border: none; background: $base; }
QListView[sideBar="true"], QTreeView[sideBar="true"] {
  background: transparent; outline: none; padding: 6px; show-decoration-selected: 0; }
QListView[sideBar="true"]::item, QTreeView[sideBar="true"]::item {
  min-height: 28px; border-radius: 6px; padding: 0 8px; border: 2px solid transparent; }
QListView[sideBar="true"]::item:hover, QTreeView[sideBar="true"]::item:hover { background: $hover; }
QListView[sideBar="true"]::item:selected, QTreeView[sideBar="true"]::item:selected {
  background: $accent; color: $accent_text; }
QListView[sideBar="true"]::item:focus, QTreeView[sideBar="true"]::item:focus { border-color: $focus; }
QListView[sideBar="true"]::item:selected:focus, QTreeView[sideBar="true"]::item:selected:focus {
  border-color: $text; }
QTreeView[sideBar="true"]::item:first {
  border-right: none; border-top-right-radius: 0; border-bottom-right-radius: 0; padding-right: 0; }
QTreeView[sideBar="true"]::item:last {
  border-left: none; border-top-left-radius: 0; border-bottom-left-radius: 0; padding-left: 0; }
QTreeView[sideBar="true"]::item:focus:first { border-right: 2px solid $focus; }
QTreeView[sideBar="true"]::item:selected:focus:first { border-right: 2px solid $text; }
/* Over the selection that Qt draws behind the arrow, with corners of its own. */
QTreeView[sideBar="true"]::branch { background: $window; }
QTreeView::branch:has-children:closed { image: url("$icons/closed.svg"); }
QTreeView::branch:has-children:open { image: url("$icons/open.svg"); }
QHeaderView::section {
  background: $window; color: $secondary; border: none; border-bottom: 1px solid $line;
  padding: 6px 8px; text-align: left; font-weight: normal; }

QTableCornerButton::section { background: $window; border: none; border-bottom: 1px solid $line; }
QTableView { gridline-color: $line; }

QGroupBox { border: none; margin-top: 28px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 2px 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
  border: 2px solid transparent; border-bottom: 2px solid transparent; padding: 6px 12px; color: $secondary; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:disabled { color: $disabled; }
QTabBar::tab:focus { border: 2px solid $focus; border-radius: 6px; }

QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenuBar { background: $window; }
QMenuBar::item { padding: 5px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }

QToolBar { border: none; background: $window; spacing: 4px; padding: 6px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }

QFrame[searchBar="true"] { background: $base; border: 1px solid $outline; border-radius: 22px; }
QFrame[searchBar="true"]:hover { border-color: $secondary; }
QFrame[searchBar="true"]:focus, QFrame[searchBar="true"][active="true"] { border: 2px solid $focus; }
QFrame[searchBar="true"] QScrollArea, QFrame[searchBar="true"] QScrollArea > QWidget > QWidget {
  background: transparent; }
QFrame[statusBar="true"] { border: none; border-top: 1px solid $line; }
QWidget[controls="true"] { border-top: 1px solid $line; }
QFrame[popup="true"] { background: $raised; border: 1px solid $line; border-radius: 8px; }
QFrame[minus="true"] { background: $pressed; }

QFrame[chip="true"] { background: $hover; border: none; border-radius: 14px; min-height: 28px; }
QFrame[chip="true"]:focus { border: 2px solid $focus; }
QFrame[banner="true"] { background: $banner; border: none; border-radius: 8px; }
QFrame[card="true"] { background: $raised; border: 1px solid $line; border-radius: 10px; }
QFrame[card="true"]:focus { border: 2px solid $focus; }
QFrame[dropZone="true"] { background: transparent; border: 2px dashed $outline; border-radius: 14px; }
QFrame[dropZone="true"][active="true"] { background: $banner; border-color: $accent; }
QLabel[secondary="true"] { color: $secondary; }
QLabel[warning="true"] { color: $warning; }
QLabel[section="true"] { font-weight: 600; }
QLabel[key="true"] {
  background: $hover; border: 1px solid $line; border-bottom: 2px solid $line; border-radius: 5px; padding: 1px 7px; }
QLabel[heading="true"] { font-size: ${heading}pt; font-weight: 600; }
"""


def stylesheet(colours: Mapping[str, str], text_points: float) -> str:
    """The shapes in the `colours` of a scheme by name, beside text of a size of `text_points`."""
    icons = (resources() / "icons" / "style").as_posix()
    handle = max(colours["text"], colours["base"])  # the lighter one: both are grey
    return Template(SHAPES).substitute(colours, icons=icons, handle=handle, heading=round(text_points * 1.6, 1))
