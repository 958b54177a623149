"""Duplicates from files to groups, decisions and acts, through the library and the command line."""

import csv
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageOps

from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.encode.bundle import CARD
from photosearch.errors import EncoderError
from photosearch.library import Library
from photosearch.models import Duplicates, Filter, Group, Progress
from photosearch.settings import KeepRules
from photosearch.store.tables.journal import Before, Journal
from tests.conftest import Run, keep, restore
from tests.jobs import finish, index
from tests.photos import open_sample, save_sample

RunJson = Callable[..., Any]
SIZE = (640, 480)


def save_copies(folder: Path) -> None:
    """Two scenes: one with a copy, a smaller one and a mirrored crop; the other with a re-saved one. And a third."""
    save_sample(folder / "one.jpg", 1, SIZE, quality=95)
    shutil.copy(folder / "one.jpg", folder / "one copy.jpg")
    save_sample(folder / "one small.jpg", 1, (400, 300), quality=90)
    ImageOps.mirror(open_sample(1, SIZE)).crop((40, 40, 600, 440)).save(folder / "one mirrored.jpg", quality=92)
    save_sample(folder / "two.png", 2, SIZE)
    save_sample(folder / "two.jpg", 2, SIZE, quality=80)
    save_sample(folder / "three.jpg", 5, SIZE)
    for file in folder.glob("*.*"):
        os.utime(file, (10**9, 10**9))  # else a slow second makes one the earlier


def names(group: Group) -> str:
    """The names of a group, the keeper first."""
    keeper, *others = (os.path.basename(member.photo.path) for member in group.photos)
    return " | ".join([keeper, *sorted(others)])


def told(found: Duplicates) -> list[tuple[str, str]]:
    return sorted((group.tier, names(group)) for group in found.groups)


ALL = [
    ("edited", "one.jpg | one mirrored.jpg"),
    ("identical", "one.jpg | one copy.jpg"),
    ("same", "one.jpg | one small.jpg"),
    ("same", "two.png | two.jpg"),
]


@pytest.fixture(scope="module")
def once_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with duplicates of every kind but similar shots, and a library of them."""
    place = tmp_path_factory.mktemp("indexed")
    (place / "album").mkdir()
    save_copies(place / "album")
    with Library(place / "library") as library:
        index(library, place / "album")
    keep(place)
    return place


@pytest.fixture(scope="module")
def once_compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and the library has compared them."""
    place = tmp_path_factory.mktemp("compared")
    (place / "album").mkdir()
    save_copies(place / "album")
    with Library(place / "library") as library:
        index(library, place / "album")
        assert told(find(library)) == ALL
    keep(place)
    return place


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of the test's own, with the photos and their library where the test has them."""
    if "copies" in request.fixturenames:
        return restore(request.getfixturevalue("once_indexed"))
    return restore(request.getfixturevalue("once_compared")) if "compared" in request.fixturenames else tmp_path


@pytest.fixture
def copies(album: Path) -> Path:
    """The album, indexed, with duplicates of every kind but similar shots."""
    return album


@pytest.fixture
def compared(album: Path) -> Path:
    """The same, where what they are has been found."""
    return album


def find(library: Library, **options: Any) -> Duplicates:
    return finish(library.duplicates(**options))


def test_each_kind_of_copy_is_found_with_a_reason_and_what_it_frees(library: Library, copies: Path) -> None:
    found = find(library)
    assert told(found) == ALL
    by_name = {names(group): group for group in found.groups}
    assert by_name["one.jpg | one small.jpg"].reason == "Has the most detail"
    assert by_name["two.png | two.jpg"].reason == "The others were made from it"
    assert by_name["one.jpg | one copy.jpg"].reason == "Plainest name: one.jpg"
    for group in found.groups:
        assert [member.stays for member in group.photos] == [True] + [False] * (len(group.photos) - 1)
        assert group.reclaimable_bytes == sum(member.photo.size_bytes for member in group.photos[1:])
    crop = by_name["one.jpg | one mirrored.jpg"].photos[1].verdict.evidence
    assert crop is not None and crop.mirrored
    left, top, width, height = crop.overlap
    assert (left, top, left + width, top + height) == pytest.approx(
        (40 / 640, 40 / 480, 600 / 640, 440 / 480), abs=0.03
    )


def stages(job: Any) -> Counter[str]:
    """The total of each stage of a job."""
    done = Counter[str]()
    last: dict[str, Progress] = {}
    for progress in job:
        before = last.get(progress.stage)
        done[progress.stage] += progress.done - (before.done if before and before.done < progress.done else 0)
        last[progress.stage] = progress
    return done


def test_what_was_compared_once_is_not_compared_again(library: Library, copies: Path) -> None:
    first = stages(library.duplicates())
    assert first["finding lookalikes"] == 2 * 6, "by hash and by descriptor"
    assert first["comparing"] >= 4
    assert not stages(library.duplicates())
    save_sample(copies / "three small.jpg", 5, (320, 240))
    index(library)
    again = stages(library.duplicates())
    assert (again["finding lookalikes"], again["comparing"]) == (2 * 1, 1)
    assert ("same", "three.jpg | three small.jpg") in told(find(library))


def test_what_is_known_already_is_told_at_once(library: Library, copies: Path) -> None:
    assert told(find(library, depth="known")) == ALL[1:2], "identical files need no comparing"
    find(library)
    assert told(find(library, depth="known")) == ALL


def test_identical_files_are_found_without_an_encoder_that_knows_what_its_scores_mean(
    library: Library, copies: Path
) -> None:
    bundle = library.bundles.folder("default")
    plain = library.places.library / "plain"
    shutil.copytree(bundle, plain)
    card = json.loads((plain / CARD).read_text(encoding="utf-8"))
    del card["calibration"]
    (plain / CARD).write_text(json.dumps(card | {"name": "plain"}), encoding="utf-8")
    library.bundles.add(plain)
    library.encoders.adopt("plain")
    index(library)
    with pytest.raises(EncoderError, match="is not calibrated"):
        find(library)
    assert told(find(library, tiers=("identical",))) == ALL[1:2]


@pytest.mark.parametrize("seed", range(4))
def test_no_order_of_adding_deciding_and_stopping_changes_the_groups(
    library: Library, album: Path, tmp_path: Path, seed: int
) -> None:
    random, source = Random(seed), tmp_path / "source"
    source.mkdir()
    save_copies(source)
    files = sorted(source.iterdir())
    random.shuffle(files)
    while files:
        for file in [files.pop() for _ in range(min(len(files), random.randint(1, 3)))]:
            shutil.copy2(file, album / file.name)
        index(library, album)
        job = library.duplicates()
        for _ in range(random.randint(0, 3)):
            next(job, None)
        job.close()
        if random.random() < 0.5:
            found = find(library, depth="known")
            for group in found.groups:
                ids = [member.photo.photo_id for member in group.photos]
                library.feedback.decide(random.choice(["not duplicates", "keep all"]), ids)
                library.feedback.undecide(ids)
    assert told(find(library)) == ALL


# Decisions


def group_of(found: Duplicates, title: str) -> Group:
    return next(group for group in found.groups if names(group) == title)


def ids_of(group: Group) -> list[int]:
    return [member.photo.photo_id for member in group.photos]


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


# Folders


def test_one_folder_is_held_against_another(library: Library, compared: Path) -> None:
    new = compared / "new"
    new.mkdir()
    shutil.move(compared / "two.png", new / "two.png")
    shutil.copy(compared / "three.jpg", new / "three.jpg")
    save_sample(new / "three small.jpg", 5, (320, 240))
    save_sample(new / "four.jpg", 7, SIZE)
    save_sample(new / "four small.jpg", 7, (320, 240))
    index(library)
    found = find(library, only=Filter(str(new)), against=str(compared))
    assert not found.groups, "what lies in the folder is kept, whatever is asked about"
    old = compared / "old"
    old.mkdir()
    for file in compared.glob("*.*"):
        file.rename(old / file.name)
    index(library)
    found = find(library, against=str(old))
    assert told(found) == [("identical", "three.jpg | three.jpg"), ("same", "three.jpg | three small.jpg"),
                           ("same", "two.jpg | two.png")]  # fmt: skip
    assert all(group.photos[0].photo.path.startswith(str(old)) for group in found.groups)
    inside = find(library, only=Filter(str(new)))
    assert told(inside) == [("same", "four.jpg | four small.jpg"), ("same", "three.jpg | three small.jpg")]


def test_a_protected_folder_never_loses_a_photo(library: Library, compared: Path) -> None:
    safe = compared / "safe"
    safe.mkdir()
    for name in ("one copy.jpg", "one small.jpg"):
        shutil.move(compared / name, safe / name)
    index(library)
    found = find(library, rules=KeepRules(protected=(str(safe),)))
    assert told(found)[:3] == [
        ("edited", "one copy.jpg | one mirrored.jpg"),
        ("identical", "one copy.jpg | one.jpg"),
        ("same", "two.png | two.jpg"),
    ], "two protected compared are both kept"


def test_links_win_nothing_back_and_are_left_alone(library: Library, album: Path) -> None:
    save_sample(album / "a.jpg", 1, SIZE)
    os.link(album / "a.jpg", album / "b.jpg")
    (album / "c.jpg").symlink_to(album / "a.jpg")
    index(library, album)
    assert not find(library).groups
    shutil.copy(album / "a.jpg", album / "d.jpg")
    index(library)
    (group,) = find(library).groups
    frees = {os.path.basename(member.photo.path): member.frees_bytes for member in group.photos}
    assert frees == {"a.jpg": 0, "b.jpg": 0, "d.jpg": (album / "d.jpg").stat().st_size}


def test_an_enlarged_copy_is_not_kept(library: Library, album: Path) -> None:
    open_sample(1, SIZE).save(album / "one.jpg", quality=92)
    open_sample(1, SIZE).resize((1280, 960), Image.Resampling.BICUBIC).save(album / "large.jpg", quality=92)
    index(library, album)
    (group,) = find(library).groups
    assert (names(group), group.reason) == ("one.jpg | large.jpg", "The others were made from it")
    rules = replace(KeepRules(), order=("resolution",))
    (group,) = find(library, rules=rules).groups
    assert names(group) == "one.jpg | large.jpg", "a person's rules decide among photos that cover each other only"


def test_without_the_closer_look_nothing_is_proposed_to_go(library: Library, copies: Path) -> None:
    quick = find(library, depth="thumbnails")
    assert told(quick) == ALL
    for group in quick.groups:
        if group.tier != "identical":
            assert all(member.stays for member in group.photos)
            assert {member.side.lacks for member in group.photos[1:]} == {"unchecked"}
    find(library)
    assert any(not member.stays for group in find(library, depth="thumbnails").of("same") for member in group.photos)


def test_an_original_that_cannot_be_read_is_not_proposed_to_go(library: Library, copies: Path) -> None:
    (copies / "one small.jpg").unlink()
    save_sample(copies / "two.jpg", 3, SIZE)  # which the library does not know yet
    found = find(library)
    assert told(found) == ALL
    assert all(member.stays for group in found.of("same") for member in group.photos)


# The command line


def test_duplicates_in_words_json_csv_and_as_a_sheet(
    compared: Path, run: Run, run_json: RunJson, tmp_path: Path
) -> None:
    code, out, err = run("duplicates", "--csv", tmp_path / "out.csv", "--sheet", tmp_path / "out.png")
    assert (code, err) == (0, "")
    assert "The same picture, 2 photos. Has the most detail." in out
    document = run_json("duplicates")
    assert document.keys() == {"groups", "reclaimable_bytes"}
    assert len(document["groups"]) == 4
    first = document["groups"][0]
    assert first["tier"] == "identical" and first["keep"] == str(compared / "one.jpg")
    assert {"path", "width", "height", "size_bytes", "score"} <= first["photos"][0].keys()
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["kept"] for row in rows] == ["yes", "no"] * 4
    with Image.open(tmp_path / "out.png") as sheet:
        assert sheet.width > 4 * 256
    only = run_json("duplicates", "--tier", "same", "--keep", "size,date")
    assert [group["tier"] for group in only["groups"]] == ["same", "same"]


@pytest.mark.parametrize("arguments", [("--keep", "beauty"), ("--tier", "alike"), ("--trash", "--link")])
def test_what_makes_no_sense_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("duplicates", *arguments)
    assert stopped.value.code == 2


def test_nothing_goes_unasked_and_what_went_comes_back(compared: Path, run: Run, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in compared.iterdir()}
    away = tmp_path / "away"
    code, _, err = run("duplicates", "--move", away, "--yes")
    assert code == 2 and "--tier" in err
    code, out, err = run("duplicates", "--tier", "identical", "--tier", "same", "--move", away)
    assert code == 2 and "--yes" in err and "one copy.jpg" in out
    assert {file.name for file in compared.iterdir()} == set(before)
    code, out, err = run("duplicates", "--tier", "identical", "--tier", "same", "--move", away, "--yes")
    assert (code, err) == (0, "")
    assert "3 photos" in out and "photosearch undo 1" in out
    assert {file.name for file in compared.iterdir()} == {"one.jpg", "one mirrored.jpg", "two.png", "three.jpg"}
    assert "3 photos" in run("history")[1]
    assert "No duplicates" in run("duplicates", "--tier", "same")[1]
    code, out, _ = run("undo")
    assert code == 0 and "3 files of act 1" in out
    assert {file.name: file.read_bytes() for file in compared.iterdir()} == before
    assert "undone" in run("history")[1]


def test_a_photo_for_which_another_goes_that_goes_itself(library: Library, compared: Path) -> None:
    found = find(library)
    one, small = group_of(found, "one.jpg | one small.jpg").photos
    copy = group_of(found, "one.jpg | one copy.jpg").photos[1]
    keepers = {copy.photo.photo_id: one.photo.photo_id, one.photo.photo_id: small.photo.photo_id}
    cleared = finish(library.clear_away(keepers, "move", str(compared.parent / "away")))
    assert (cleared.photos, cleared.refused) == (2, ())
    assert not (compared / "one.jpg").exists() and (compared / "one small.jpg").exists()


def test_a_link_needs_no_tier_but_identical(compared: Path, run: Run) -> None:
    code, _, err = run("duplicates", "--tier", "same", "--link", "--yes")
    assert code == 2 and "identical" in err
    code, out, err = run("duplicates", "--link", "--yes")
    assert (code, err) == (0, "") and "1 photo, " in out
    assert (compared / "one.jpg").samefile(compared / "one copy.jpg")
    assert run("undo")[0] == 0
    assert not (compared / "one.jpg").samefile(compared / "one copy.jpg")


def test_a_folder_without_photos_of_the_library_is_told(compared: Path, run: Run, tmp_path: Path) -> None:
    for option in ("--in", "--against"):
        code, out, err = run("duplicates", option, tmp_path / "albun")
        assert (code, out) == (1, "") and "albun" in err


def test_on_request_the_photo_that_is_kept_takes_over_what_the_other_said(
    compared: Path, run: Run, tmp_path: Path
) -> None:
    said = complete(read_packet(EMPTY), {"xmp:Rating": ["4"]})
    (compared / "two.jpg.xmp").write_bytes(said)
    before = {file.name: file.read_bytes() for file in compared.iterdir()}
    command = ("duplicates", "--tier", "same", "--move", tmp_path / "away", "--inherit", "--yes")
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert "2 photos (3 files with what belongs to them)" in out
    taken_over = compared / "two.png.xmp"
    assert "into a sidecar: 1 photo." in out
    assert read_packet(taken_over.read_bytes()).values == {"xmp:Rating": ["4"]}
    assert run("undo")[0] == 0
    assert {file.name: file.read_bytes() for file in compared.iterdir()} == before


def test_what_a_killed_act_left_is_settled_before_indexing(library: Library, compared: Path) -> None:
    found = find(library)
    one, copy = group_of(found, "one.jpg | one copy.jpg").photos
    source, away = compared / "one copy.jpg", compared.parent / "away" / "one copy.jpg"
    journal = Journal(library.catalog)
    status = source.stat()
    facts = (hashlib.sha256(source.read_bytes()).digest(), status.st_size, status.st_mtime_ns, status.st_mode & 0o777)
    journal.plan(journal.begin("move", str(away.parent)), one.photo.path, [Before(str(source), str(away), *facts)])
    away.parent.mkdir()
    source.rename(away)  # and here it was killed
    assert library.history() == []
    index(library)
    assert [act.photos for act in library.history()] == [1]
    finish(library.undo())
    assert source.exists()
    assert copy.photo.photo_id in library.photos.listing().ids
