"""OpenCV works with the stand-ins that a packaged program brings for the libraries it never calls."""

import subprocess
import sys
from pathlib import Path
from shutil import which

import cv2
import pytest

from tests.packaging.scripts import load_script

SITE = Path(cv2.__file__).parents[1]
# A library that is loaded already takes the place of one of the same name.
CHECK = """
import ctypes, sys
import numpy as np
for library in sys.argv[1:]:
    ctypes.CDLL(library, ctypes.RTLD_GLOBAL)
import cv2

draw = np.random.default_rng(0).standard_normal
for kind, near in ((np.float32, 1e-3), (np.float64, 1e-9)):
    for rows in (3, 8, 150):
        any_, right = draw((rows, rows)).astype(kind), draw((rows, 2)).astype(kind)
        certain = any_ @ any_.T + rows * np.eye(rows, dtype=kind)
        tall = draw((rows + 5, rows)).astype(kind)
        def same(found, wanted):
            assert np.allclose(found, wanted, rtol=near, atol=near * np.abs(wanted).max()), (kind, rows, found, wanted)
        same(cv2.gemm(any_, right, 1, None, 0), any_ @ right)
        for way in (cv2.DECOMP_LU, cv2.DECOMP_CHOLESKY, cv2.DECOMP_SVD):
            same(cv2.solve(certain, right, flags=way)[1], np.linalg.solve(certain, right))
        same(cv2.solve(tall, tall @ right, flags=cv2.DECOMP_QR)[1], right)
        same(cv2.SVDecomp(tall)[0][:, 0], np.linalg.svd(tall, compute_uv=False))
        same(cv2.invert(certain)[1], np.linalg.inv(certain))
        same(cv2.determinant(certain / rows), np.linalg.det(certain / rows))
        if kind is np.float64:
            same(np.sort(cv2.eigenNonSymmetric(certain)[0][:, 0]), np.linalg.eigvalsh(certain))
maps = open("/proc/self/maps").read()
assert all(library in maps for library in sys.argv[1:])
assert "opencv_python_headless.libs" not in maps, "a library is loaded that is not packed"
"""


@pytest.mark.skipif(sys.platform != "linux" or not which("cc"), reason="they are for Linux, and made by a C compiler")
@pytest.mark.skipif(not (SITE / "opencv_python_headless.libs").is_dir(), reason="this OpenCV is not that of the wheel")
def test_opencv_computes_as_numpy_does(tmp_path: Path) -> None:
    stand_ins = load_script("linux/stand_ins")
    folders = ("cv2", "numpy.libs", "opencv_python_headless.libs")
    files = [path for folder in folders for path in sorted((SITE / folder).glob("*.so*"))]
    packed, made = stand_ins.replace_unneeded(tmp_path, [(str(p.relative_to(SITE)), str(p), "BINARY") for p in files])
    libraries = [source for target, source, _ in packed if target in made]
    assert len(libraries) > 1
    assert [target for target, *_ in packed if "opencv_python_headless" in target] == sorted(made)
    subprocess.run([sys.executable, "-c", CHECK, *libraries], check=True)
