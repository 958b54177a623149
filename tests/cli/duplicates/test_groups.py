"""Groups of duplicates: their kinds, reasons and folders, through the library."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from photosearch.encode.bundle import CARD
from photosearch.errors import EncoderError
from photosearch.library import Library
from photosearch.models import Filter
from photosearch.settings import KeepRules
from tests.cli.duplicates.copies import ALL, SIZE, find, names, save_copies, stages, told
from tests.jobs import index
from tests.photos import open_sample, save_sample


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
