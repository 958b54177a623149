"""Occasions by looks, with the help of time and place: quarters of photos, of which some are hardly alike."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD

from photosearch.find.clusters.occasion import COMPONENTS, SHARE, add_occasions
from photosearch.library import Library
from tests.jobs import finish, index
from tests.photos import make_exif, open_sample

PICTURES = {"bear": 0, "cat": 1, "tiger": 3, "boat": 4, "bridge": 5, "bird": 6}
CORNERS = ((0, 0), (340, 0), (0, 250), (340, 250))
NAN = float("nan")


def exif_of(way: str, picture: int, corner: int) -> Image.Exif:
    """Of a photo of the picture, by what it says: no time, one of its own day, or of a place, or of a common hour."""
    if way in ("times", "one hour"):
        return make_exif(taken_at=f"2024:05:0{picture + 1 if way == 'times' else 1} 10:0{corner}:00")
    exif = make_exif()
    if way == "places":
        exif[IFD.GPSInfo] = {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (40.0 + picture, 0.0, corner / 10),
            GPS.GPSLongitudeRef: "W",
            GPS.GPSLongitude: (9.0, 0.0, 0.0),
        }
    return exif


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Path]]:
    """A library of the same quarters in a folder for each way to say when and where."""
    place = tmp_path_factory.mktemp("quarters")
    for way in ("nothing", "times", "places", "one hour"):
        (place / "album" / way).mkdir(parents=True)
        for name, picture in PICTURES.items():
            photo = open_sample(picture, (640, 480))
            for number, (left, top) in enumerate(CORNERS):
                exif = exif_of(way, picture, number)
                photo.crop((left, top, left + 300, top + 230)).save(
                    place / "album" / way / f"{name}{number}.jpg", exif=exif
                )
    with Library(place / "library") as library:
        index(library, place / "album")
        yield library, place / "album"


def clusters(quarters: tuple[Library, Path], way: str) -> set[frozenset[str]]:
    """The files of each occasion in a folder."""
    library, album = quarters
    found = finish(library.clusters.find("occasion", folder=str(album / way)))
    return {
        frozenset(Path(photo.path).stem for photo in library.photos.get(each.photos.tolist()).values())
        for each in found.clusters
    }


def whole(name: str) -> frozenset[str]:
    return frozenset(f"{name}{number}" for number in range(len(CORNERS)))


@pytest.mark.parametrize("way", ["times", "places"])
def test_what_is_somewhat_alike_comes_together_by_time_or_place(quarters: tuple[Library, Path], way: str) -> None:
    assert whole("tiger") not in clusters(quarters, "nothing")
    found = clusters(quarters, way)
    assert whole("tiger") in found
    for name in ("bear", "boat", "bird"):
        assert whole(name) in found
    assert all(len({stem.rstrip("0123") for stem in each}) == 1 for each in found)


def test_what_is_not_alike_stays_apart_at_one_time(quarters: tuple[Library, Path]) -> None:
    assert whole("cat") not in clusters(quarters, "times")
    assert clusters(quarters, "one hour") == clusters(quarters, "nothing")


def test_the_help_is_bounded_and_nothing_without_facts() -> None:
    chance = np.random.default_rng(0)
    vectors = np.zeros((6, 32 + COMPONENTS), np.float32)
    vectors[:, :32] = chance.normal(size=(6, 32))
    vectors[:, :32] /= np.linalg.norm(vectors[:, :32], axis=1, keepdims=True)
    before = vectors @ vectors.T
    day_s, metre = 86_400.0, 1 / 111_000
    add_occasions(
        vectors,
        np.array([
            (1.7e9, 48.0, 9.0), (1.7e9 + 60, 48.0 + 10 * metre, 9.0), (1.7e9 + 30 * day_s, 52.0, 13.0),
            (NAN, NAN, NAN), (NAN, NAN, NAN), (1.7e9, NAN, NAN),
        ]),
    )  # fmt: skip
    after = vectors @ vectors.T
    assert np.diag(after) == pytest.approx(np.ones(6), abs=1e-5)
    assert after[3, 4] == before[3, 4], "nothing is known of both"
    together, apart = after[0, 1], after[0, 2]
    assert together == pytest.approx((before[0, 1] + 2 * SHARE) / (1 + 2 * SHARE), abs=0.01)
    assert apart == pytest.approx(before[0, 2] / (1 + 2 * SHARE), abs=0.06)
    assert after[0, 5] == pytest.approx((before[0, 5] + SHARE) / ((1 + 2 * SHARE) * (1 + SHARE)) ** 0.5, abs=0.01)
