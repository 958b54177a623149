"""Small stand-ins for libraries that OpenCV is linked with, although the program has no need of them.

OpenCV's wheel for Linux is linked with FFmpeg for films and with libavif and libpng for files of pictures, 43 MB, but
the program only gives it arrays; and with an OpenBLAS of its own, 42 MB, while NumPy has another. A stand-in has the
name, the functions and the versions that OpenCV's loading asks for. That for OpenBLAS calls NumPy's; the others end the
program if one of their functions is called. Needs a C compiler and binutils.
"""

import re
import subprocess
from pathlib import Path

Entry = tuple[str, str, str]  # where a file goes in the program's folder, where it comes from, its kind
Function = tuple[str, str]  # its name and version, "" where it has none

OPENCV = re.compile(r"cv2/cv2[^/]*\.so")
LIBRARIES = re.compile(r"opencv_python_headless\.libs/[^/]+")
OPENBLAS = re.compile(r"numpy\.libs/libscipy_openblas64_[^/]*")
BLAS = Path(__file__).with_name("blas.c")
OPTIONS = ["-shared", "-fPIC", "-s", "-O1", "-fno-builtin", "-w", "-Wl,--build-id=none", "-Wl,--no-undefined"]


def replace_unneeded(folder: Path, binaries: list[Entry]) -> tuple[list[Entry], set[str]]:
    """The entries with stand-ins, which are made in `folder`, and the targets of the stand-ins.

    Libraries that only the replaced ones needed are left out.
    """
    sources = {target: source for target, source, kind in binaries if kind != "SYMLINK"}
    opencv = next(source for target, source in sources.items() if OPENCV.fullmatch(target))
    openblas = next(source for target, source in sources.items() if OPENBLAS.fullmatch(target))
    folder.mkdir(parents=True, exist_ok=True)
    asked, kept, made = _functions(opencv, "--undefined-only"), list[Entry](), set[str]()
    for target, source, kind in binaries:
        name = Path(target).name
        if not LIBRARIES.fullmatch(target):
            kept.append((target, source, kind))
        elif functions := asked & _functions(source, "--defined-only"):
            if name.startswith("libopenblas"):
                stand_in = _with_blas_of(Path(openblas), folder / name)
                if lacking := functions - _functions(str(stand_in), "--defined-only"):
                    raise ValueError(f"{BLAS.name} lacks {', '.join(sorted(name for name, _ in lacking))}.")
            else:
                stand_in = _ending_the_program(folder / name, functions)
            kept.append((target, str(stand_in), kind))
            made.add(target)
    return kept, made


def _functions(library: str, which: str) -> set[Function]:
    """The functions that a library offers, or asks for."""
    listed = subprocess.run(["nm", "-D", which, library], check=True, capture_output=True, text=True).stdout
    names = re.findall(r"^[0-9a-f ]* [TtWwUi] (\S+)$", listed, re.MULTILINE)
    return {(name, version) for name, _, version in (each.replace("@@", "@").partition("@") for each in names)}


def _with_blas_of(openblas: Path, library: Path) -> Path:
    found = ["-L", openblas.parent, f"-l:{openblas.name}", "-Wl,-rpath,$ORIGIN/../numpy.libs"]
    # The Fortran libraries that OpenBLAS needs are found when the program runs.
    command = ["cc", BLAS, *OPTIONS, "-Wl,--allow-shlib-undefined", f"-Wl,-soname,{library.name}"]
    subprocess.run([*command, *found, "-o", library], check=True)
    return library


def _ending_the_program(library: Path, functions: set[Function]) -> Path:
    versions = sorted({version for _, version in functions})
    code, script = library.with_name(f"{library.name}.c"), library.with_name(f"{library.name}.map")
    bodies = "".join(f"void {name}(void) {{ abort(); }}\n" for name, _ in sorted(functions))
    code.write_text(f"#include <stdlib.h>\n{bodies}", encoding="ascii")
    parts = [
        f"{version} {{ global: {' '.join(f'{name};' for name, its in sorted(functions) if its == version)} }};\n"
        for version in versions
    ]
    script.write_text("".join(parts), encoding="ascii")
    versioned = [f"-Wl,--version-script={script}"] if versions != [""] else []
    subprocess.run(["cc", code, *OPTIONS, *versioned, f"-Wl,-soname,{library.name}", "-o", library], check=True)
    return library
