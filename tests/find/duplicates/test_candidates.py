"""Copies that are easily missed, and how many comparisons photos cost that are all alike, through the command line."""

import random
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter

from photosearch.find.duplicates import candidates
from photosearch.find.duplicates.candidates import IN_A_ROUND, MOST_VAIN, Rounds, in_parts
from photosearch.models import Tier
from photosearch.store.tables.pairs import Pair
from tests.photos import make_exif, open_sample

RunJson = Callable[..., Any]


def groups(run_json: RunJson, *options: str) -> list[tuple[str, list[str], list[str]]]:
    """The tier of each group, its names, the keeper first, and which of them are proposed to go."""
    return [
        (
            group["tier"],
            [Path(photo["path"]).name for photo in group["photos"]],
            [Path(photo["path"]).name for photo in group["photos"] if not photo["stays"]],
        )
        for group in run_json("duplicates", *options)["groups"]
    ]


def draw_panorama() -> Image.Image:
    """6000 × 400: samples beside each other."""
    panorama = Image.new("RGB", (6000, 400))
    for place in range(8):
        panorama.paste(open_sample(place, (750, 560)).crop((0, 80, 750, 480)), (750 * place, 0))
    return panorama.filter(ImageFilter.GaussianBlur(0.5))


def test_a_panorama_and_its_copy_of_a_quarter_of_its_size(run_json: RunJson, album: Path) -> None:
    panorama = draw_panorama()
    panorama.save(album / "panorama.jpg", quality=92)
    panorama.resize((1500, 100), Image.Resampling.LANCZOS).save(album / "small.jpg", quality=88)
    run_json("index", album)
    assert groups(run_json) == [("same", ["panorama.jpg", "small.jpg"], ["small.jpg"])]


@pytest.mark.parametrize("tiers", [[], ["--tier", "same"]])
def test_equal_pixels_are_the_same_whatever_the_clock_of_the_camera_said(
    run_json: RunJson, album: Path, tiers: list[str]
) -> None:
    photo = open_sample(1, (640, 480))
    for hour in (7, 8):
        exif = make_exif(taken_at=f"2024:05:06 {hour:02}:08:09", make="Maker", model="Model 5")
        photo.save(album / f"{hour}.jpg", quality=90, exif=exif)
    run_json("index", album)
    assert groups(run_json, *tiers) == [("same", ["7.jpg", "8.jpg"], ["8.jpg"])]


ALIKE = list(combinations(range(60), 2))


def compare(rounds: Rounds, tier: str | None) -> list[Pair]:
    compared = list[Pair]()
    while pairs := rounds.take():
        assert max(Counter(content for pair in pairs for content in pair).values()) <= IN_A_ROUND
        compared += pairs
        rounds.learn(dict.fromkeys(pairs, tier))  # pyright: ignore[reportArgumentType]
    return compared


def test_copies_of_one_photo_are_compared_until_they_hang_together() -> None:
    compared = compare(Rounds(ALIKE, {}, Counter()), "same")
    assert len(compared) <= 60 * IN_A_ROUND
    reached = {0}
    for _ in range(60):
        reached |= {content for pair in compared if reached & set(pair) for content in pair}
    assert reached == set(range(60))


@pytest.mark.parametrize("tier", [None, "similar"])
def test_what_is_alike_but_no_copy_costs_a_bounded_number_of_comparisons(tier: str | None) -> None:
    compared = compare(Rounds(ALIKE, {}, Counter()), tier)
    assert len(compared) == len(set(compared)) <= 60 * MOST_VAIN
    assert min(Counter(content for pair in compared for content in pair).values()) >= MOST_VAIN
    assert compare(Rounds(ALIKE, {}, Counter(dict.fromkeys(range(60), MOST_VAIN))), tier) == []


def test_a_copy_is_compared_with_its_photo_though_that_has_been_compared_in_vain() -> None:
    vain = Counter({0: 3 * MOST_VAIN})
    assert compare(Rounds([(0, 1)], {}, vain), "same") == [(0, 1)]


def test_what_hangs_together_already_is_not_compared_again() -> None:
    assert compare(Rounds([(1, 3)], {(1, 2): "same", (2, 3): "edited"}, Counter()), "same") == []
    assert compare(Rounds([(1, 3)], {(1, 2): "same", (2, 3): "similar"}, Counter()), "same") == [(1, 3)]


def test_parts_compare_what_all_candidates_together_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos of ten scenes, some of them copies; two scenes hang together by known copies."""
    choose = random.Random(1)
    alike = [pair for pair in combinations(range(120), 2) if pair[0] % 10 == pair[1] % 10 and choose.random() < 0.7]
    choose.shuffle(alike)
    tiers: dict[Pair, Tier | None] = {pair: choose.choice(("same", "edited", "similar", None)) for pair in alike}
    known: dict[Pair, Tier | None] = {(1, 121): "same", (2, 121): "edited", (3, 121): "similar", (122, 123): "same"}
    vain = Counter({5: MOST_VAIN, 15: MOST_VAIN, 25: MOST_VAIN})
    monkeypatch.setattr(candidates, "PART", 60)
    together = Rounds(alike, known, vain.copy())
    parts = in_parts(alike, known, vain.copy())
    assert 1 < len(parts) < 10
    expected, compared = set[Pair](), list[Pair]()
    while pairs := together.take():
        expected.update(pairs)
        together.learn({pair: tiers[pair] for pair in pairs})
    for part in parts:
        while pairs := part.take():
            compared += pairs
            part.learn({pair: tiers[pair] for pair in pairs})
    assert len(compared) == len(set(compared))
    assert set(compared) == expected
