"""Other shots of a scene: what a folder tells of them, what is found among photos, and which of them meet in a step."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")
pytest.importorskip("sklearn")

from photosearch.errors import FolderError
from photosearch.paths import resources
from photosearch.training.data.mined import mine_shots
from photosearch.training.data.relations import meet, relate
from photosearch.training.data.shots import read_shots, split_shots
from tests.photos import save_photo

GROUPS = {"a.png": "bin-01", "b.png": "bin-01", "c.png": "bin-02", "d.png": "tower", "e.png": "tower", "f.png": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"{path},{group}" for path, group in GROUPS.items()]
    (tmp_path / "groups.csv").write_text("\n".join(["path,group", *rows]))
    (tmp_path / "pairs.csv").write_text("path_a,path_b\nd.png,e.png\n")
    return tmp_path


def none() -> np.ndarray:
    return np.zeros((0, 2), np.int64)


def test_verified_pairs_count_and_groups_without_any_give_all_of_theirs(folder: Path):
    shots = read_shots(folder)
    assert [path.name for path in shots.photos] == list(GROUPS)
    assert {tuple(pair) for pair in shots.pairs.tolist()} == {(3, 4), (0, 1)}
    assert len(set(shots.scenes.tolist())) == 2


def test_groups_that_differ_by_a_number_are_one_family_and_other_photos_their_own(folder: Path):
    families = read_shots(folder).families.tolist()
    assert families[0] == families[1] == families[2]
    assert families[3] == families[4]
    assert len(set(families)) == 3


def test_what_is_held_out_shares_no_family_with_what_is_learned(tmp_path: Path):
    rows = [f"{number}.png,scene{chr(97 + number // 2)}" for number in range(26)]
    (tmp_path / "groups.csv").write_text("\n".join(["path,group", *rows]))
    held_out, learned = split_shots(read_shots(tmp_path))
    assert sorted([*held_out.photos, *learned.photos]) == sorted(tmp_path / f"{number}.png" for number in range(26))
    assert len(held_out.photos) == 4
    assert not set(held_out.families.tolist()) & set(learned.families.tolist())
    assert len(learned.pairs) == 11
    assert learned.pairs.max() < len(learned.photos)


@pytest.mark.parametrize("broken", ["path,kind\na.png,x\n", None])
def test_a_folder_that_does_not_tell_is_refused(tmp_path: Path, broken: str | None):
    if broken:
        (tmp_path / "groups.csv").write_text(broken)
    with pytest.raises(FolderError, match="does not tell"):
        read_shots(tmp_path)


def test_frames_of_a_fixed_camera_are_two_pictures_of_one_place():
    related = relate(np.arange(5), none(), np.zeros(0, np.int64), np.array([[0, 1]]), np.array([[2, 3]]))
    assert related.families[0] == related.families[1]
    assert related.families[2] != related.families[3]
    assert related.places[2] == related.places[3] != related.places[4]
    assert len(related.pairs) == 2


def test_pairs_of_a_scene_meet_in_a_step_beside_photos_met_once_in_an_epoch():
    related = relate(np.arange(30), np.array([[0, 1], [2, 3]]), np.array([0, 1]), none(), none())
    numbers, scenes = meet(4, related, 10, 0)
    assert len(numbers) == len(scenes) == 10
    shared = [numbers[scenes == scene].tolist() for scene in np.unique(scenes) if (scenes == scene).sum() > 1]
    assert shared in ([[0, 1]], [[2, 3]])
    np.testing.assert_array_equal(meet(4, related, 10, 0)[0], numbers)
    epoch = np.concatenate([meet(step, related, 10, 0)[0][2:] for step in range(3)])
    assert len(set(epoch.tolist())) == 24


def test_without_pairs_a_step_holds_photos_alone():
    numbers, scenes = meet(0, relate(np.arange(8), none(), np.zeros(0, np.int64), none(), none()), 4, 0)
    assert len(set(numbers.tolist())) == len(set(scenes.tolist())) == 4


def test_a_cut_of_a_photo_is_found_among_others(tmp_path: Path):
    with Image.open(next((resources() / "samples" / "photos" / "Animals").glob("*.jpg"))) as photo:
        photo.convert("RGB").save(tmp_path / "0.png")
        photo.convert("RGB").crop((0, 0, round(0.9 * photo.width), round(0.9 * photo.height))).save(tmp_path / "1.png")
    save_photo(tmp_path / "2.png", 3)
    assert mine_shots([tmp_path / f"{number}.png" for number in range(3)]).tolist() == [[0, 1, 0]]
