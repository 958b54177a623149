"""Makes the .deb and the .tar.xz of a folder that PyInstaller made.

    python packaging/linux/make_deb.py BUNDLE_FOLDER OUT_FOLDER

Of a folder that was packed for CUDA there is only the archive, since a .deb would ask for CUDA by another name on each
system. Both are the same, byte for byte, for the same folder and SOURCE_DATE_EPOCH.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from pictures import SIZES, draw_icon  # noqa: E402

from photosearch import __version__  # noqa: E402

NAME = "photosearch"
MAINTAINER = "The Photosearch authors <photosearch@localhost>"
# Measured in a system with nothing but these: what Qt loads at its start, and OpenCV.
DEPENDS = [
    "libc6 (>= 2.36)", "libstdc++6", "zlib1g", "libgl1", "libegl1", "libglib2.0-0 | libglib2.0-0t64", "libdbus-1-3",
    "libfontconfig1", "libfreetype6", "libx11-6", "libx11-xcb1", "libxcb1", "libxkbcommon0", "libgssapi-krb5-2",
    "fonts-dejavu-core | fonts-freefont-ttf | fonts-noto-core",
]  # fmt: skip
DESCRIPTION = """find photos by what they show
 Photosearch indexes the folders of photos on your own computer and answers
 by eye, not by file name: what looks like this, and which of these are the
 same picture? Nothing leaves this computer, and no photo is ever changed."""
OVERRIDES = """\
# The program brings its Python and the libraries that it was tested with, as one folder.
photosearch: embedded-library
photosearch: shared-library-lacks-prerequisites
photosearch: library-not-linked-against-libc
photosearch: hardening-no-pie
photosearch: hardening-no-relro
photosearch: hardening-no-bindnow
photosearch: hardening-no-fortify-functions
photosearch: unstripped-binary-or-object
photosearch: custom-library-search-path
photosearch: exit-in-shared-library
photosearch: shared-library-is-executable
photosearch: executable-stack-in-shared-library
photosearch: package-contains-documentation-outside-usr-share-doc
photosearch: extra-license-file
photosearch: binary-from-other-architecture
photosearch: no-code-sections
photosearch: executable-not-elf-or-script
# There is no address for mail yet.
photosearch: bogus-mail-host
photosearch: bogus-mail-host-in-debian-changelog
"""


def main() -> None:
    """Make both files."""
    bundle, out = map(Path, sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        _lay_out(bundle, root, epoch)
        _settle(root, root / "usr" / "lib" / NAME / NAME, epoch)
        cuda = any(bundle.rglob("libonnxruntime_providers_cuda.so"))
        if not cuda:
            _make_deb(root, out / f"{NAME}_{__version__}_amd64.deb", epoch)
        folder = Path(scratch) / f"{NAME}-{__version__}"
        shutil.copytree(bundle, folder, symlinks=True)
        shutil.copytree(root / "usr" / "share", folder / "share", symlinks=True)
        shutil.rmtree(folder / "share" / "doc")
        shutil.rmtree(folder / "share" / "lintian")
        _settle(folder, folder / NAME, epoch)
        kind = "-cuda" if cuda else ""
        _make_tar(folder, out / f"{NAME}-{__version__}-linux-x86_64{kind}.tar.xz", epoch)


def _lay_out(bundle: Path, root: Path, epoch: int) -> None:
    """Put everything where a system has it, below `root`."""
    share = root / "usr" / "share"
    shutil.copytree(bundle, root / "usr" / "lib" / NAME, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    day = time.strftime("%Y-%m-%d", time.gmtime(epoch))
    for source, target in (
        ("photosearch.desktop", "applications/photosearch.desktop"),
        ("app.photosearch.Photosearch.metainfo.xml", "metainfo/app.photosearch.Photosearch.metainfo.xml"),
        ("kde-service-menu.desktop", "kio/servicemenus/photosearch.desktop"),
        ("photosearch.nemo_action", "nemo/actions/photosearch.nemo_action"),
        ("photosearch.1", "man/man1/photosearch.1"),
    ):
        text = (HERE / source).read_text(encoding="utf-8")
        _write(share / target, text.replace("@VERSION@", __version__).replace("@DATE@", day))
    subprocess.run(["gzip", "-9n", share / "man" / "man1" / "photosearch.1"], check=True)
    for size in SIZES:
        icon = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"
        icon.parent.mkdir(parents=True)
        draw_icon(size).save(icon)
    resources = bundle / "_internal" / "photosearch" / "resources"
    scalable = share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    scalable.parent.mkdir(parents=True)
    shutil.copyfile(resources / "icons" / "photosearch.svg", scalable)
    _write(share / "doc" / NAME / "copyright", _copyright(resources))
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(epoch))
    head = f"{NAME} ({__version__}) stable; urgency=medium"
    log = f"{head}\n\n  * Release {__version__}.\n\n -- {MAINTAINER}  {date}\n"
    _write(share / "doc" / NAME / "changelog", log)
    subprocess.run(["gzip", "-9n", share / "doc" / NAME / "changelog"], check=True)
    _write(share / "lintian" / "overrides" / NAME, OVERRIDES)


def _copyright(resources: Path) -> str:
    """Debian's statement of licences; the texts of all parts are in the program's own folder, as About shows them."""
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Photosearch\n\n"
        "Files: *\nCopyright: 2026 The Photosearch authors\nLicense: Apache-2.0\n"
        " On Debian systems, the text is in /usr/share/common-licenses/Apache-2.0.\n .\n"
        " The program brings parts under other licences. Their list and their texts are in\n"
        f" /usr/lib/{NAME}/_internal/{resources.relative_to(resources.parents[1])}/notices.\n"
    )


def _settle(root: Path, program: Path | None, epoch: int) -> None:
    """Give all below `root` the modes and the time that an installed file has, whoever built it and when."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _make_deb(root: Path, deb: Path, epoch: int) -> None:
    size_kib = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    control = (
        f"Package: {NAME}\nVersion: {__version__}\nArchitecture: amd64\nSection: graphics\nPriority: optional\n"
        f"Maintainer: {MAINTAINER}\nInstalled-Size: {size_kib}\n"
        f"Depends: {', '.join(DEPENDS)}\nDescription: {DESCRIPTION}\n"
    )
    _write(root / "DEBIAN" / "control", control)
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}"
        for path in files
        if path.parent.name != "DEBIAN"
    ]
    _write(root / "DEBIAN" / "md5sums", "\n".join(sums) + "\n")
    _settle(root / "DEBIAN", None, epoch)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, deb],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(root / "DEBIAN")


def _make_tar(folder: Path, out: Path, epoch: int) -> None:
    options = ["--sort=name", f"--mtime=@{epoch}", "--owner=0", "--group=0", "--numeric-owner", "-C", folder.parent]
    subprocess.run(["tar", *options, "-I", "xz -6 -T2", "-cf", out, folder.name], check=True)


if __name__ == "__main__":
    main()
