"""What is shown of groups of duplicates: which members may go, what each lacks, and why the first one is kept."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from photosearch.find.duplicates.candidates import turned
from photosearch.find.duplicates.groups import COVERED, STRENGTH, Known, Star, pair_of
from photosearch.find.duplicates.keep import Rival, reason_to_keep
from photosearch.find.duplicates.reasons import why_it_is_kept
from photosearch.models import Duplicates, Group, Lack, Member, Photo, Side, Verdict
from photosearch.sentences import Sentence
from photosearch.store.tables.pairs import Pair

HELD_AGAINST = Sentence("In the folder that the others are compared with")


def describe_groups(
    known: Known, stars: Sequence[Star], verdicts: dict[Pair, Verdict], scores: dict[Pair, float]
) -> Duplicates:
    """The groups that leave anything to decide, the strongest tier first, then what frees most."""
    groups = [_describe(known, star, verdicts, scores) for star in stars if not _is_kept_whole(known, star)]
    open_groups = [group for group in groups if any(m.may_go or m.photo.state != "present" for m in group.photos[1:])]
    return Duplicates(
        tuple(
            sorted(
                open_groups,
                key=lambda group: (
                    STRENGTH[group.tier],
                    -group.reclaimable_bytes,
                    os.fsencode(group.photos[0].photo.path),
                ),
            )
        )
    )


def _is_kept_whole(known: Known, star: Star) -> bool:
    """True if the person decided to keep all photos of a group, and none has joined since."""
    if star.tier == "identical":
        return False
    decided = (known.decisions.get(pair_of(one, other)) for one, other in combinations(star.contents, 2))
    return all(each is not None and each.kind == "keep all" for each in decided)


def _describe(known: Known, star: Star, verdicts: dict[Pair, Verdict], scores: dict[Pair, float]) -> Group:
    members, kept = list[Member](), set[tuple[int, int]]()
    names = Counter[tuple[int, int]]()
    for rival, content in zip(star.rivals, star.contents, strict=True):
        photo, pair = rival.photo, pair_of(star.contents[0], content)
        verdict = verdicts.get(pair, Verdict("identical"))
        if verdict.tier != star.tier and pair[0] != pair[1]:
            verdict = replace(verdict, tier=known.tier(pair))
        file = _stat(photo)
        identity = (file.st_dev, file.st_ino) if file and file.st_ino else None
        is_held = photo.state != "present" or star.rules.protects(photo.path) or identity in kept
        may_go = bool(members) and not is_held
        side = _side(known, star, rival, content)
        frees = 0
        if not may_go and identity:
            kept.add(identity)
        elif may_go and file:
            names.update([identity] if identity else [])
            frees = file.st_size if not identity or names[identity] == file.st_nlink else 0
        verdict = verdict if star.contents[0] <= content else turned(verdict)
        stays = not may_go or side.covers != "yes"
        coverage = known.coverage.get(pair)
        changes, numbers = (coverage.changes, coverage.numbers) if coverage else ((), {})
        members.append(
            Member(photo, content, scores.get(pair, 1.0), verdict, stays, may_go, frees, side, changes, numbers)
        )
    return Group(star.tier, members[0].photo.photo_id, _reason(known, star), tuple(members))


def _reason(known: Known, star: Star) -> Sentence:
    """Why the first photo of a star is kept."""
    if known.is_one_sided:
        return HELD_AGAINST
    why = why_it_is_kept(_lacks(known, star)) if star.tier in COVERED and not star.rivals[0].chosen else None
    return why or reason_to_keep(star.rivals, star.rules)


def _lacks(known: Known, star: Star) -> Iterator[Lack | None]:
    """For each member that the keeper covers, the property that it lacks."""
    keeper = star.contents[0]
    for content in star.contents[1:]:
        if known.side(keeper, content).covers == "yes":
            yield known.side(content, keeper).lacks


def _side(known: Known, star: Star, rival: Rival, content: int) -> Side:
    """The coverage of a member by the keeper of its group, by all that is known."""
    keeper = star.rivals[0]
    if rival is keeper:
        return Side("yes")
    if rival.has_more and not known.beside(rival.photo.path) <= known.beside(keeper.photo.path):
        return Side("no", "container")
    if star.tier == "similar":
        coverage = known.coverage.get(pair_of(star.contents[0], content))
        side = known.side(star.contents[0], content) if coverage else Side("no", "shot")
        return side if side.covers == "no" else Side("no", "shot")
    if keeper.photo.state != "present" or rival.photo.state != "present":
        return side if (side := known.side(star.contents[0], content)).covers == "no" else Side("undecided", "unread")
    return known.side(star.contents[0], content)


def _stat(photo: Photo) -> os.stat_result | None:
    try:
        return os.stat(photo.path) if photo.state == "present" else None
    except OSError:
        return None
