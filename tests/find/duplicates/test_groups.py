"""Groups of duplicates, made of photos and verdicts that the tests make up."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosearch.find.duplicates.candidates import turned
from photosearch.find.duplicates.describe import describe_groups
from photosearch.find.duplicates.groups import Known, Star, find_stars, pair_of, unchecked
from photosearch.find.duplicates.pairs_by_metadata import is_raw_and_developed
from photosearch.models import TIERS, Coverage, DecisionKind, Evidence, Facts, Photo, Side, Tier, Verdict
from photosearch.settings import KeepRules
from photosearch.store.tables.decisions import PairDecision
from photosearch.store.tables.pairs import Pair, Related

UNCLEAR, COVERS = (Side("undecided", "unclear"),) * 2, (Side("yes"), Side("no", "edit"))

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
        self.known = Known(files, files, [], {}, {}, KeepRules())
        self.candidates(verdicts)

    def candidates(self, names: Iterable[tuple[str, str]]) -> None:
        """The pairs that are compared without being asked for."""
        pairs = [pair_of(self.ids[one], self.ids[other]) for one, other in names]
        found = [(pair, tier) for pair in pairs if (tier := self.verdicts[pair])]
        self.known.related = [Related(*pair, 0.9, tier) for pair, tier in sorted(found)]
        self.known.tiers = {pair: self.verdicts[pair] for pair in pairs}

    def decide(self, kind: DecisionKind, *names: tuple[str, str], kept: str | None = None) -> None:
        for one, other in names:
            decided = PairDecision(len(self.known.decisions) + 1, kind, self.ids[kept] if kept else None, None, 0)
            self.known.decisions[pair_of(self.ids[one], self.ids[other])] = decided

    def groups(self) -> list[tuple[Tier, str]]:
        """The tier of each group and its names, the keeper first, after comparing what is asked for."""
        while True:
            stars, wanted = find_stars(self.known)
            if not wanted:
                return sorted((star.tier, self._names(star)) for star in stars)
            self.known.tiers |= {pair: self.verdicts.get(pair) for pair in wanted}

    def going(self) -> set[str]:
        """The names of the photos that are proposed to go."""
        stars, _ = find_stars(self.known)
        verdicts = {pair: Verdict(self.known.tiers.get(pair)) for star in stars for pair in star.pairs}
        found = describe_groups(self.known, stars, verdicts, {})
        members = [member for group in found.groups for member in group.photos if not member.stays]
        return {self.names[member.content_id] for member in members}

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


def test_a_member_that_covers_more_than_the_keeper_is_kept_in_its_place() -> None:
    """The largest one covers one copy, and nothing tells which of the others it was made from."""
    names = "lpcs"  # the largest, the photo, a copy of its size, a small one
    album = Album(dict(zip(names, (300, 200, 190, 100), strict=True)), dict.fromkeys(combinations(names, 2), "same"))
    looks = {"lp": UNCLEAR, "lc": UNCLEAR, "ls": COVERS, "pc": COVERS, "ps": COVERS}
    pairs = {pair_of(*(album.ids[name] for name in both)): Coverage("same", sides) for both, sides in looks.items()}
    while left := unchecked(album.known, find_stars(album.known)[0], ("same",)):
        album.known.add({pair: pairs[pair] for pair in left}, {})
    assert album.groups() == [("same", "p l c s")]
    assert album.going() == {"c", "s"}
    assert album.known.coverage.keys() == pairs.keys(), "and no other pair was looked at"


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
    ("sides", "groups", "goes"),
    [
        ((Side("yes"), Side("no", "detail")), [("same", "a b")], {"b"}),
        ((Side("no", "detail"), Side("yes")), [("same", "b a")], {"a"}),
        ((Side("yes"), Side("yes")), [("same", "a b")], {"b"}),
        ((Side("no", "content"), Side("no", "content")), [("same", "a b")], set()),
        ((Side("undecided", "unclear"), Side("undecided", "unclear")), [("same", "a b")], set()),
        (None, [("same", "a b")], set()),
    ],
)
def test_only_a_photo_that_the_kept_one_covers_is_proposed_to_go(
    sides: tuple[Side, Side] | None, groups: list[tuple[Tier, str]], goes: set[str]
) -> None:
    album = Album({"a": 300, "b": 200}, {("a", "b"): "same"})
    if sides:
        album.known.add({pair_of(*album.ids.values()): Coverage("same", sides)}, {})
    assert album.groups() == groups
    assert album.going() == goes


def test_a_photo_of_a_chain_goes_only_for_one_that_covers_it_itself() -> None:
    album = Album({"a": 300, "b": 200, "c": 100}, dict.fromkeys([("a", "b"), ("b", "c"), ("a", "c")], "same"))
    ids = album.ids
    covers = Coverage("same", (Side("yes"), Side("no", "detail")))
    album.known.add({pair_of(ids["a"], ids["b"]): covers, pair_of(ids["b"], ids["c"]): covers}, {})
    assert album.groups() == [("same", "a b c")] and album.going() == {"b"}
    album.known.add(
        {pair_of(ids["a"], ids["c"]): Coverage("similar", (Side("no", "content"), Side("no", "content")))}, {}
    )
    assert album.groups() == [("same", "a b"), ("similar", "a c")] and album.going() == {"b"}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_further_photo_never_makes_a_similar_one_go(data: st.DataObject) -> None:
    names = "abcde"
    pairs = [(one, other) for one in names for other in names if one < other]
    verdicts: Verdicts = {pair: data.draw(st.sampled_from(["same", "edited", "similar"])) for pair in pairs}
    shows = [Side("yes"), Side("no", "detail"), Side("no", "content"), Side("undecided", "unclear")]
    told = {pair: (data.draw(st.sampled_from(shows)), data.draw(st.sampled_from(shows))) for pair in pairs}
    album = Album({name: data.draw(st.integers(1, 3)) for name in names}, verdicts)
    album.known.add(
        {
            pair_of(album.ids[one], album.ids[other]): Coverage(verdicts[one, other], sides)
            for (one, other), sides in told.items()
            if verdicts[one, other] != "similar"
        },
        {},
    )
    for tier, group in album.groups():
        keeper, *members = group.split()
        for member in set(members) & album.going():
            first, second = sorted((keeper, member))
            assert tier != "similar" and verdicts[first, second] != "similar"
            assert told[first, second][keeper > member].covers == "yes"


def test_a_photo_whose_sidecar_holds_edits_is_the_one_to_keep_and_never_goes() -> None:
    album = Album({"a": 300, "b": 200}, {("a", "b"): "same"})
    album.known.add({pair_of(*album.ids.values()): Coverage("same", (Side("yes"), Side("yes")))}, {})
    album.known.beside = lambda path: frozenset({b"edits"}) if path.endswith("b") else frozenset()
    assert album.groups() == [("same", "b a")] and album.going() == {"a"}
    album.known.beside = lambda path: frozenset({path.encode()})
    assert album.going() == set()
    album.known.beside = lambda _: frozenset({b"equal"})
    assert album.going() == {"b"}


@pytest.mark.parametrize(
    ("raw", "developed", "is_pair"),
    [
        ("/p/IMG_1.CR2", "/p/img_1.jpg", True),
        ("/p/RAW/IMG_1.CR2", "/p/JPG/IMG_1.jpg", True),
        ("/p/IMG_1.CR2", "/p/jpeg/IMG_1.jpg", True),
        ("/p/raw/IMG_1.CR2", "/p/IMG_1.jpg", True),
        ("/p/RAW/IMG_1.CR2", "/q/JPG/IMG_1.jpg", False),
        ("/p/2020/IMG_1.CR2", "/p/2021/IMG_1.jpg", False),
        ("/p/IMG_1.CR2", "/p/IMG_2.jpg", False),
    ],
)
def test_the_halves_of_a_shot_are_told_by_name_and_folder(raw: str, developed: str, is_pair: bool) -> None:
    assert is_raw_and_developed(raw, developed) == is_pair == is_raw_and_developed(developed, raw)


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
    evidence = Evidence((0.5, 0.0, 0.25, 0.0, 0.5, 0.25), False, (0.25, 0.25, 0.5, 0.5), 40, 0.9)
    back = turned(Verdict("edited", evidence)).evidence
    assert back is not None
    assert back.overlap == (0, 0, 1, 1), "the crop is seen whole"
    again = turned(Verdict("edited", back)).evidence
    assert again is not None
    assert np.allclose(again.transform, evidence.transform)
