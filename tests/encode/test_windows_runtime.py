"""What needs Microsoft's runtime finds it, also on a Windows that has none."""

import ctypes
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from photosearch import windows_runtime

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="it is of Windows")


def is_loaded(name: str) -> bool:
    return bool(ctypes.WinDLL("kernel32").GetModuleHandleW(name))


@pytest.mark.parametrize("name", windows_runtime.LIBRARIES)
def test_the_runtime_is_loaded_with_the_program(name: str) -> None:
    assert is_loaded(name)


def test_what_windows_lacks_is_taken_from_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    qt = find_spec("shiboken6")
    assert qt and qt.origin
    carrier = tmp_path / "carrier"
    carrier.mkdir()
    (carrier / "__init__.py").touch()
    shutil.copyfile(Path(qt.origin).with_name("msvcp140_2.dll"), carrier / "on_no_windows.dll")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(windows_runtime, "CARRIERS", ("no_package", "carrier"))
    monkeypatch.setattr(windows_runtime, "LIBRARIES", ("on_no_windows.dll", "nowhere.dll"))
    windows_runtime.load_runtime()
    assert is_loaded("on_no_windows.dll")
    assert not is_loaded("nowhere.dll")
