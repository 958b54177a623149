"""A folder for Windows is packed only if its libraries find Microsoft's runtime in it."""

import pytest

from tests.packaging.scripts import load_script

ASKED = {
    "openTSNE\\_tsne.pyd": ["VCOMP140.DLL", "KERNEL32.dll", "python311.dll"],
    "rawpy\\_rawpy.pyd": ["VCRUNTIME140.dll"],
    "PySide6\\plugins\\platforms\\qwindows.dll": ["MSVCP140_2.dll"],
    "numpy\\_core.pyd": ["msvcp140-a4c2.dll"],
}


@pytest.mark.parametrize(
    ("runtime", "lacking"),
    [
        (["VCOMP140.DLL", "VCRUNTIME140.dll", "PySide6\\MSVCP140_2.dll"], []),
        (["rawpy\\VCOMP140.DLL", "rawpy\\vcruntime140.dll", "MSVCP140_2.dll"], []),
        (["sklearn\\vcomp140.dll", "vcruntime140.dll", "PySide6\\MSVCP140_2.dll"], ["_tsne.pyd needs vcomp140.dll of"]),
        (["shiboken6\\vcomp140.dll"], ["_rawpy.pyd needs vcruntime140.dll", "qwindows.dll needs msvcp140_2.dll"]),
    ],
    ids=["beside the program", "where it is loaded from", "in another package", "nowhere"],
)
def test_a_library_without_its_runtime_is_told(runtime: list[str], lacking: list[str]) -> None:
    packed = [(target, target, "BINARY") for target in (*ASKED, *runtime)]
    told = load_script("windows/runtime").lacking_runtime(packed, lambda file: ASKED.get(file, []))
    assert len(told) == len(lacking)
    assert all(words in sentence for words, sentence in zip(lacking, told, strict=True))
