"""Which of some duplicates is kept, and what is said for it."""

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from photosearch.find.duplicates.keep import Rival, rank, reason_to_keep
from photosearch.models import Facts, Photo
from photosearch.settings import RULES, KeepRules, Rule

FACTS = Facts("JPEG", 3000, 2000, "2020-05-06T07:08:09", "Canon", None, None, None, 100.0)
BASE = Rival(Photo(1, str(Path("/photos/IMG_1.jpg")), "present", 5_000_000, 10**18, FACTS), quality=90)


def rival(photo_id: int, chosen: int = 0, quality: float = 90, **changes: object) -> Rival:
    """One that differs from BASE in what is said; facts and the rest of the photo by their names."""
    names = {name: value for name, value in changes.items() if name in Facts.__slots__}
    others = {name: value for name, value in changes.items() if name not in names}
    if path := others.get("path"):
        others["path"] = str(Path(str(path)))  # with the separators of this system
    photo = replace(BASE.photo, photo_id=photo_id, facts=replace(FACTS, **names), **others)  # pyright: ignore[reportArgumentType]
    return Rival(photo, chosen, quality=quality)


def keep(rivals: Sequence[Rival], rules: KeepRules) -> tuple[int, str]:
    """The id of the photo to keep, and the reason."""
    ranked = sorted(rivals, key=rank(rules))
    return ranked[0].photo.photo_id, reason_to_keep(ranked, rules)


@pytest.mark.parametrize(
    ("better", "reason"),
    [
        (rival(2, width=4000, height=3000), "Largest: 4,000 × 3,000"),
        (rival(2, format="RAW"), "Best format: RAW"),
        (rival(2, quality=95), "Best JPEG quality: 95"),
        (rival(2, sharpness=300.0), "Sharpest"),
        (rival(2, lens="50 mm"), "Most complete EXIF"),
        (rival(2, taken_at="2019-01-01T00:00:00"), "Earliest: 2019-01-01"),
        (rival(2, size_bytes=6_000_000), "Largest file"),
        (rival(2, path="/photos/1.jpg"), "Plainest name: 1.jpg"),
        (rival(2, path="/IMG_1.jpg"), "Fewest folders above it"),
        (rival(2, path="/photo/IMG_1.jpg"), "Shortest path"),
        (rival(2, path="/phetos/IMG_1.jpg"), "First in the order of paths"),
        (rival(2, chosen=7), "You chose it"),
    ],
)
def test_each_rule_decides_where_all_else_is_equal(better: Rival, reason: str) -> None:
    assert keep([BASE, better], KeepRules()) == (2, reason)
    assert keep([better, BASE], KeepRules()) == (2, reason)


def test_the_order_of_the_rules_decides() -> None:
    small_raw = rival(2, format="RAW", width=1500, height=1000)
    assert keep([BASE, small_raw], KeepRules())[0] == 1
    assert keep([BASE, small_raw], KeepRules(("format", "resolution"))) == (2, "Best format: RAW")


def test_a_photo_that_another_one_covers_is_not_kept_whatever_the_rules_prefer() -> None:
    covered = replace(rival(2, width=6000, height=4000, path="/first/1.jpg"), is_covered=True)
    rules = KeepRules(folders=("/first",))
    assert keep([BASE, covered], rules) == (1, "No other photo shows all of it")
    assert keep([BASE, replace(covered, chosen=3)], rules) == (2, "You chose it"), "but for the person's word"


def test_a_photo_with_copies_is_not_said_to_show_what_another_shot_shows() -> None:
    assert keep([BASE, replace(rival(2), breadth=3)], KeepRules()) == (2, "Shows all that its copies show")


def test_a_photo_whose_sidecar_holds_edits_is_kept() -> None:
    edited = replace(rival(2, path="/photos/IMG_1 (1).jpg", width=80), has_more=True)
    assert keep([BASE, edited], KeepRules()) == (2, "With edits or a video beside it")


def test_what_came_from_a_camera_is_kept_rather_than_what_was_made_of_it() -> None:
    made = rival(2, format="PNG", camera=None, taken_at=None)
    assert keep([BASE, made], KeepRules()) == (1, "Most complete EXIF")
    raw = rival(3, format="RAW", camera=None, taken_at=None)
    assert keep([BASE, made, raw], KeepRules())[0] == 3, "however little of it can be read"


def test_what_set_it_apart_first_and_what_decided_are_both_told() -> None:
    rivals = [BASE, rival(2, width=800, height=600), rival(3, path="/photos/IMG_1 (1).jpg"), rival(4, width=80)]
    assert keep(rivals, KeepRules()) == (1, "Largest: 3,000 × 2,000. Plainest name: IMG_1.jpg")


def test_folders_come_in_their_order_and_protected_ones_first() -> None:
    rivals = [rival(1, path="/a/x.jpg", width=9000), rival(2, path="/b/x.jpg"), rival(3, path="/c/x.jpg")]
    rules = KeepRules(folders=("/c", "/b"))
    assert keep(rivals, rules) == (3, "In “/c”, which comes first")
    assert keep(rivals, replace(rules, protected=("/b",))) == (2, "In a protected folder")
    assert keep(rivals, replace(rules, folders=("/b", "/c"))) == (2, "In “/b”, which comes first")


def test_what_cannot_be_reached_is_not_what_the_others_go_for() -> None:
    away = rival(2, state="offline", width=9000)
    assert keep([BASE, away], KeepRules(protected=("/photos",)))[0] == 1


@pytest.mark.parametrize(
    "name", ["IMG_1 copy.jpg", "IMG_1 (2).jpg", "IMG_1-edited.jpg", "Kopie von 1.jpg", "IMG_1 Copy 2.jpg"]
)
def test_a_name_that_tells_of_a_copy_is_not_kept(name: str) -> None:
    plain = rival(2, path="/photos/a long but plain name.jpg")
    assert keep([rival(1, path=f"/photos/{name}"), plain], KeepRules())[0] == 2


def test_the_choice_does_not_depend_on_the_order_of_the_photos() -> None:
    random = np.random.default_rng(3)
    rivals = [
        rival(number, width=int(width), quality=float(quality), path=f"/{number % 3}/{number}.jpg")
        for number, (width, quality) in enumerate(random.integers(1, 3, (5, 2)), 1)
    ]
    for order in [RULES, tuple[Rule, ...](reversed(RULES))]:
        rules = KeepRules(order)
        assert len({keep(each, rules) for each in permutations(rivals)}) == 1


@pytest.fixture
def kept_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Ünter uns"
    folder.mkdir()
    (folder / "one.jpg").touch()
    return folder


def test_a_protected_folder_is_told_by_any_spelling(kept_folder: Path) -> None:
    photo, link = str(kept_folder / "one.jpg"), kept_folder.parent / "link"
    if os.name == "nt":  # where links need a privilege
        link = kept_folder
    else:
        link.symlink_to(kept_folder)
    spellings = [
        str(kept_folder),
        f"{kept_folder}{os.sep}",
        f"{kept_folder}{os.sep}..{os.sep}{kept_folder.name}",
        str(link),
        unicodedata.normalize("NFD", str(kept_folder)),
        str(kept_folder).upper(),
    ]
    for spelling in spellings:
        assert KeepRules(protected=(spelling,)).protects(photo), spelling
        assert KeepRules(protected=(spelling,)).protects(str(link / "one.jpg")), spelling
    assert not KeepRules(protected=(str(kept_folder.parent / "Ünter"),)).protects(photo)


@pytest.mark.skipif(os.name != "nt", reason="no path is too long for this system and yet that of a photo")
def test_a_folder_protects_what_windows_cannot_follow(kept_folder: Path) -> None:
    deep = kept_folder.joinpath(*["d" * 60] * 5)
    os.makedirs(f"\\\\?\\{deep}")
    (Path(f"\\\\?\\{deep}") / "far.jpg").touch()
    assert KeepRules(protected=(str(kept_folder),)).protects(str(deep / "far.jpg"))
