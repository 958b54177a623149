"""Loads the scripts of `packaging/`, which are no package."""

import importlib.util
import sys
from types import ModuleType

from tests.tree import ROOT


def load_script(name: str) -> ModuleType:
    """The module in `packaging/NAME.py`."""
    spec = importlib.util.spec_from_file_location(name.replace("/", "_"), ROOT / "packaging" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module
