"""`doctor`: what is damaged is told, and mended on request."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from photosearch.cli.main import main
from photosearch.library import doctor
from photosearch.store import vectors
from tests.conftest import Run, keep, restore
from tests.photos import save_photo

RunJson = Callable[..., Any]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 60 photos, and a library of them with a search index."""
    place = tmp_path_factory.mktemp("indexed")
    for seed in range(60):
        save_photo(place / "album" / f"{seed}.jpg", seed, (40, 30))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "YOUNG_LIMIT", 10)
        assert main(["index", str(place / "album"), "--library", str(place / "library")]) == 0
    keep(place)
    return place


@pytest.fixture
def tmp_path(indexed: Path) -> Path:
    """A folder of the test's own, with the photos and their library."""
    return restore(indexed)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the library."""
    monkeypatch.setattr(vectors, "YOUNG_LIMIT", 10)
    return tmp_path / "library"


def findings(run: Run, *options: str) -> tuple[int, dict[str, str]]:
    """Exit code, and the lines of what is wrong or was."""
    code, out, _ = run("doctor", *options)
    lines = [line for line in out.splitlines() if line.startswith(("✓", "✗"))]
    names = {line[2:].split(":")[0]: line for line in lines}
    return code, names


def test_a_sound_library(places: Path, run: Run, run_json: RunJson) -> None:
    code, checks = findings(run)
    assert code == 0
    assert {"catalog", "thumbnails", "search index", "encoder", "GPU", "formats", "disk"} <= checks.keys()
    assert run_json("doctor")["sound"] is True


def scribble(file: Path, start: int) -> None:
    with file.open("r+b") as damaged:
        damaged.seek(start)
        damaged.write(b"\xaa" * 4096)


def test_a_damaged_search_index_is_rebuilt(places: Path, run: Run) -> None:
    scribble(next((places / "search").rglob("*.vectors")), 2000)
    code, checks = findings(run)
    assert (code, checks["search index"][0]) == (1, "✗")
    code, checks = findings(run, "--repair")
    assert (code, "Repaired" in checks["search index"]) == (0, True)
    assert findings(run)[0] == 0
    assert len(list((places / "search").rglob("*.vectors"))) == 1


def test_damaged_thumbnails_are_thrown_away(places: Path, run: Run, album: Path, tmp_path: Path) -> None:
    scribble(places / "thumbnails.sqlite", 8192)
    assert findings(run)[0] == 1
    assert findings(run, "--repair")[0] == 0
    assert run("similar", album / "1.jpg", "--sheet", tmp_path / "sheet.jpg")[0] == 0


@pytest.mark.parametrize("where", ["middle", "start"])
def test_a_damaged_catalog_is_saved_or_begun_anew(
    places: Path, run: Run, run_json: RunJson, album: Path, where: str
) -> None:
    catalog = places / "catalog.sqlite"
    scribble(catalog, 0 if where == "start" else catalog.stat().st_size // 2)
    code, checks = findings(run)
    assert (code, checks["catalog"][0]) == (1, "✗")
    code, checks = findings(run, "--repair")
    assert code == 0, checks
    assert str(places / "catalog-damaged-") in checks["catalog"]
    assert list(places.glob("catalog-damaged-*.sqlite")), "the damaged one is kept"
    run_json("index", album)
    assert run_json("status")["photos"] == 60
    assert findings(run)[0] == 0


@pytest.mark.parametrize("content", [b"", b"{", b'{"keep": 7}'])
def test_damaged_settings_are_put_aside(places: Path, run: Run, content: bytes) -> None:
    (places / "settings.json").write_bytes(content)
    code, checks = findings(run)
    assert (code, "which folders are protected" in checks["settings"]) == (1, True)
    assert run("duplicates", "--tier", "identical", "--trash", "--yes")[0] == 1
    code, checks = findings(run, "--repair")
    assert (code, "anew" in checks["settings"]) == (0, True)
    assert [file.read_bytes() for file in places.glob("settings-damaged-*.json")] == [content]
    assert findings(run)[0] == 0
    assert run("duplicates", "--tier", "identical")[0] == 0


def test_bytes_that_change_behind_size_and_time_are_found(
    places: Path, run: Run, run_json: RunJson, album: Path
) -> None:
    def change(photo: Path) -> None:
        before, content = photo.stat(), bytearray(photo.read_bytes())
        content[15] ^= 1  # of the density, in pixels an inch
        photo.write_bytes(content)
        os.utime(photo, ns=(before.st_atime_ns, before.st_mtime_ns))

    change(album / "1.jpg")
    document = run_json("index")
    assert (document["changed"], document["unchanged"]) == (0, 60)
    document = run_json("index", "--verify")
    assert (document["changed"], document["unchanged"]) == (1, 59)
    assert run_json("index", "--verify")["unchanged"] == 60
    for photo in album.iterdir():
        change(photo)
    code, checks = findings(run)
    assert (code, "Of 50 photos, 50 with the size and time of before" in checks["contents"]) == (
        1,
        True,
    )
    run("index", "--verify")
    assert findings(run)[0] == 0


def test_nothing_is_mended_while_another_process_writes(
    places: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "LOCK_TIMEOUT_S", 0.01)
    scribble(places / "catalog.sqlite", 0)
    with FileLock(places / "write.lock"):
        code, checks = findings(run, "--repair")
    assert code == 1
    assert "another Photosearch" in checks["catalog"]
    assert not list(places.glob("catalog-damaged-*"))


def test_an_encoder_without_a_card_is_told(places: Path, run: Run, run_json: RunJson) -> None:
    settings = places / "settings.json"
    settings.write_text(json.dumps((json.loads(settings.read_text()) if settings.exists() else {}) | {"encoder": "x"}))
    code, checks = findings(run)
    assert code == 1
    assert "no encoder “x”" in checks["encoder"]
    assert "Photos: 60." in checks["catalog"]
    assert "disk" in checks
    report = run_json("status")
    assert (report["photos"], report["encoded"], report["encoder"]["id"]) == (60, None, None)
    assert "no encoder “x”" in report["device"]
    assert run("status")[0] == 0


def test_a_damaged_encoder_is_told(places: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from photosearch import paths

    copy = tmp_path / "resources" / "encoders" / "default"
    copy.mkdir(parents=True)
    for file in (paths.resources() / "encoders" / "default").iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    scribble(copy / "model.onnx", 5000)
    monkeypatch.setattr("photosearch.encode.bundles.resources", lambda: tmp_path / "resources")
    code, checks = findings(run)
    assert code == 1
    assert "damaged" in checks["encoder"]
