"""Groups of duplicates, made of photos and verdicts that the tests make up."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosearch.find.compare import turned
from photosearch.find.groups import Known, Star, describe_groups, find_stars, pair_of
from photosearch.photo import TIERS, Decision, Evidence, Facts, Photo, Tier, Verdict
from photosearch.settings import KeepRules
from photosearch.store.decisions import Decided
from photosearch.store.pairs import Pair, Related

Verdicts = dict[tuple[str, str], Tier | None]


def photo(photo_id: int, name: str, width: int = 100, kind: str = "JPEG") -> Photo:
    facts = Facts(kind, width, 100, None, None, None, None, None, 10.0)
    return Photo(photo_id, f"/photos/{name}", "present", 1000, 0, facts)


class Album:
    """Photos by name, each of a content of its own, and what comparing any two of them gives."""

    def __init__(self, widths: dict[str, int], verdicts: Verdicts, ids: Iterable[int] = range(1, 100)) -> None:
        self.ids = dict(zip(widths, ids, strict=False))
        self.names = {content: name for name, content in self.ids.items()}
        files = {self.ids[name]: [photo(self.ids[name], name, width)] for name, width in widths.items()}
        self.verdicts = {pair_of(self.ids[one], self.ids[other]): tier for (one, other), tier in verdicts.items()}
        self.known = Known(files, files, [], {}, {}, {}, KeepRules())
        self.candidates(verdicts)

    def candidates(self, names: Iterable[tuple[str, str]]) -> None:
        """The pairs that are compared without being asked for."""
        pairs = [pair_of(self.ids[one], self.ids[other]) for one, other in names]
        found = [(pair, tier) for pair in pairs if (tier := self.verdicts[pair])]
        self.known.related = [Related(*pair, 0.9, tier) for pair, tier in sorted(found)]
        self.known.tiers = {pair: self.verdicts[pair] for pair in pairs}

    def decide(self, kind: Decision, *names: tuple[str, str], kept: str | None = None) -> None:
        for one, other in names:
            decided = Decided(len(self.known.decisions) + 1, kind, self.ids[kept] if kept else None, None, 0)
            self.known.decisions[pair_of(self.ids[one], self.ids[other])] = decided

    def groups(self) -> list[tuple[Tier, str]]:
        """The tier of each group and its names, the keeper first, after comparing what is asked for."""
        while True:
            stars, wanted = find_stars(self.known)
            if not wanted:
                return sorted((star.tier, self._names(star)) for star in stars)
            self.known.tiers |= {pair: self.verdicts.get(pair) for pair in wanted}

    def _names(self, star: Star) -> str:
        return " ".join(self.names[content] for content in star.contents)


def test_a_chain_makes_no_large_group() -> None:
    chain = "abcdefgh"
    links: Verdicts = dict.fromkeys(pairwise(chain), "same")
    groups = Album(dict.fromkeys(chain, 100), links).groups()
    assert groups == [("same", "a b"), ("same", "c d"), ("same", "e f"), ("same", "g h")]


def test_the_keeper_is_the_best_and_all_the_others_are_compared_with_it() -> None:
    album = Album({"a": 100, "b": 300, "c": 200}, {("a", "b"): "same", ("b", "c"): "same", ("a", "c"): None})
    assert album.groups() == [("same", "b c a")]


def test_a_pair_that_was_no_candidate_is_compared_where_the_keeper_asks_for_it() -> None:
    album = Album({"a": 300, "b": 200, "c": 100}, {("a", "b"): "edited", ("b", "c"): "edited", ("a", "c"): "edited"})
    album.candidates([("a", "b"), ("b", "c")])
    assert album.groups() == [("edited", "a b c")]


def test_a_photo_goes_in_its_strongest_tier_only_and_its_keeper_stands_for_it() -> None:
    album = Album(
        {"a": 300, "b": 200, "c": 100},
        {("a", "b"): "same", ("b", "c"): "edited", ("a", "c"): "edited"},
    )
    album.candidates([("a", "b"), ("b", "c")])
    assert album.groups() == [("edited", "a c"), ("same", "a b")]


def test_what_was_decided_to_be_no_duplicate_is_in_no_group_with_it() -> None:
    album = Album({"a": 300, "b": 200, "c": 100}, dict.fromkeys([("a", "b"), ("b", "c"), ("a", "c")], "same"))
    album.decide("not duplicates", ("a", "b"))
    assert album.groups() == [("same", "a c")]


def test_what_was_chosen_is_kept_as_long_as_the_other_is_there() -> None:
    album = Album({"a": 300, "b": 200}, {("a", "b"): "same"})
    album.decide("keep this", ("a", "b"), kept="b")
    assert album.groups() == [("same", "b a")]


CAMERA, LENS = "Canon EOS 5D", "50 mm"
NOON = "2020-05-06T12:00:00"


@pytest.mark.parametrize(
    ("one", "other", "tier"),
    [
        ((NOON, CAMERA, LENS), ("2020-05-06T12:00:01", CAMERA, LENS), "similar"),
        ((NOON, CAMERA, None), ("2021-05-06T12:00:00", CAMERA, None), "similar"),
        ((f"{NOON}.12", CAMERA, LENS), (f"{NOON}.34", CAMERA, LENS), "similar"),
        ((f"{NOON}.120", CAMERA, LENS), (f"{NOON}.12", CAMERA, LENS), "edited"),
        ((f"{NOON}.12", CAMERA, LENS), (NOON, CAMERA, LENS), "edited"),
        ((NOON, CAMERA, LENS), ("2020-07-01T09:00:00", CAMERA, None), "edited"),  # when a program saved it
        ((NOON, CAMERA, LENS), ("2020-07-01T09:00:00", None, None), "edited"),
        ((NOON, CAMERA, LENS), (None, None, None), "edited"),
        ((NOON, None, None), ("2020-07-01T09:00:00", None, None), "edited"),
    ],
)
def test_what_a_camera_took_at_another_time_is_similar_at_most(
    one: tuple[str | None, ...], other: tuple[str | None, ...], tier: Tier
) -> None:
    copies: tuple[Tier, ...] = ("same", "edited")
    for found in copies:
        album = Album({"a": 300, "b": 200}, {("a", "b"): found})
        for name, (taken_at, camera, lens) in (("a", one), ("b", other)):
            (old,) = album.known.old[album.ids[name]]
            facts = replace(old.facts, taken_at=taken_at, camera=camera, lens=lens)
            album.known.old[album.ids[name]] = [replace(old, facts=facts)]
        assert album.groups() == [(tier if tier == "similar" else found, "a b")]
        verdicts = {pair_of(*album.ids.values()): Verdict(found)}
        (group,) = describe_groups(album.known, find_stars(album.known)[0], verdicts, {}).groups
        assert group.photos[1].verdict.tier == group.tier, "what is shown of it is what it is"


@pytest.mark.parametrize(
    ("framed", "width", "camera", "keeper"),
    [
        ((True, False), 300, None, "b"),
        ((True, False), 700, None, "a"),  # in a frame, but with far more pixels
        ((False, True), 300, None, "a"),
        ((False, False), 300, None, "a"),
        ((False, False), 300, CAMERA, "b"),  # stretched to one side
    ],
)
def test_what_was_made_larger_of_another_one_is_not_kept(
    framed: tuple[bool, bool], width: int, camera: str | None, keeper: str
) -> None:
    album = Album({"a": width, "b": 200}, {("a", "b"): "edited"})
    b = album.ids["b"]
    (old,) = album.known.old[b]
    album.known.old[b] = [replace(old, facts=replace(old.facts, camera=camera))]
    places = (0.6, 0, 0.2, 0, 1, 0) if any(framed) and width == 300 else (1.0, 0, 0, 0, 1, 0)
    album.known.evidence[pair_of(*album.ids.values())] = Evidence(places, False, (0, 0, 1, 1), 40, 0.9, framed)
    ((_, names),) = album.groups()
    assert names[0] == keeper


def test_raw_and_jpeg_of_one_shot_are_no_duplicates() -> None:
    album = Album({"IMG_1.CR2": 100, "img_1.jpg": 100, "IMG_2.jpg": 90}, {
        ("IMG_1.CR2", "img_1.jpg"): "same", ("IMG_1.CR2", "IMG_2.jpg"): "same", ("img_1.jpg", "IMG_2.jpg"): "same",
    })  # fmt: skip
    raw = album.ids["IMG_1.CR2"]
    album.known.old[raw] = [photo(raw, "IMG_1.CR2", kind="RAW")]
    assert album.groups() == [("same", "IMG_1.CR2 IMG_2.jpg")]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_groups_do_not_depend_on_the_order_in_which_photos_came(data: st.DataObject) -> None:
    names = "abcdefgh"
    pairs = [(one, other) for one in names for other in names if one < other]
    tiers = st.sampled_from([None, None, None, *TIERS[1:]])
    verdicts: Verdicts = {pair: data.draw(tiers) for pair in pairs}
    candidates = [pair for pair in pairs if data.draw(st.booleans())]
    decided = data.draw(st.lists(st.sampled_from(pairs), max_size=3))
    widths = {name: data.draw(st.integers(1, 3)) for name in names}

    def groups(order: list[str]) -> list[tuple[Tier, str]]:
        album = Album({name: widths[name] for name in order}, verdicts)
        album.candidates(candidates)
        album.decide("not duplicates", *decided)
        return album.groups()

    found = groups(list(names))
    assert groups(data.draw(st.permutations(list(names)))) == found
    losers = [name for _, group in found for name in group.split()[1:]]
    assert len(losers) == len(set(losers)), "a photo goes at most once"
    strength = {tier: number for number, tier in enumerate(TIERS)}
    for tier, group in found:
        keeper, *members = group.split()
        for member in members:
            known: Pair = (min(keeper, member), max(keeper, member))  # pyright: ignore[reportAssignmentType]
            proven = verdicts[known]  # pyright: ignore[reportArgumentType]
            assert proven is not None and strength[proven] <= strength[tier], "every member is compared with the keeper"


def test_evidence_is_turned_round_with_the_pair() -> None:
    evidence = Evidence((0.5, 0.0, 0.25, 0.0, 0.5, 0.25), False, (0.25, 0.25, 0.5, 0.5), 40, 0.9, (True, False))
    back = turned(Verdict("edited", evidence)).evidence
    assert back is not None
    assert back.overlap == (0, 0, 1, 1), "the crop is seen whole"
    assert back.framed == (False, True)
    again = turned(Verdict("edited", back)).evidence
    assert again is not None
    assert np.allclose(again.transform, evidence.transform)
