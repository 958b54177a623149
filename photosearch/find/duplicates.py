"""Duplicates from the question to the groups: search what is new, compare what may be copies, group, look closer."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.compare import METHOD, Lookalikes, compare_pairs, in_chunks, search_lookalikes
from photosearch.find.groups import JPEG, Files, Known, Star, describe_groups, find_stars, larger_of
from photosearch.find.spectrum import radial_spectrum
from photosearch.photo import Duplicates, Filter, Photo, Progress, Tier
from photosearch.settings import KeepRules
from photosearch.store.catalog import Catalog
from photosearch.store.decisions import decisions
from photosearch.store.listing import read_photos
from photosearch.store.pairs import (
    Look,
    Pair,
    add_closer,
    closer,
    listed_contents,
    related,
    tiers_of,
    unverified,
    verdicts_of,
)

LOOKS = 8  # files that are looked into in one go

Ids = dict[int, list[int]]  # the photo ids of contents


class Sources(NamedTuple):
    """Where pixels come from; asked from any thread, None where they cannot be read."""

    thumbnail: Callable[[bytes, str], bytes | None]  # of a digest and the path of a file of it: a JPEG
    picture: Callable[[str], NDArray[np.uint8] | None]  # the whole photo, uint8[H,W,3]
    quality: Callable[[str], float | None]  # of a JPEG, 0..100


class Question(NamedTuple):
    """Among which photos; those in the folder `against` are kept, and the others are held against them."""

    tiers: Collection[Tier]
    only: Filter
    against: str | None
    rules: KeepRules


@dataclass(frozen=True)
class Finder:
    """What one search for duplicates works with.

    `lookalikes` None: identical files only. Not `compare`: only what is known already, and nothing is written.
    """

    catalog: Catalog
    lookalikes: Lookalikes | None
    sources: Sources
    threads: int
    compare: bool

    def find(self, question: Question) -> Generator[Progress, None, Duplicates]:
        """The groups of duplicates; it may be closed at any time, and the next one goes on."""
        if self.lookalikes and self.compare:
            yield from search_lookalikes(self.catalog, self.lookalikes, self.threads)
        new, old = self._scope(question)
        failed = set[Pair]()
        if self.lookalikes and self.compare:
            waiting = unverified(self.catalog, self.lookalikes.encoder_id, METHOD)
            asked = [pair for pair in waiting if _is_asked(new, old, *pair)]
            failed |= yield from self._compare(new, old, asked)
        known = self._know(question, new, old)
        if self.compare:
            yield from self._look_closer(known)
        while True:
            stars, wanted = find_stars(known)
            if not wanted:
                return self._describe(known, stars, question.tiers)
            if self.compare:
                unknown = wanted - tiers_of(self.catalog, METHOD, wanted).keys() - failed
                failed |= yield from self._compare(new, old, unknown)
            known.tiers |= dict.fromkeys(wanted) | tiers_of(self.catalog, METHOD, wanted)

    def _scope(self, question: Question) -> tuple[Ids, Ids]:
        """The contents that may go, and those that others may go for; one object where these are the same."""
        new = listed_contents(self.catalog, question.only)
        if question.against is None:
            return new, new
        old = listed_contents(self.catalog, Filter(question.against))
        kept = {photo_id for photo_ids in old.values() for photo_id in photo_ids}
        outside = {content: [photo_id for photo_id in ids if photo_id not in kept] for content, ids in new.items()}
        return {content: ids for content, ids in outside.items() if ids}, old

    def _compare(self, new: Ids, old: Ids, pairs: Collection[Pair]) -> Generator[Progress, None, set[Pair]]:
        """Compare pairs; return those that cannot be compared now."""
        if not pairs:
            return set()
        contents = sorted({content for pair in pairs for content in pair})
        digests = self.catalog.digests(contents)
        ids = {content: (new.get(content) or old[content])[0] for content in contents}
        photos = read_photos(self.catalog, list(ids.values()))

        def thumbnail(content: int) -> bytes | None:
            photo = photos.get(ids[content])
            return self.sources.thumbnail(digests[content], photo.path) if photo and content in digests else None

        def order(content: int) -> bytes:
            return digests.get(content, b"")

        return (yield from compare_pairs(self.catalog, pairs, order, thumbnail, self.threads))

    def _know(self, question: Question, new: Ids, old: Ids) -> Known:
        """All that groups are made of, in one piece."""
        known = related(self.catalog, self.lookalikes.encoder_id, METHOD) if self.lookalikes else ()
        pairs = [pair for pair in known if _is_asked(new, old, pair.one, pair.other)]
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
        edited = [(pair.one, pair.other) for pair in pairs if pair.tier == "edited"]
        verdicts = verdicts_of(self.catalog, METHOD, edited)
        return Known(
            new_files,
            old_files,
            pairs,
            {(pair.one, pair.other): pair.tier for pair in pairs},
            decisions(self.catalog),
            closer(self.catalog),
            question.rules,
            {pair: verdict.evidence for pair, verdict in verdicts.items() if verdict.evidence},
        )

    def _look_closer(self, known: Known) -> Generator[Progress]:
        """Look into the files of what may be enlarged, or a JPEG saved once more, where the rules ask for that."""
        todo: dict[int, bool] = {}  # whether the spectrum is wanted
        for pair in known.related:
            if known.tier((pair.one, pair.other)) == "similar":
                continue
            if "original" in known.rules.order and (larger := larger_of(known, pair)) is not None:
                todo[larger] = larger not in known.closer or known.closer[larger].spectrum is None
            if "quality" in known.rules.order:
                for content in (pair.one, pair.other):
                    if content not in known.closer and known.photo(content).facts.format in JPEG:
                        todo.setdefault(content, False)
        todo = {content: spectrum for content, spectrum in todo.items() if spectrum or content not in known.closer}

        def look(chunk: Sequence[int]) -> Iterator[tuple[int, Look]]:
            return ((content, self._look(known.photo(content), todo[content])) for content in chunk)

        done = 0
        for looks in in_chunks(look, list(todo), self.threads, LOOKS):
            add_closer(self.catalog, looks)
            known.closer.update(looks)
            done += len(looks)
            yield Progress("looking closer", done, len(todo))

    def _look(self, photo: Photo, wants_spectrum: bool) -> Look:
        if photo.state != "present":
            return Look(None, None)
        pixels = self.sources.picture(photo.path) if wants_spectrum else None
        quality = self.sources.quality(photo.path) if photo.facts.format in JPEG else None
        return Look(quality, None if pixels is None else radial_spectrum(pixels))

    def _describe(self, known: Known, stars: Sequence[Star], tiers: Collection[Tier]) -> Duplicates:
        stars = [star for star in stars if star.tier in tiers]
        pairs = {pair for star in stars for pair in star.pairs if pair[0] != pair[1]}
        scores = {(pair.one, pair.other): pair.score for pair in known.related}
        for pair in pairs - scores.keys():
            scores[pair] = self.lookalikes.score(self.catalog, *pair) if self.lookalikes else 0.0
        return describe_groups(known, stars, verdicts_of(self.catalog, METHOD, pairs), scores)


def _is_asked(new: Ids, old: Ids, one: int, other: int) -> bool:
    return (one in new and other in old) or (one in old and other in new)


def _files(ids: Ids, contents: Iterable[int], photos: dict[int, Photo]) -> Files:
    """The photos of contents, but for those that have just gone."""
    files = {content: [photos[each] for each in ids.get(content, ()) if each in photos] for content in contents}
    return {content: found for content, found in files.items() if found}
