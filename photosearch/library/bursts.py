"""The bursts of a library: photos taken in a row, from what the catalog knows, and from thumbnails and EXIF."""

import io
import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.act.companions import beside
from photosearch.act.plan import reclaimable_bytes
from photosearch.find.bursts import Burst, BurstKind, Shot, group_shots
from photosearch.ingest.decoding.containers import inspect
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.library.photos import Photos
from photosearch.models import Container, Filter, Group, Member, Photo, Progress, Side, Verdict
from photosearch.sentences import Sentence
from photosearch.settings import KeepRules
from photosearch.store.catalog import Catalog
from photosearch.store.kept_arrays import KeptArrays
from photosearch.store.tables.decisions import PairDecision, pair_decisions
from photosearch.store.tables.listing import list_taken
from photosearch.store.tables.pairs import Pair
from photosearch.store.tables.path_lookup import known_filter

SCENE = 0.01  # how probable one scene must be by looks alone, of shots that follow each other within seconds
SCENE_SCORE = 0.4  # the same as a score, for an encoder without calibration
JUDGED = "judged"  # the file of what bursts were found to be; it holds for any encoder
KINDS: tuple[BurstKind, ...] = get_args(BurstKind)

REASONS: dict[BurstKind, Sentence] = {
    "burst": Sentence("The sharpest subject, with the fewest clipped pixels"),
    "bracket": Sentence("Exposed differently on purpose: all of them stay"),
    "panorama": Sentence("Each shows the scene further along: all of them stay"),
}
CHOSEN = Sentence("You chose it")


@dataclass(frozen=True, slots=True)
class BurstGroup(Group):
    """A burst as a group to decide of: nothing of it is proposed to go, and nothing but shots of a burst may go."""

    kind: BurstKind


class _Judged(NamedTuple):
    """What shots in a row were found to be, by content; the best one, and all in the order of `Burst`.

    The first `shots` of these are shots, the others further files of them.
    """

    kind: BurstKind
    best: int
    contents: tuple[int, ...]
    shots: int


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A shot with its thumbnail uint8[H,W,3]."""

    shot: Shot
    picture: NDArray[np.uint8]
    container: Container | None

    @property
    def exposure_s(self) -> float | None:
        return self.container.exposure_s if self.container else None


class Bursts:
    """Finds the photos that were taken in a row, and the best of them."""

    def __init__(
        self,
        catalog: Catalog,
        photos: Photos,
        active: Callable[[], ActiveEncoder],
        rules: Callable[[], KeepRules],
        folder: Path,
    ) -> None:
        """`active` gives the encoder in use, `rules` the protected folders; `folder` is for a cache."""
        self._catalog = catalog
        self._photos = photos
        self._active = active
        self._rules = rules
        self._kept = KeptArrays(catalog, folder)
        self._uncertain: dict[tuple[int, ...], _Judged] = {}  # without the exposures of files that were out of reach

    def find(self, folder: str | None = None) -> Generator[Progress, None, list[Burst]]:
        """The bursts of the photos in `folder`, or of all, in the order of their times.

        The best one is the photo that the person chose, if any; pictures of shots are judged once.
        """
        shots = [Shot(*taken) for taken in list_taken(self._catalog, known_filter(self._catalog, Filter(folder)))]
        groups = group_shots(shots, self._is_one_scene)
        known = self._read()
        before = len(known)
        decided, found = pair_decisions(self._catalog), list[Burst]()
        try:
            for done, group in enumerate(groups):
                key = _key(group)
                judged = known.get(key) or self._without_files(key, group)
                if judged is None:
                    yield Progress("finding bursts", done, len(groups))
                    judged, is_certain = self._judge(group)
                    if judged:
                        (known if is_certain else self._uncertain)[key] = judged
                if judged and judged.shots > 1:
                    found.append(_as_chosen(_burst(judged, group), decided))
        finally:
            if len(known) > before:
                self._write(known)
        return found

    def groups(self, found: Iterable[Burst]) -> tuple[BurstGroup, ...]:
        """Bursts as groups to decide of, the latest first, but for those of which all photos were told to stay."""
        bursts, decided = list(found), pair_decisions(self._catalog)
        photos = self._photos.get([photo for burst in bursts for photo in burst.photos])
        going = self.may_go(bursts)
        open_bursts = sorted(
            (burst for burst in bursts if burst.best in photos and _undecided(burst, decided)),
            key=lambda burst: photos[burst.best].shot_at,
            reverse=True,
        )
        groups = (self._group(burst, photos, going, decided) for burst in open_bursts)
        return tuple(group for group in groups if group)

    def may_go(self, found: Iterable[Burst]) -> dict[int, int]:
        """Of bursts, all but the best shots, each with the one that stays in its place, for `Library.clear_away`.

        Brackets and panoramas stay whole, and so does what the person told to stay, lies in a protected folder, cannot
        be reached now, or has edits or a video beside it. Raises SettingsDamaged where the protected folders are
        unknown.
        """
        rules, decided = self._rules(), pair_decisions(self._catalog)
        best = {
            photo: burst.best
            for burst in found
            if burst.kind == "burst"
            for photo in (burst.best, *_undecided(burst, decided))
        }
        photos = self._photos.get(list(best))
        return {
            photo: best[photo]
            for photo, known in photos.items()
            if photo != best[photo]
            and best[photo] in photos
            and known.state == photos[best[photo]].state == "present"
            and not rules.protects(known.path)
            and not beside(known.path)
        }

    def _group(
        self, burst: Burst, photos: Mapping[int, Photo], going: Mapping[int, int], decided: Mapping[Pair, PairDecision]
    ) -> BurstGroup | None:
        seen = [
            (photo, content) for photo, content in zip(burst.photos, burst.contents, strict=True) if photo in photos
        ]
        if len(seen) < 2:
            return None
        best = burst.contents[burst.photos.index(burst.best)]
        members = [
            Member(
                photos[photo],
                content,
                self._likeness(best, content),
                Verdict("identical" if photo == burst.best else "similar"),
                stays=True,
                may_go=photo in going,
                frees_bytes=reclaimable_bytes([photos[photo].path]) if photo in going else 0,
                side=Side("yes") if photo == burst.best else Side("no", "shot"),
            )
            for photo, content in seen
        ]
        is_chosen = any(kept == best for kept in _kept(burst, decided).values())
        reason = CHOSEN if is_chosen and burst.kind == "burst" else REASONS[burst.kind]
        return BurstGroup("similar", burst.best, reason, tuple(members), burst.kind)

    def _likeness(self, one: int, other: int) -> float:
        active = self._active()
        here, there = active.vectors.descriptor(one), active.vectors.descriptor(other)
        return 0.0 if here is None or there is None else float(here @ there)

    def _is_one_scene(self, one: Shot, other: Shot) -> bool:
        calibration = self._active().bundle.calibration
        least = calibration.same_scene.cosine(SCENE) if calibration else SCENE_SCORE
        return self._likeness(one.content_id, other.content_id) >= least

    # Judging

    def _without_files(self, key: tuple[int, ...], group: Sequence[Shot]) -> _Judged | None:
        """What shots were found to be without their files, as long as one of these is out of reach."""
        judged = self._uncertain.get(key)
        return judged if judged and not all(os.path.exists(shot.path) for shot in group) else None

    def _judge(self, group: Sequence[Shot]) -> tuple[_Judged | None, bool]:
        """What shots in a row are, by their pictures and exposures; whether all of these could be read."""
        from photosearch.find.burst_pictures import judge_burst  # OpenCV takes a while to import

        digests = self._catalog.digests([shot.content_id for shot in group])
        seen = [
            _Seen(shot, picture, inspect(shot.path))
            for shot in group
            if (picture := self._thumbnail(digests.get(shot.content_id), shot.path)) is not None
        ]
        if not seen:
            return None, False
        shots = self._without_copies(seen)
        burst = judge_burst(*zip(*((each.shot, each.picture, each.exposure_s) for each in shots), strict=True))
        best = burst.contents[burst.photos.index(burst.best)]
        copies = tuple(each.shot.content_id for each in seen if each not in shots)
        is_certain = len(seen) == len(group) and all(each.container for each in seen)
        return _Judged(burst.kind, best, burst.contents + copies, len(burst.contents)), is_certain

    def _without_copies(self, seen: Sequence["_Seen"]) -> list["_Seen"]:
        """One file of each shot: that of the most pixels, then of the most bytes, as those made from it have fewer."""
        from photosearch.find.burst_pictures import distinct_shots

        photos = self._photos.get([each.shot.photo_id for each in seen])

        def detail(each: _Seen) -> tuple[int, int]:
            photo = photos.get(each.shot.photo_id)
            return (photo.facts.width * photo.facts.height, photo.size_bytes) if photo else (0, 0)

        finest = sorted(seen, key=detail, reverse=True)
        places = distinct_shots(*zip(*((each.shot, each.picture, each.exposure_s) for each in finest), strict=True))
        distinct = [finest[place] for place in places]
        return [each for each in seen if each in distinct]

    def _thumbnail(self, digest: bytes | None, path: str) -> NDArray[np.uint8] | None:
        jpeg = self._photos.thumbnail_of_content(digest, path)
        if jpeg is None:
            return None
        with Image.open(io.BytesIO(jpeg)) as picture:
            return np.asarray(picture.convert("RGB"))

    def _read(self) -> dict[tuple[int, ...], _Judged]:
        """What was judged before, by the ascending contents of each burst."""
        kept = self._kept.read(JUDGED, "")
        if kept is None:
            return {}
        try:
            parts = np.split(kept["shots"], kept["starts"][1:])
            rows = zip(parts, *(kept[name].tolist() for name in ("kinds", "best", "counts")), strict=True)
            judged = [_Judged(KINDS[kind], best, tuple(part.tolist()), count) for part, kind, best, count in rows]
        except (KeyError, ValueError, IndexError, TypeError):
            return {}
        return {tuple(sorted(each.contents)): each for each in judged if each.best in each.contents}

    def _write(self, known: Mapping[tuple[int, ...], _Judged]) -> None:
        sizes = [len(judged.contents) for judged in known.values()]
        shots = np.array([content for judged in known.values() for content in judged.contents], np.int64)
        self._kept.write(
            JUDGED,
            "",
            np.unique(shots),
            shots=shots,
            starts=np.cumsum([0, *sizes[:-1]]),
            kinds=np.array([KINDS.index(judged.kind) for judged in known.values()], np.int64),
            best=np.array([judged.best for judged in known.values()], np.int64),
            counts=np.array([judged.shots for judged in known.values()], np.int64),
        )


def _key(group: Sequence[Shot]) -> tuple[int, ...]:
    return tuple(sorted(shot.content_id for shot in group))


def _burst(judged: _Judged, group: Sequence[Shot]) -> Burst:
    photos = {shot.content_id: shot.photo_id for shot in group}
    contents = judged.contents[: judged.shots]
    return Burst(judged.kind, photos[judged.best], tuple(photos[content] for content in contents), contents)


def _pairs(burst: Burst) -> dict[int, Pair]:
    """Of each photo but the best, its content and that of the best, the lower one first."""
    best = burst.contents[burst.photos.index(burst.best)]
    return {
        photo: (min(content, best), max(content, best))
        for photo, content in zip(burst.photos, burst.contents, strict=True)
        if photo != burst.best
    }


def _undecided(burst: Burst, decided: Mapping[Pair, PairDecision]) -> list[int]:
    """The photos but the best one that the person did not tell to stay beside it."""
    parted = ("keep all", "not duplicates")
    return [photo for photo, pair in _pairs(burst).items() if pair not in decided or decided[pair].kind not in parted]


def _kept(burst: Burst, decided: Mapping[Pair, PairDecision]) -> dict[int, int | None]:
    """By the number of each decision to keep one of a burst rather than its best: the content that is kept."""
    found = [decided[pair] for pair in _pairs(burst).values() if pair in decided]
    return {each.number: each.kept for each in found if each.kind == "keep this"}


def _as_chosen(burst: Burst, decided: Mapping[Pair, PairDecision]) -> Burst:
    """A burst with the photo as its best that the person chose last, if any."""
    chosen = _kept(burst, decided)
    kept = chosen[max(chosen)] if chosen else None
    if burst.kind != "burst" or kept not in burst.contents:
        return burst
    order = sorted(range(len(burst.photos)), key=lambda place: burst.contents[place] != kept)
    photos, contents = tuple(burst.photos[place] for place in order), tuple(burst.contents[place] for place in order)
    return replace(burst, best=photos[0], photos=photos, contents=contents)
