"""Whether a window can be opened is found out without ending the process."""

import sys

import pytest

from photosearch.gui.start.display import obstacle

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_no_display_is_an_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    assert obstacle() == "There is no display for the window."
    monkeypatch.setenv("DISPLAY", "")
    assert obstacle() == "There is no display for the window."


def test_a_window_without_a_screen_must_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert obstacle() is None


@pytest.mark.parametrize(("name", "value"), [("DISPLAY", ":6543"), ("QT_QPA_PLATFORM", "no-such-platform")])
def test_what_qt_would_end_the_process_for_is_a_sentence(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert (obstacle() or "").startswith("The window cannot be opened (")
