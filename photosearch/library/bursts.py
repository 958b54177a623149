"""The bursts of a library: photos taken in a row, from what the catalog knows, and from thumbnails and EXIF."""

import io
from collections.abc import Callable, Generator, Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.act.companions import beside
from photosearch.find.bursts import Burst, Shot, group_shots
from photosearch.find.duplicates.keep import is_protected
from photosearch.ingest.decoding.containers import inspect
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.library.photos import Photos
from photosearch.models import Filter, Photo, Progress
from photosearch.settings import KeepRules
from photosearch.store.catalog import Catalog
from photosearch.store.tables.clusters import contents_of_photos
from photosearch.store.tables.path_lookup import known_filter

SCENE = 0.01  # how probable one scene must be by looks alone, of shots that follow each other within seconds
SCENE_SCORE = 0.4  # the same as a score, for an encoder without calibration


class Bursts:
    """Finds the photos that were taken in a row, and the best of them."""

    def __init__(
        self, catalog: Catalog, photos: Photos, active: Callable[[], ActiveEncoder], rules: Callable[[], KeepRules]
    ) -> None:
        """`active` gives the encoder in use, `rules` the protected folders."""
        self._catalog = catalog
        self._photos = photos
        self._active = active
        self._rules = rules

    def find(self, folder: str | None = None) -> Generator[Progress, None, list[Burst]]:
        """The bursts of the photos in `folder`, or of all, in the order of their times."""
        from photosearch.find.burst_pictures import judge_burst  # OpenCV takes a while to import

        photo_ids, contents = contents_of_photos(self._catalog, known_filter(self._catalog, Filter(folder)))
        photos = self._photos.get(photo_ids.tolist())
        shots = [
            Shot(photo_id, content, photo.path, photo.facts.taken_at, photo.facts.camera)
            for photo_id, content in zip(photo_ids.tolist(), contents.tolist(), strict=True)
            if (photo := photos.get(photo_id))
        ]
        groups = group_shots(shots, self._is_one_scene)
        found: list[Burst] = []
        for done, group in enumerate(groups):
            yield Progress("finding bursts", done, len(groups))
            seen = [
                (shot, picture) for shot in group if (picture := self._thumbnail(photos[shot.photo_id])) is not None
            ]
            if len(seen) > 1:
                kept, pictures = zip(*seen, strict=True)
                found.append(judge_burst(kept, pictures, [_exposure_s(shot.path) for shot in kept]))
        return found

    def may_go(self, found: Iterable[Burst]) -> dict[int, int]:
        """Of bursts, all but the best shots, each with the one that stays in its place, for `Library.clear_away`.

        Brackets and panoramas stay whole, and so does what lies in a protected folder, cannot be reached now, or has
        edits or a video beside it. Raises SettingsDamaged where the protected folders are unknown.
        """
        rules = self._rules()
        best = {photo: burst.best for burst in found if burst.kind == "burst" for photo in burst.photos}
        photos = self._photos.get(list(best))
        return {
            photo: best[photo]
            for photo, known in photos.items()
            if photo != best[photo]
            and best[photo] in photos
            and known.state == photos[best[photo]].state == "present"
            and not is_protected(known.path, rules)
            and not beside(known.path)
        }

    def _is_one_scene(self, one: Shot, other: Shot) -> bool:
        active = self._active()
        here, there = active.vectors.descriptor(one.content_id), active.vectors.descriptor(other.content_id)
        if here is None or there is None:
            return False
        calibration = active.bundle.calibration
        return float(here @ there) >= (calibration.same_scene.cosine(SCENE) if calibration else SCENE_SCORE)

    def _thumbnail(self, photo: Photo) -> NDArray[np.uint8] | None:
        jpeg = self._photos.thumbnail(photo)
        if jpeg is None:
            return None
        with Image.open(io.BytesIO(jpeg)) as picture:
            return np.asarray(picture.convert("RGB"))


def _exposure_s(path: str) -> float | None:
    container = inspect(path)
    return container.exposure_s if container else None
