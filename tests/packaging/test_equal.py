"""Two builds are compared down to the members of archives, and the Linux packages do not depend on who makes them."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.packaging.scripts import load_script
from tests.tree import ROOT

equal = load_script("equal")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A folder like that of PyInstaller, with next to nothing in it."""
    folder = tmp_path / "one" / "photosearch"
    icon = folder / "_internal/photosearch/resources/icons/photosearch.svg"
    icon.parent.mkdir(parents=True)
    shutil.copy(ROOT / "resources" / "icons" / "photosearch.svg", icon)
    for name in ("photosearch", "_internal/library.so"):
        (folder / name).write_bytes(b"\x7fELF" + bytes(100))
        (folder / name).chmod(0o755)
    (folder / "_internal" / "link.so").symlink_to("library.so")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="folders have no modes here, and links need a privilege")
def test_folders_differ_by_modes_bytes_and_names(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(bundle, other, symlinks=True)
    assert equal.differences(bundle, other) == []
    (other / "_internal").chmod(0o700)
    (other / "_internal" / "library.so").write_bytes(b"\x7fELF" + bytes(99) + b"x")
    (other / "more").touch()
    assert equal.differences(bundle, other) == [
        "_internal/library.so: 104 and 104 bytes differ, from byte 103",
        "_internal: drwxr-xr-x and drwx------",
        "more: only in the second",
    ]


def zipped(file: Path, names: list[str], year: int) -> Path:
    with zipfile.ZipFile(file, "w") as opened:
        for name in names:
            opened.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), name)
    return file


def test_the_order_and_the_times_in_an_archive_count(tmp_path: Path) -> None:
    one = zipped(tmp_path / "1.whl", ["a", "b"], 1980)
    assert equal.differences(one, zipped(tmp_path / "2.whl", ["a", "b"], 1980)) == []
    reordered = equal.differences(one, zipped(tmp_path / "3.whl", ["b", "a"], 1980))
    assert reordered == ["1.whl/: the same members in another order"]
    later = equal.differences(one, zipped(tmp_path / "4.whl", ["a", "b"], 2026))
    assert [line.split(":")[0] for line in later] == ["1.whl/a", "1.whl/b"]


def test_bytes_that_differ_though_all_members_are_equal_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"same")
    for kind in ("gz", "xz"):
        with tarfile.open(tmp_path / kind, f"w:{kind}") as opened:
            opened.add(tmp_path / "file", "file")
    assert "the same members, packed otherwise" in equal.differences(tmp_path / "gz", tmp_path / "xz")[0]


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("dpkg-deb"), reason="they are made on Debian")
def test_both_packages_are_the_same_whoever_makes_them(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "two" / "photosearch"
    shutil.copytree(bundle, other, symlinks=True)
    for path in other.rglob("*"):  # as another person's umask and another day would have left it
        if not path.is_symlink():
            path.chmod(0o700)
        os.utime(path, (1, 1), follow_symlinks=False)
    for folder, zone in ((bundle, "UTC"), (other, "Pacific/Kiritimati")):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, ROOT / "packaging/linux/make_deb.py", folder, folder.parent]
        subprocess.run(command, check=True, env={**environment, "QT_QPA_PLATFORM": "offscreen"})
    for pattern in ("*.deb", "*.tar.xz"):
        one, second = (next((tmp_path / name).glob(pattern)) for name in ("one", "two"))
        assert equal.differences(one, second) == []
        changed = tmp_path / one.name
        changed.write_bytes(one.read_bytes() + b"\n")
        assert equal.differences(one, changed) != []


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("dpkg-deb"), reason="they are made on Debian")
def test_what_differs_within_a_deb_is_named(tmp_path: Path) -> None:
    for name, text in (("one", "a"), ("two", "b")):
        root = tmp_path / name
        (root / "DEBIAN").mkdir(parents=True)
        (root / "DEBIAN" / "control").write_text(
            "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@localhost>\nDescription: x\n"
        )
        (root / "file").write_text(text)
        command = ["dpkg-deb", "--root-owner-group", "--build", root, tmp_path / f"{name}.deb"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    found = equal.differences(tmp_path / "one.deb", tmp_path / "two.deb")
    assert found == ["one.deb/data.tar.xz/./file: 1 and 1 bytes differ, from byte 0"]


@pytest.mark.skipif(not shutil.which("mksquashfs"), reason="squashfs-tools are not installed")
def test_an_appimage_is_the_same_whenever_it_is_made_and_has_no_unknown_starter(bundle: Path, tmp_path: Path) -> None:
    make_appimage = ROOT / "packaging" / "linux" / "make_appimage"
    share = bundle / "share"
    for name in ("applications/photosearch.desktop", "icons/hicolor/256x256/apps/photosearch.png", "kio/x", "nemo/x"):
        (share / name).parent.mkdir(parents=True)
        (share / name).write_text(name)
    files = []
    for day in (0, 1_000_000):
        for path in bundle.rglob("*.png"):
            os.utime(path, (day, day))
        with tarfile.open(tmp_path / f"{day}.tar.xz", "w:xz") as opened:
            opened.add(bundle, "photosearch-1")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
        files.append(tmp_path / f"{day}.squashfs")
        subprocess.run([make_appimage, tmp_path / f"{day}.tar.xz", "-", files[-1]], check=True, env=environment)
    assert equal.differences(*files) == []
    (tmp_path / "starter").write_bytes(b"\x7fELF")
    image = tmp_path / "program.AppImage"
    refused = subprocess.run([make_appimage, tmp_path / "0.tar.xz", tmp_path / "starter", image], capture_output=True)
    assert refused.returncode and not image.exists()
