"""The test that an installed program makes of itself: it passes, and says what is missing."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from photosearch.library.about.components import Notice, components, missing_texts
from photosearch.paths import resources
from photosearch.self_test import files


def test_all_is_as_it_should_be() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "photosearch", "--self-test"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "FAILED" in done.stdout) == (0, False), done.stdout + done.stderr
    for tested in ("heic", "dng", "other files of one picture", "undo", "map: ", "a photo is seen"):
        assert tested in done.stdout


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a packed program with some files and the list of them."""
    inner = tmp_path / "inner"
    place = inner / "photosearch" / "resources"
    shutil.copytree(resources() / "icons", place / "icons")
    (inner / "lib.so").write_bytes(b"library")
    names = [path for path in inner.rglob("*") if path.is_file()]
    told = {path.relative_to(inner).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in names}
    told["lib.so"] = ""
    (place / files.MANIFEST).write_text(json.dumps(told))
    monkeypatch.setattr(files, "resources", lambda: place)
    return inner


def test_what_is_missing_or_damaged_is_said(packed: Path) -> None:
    assert list(files.check_files()) == []
    (packed / "photosearch" / "resources" / "icons" / "add-folder.svg").unlink()
    (packed / "photosearch" / "resources" / "icons" / "back.svg").write_text("other")
    (packed / "lib.so").write_bytes(b"signed since")
    assert sorted(files.check_files()) == [
        "The resource photosearch/resources/icons/add-folder.svg is missing.",
        "The resource photosearch/resources/icons/back.svg is damaged.",
    ]
    (packed / "lib.so").unlink()
    assert "The library lib.so is missing." in list(files.check_files())
    (packed / "photosearch" / "resources" / files.MANIFEST).write_text("[")
    assert "is damaged" in next(files.check_files())


def test_a_part_without_its_licence_text_is_said() -> None:
    notices = [Notice(part.name, part.version, part.licence, "python", {"gone.txt": "00"}, []) for part in components()]
    assert missing_texts(notices[1:])[0] == f"{notices[0].name} is listed with no licence."
    assert f"The licence text gone.txt of {notices[0].name} is missing." in missing_texts(notices)
    bare = Notice("bare", "1", "MIT", "python", {}, [])
    assert "There is no licence text of bare." in missing_texts([bare])
