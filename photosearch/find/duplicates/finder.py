"""The search for duplicates: search for new photos, compare possible copies, group, look closer."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.duplicates.candidates import COPIES, Clusters, Lookalikes, in_parts, search_lookalikes
from photosearch.find.duplicates.closer_look import METHOD as LOOK_METHOD
from photosearch.find.duplicates.closer_look import Others, look_at_pairs
from photosearch.find.duplicates.comparer import Thumbnail
from photosearch.find.duplicates.comparison import METHOD, Comparers, Once, Part, compare_parts
from photosearch.find.duplicates.describe import describe_groups
from photosearch.find.duplicates.groups import Files, Known, Star, find_stars, unchecked
from photosearch.find.duplicates.looker import Lookers, Originals
from photosearch.find.duplicates.panel_candidates import search_panels
from photosearch.find.hashes import hash_thumbnails, search_hashes
from photosearch.models import TIERS, Container, Coverage, Duplicates, Filter, Photo, Progress, Tier
from photosearch.settings import KeepRules
from photosearch.store.catalog import Catalog
from photosearch.store.tables.coverage import containers, coverages
from photosearch.store.tables.decisions import pair_decisions
from photosearch.store.tables.listing import read_photos
from photosearch.store.tables.pairs import (
    Pair,
    Related,
    listed_contents,
    related,
    tiers_of,
    unverified,
    vain_comparisons,
    verdicts_of,
)
from photosearch.store.tables.panels import with_panels

MOST_COMPARED = 32  # candidates of one content: pages of one form are like each other by the hundred
LEAST_MIDDLE, MIDDLE_STEP = 4, 0.02  # copies; of the cosine
FIRST_LOOKS, MOST_IN_VAIN = 4, 5  # closer looks at one content at first; those in vain, after which no more follow

Ids = dict[int, list[int]]  # the photo ids of contents
# How closely photos are looked at: only what is known already tells, and nothing is written; thumbnails are compared;
# originals are, too, without which no photo is proposed to go.
Depth = Literal["known", "thumbnails", "originals"]


class Sources(NamedTuple):
    """Where pixels come from; asked from any thread, None where they cannot be read."""

    thumbnail: Callable[[bytes, str], bytes | None]  # of a digest and the path of a file of it: a JPEG
    stored: Callable[[bytes], bytes | None]  # the same as far as it is there already
    originals: Originals
    beside: Callable[[str], frozenset[bytes]]  # digests of the companions of a photo: edits, a video


class Question(NamedTuple):
    """The photos to search; those in the folder `against` are kept, and the others are compared with them."""

    tiers: Collection[Tier]
    only: Filter
    against: str | None
    rules: KeepRules


class Workers(NamedTuple):
    """The processes of a search."""

    comparers: Comparers
    lookers: Lookers


@dataclass
class Looks:
    """The results of all closer looks so far, which a search takes where it comes to them, and what it found itself."""

    coverage: dict[Pair, Coverage]
    containers: dict[int, Container]
    unread: set[int] = field(default_factory=set)  # contents that cannot be read now
    started: float = field(default_factory=time.monotonic)
    done: int = 0  # since then


@dataclass(frozen=True)
class Finder:
    """The data of one search for duplicates; `lookalikes` None: identical files only."""

    catalog: Catalog
    lookalikes: Lookalikes | None
    sources: Sources
    threads: int
    depth: Depth

    def find(self, question: Question) -> Generator[Progress, None, Duplicates]:
        """The groups of duplicates; it may be closed at any time, and the next one goes on."""
        if self.lookalikes and self.depth != "known":
            yield from hash_thumbnails(self.catalog, self.sources.stored, self.threads)
            yield from search_hashes(self.catalog)
            yield from search_lookalikes(self.catalog, self.lookalikes, self.threads)
            yield from search_panels(self.catalog, self.lookalikes, self.threads)
        scope = new, old = self._scope(question)
        failed = set[Pair]()
        with Comparers(self.threads) as comparers, Lookers(self.sources.originals, self.threads) as lookers:
            workers = Workers(comparers, lookers)
            if self.lookalikes and self.depth != "known":
                failed |= yield from self._compare_candidates(self.lookalikes.encoder_id, scope, comparers)
            looks = Looks(coverages(self.catalog, LOOK_METHOD), containers(self.catalog, new.keys() | old.keys()))
            while True:
                known = self._know(question, new, old)
                found = yield from self._settle(question, known, scope, failed, looks, workers)
                if found is not None:
                    return found

    def _settle(
        self,
        question: Question,
        known: Known,
        scope: tuple[Ids, Ids],
        failed: set[Pair],
        looks: Looks,
        workers: Workers,
    ) -> Generator[Progress, None, Duplicates | None]:
        """Group, compare the pairs that groups need and look at originals, until no more are needed.

        None: more pairs are related now, with which this begins anew. What a look finds is learnt where the look is
        due, though its result may be there already: so the groups do not depend on what was added or stopped when.
        """
        in_vain = Counter[int]()  # closer looks at each content
        while True:
            stars, wanted = find_stars(known)
            if wanted:
                unknown = wanted - tiers_of(self.catalog, METHOD, wanted).keys() - failed
                if self.depth != "known" and unknown:
                    failed |= yield from self._compare(scope, [Once(unknown)], unknown, workers.comparers)
                    there = known.new.keys() | known.old.keys()
                    if known.related != [pair for pair in self._related(*scope) if there.issuperset(pair[:2])]:
                        return None
                known.tiers |= dict.fromkeys(wanted) | tiers_of(self.catalog, METHOD, wanted)
                continue
            asked = TIERS if question.tiers == ("similar",) else question.tiers
            pairs, waiting = self._due(known, unchecked(known, stars, asked), looks, in_vain)
            if not pairs:
                return self._describe(known, stars, question.tiers)
            yield from self._look(known, pairs, Others(looks.started, looks.done, waiting), looks, workers)
            in_vain.update(content for pair in pairs if _is_in_vain(known.coverage.get(pair)) for content in pair)

    def _scope(self, question: Question) -> tuple[Ids, Ids]:
        """The contents that may go, and those that others may go for; one object where these are the same."""
        new = listed_contents(self.catalog, question.only)
        if question.against is None:
            return new, new
        old = listed_contents(self.catalog, Filter(question.against))
        kept = {photo_id for photo_ids in old.values() for photo_id in photo_ids}
        outside = {content: [photo_id for photo_id in ids if photo_id not in kept] for content, ids in new.items()}
        return {content: ids for content, ids in outside.items() if ids}, old

    def _compare_candidates(
        self, encoder_id: int, scope: tuple[Ids, Ids], comparers: Comparers
    ) -> Generator[Progress, None, set[Pair]]:
        """Compare near pairs, as far as groups may need them; return the pairs that cannot be compared now."""
        waiting = unverified(self.catalog, encoder_id, METHOD, MOST_COMPARED)
        asked = [pair for pair in waiting if _is_asked(*scope, *pair)]
        contents = {content for pair in asked for content in pair}
        known: dict[Pair, Tier | None] = {
            (pair.one, pair.other): pair.tier for pair in related(self.catalog, encoder_id, METHOD)
        }
        parts = in_parts(asked, known, vain_comparisons(self.catalog, METHOD, contents))
        return (yield from self._compare(scope, parts, asked, comparers))

    def _compare(
        self, scope: tuple[Ids, Ids], parts: Sequence[Part], pairs: Collection[Pair], comparers: Comparers
    ) -> Generator[Progress, None, set[Pair]]:
        """Compare those of the pairs that parts ask for; return those that cannot be compared now."""
        if not pairs:
            return set()
        new, old = scope
        contents = sorted({content for pair in pairs for content in pair})
        digests = self.catalog.digests(contents)
        ids = {content: (new.get(content) or old[content])[0] for content in contents}
        photos = read_photos(self.catalog, list(ids.values()))
        pages = with_panels(self.catalog, self.lookalikes.encoder_id, contents) if self.lookalikes else set[int]()

        def thumbnail(content: int) -> Thumbnail:
            photo = photos.get(ids[content])
            if photo is None or content not in digests:
                return Thumbnail(None)
            return Thumbnail(self.sources.thumbnail(digests[content], photo.path), content in pages)

        def order(content: int) -> bytes:
            return digests.get(content, b"")

        return (yield from compare_parts(self.catalog, parts, order, thumbnail, comparers))

    def _know(self, question: Question, new: Ids, old: Ids) -> Known:
        """The complete input of grouping."""
        pairs = self._related(new, old)
        contents = {content for pair in pairs for content in (pair.one, pair.other)}
        if new is old:
            contents |= {content for content, ids in old.items() if len(ids) > 1}
        else:
            contents |= new.keys() & old.keys()
        ids = {photo_id for content in contents for of in (new, old) for photo_id in of.get(content, ())}
        photos = read_photos(self.catalog, sorted(ids))
        new_files = _files(new, contents, photos)
        old_files = new_files if new is old else _files(old, contents, photos)
        there = new_files.keys() | old_files.keys()
        pairs = [pair for pair in pairs if pair.one in there and pair.other in there]
        return Known(
            new_files,
            old_files,
            pairs,
            {(pair.one, pair.other): pair.tier for pair in pairs},
            pair_decisions(self.catalog),
            question.rules,
            beside=lru_cache(None)(self.sources.beside),
            apart=self._apart(pairs),
        )

    def _related(self, new: Ids, old: Ids) -> list[Related]:
        """The candidates that comparing found to be related."""
        known = related(self.catalog, self.lookalikes.encoder_id, METHOD) if self.lookalikes else ()
        return [pair for pair in known if _is_asked(new, old, pair.one, pair.other)]

    def _apart(self, pairs: Sequence[Related]) -> dict[int, int]:
        """The distance of copies from the mean of their connected group, in steps of the cosine, for large groups.

        Copies differ from their original in many ways, so that the original is in the middle.
        """
        copies = [(pair.one, pair.other) for pair in pairs if pair.tier in COPIES]
        together, clusters, found = defaultdict[int, list[int]](list), Clusters(copies), dict[int, int]()
        for content in sorted({content for pair in copies for content in pair}):
            together[clusters.lead(content)].append(content)
        for contents in together.values():
            known = [(each, self._descriptor(each)) for each in contents] if len(contents) >= LEAST_MIDDLE else []
            vectors = {content: vector for content, vector in known if vector is not None}
            if vectors:
                matrix = np.array(list(vectors.values()))
                alike = matrix @ matrix.mean(0)
                steps = np.floor((alike.max() - alike) / MIDDLE_STEP).astype(int)
                found |= zip(vectors, steps.tolist(), strict=True)
        return found

    def _descriptor(self, content: int) -> NDArray[np.float32] | None:
        return self.lookalikes.vectors.descriptor(content) if self.lookalikes else None

    def _due(self, known: Known, asked: Sequence[Pair], looks: Looks, in_vain: Counter[int]) -> tuple[list[Pair], int]:
        """The pairs to know of next, and how many others wait to be looked at.

        A few at each content, and then as many again as there were: where another one proves to be the original, what
        waits is compared with that one alone. None where many looks were in vain.
        """
        before, now = Counter(content for pair in known.coverage for content in pair), Counter[int]()
        pairs, waiting = list[Pair](), 0
        for pair in asked:
            is_known = pair in looks.coverage
            if any(in_vain[content] >= MOST_IN_VAIN for content in pair):
                continue
            if not (is_known or (self.depth == "originals" and _can_be_read(known, looks, pair))):
                continue
            if all(now[content] < max(FIRST_LOOKS, before[content]) for content in pair):
                now.update(pair)
                pairs.append(pair)
            else:
                waiting += not is_known
        return pairs, waiting

    def _look(
        self, known: Known, pairs: Sequence[Pair], others: Others, looks: Looks, workers: Workers
    ) -> Generator[Progress, None, None]:
        """Learn of pairs, of which those that were not are looked at first."""
        new = [pair for pair in pairs if pair not in looks.coverage]
        if new:
            workers.comparers.rest()
            photos = {content: known.photo(content) for pair in new for content in pair}
            found = yield from look_at_pairs(self.catalog, new, photos, looks.containers, others, workers.lookers)
            looks.coverage |= found
            looks.done += len(new)
            looks.unread |= {content for pair in new if pair not in found for content in pair}
        found = {pair: looks.coverage[pair] for pair in pairs if pair in looks.coverage}
        contents = {content for pair in found for content in pair}
        known.add(found, {each: looks.containers[each] for each in contents if each in looks.containers})

    def _describe(self, known: Known, stars: Sequence[Star], tiers: Collection[Tier]) -> Duplicates:
        stars = [star for star in stars if star.tier in tiers]
        pairs = {pair for star in stars for pair in star.pairs if pair[0] != pair[1]}
        scores = {(pair.one, pair.other): pair.score for pair in known.related if pair.score is not None}
        for pair in pairs - scores.keys():
            scores[pair] = self.lookalikes.score(self.catalog, *pair) if self.lookalikes else 0.0
        return describe_groups(known, stars, verdicts_of(self.catalog, METHOD, pairs), scores)


def _can_be_read(known: Known, looks: Looks, pair: Pair) -> bool:
    return all(content not in looks.unread and known.photo(content).state == "present" for content in pair)


def _is_in_vain(coverage: Coverage | None) -> bool:
    if coverage is None:
        return False
    return coverage.tier == "similar" or all(side.lacks == "content" for side in coverage.sides)


def _is_asked(new: Ids, old: Ids, one: int, other: int) -> bool:
    return (one in new and other in old) or (one in old and other in new)


def _files(ids: Ids, contents: Iterable[int], photos: dict[int, Photo]) -> Files:
    """The photos of contents, but for those that have just gone."""
    files = {content: [photos[each] for each in ids.get(content, ()) if each in photos] for content in contents}
    return {content: found for content, found in files.items() if found}
