"""Tests the self-test: takes something away from a packaged program, which must be told, and puts it back.

python packaging/spoil.py BUNDLE_FOLDER
"""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

SPOILT = {  # what is taken away, or damaged, and what must be said
    "photosearch/resources/icons/search.svg": "The resource photosearch/resources/icons/search.svg is missing.",
    "photosearch/resources/encoders/default/model.onnx": "The model of an encoder",
    "library": "library",
    "image plugin": "The plugin for pictures",
    "licence text": "The licence text",
}
PROGRAM = "photosearch.exe" if sys.platform == "win32" else "photosearch"


def main() -> int:
    """Try all; the exit code says whether all were told."""
    bundle = Path(sys.argv[1])
    inner = bundle / "_internal"
    sound = _self_test(bundle)
    print(sound.stdout)
    if sound.returncode:
        return 1
    files = {
        "library": next(iter(sorted(inner.glob("cv2/cv2*.so")) + sorted(inner.glob("cv2/cv2*.pyd")))),
        "image plugin": next(path for path in sorted(inner.rglob("imageformats/*")) if "qjpeg" in path.name),
        "licence text": next(iter(sorted(inner.glob("photosearch/resources/notices/numpy-*")))),
    }
    missed = 0
    for what, sentence in SPOILT.items():
        with _spoilt(files.get(what, inner / what), damage="model" in what):
            done = _self_test(bundle)
        told = next((line for line in done.stdout.splitlines() if "FAILED" in line and sentence in line), "")
        print(f"{what}: {told or 'NOT TOLD'}")
        missed += not (told and done.returncode == 1)
    return 1 if missed else 0


@contextmanager
def _spoilt(file: Path, damage: bool) -> Generator[None]:
    away = file.with_name(f"{file.name}.away")
    file.rename(away)
    if damage:
        content = bytearray(away.read_bytes())
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        away.rename(file)


def _self_test(bundle: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [bundle / PROGRAM, "--self-test"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
