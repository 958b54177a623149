"""Groups of duplicates around the photo to keep: every member has been compared with it, and nothing is chained.

Tier by tier, the strongest first, the best photo that is left takes what is a duplicate of it. What it took is out of
the question for the weaker tiers, where the keeper stands for it. All this depends only on the photos, the rules and
the decisions, not on what was added, compared or decided first.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from photosearch.find.duplicates.keep import Rival, rank
from photosearch.find.duplicates.pairs_by_metadata import is_other_shot, is_raw_and_developed
from photosearch.models import TIERS, UNCHECKED, Container, Coverage, Facts, Photo, Side, Tier
from photosearch.paths import real_path
from photosearch.settings import KeepRules, Rule
from photosearch.store.tables.decisions import PairDecision
from photosearch.store.tables.pairs import Pair, Related

STRENGTH = {tier: place for place, tier in enumerate(TIERS)}
COVERED: tuple[Tier, ...] = ("same", "edited")  # tiers whose photos may go, once originals have been looked at
MOST_BEST = 3  # members of a group that are tried in place of a keeper that does not cover them
# What tells nothing: an edit was saved once more and has a sharpness of its own, other shots are not looked at closer.
SKIPPED: dict[Tier, tuple[Rule, ...]] = {"edited": ("quality", "sharpness"), "similar": ("quality",)}

Files = dict[int, list[Photo]]  # of contents


@dataclass
class Known:
    """The input of grouping. A group is around a photo of an old content and takes photos of new ones.

    `new` and `old` are one object unless the photos of one folder are held against those of another.
    """

    new: Files
    old: Files
    related: list[Related]
    tiers: dict[Pair, Tier | None]  # of all pairs that were asked for
    decisions: dict[Pair, PairDecision]
    rules: KeepRules
    coverage: dict[Pair, Coverage] = field(default_factory=dict)  # of the pairs whose originals were looked at
    containers: dict[int, Container] = field(default_factory=dict)
    beside: Callable[[str], frozenset[bytes]] = lambda _: frozenset()  # the companions of a photo, by digests
    apart: Mapping[int, int] = field(default_factory=dict)  # see `Rival.apart`; absent: 0

    @property
    def is_one_sided(self) -> bool:
        return self.new is not self.old

    @cached_property
    def covers(self) -> dict[int, set[int]]:
        """The contents here that each one covers."""
        found = defaultdict[int, set[int]](set)
        for pair, coverage in self.coverage.items():
            if self.is_refused(*pair):
                continue
            for side, (content, other) in zip(coverage.sides, (pair, pair[::-1]), strict=True):
                if side.covers == "yes":
                    found[content].add(other)
        return dict(found)

    @cached_property
    def covered(self) -> set[int]:
        """The contents that another one here covers, but that do not cover that one."""
        return {
            other for one, others in self.covers.items() for other in others if one not in self.covers.get(other, ())
        }

    @cached_property
    def breadth(self) -> dict[int, int]:
        """The number of contents that each one covers, directly or through others."""
        return {content: len(self._below(content)) for content in self.covers}

    def _below(self, content: int) -> set[int]:
        found, left = {content}, [content]
        while left:
            more = self.covers.get(left.pop(), set[int]()) - found
            found |= more
            left += more
        return found

    def side(self, keeper: int, content: int) -> Side:
        """The coverage of another content by that of a keeper."""
        if keeper == content:
            return Side("yes")
        coverage = self.coverage.get(pair_of(keeper, content))
        return coverage.sides[keeper > content] if coverage else UNCHECKED

    def add(self, coverage: dict[Pair, Coverage], containers: dict[int, Container]) -> None:
        """Add the results of looking at more originals."""
        self.coverage |= coverage
        self.containers |= containers
        for known in ("covers", "covered", "breadth"):
            self.__dict__.pop(known, None)

    def _facts(self, pair: Pair) -> tuple[Facts, Facts]:
        return self.photo(pair[0]).facts, self.photo(pair[1]).facts

    def tier(self, pair: Pair) -> Tier | None:
        """The relation between two compared contents, by their originals where these have been looked at.

        Other shots, if the camera says so, are similar at most, unless nothing at all tells their pixels apart.
        """
        tier, coverage = self.tiers[pair], self.coverage.get(pair)
        if tier and coverage:
            tier = coverage.tier
            if coverage.sides == (Side("yes"), Side("yes")):
                return tier
        return "similar" if tier and is_other_shot(*self._facts(pair)) else tier

    def photo(self, content: int) -> Photo:
        """Any photo of a content."""
        return (self.old.get(content) or self.new[content])[0]

    def rival(self, photo: Photo, content: int, chosen: int = 0) -> Rival:
        container = self.containers.get(content)
        return Rival(
            replace(photo, beside=(more := self.beside(photo.path))),
            chosen,
            has_more=bool(more),
            is_covered=content in self.covered,
            breadth=self.breadth.get(content, 1),
            apart=self.apart.get(content, 0),
            quality=container.quality if container else None,
        )

    def is_refused(self, one: int, other: int) -> bool:
        """True if two contents are no duplicates, however similar: so decided, or RAW and JPEG of one shot."""
        decided = self.decisions.get(pair_of(one, other))
        if decided and decided.kind == "not duplicates":
            return True
        if (self.photo(one).facts.format == "RAW") == (self.photo(other).facts.format == "RAW"):
            return False
        return any(is_raw_and_developed(a, b) for a in self._paths(one) for b in self._paths(other))

    def _paths(self, content: int) -> set[str]:
        return {photo.path for photo in (*self.old.get(content, ()), *self.new.get(content, ()))}


@dataclass(frozen=True)
class Star:
    """A keeper, which stands first, and what is a duplicate of it: photos and their contents."""

    tier: Tier
    rules: KeepRules
    rivals: list[Rival]
    contents: list[int]

    @property
    def pairs(self) -> list[Pair]:
        """Each member with the keeper."""
        return [pair_of(self.contents[0], content) for content in self.contents[1:]]


def pair_of(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def unchecked(known: Known, stars: Sequence[Star], tiers: Collection[Tier]) -> list[Pair]:
    """The pairs of keepers and members whose originals decide about these tiers, and have not been looked at.

    Of each keeper first that with the member that would be kept in its place: it may prove to be the original. What a
    camera says of two moments does not count before that: the clock of one copy may be corrected.
    """
    found = dict[Pair, None]()
    for star in stars:
        for pair in (*_among_the_rest(known, star), *star.pairs):
            seen = known.tiers.get(pair)
            is_asked = star.tier in tiers or seen in tiers
            if is_asked and seen in COVERED and pair[0] != pair[1] and pair not in known.coverage:
                found[pair] = None
    return list(found)


def _among_the_rest(known: Known, star: Star) -> list[Pair]:
    """Pairs of members that the keeper does not cover: the best of them with the others, and so on, a few times.

    One of these may cover more than the keeper, and is kept then: a copy with more pixels and a sticker keeps nothing
    from going. If it covers any, it is compared with those that the keeper covers, too.
    """
    if known.is_one_sided or star.tier not in COVERED:
        return []  # no other one may be kept, or none may go
    pairs, (best, *left) = list[Pair](), star.contents
    for _ in range(MOST_BEST):
        looked_at = [content for content in left if pair_of(best, content) in known.coverage]
        left = [content for content in looked_at if known.side(best, content).covers != "yes"]
        if len(left) < 2:
            break
        best, *left = left
        covers_any = any(known.side(best, content).covers == "yes" for content in left)
        others = star.contents[1:] if covers_any else left
        pairs += [pair_of(best, content) for content in others if content != best]
    return pairs


def find_stars(known: Known) -> tuple[list[Star], set[Pair]]:
    """All groups as far as pairs have been compared, and the pairs still to compare."""
    stars, wanted = list[Star](), set[Pair]()
    nodes, stands_for = dict[int, Rival](), dict[int, int]()
    chosen = _chosen(known)
    for content in known.old.keys() | known.new.keys():
        star, best = _of_copies(known, content)
        stars += [star] if star else []
        nodes[content] = replace(best, chosen=chosen.get(content, 0))
    for tier in TIERS[1:]:
        skipped = SKIPPED.get(tier, ())
        rules = replace(known.rules, order=tuple(rule for rule in known.rules.order if rule not in skipped))
        key = rank(rules)
        order = sorted(nodes.keys() - stands_for.keys(), key=lambda content: key(nodes[content]))
        for keeper, *members in _stars_of_tier(known, order, stands_for, tier, wanted):
            stands_for.update(dict.fromkeys(members, keeper))
            stars.append(Star(tier, rules, [nodes[content] for content in (keeper, *members)], [keeper, *members]))
    return stars, wanted


def _stars_of_tier(
    known: Known, order: Sequence[int], stands_for: dict[int, int], tier: Tier, wanted: set[Pair]
) -> list[list[int]]:
    """Keepers, each followed by its members; `order` are the contents in question, the best first."""
    near = _neighbours(known, stands_for, tier)
    place = {content: number for number, content in enumerate(order)}
    taken, stars = set[int](), list[list[int]]()
    for keeper in order:
        if keeper in taken or keeper not in near or keeper not in known.old:
            continue
        star, met = [keeper], {keeper}
        queue = sorted(near[keeper], key=place.__getitem__)
        for content in queue:  # which grows: a neighbour of a member may be one as well
            if content in met or content in taken or (known.is_one_sided and content in known.old):
                continue
            met.add(content)
            pair = pair_of(keeper, content)
            if known.is_refused(keeper, content):
                continue
            if pair not in known.tiers:
                wanted.add(pair)
            elif (found := known.tier(pair)) is not None and STRENGTH[found] <= STRENGTH[tier]:
                star.append(content)
                queue += sorted(near[content] - met, key=place.__getitem__)
        if len(star) > 1:
            taken.update(star)
            stars.append([keeper, *sorted(star[1:], key=place.__getitem__)])
    return stars


def _neighbours(known: Known, stands_for: dict[int, int], tier: Tier) -> dict[int, set[int]]:
    """The candidates found to be of this tier or a stronger one; a keeper inherits those of its members."""
    near = defaultdict[int, set[int]](set)
    for pair in known.related:
        found = known.tier((pair.one, pair.other))
        if found is not None and STRENGTH[found] <= STRENGTH[tier] and not known.is_refused(pair.one, pair.other):
            one, other = _lead(stands_for, pair.one), _lead(stands_for, pair.other)
            if one != other:
                near[one].add(other)
                near[other].add(one)
    return near


def _lead(stands_for: dict[int, int], content: int) -> int:
    while content in stands_for:
        content = stands_for[content]
    return content


def _chosen(known: Known) -> dict[int, int]:
    """For every content that the person chose to keep rather than another one that is still there: when."""
    there, found = known.new.keys() | known.old.keys(), dict[int, int]()
    for (one, other), decided in known.decisions.items():
        if decided.kind == "keep this" and decided.kept is not None and one in there and other in there:
            found[decided.kept] = max(found.get(decided.kept, 0), decided.number)
    return found


def _of_copies(known: Known, content: int) -> tuple[Star | None, Rival]:
    """The group of the files of one content, if there is one, and the file that represents them."""
    decided = known.decisions.get((content, content))
    chosen = decided.photo_id if decided and decided.kind == "keep this" else None
    key = rank(known.rules)

    def ranked(photos: Sequence[Photo]) -> list[Rival]:
        rivals = [known.rival(photo, content, int(photo.photo_id == chosen)) for photo in photos]
        return sorted(_apart(rivals, key) if len(rivals) > 1 else rivals, key=key)

    rivals = ranked(known.old.get(content, ()))
    if known.is_one_sided:
        rivals = [*rivals[:1], *ranked(known.new.get(content, ()))]
    copies = len(known.old.get(content, ())) + known.is_one_sided * len(known.new.get(content, ()))
    is_settled = decided is not None and decided.kind == "keep all" and decided.copies >= copies
    if len(rivals) < 2 or content not in known.old or is_settled:
        return None, rivals[0]
    return Star("identical", known.rules, rivals, [content] * len(rivals)), rivals[0]


def _apart(rivals: list[Rival], key: Callable[[Rival], tuple[Any, ...]]) -> list[Rival]:
    """Those that are files of their own: no links to others, nor a second way to one. At least one of them."""
    files: dict[str, Rival] = {}
    for rival in sorted(rivals, key=key):
        if not os.path.islink(rival.photo.path):
            files.setdefault(real_path(rival.photo.path), rival)
    return list(files.values()) or rivals[:1]
