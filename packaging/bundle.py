"""Packs the program: builds the wheel, installs it into a clean environment, and runs PyInstaller there.

    python packaging/bundle.py OUT_FOLDER [--cuda]

Makes OUT_FOLDER/photosearch (on macOS also Photosearch.app), sbom.json, packages.txt and the wheel in OUT_FOLDER/wheel.
With --cuda the encoder can run on an NVIDIA GPU, where CUDA and cuDNN are installed; their libraries are not packed.
Needs Python 3.11 or newer and a C++ compiler, which hnswlib is built with. With SOURCE_DATE_EPOCH set, and the same
versions of all packages, the result is the same.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

HERE = Path(__file__).absolute().parent
TOOLS = ["build", "hatchling>=1.27", "pyinstaller>=6.11,<7"]


def main() -> None:
    """Pack it."""
    out = Path(sys.argv[1]).absolute()
    out.mkdir(parents=True, exist_ok=True)
    os.umask(0o022)  # or the modes of what is packed would be those that this person's files have
    environment = {**os.environ, "PYTHONHASHSEED": "1"}  # or PyInstaller's archives differ from run to run
    environment.setdefault("SOURCE_DATE_EPOCH", _commit_time())
    environment.pop("PYTHONPATH", None)
    environment["HNSWLIB_NO_NATIVE"] = (
        "1"  # or it would be built for this processor, and end the program on an older one
    )
    if sys.platform == "linux":
        environment["LDFLAGS"] = "-Wl,-s"  # its names for debuggers are 90 % of it
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

        def run(*arguments: str | Path) -> None:
            # Elsewhere than in the checkout, whose package would be packed in place of the wheel's.
            subprocess.run([python, *arguments], check=True, env=environment, cwd=folder)

        run("-m", "pip", "install", "--quiet", "--no-compile", *TOOLS)
        shutil.rmtree(out / "wheel", ignore_errors=True)
        run("-m", "build", "--wheel", "--no-isolation", "--outdir", out / "wheel", HERE.parent)
        wheel = next((out / "wheel").glob("*.whl"))
        # Without a cache: what pip kept of an earlier build may be for one processor.
        run("-m", "pip", "install", "--quiet", "--no-compile", "--no-cache-dir", f"{wheel}[index]")
        # Of openTSNE only its compiled parts are packed, which need none of SciPy and scikit-learn, 200 MB.
        run("-m", "pip", "install", "--quiet", "--no-compile", "--no-deps", "--only-binary=:all:", *_extra("map"))
        if sys.platform == "linux":  # 90 % of these, too, are names for debuggers
            subprocess.run(["strip", "--strip-debug", *folder.rglob("openTSNE/**/*.so")], check=True)
        if "--cuda" in sys.argv[2:]:  # both have the same modules, so that one must go before the other comes
            run("-m", "pip", "uninstall", "--quiet", "--yes", "onnxruntime")
            run("-m", "pip", "install", "--quiet", "--no-compile", "onnxruntime-gpu")
        work = ["--distpath", out, "--workpath", folder / "work"]
        run("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *work, HERE / "photosearch.spec")
        run(HERE / "pictures.py", out)
        run(HERE / "sbom.py", out / "photosearch", out / "sbom.json")
        with (out / "packages.txt").open("w") as packages:
            listed = [python, "-m", "pip", "list", "--format=freeze"]
            subprocess.run(listed, check=True, env=environment, stdout=packages)


def _extra(name: str) -> list[str]:
    """The requirements of an extra of the program."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["optional-dependencies"][name]


def _commit_time() -> str:
    command = ["git", "log", "-1", "--format=%ct"]
    asked = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "315532800"  # 1980, the first that a zip file can tell


if __name__ == "__main__":
    main()
