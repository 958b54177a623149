"""Bursts, exposure brackets and panoramas, told from photos that only lie near each other in time."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFilter

from photosearch.find.bursts import Shot, group_shots
from photosearch.library import Library
from photosearch.settings import KeepRules
from tests.conftest import Run
from tests.jobs import index
from tests.photos import open_sample, save_shot, save_shots


@pytest.fixture
def shots(library: Library, album: Path) -> Path:
    save_shots(album)
    index(library, album)
    return album


def test_they_are_told_apart_and_the_best_is_first(shots: Path, run_json: Callable[..., Any]) -> None:
    told = {each["kind"]: each for each in run_json("bursts")["bursts"]}
    assert set(told) == {"burst", "bracket", "panorama"}
    files = {kind: [os.path.basename(path) for path in each["photos"]] for kind, each in told.items()}
    assert files["burst"] == ["burst1.jpg", "burst2.jpg", "burst0.jpg"]
    assert told["burst"]["best"] == str(shots / "burst1.jpg")
    assert sorted(files["bracket"]) == ["bracket0.jpg", "bracket1.jpg", "bracket2.jpg"]
    assert files["panorama"] == ["panorama0.jpg", "panorama1.jpg", "panorama2.jpg"]


def test_an_empty_library_says_how_to_begin(library: Library, run: Run) -> None:
    assert "No folder has been added yet" in run("bursts")[1]


def test_words_and_a_folder_without_any(shots: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("bursts")
    assert code == 0 and "1 burst, 1 exposure bracket, 1 panorama" in out and "★" in out
    code, _, error = run("bursts", "--in", tmp_path / "library")
    assert code == 1 and "No photo of the library lies in" in error


def test_the_best_stays_and_the_rest_go_once_that_is_agreed(
    shots: Path, run: Run, run_json: Callable[..., Any], trash: Path
) -> None:
    before = sorted(file.name for file in shots.iterdir())
    assert run("bursts", "--trash")[0] == 2  # nobody can be asked
    assert sorted(file.name for file in shots.iterdir()) == before
    (shots / "burst2.pp3").write_text("[Exposure]\nCompensation=1\n")  # edits: it stays
    code, out, _ = run("bursts", "--trash", "--yes")
    assert code == 0 and "burst0.jpg goes to the trash" in out and "1 photo went to the trash" in out
    assert set(before) - {file.name for file in shots.iterdir()} == {"burst0.jpg"}
    assert run("undo")[0] == 0
    assert set(before) <= {file.name for file in shots.iterdir()}
    (shots / "burst1.jpg").rename(shots.parent / "away.jpg")  # the best, since it was indexed
    code, out, _ = run("bursts", "--trash", "--yes")
    assert code == 1 and "Nothing was done." in out and "burst1.jpg”, is gone" in out
    assert (shots / "burst0.jpg").exists()


def test_nothing_goes_from_a_protected_folder(shots: Path, library: Library, run_json: Callable[..., Any]) -> None:
    library.encoders.change(replace(library.settings, keep=KeepRules(protected=(str(shots),))))
    assert run_json("bursts", "--trash", "--yes")["photos"] == 0
    assert (shots / "burst0.jpg").exists()


def test_each_burst_is_judged_once_and_again_when_its_files_are_back(shots: Path, library: Library) -> None:
    away = shots.rename(shots.with_name("away"))
    assert len(list(library.bursts.find())) == 3  # without the exposure times, by the thumbnails
    assert list(library.bursts.find()) == []
    away.rename(shots)
    assert len(list(library.bursts.find())) == 3
    assert list(library.bursts.find()) == []
    with Library(library.places.library, "cpu") as again:
        assert list(again.bursts.find()) == []  # it is on the disk


def shot(number: int, path: str, taken_at: str | None = None, camera: str | None = "Cam") -> Shot:
    return Shot(number, number, path, taken_at, camera)


def grouped(shots: list[Shot], alike: bool = True) -> list[list[int]]:
    return [[each.photo_id for each in group] for group in group_shots(shots, lambda one, other: alike)]


@pytest.mark.parametrize(
    "names",
    [
        ["00000IMG_00000_BURST20190102030405678_COVER.jpg", "00001IMG_00001_BURST20190102030405678.jpg"],
        ["IMG_20190102_030405_BURST1.jpg", "IMG_20190102_030405_BURST2.jpg"],
        ["PXL_20230102_030405678.BURST-01.COVER.jpg", "PXL_20230102_030405678.BURST-02.jpg"],
    ],
)
def test_names_of_phones_tell_a_burst(names: list[str]) -> None:
    others = [shot(7, "/p/IMG_20190102_040405_BURST1.jpg"), shot(8, "/p/IMG_1.jpg")]
    assert grouped([*(shot(number, f"/p/{name}") for number, name in enumerate(names)), *others], False) == [[0, 1]]


@pytest.mark.parametrize(
    "names",
    [
        ["BURST/a.jpg", "BURST/b.jpg"],
        ["Fountain_BURST1.jpg", "Fountain_BURST2.jpg"],
        ["20190102 burst 1.jpg", "20190102 burst 2.jpg"],
    ],
)
def test_names_that_tell_no_moment_are_a_hint_only(names: list[str]) -> None:
    """Or of whatever lies in such a folder, one photo would be proposed to stay."""
    row = [shot(number, f"/p/{name}") for number, name in enumerate(names)]
    assert grouped(row) == [[0, 1]] and grouped(row, False) == []
    days = [replace(each, taken_at=f"2024-01-0{each.photo_id + 1}T10:00:00") for each in row]
    assert grouped(days) == []


def test_a_title_is_no_name_of_a_burst() -> None:
    titles = ("Sunburst dress.jpg", "Sunburst beach.jpg", "Dam bursting 1.jpg", "Dam bursting 2.jpg")
    assert grouped([shot(number, f"/p/{title}") for number, title in enumerate(titles)]) == []


def test_unlike_photos_in_a_folder_called_burst_stay(
    library: Library, album: Path, run_json: Callable[..., Any]
) -> None:
    for number in range(4):
        picture = open_sample(number, (480, 350))
        (album / "Burst").mkdir(parents=True, exist_ok=True)
        picture.save(album / "Burst" / f"{number}.jpg")
    index(library, album)
    assert run_json("bursts")["bursts"] == []
    assert run_json("bursts", "--trash", "--yes")["photos"] == 0


def test_times_cameras_and_looks_part_shots() -> None:
    row = [
        shot(0, "/a.jpg", "2024-01-01T10:00:00.10"),
        shot(1, "/b.jpg", "2024-01-01T10:00:01.90"),
        shot(2, "/c.jpg", "2024-01-01T10:00:04.00"),
        shot(3, "/d.jpg", "2024-01-01T10:00:01.00", "Other"),
        shot(4, "/e.jpg"),
    ]
    assert grouped(row) == [[0, 1]]
    assert grouped(row, False) == []


def test_another_file_of_a_shot_is_no_other_shot() -> None:
    moment = "2024-01-01T10:00:00"
    raw, jpeg = shot(0, "/p/one.dng", moment), shot(1, "/p/one.jpg", moment)
    copy = Shot(2, 1, "/p/copy.jpg", moment, "Cam")
    assert grouped([raw, jpeg]) == [] and grouped([jpeg, copy]) == []


def test_an_export_is_no_shot_beside_its_original(library: Library, album: Path, run_json: Callable[..., Any]) -> None:
    """It has the time of its original, and would send it away if it were taken for a sharper shot."""
    scene = open_sample(0, (480, 350))
    save_shot(album / "IMG_1.jpg", scene, 1, "10", 0.01)
    save_shot(album / "out" / "IMG_1-web.jpg", scene.resize((320, 233)).filter(ImageFilter.SHARPEN), 1, "10", 0.01)
    index(library, album)
    assert run_json("bursts")["bursts"] == []
    save_shot(album / "IMG_2.jpg", scene.crop((40, 20, 470, 350)), 1, "80", 0.01)
    index(library, album)
    (burst,) = run_json("bursts")["bursts"]
    assert {os.path.basename(path) for path in burst["photos"]} == {"IMG_1.jpg", "IMG_2.jpg"}
    assert run_json("bursts")["bursts"] == [burst]


def test_a_bracket_within_a_second_is_no_row_of_edits(
    library: Library, album: Path, run_json: Callable[..., Any]
) -> None:
    for number, stops in enumerate((0.0, -2.0, 2.0)):
        lit = open_sample(3, (480, 350)).point(lambda value, stops=stops: min(255, round(value * 2 ** (stops / 2.2))))
        save_shot(album / f"{number}.jpg", lit, 1, "", 0.04 * 2**stops)
    index(library, album)
    assert [each["kind"] for each in run_json("bursts")["bursts"]] == ["bracket"]
