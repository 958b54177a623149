"""Decisions about duplicates hold until they are taken back."""

import shutil
from pathlib import Path

from photosearch.library import Library
from tests.cli.duplicates.copies import ALL, RunJson, find, group_of, ids_of, told
from tests.conftest import Run
from tests.jobs import finish, index
from tests.photos import save_sample


def test_decisions_outlive_moves_and_forgetting_the_folder(library: Library, compared: Path, tmp_path: Path) -> None:
    pair = group_of(find(library), "two.png | two.jpg")
    library.feedback.decide("not duplicates", ids_of(pair)[1:], pair.keeper)
    kept = group_of(find(library), "one.jpg | one copy.jpg")
    library.feedback.decide("keep all", ids_of(kept))
    left = [ALL[0], ALL[2]]
    assert told(find(library)) == left
    moved = tmp_path / "moved"
    compared.rename(moved)
    finish(library.remove_folder(str(compared)))
    (moved / "two.jpg").rename(moved / "2.jpg")
    index(library, moved)
    assert told(find(library)) == left
    library.feedback.undecide(list(library.photos.listing().ids))
    assert ("same", "two.png | 2.jpg") in told(find(library))


def test_a_group_that_was_kept_comes_back_when_another_photo_joins(library: Library, compared: Path) -> None:
    for title in ("two.png | two.jpg", "one.jpg | one copy.jpg"):
        library.feedback.decide("keep all", ids_of(group_of(find(library), title)))
    assert told(find(library)) == [ALL[0], ALL[2]]
    save_sample(compared / "two small.jpg", 2, (400, 300))
    shutil.copy2(compared / "one.jpg", compared / "one again.jpg")
    index(library)
    found = told(find(library))
    assert ("same", "two.png | two small.jpg | two.jpg") in found
    assert ("identical", "one.jpg | one again.jpg | one copy.jpg") in found


def test_the_photo_that_was_chosen_is_kept(library: Library, compared: Path) -> None:
    for title in ("two.png | two.jpg", "one.jpg | one copy.jpg"):
        group = group_of(find(library), title)
        library.feedback.decide("keep this", ids_of(group), group.photos[1].photo.photo_id)
    found = find(library)
    assert group_of(found, "two.jpg | two.png").reason == "You chose it"
    assert group_of(found, "one copy.jpg | one.jpg").reason == "You chose it"


def test_the_command_lists_decisions_and_takes_them_back(
    library: Library, compared: Path, run: Run, run_json: RunJson
) -> None:
    pair = group_of(find(library), "two.png | two.jpg")
    number = library.feedback.decide("not duplicates", ids_of(pair)[1:], pair.keeper)
    assert ALL[3] not in told(find(library))
    assert "no duplicates: two.png, two.jpg" in run("decisions")[1]
    (listed,) = run_json("decisions")["decisions"]
    assert (listed["number"], listed["kind"]) == (number, "not duplicates")
    assert run("decisions", "--take-back", number)[1].startswith("Taken back: no duplicates: two.png")
    assert run("decisions")[1].startswith("Nothing has been decided")
    assert run("decisions", "--take-back", number)[0] == 1
    assert ALL[3] in told(find(library))
