"""Marks for what Wine, in which the tests for Windows may run, does otherwise than Windows."""

import ctypes
import sys

import pytest

UNDER_WINE = sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


def not_under_wine(reason: str) -> pytest.MarkDecorator:
    """The test runs on Windows and every other system, but not under Wine, for this reason."""
    return pytest.mark.skipif(UNDER_WINE, reason=f"under Wine, {reason}")
