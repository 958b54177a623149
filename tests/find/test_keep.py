"""Which of some duplicates is kept, and what is said for it."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from PIL import Image

from photosearch.find.keep import Rival, choose_keeper, is_enlarged, rank
from photosearch.find.spectrum import radial_spectrum
from photosearch.photo import Facts, Photo
from photosearch.settings import RULES, KeepRules, Rule
from tests.photos import open_sample

FACTS = Facts("JPEG", 3000, 2000, "2020-05-06T07:08:09", "Canon", None, None, None, 100.0)
BASE = Rival(Photo(1, "/photos/IMG_1.jpg", "present", 5_000_000, 10**18, FACTS), quality=90)


def rival(photo_id: int, chosen: int = 0, is_enlarged: bool = False, quality: float = 90, **changes: object) -> Rival:
    """One that differs from BASE in what is said; facts and the rest of the photo by their names."""
    names = {name: value for name, value in changes.items() if name in Facts.__slots__}
    others = {name: value for name, value in changes.items() if name not in names}
    photo = replace(BASE.photo, photo_id=photo_id, facts=replace(FACTS, **names), **others)  # pyright: ignore[reportArgumentType]
    return Rival(photo, chosen, is_enlarged, quality)


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
        (rival(2, path="/IMG_1.jpg"), "Shortest path"),
        (rival(2, chosen=7), "You chose it"),
    ],
)
def test_each_rule_decides_where_all_else_is_equal(better: Rival, reason: str) -> None:
    assert choose_keeper([BASE, better], KeepRules()) == (2, reason)
    assert choose_keeper([better, BASE], KeepRules()) == (2, reason)


def test_the_order_of_the_rules_decides() -> None:
    small_raw = rival(2, format="RAW", width=1500, height=1000)
    assert choose_keeper([BASE, small_raw], KeepRules())[0] == 1
    assert choose_keeper([BASE, small_raw], KeepRules(("format", "resolution"))) == (2, "Best format: RAW")


def test_an_enlarged_copy_is_not_kept_though_it_is_larger() -> None:
    enlarged = rival(2, is_enlarged=True, width=6000, height=4000)
    assert choose_keeper([BASE, enlarged], KeepRules()) == (1, "Not enlarged from a smaller one")


def test_a_frame_makes_no_picture_larger() -> None:
    framed = replace(rival(2, width=6000, height=4000), is_framed=True)
    assert choose_keeper([BASE, framed], KeepRules()) == (1, "Without a frame")
    assert choose_keeper([BASE, framed], KeepRules(("size", "path"))) == (1, "Shortest path")


def test_what_came_from_a_camera_is_kept_rather_than_what_was_made_of_it() -> None:
    made = rival(2, format="PNG", camera=None, taken_at=None)
    assert choose_keeper([BASE, made], KeepRules()) == (1, "Most complete EXIF")
    raw = rival(3, format="RAW", camera=None, taken_at=None)
    assert choose_keeper([BASE, made, raw], KeepRules())[0] == 3, "however little of it can be read"


def test_what_set_it_apart_first_and_what_decided_are_both_told() -> None:
    rivals = [BASE, rival(2, width=800, height=600), rival(3, path="/photos/IMG_1 (1).jpg"), rival(4, width=80)]
    assert choose_keeper(rivals, KeepRules()) == (1, "Largest: 3,000 × 2,000; Plainest name: IMG_1.jpg")


def test_folders_come_in_their_order_and_protected_ones_first() -> None:
    rivals = [rival(1, path="/a/x.jpg", width=9000), rival(2, path="/b/x.jpg"), rival(3, path="/c/x.jpg")]
    rules = KeepRules(folders=("/c", "/b"))
    assert choose_keeper(rivals, rules) == (3, "In “/c”, which comes first")
    assert choose_keeper(rivals, replace(rules, protected=("/b",))) == (2, "In a protected folder")
    assert choose_keeper(rivals, replace(rules, folders=("/b", "/c"))) == (2, "In “/b”, which comes first")


def test_what_cannot_be_reached_is_not_what_the_others_go_for() -> None:
    away = rival(2, state="offline", width=9000)
    assert choose_keeper([BASE, away], KeepRules(protected=("/photos",)))[0] == 1


@pytest.mark.parametrize(
    "name", ["IMG_1 copy.jpg", "IMG_1 (2).jpg", "IMG_1-edited.jpg", "Kopie von 1.jpg", "IMG_1 Copy 2.jpg"]
)
def test_a_name_that_tells_of_a_copy_is_not_kept(name: str) -> None:
    plain = rival(2, path="/photos/a long but plain name.jpg")
    assert choose_keeper([rival(1, path=f"/photos/{name}"), plain], KeepRules())[0] == 2


def test_the_choice_does_not_depend_on_the_order_of_the_photos() -> None:
    random = np.random.default_rng(3)
    rivals = [
        rival(number, width=int(width), quality=float(quality), path=f"/{number % 3}/{number}.jpg")
        for number, (width, quality) in enumerate(random.integers(1, 3, (5, 2)), 1)
    ]
    for order in [RULES, tuple[Rule, ...](reversed(RULES))]:
        rules = KeepRules(order)
        assert len({choose_keeper(each, rules) for each in permutations(rivals)}) == 1
        assert choose_keeper(rivals, rules)[0] == min(rivals, key=rank(rules)).photo.photo_id


@pytest.mark.parametrize("resample", [Image.Resampling.BICUBIC, Image.Resampling.LANCZOS])
@pytest.mark.parametrize("times", [1.6, 2.0, 3.0])
def test_an_enlarged_picture_is_told_by_its_spectrum(resample: Image.Resampling, times: float) -> None:
    for number in range(3):
        whole = open_sample(number, (480, 360))
        small = whole.resize((round(480 / times), round(360 / times)), Image.Resampling.LANCZOS)
        assert not is_enlarged(radial_spectrum(np.asarray(whole)), times)
        assert is_enlarged(radial_spectrum(np.asarray(small.resize((480, 360), resample))), times)
