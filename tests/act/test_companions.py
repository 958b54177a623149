"""Companions that go with a photo, and those that stay for another photo or as the only one of their kind."""

import os
import sys
from pathlib import Path

import pytest

from photosearch.act import clear as sentences
from photosearch.act.clear import clear_away
from photosearch.act.companions import Names, beside, owners_of, pictures_of, sidecars_of
from photosearch.act.plan import Removal
from photosearch.act.trash import QUARANTINE
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Way
from tests.act.files import clear, digest, reasons, removal, snapshot, take_back, write
from tests.jobs import finish

EDITS = '<rdf:Description darktable:history_end="3"/>'


@pytest.mark.parametrize(
    ("photo", "sidecars"),
    [
        ("IMG_1.jpg", ["IMG_1.xmp"]),
        ("IMG_1.jpg", ["IMG_1.XMP", "img_1.jpg.xmp", "IMG_1.jpg.pp3"]),
        ("IMG_1.CR2", ["IMG_1.CR2.dop", "IMG_1.THM"]),
        ("IMG_1.HEIC", ["IMG_1.AAE", "IMG_O1.AAE"]),
        ("IMG_1.jpg", ["IMG_1.jpg.json", "IMG_1.jpg.supplemental-metadata.json"]),
        ("IMG_1.NEF", ["IMG_1.nksc", "IMG_1.on1", "IMG_1.NEF.arp"]),
        ("two.dots.jpg", ["two.dots.xmp", "two.dots.jpg.xmp"]),
    ],
)
def test_sidecars(photo: str, sidecars: list[str]) -> None:
    strangers = ["IMG_10.xmp", "IMG_1.txt", "IMG_2.jpg.xmp", "IMG_1.json", "two.xmp", "xIMG_1.xmp"]
    names = Names([photo, *sidecars, *strangers])
    assert sorted(sidecars_of(photo, names)) == sorted(sidecars)
    assert all(owners_of(sidecar, names) == {photo} for sidecar in sidecars)


@pytest.mark.parametrize(
    ("photo", "pictures"),
    [
        ("DSC_1.JPG", ["DSC_1.NEF"]),
        ("DSC_1.NEF", ["DSC_1.JPG"]),
        ("IMG_1.HEIC", ["IMG_1.MOV"]),
        ("IMG_1.HEIC", ["IMG_E1.HEIC", "IMG_E1.MOV", "IMG_1.mov"]),
        ("IMG_E1.HEIC", ["IMG_E1.MOV"]),
        ("a.jpg", ["a.mp4"]),
        ("a.jpg", ["a.m4a", "a.AMR"]),
    ],
)
def test_pictures_of_their_own(photo: str, pictures: list[str]) -> None:
    names = Names([photo, *pictures, "other.MOV", "DSC_1.png", "IMG_E2.HEIC"])
    assert sorted(pictures_of(photo, names)) == sorted(pictures)


def left(catalog: Catalog, loser: str, keeper: str) -> tuple[list[str], list[str]]:
    """Clear `loser` away: the names of what is left beside it, and of what is said to have been left."""
    cleared = clear(catalog, [removal(loser, keeper)])
    assert cleared.refused == ()
    there = sorted(name for name in os.listdir(os.path.dirname(loser)) if name != QUARANTINE)
    return there, [os.path.basename(item.path) for item in cleared.left]


@pytest.mark.parametrize(("photo", "picture"), [("IMG_1.JPG", "IMG_1.CR2"), ("IMG_1.HEIC", "IMG_1.MOV")])
def test_a_picture_goes_where_its_twin_stays(catalog: Catalog, album: Path, photo: str, picture: str) -> None:
    for folder in "ab":
        write(album / folder / photo, "photo")
        write(album / folder / picture, "the other half")
    before = snapshot(album)
    assert left(catalog, str(album / "b" / photo), str(album / "a" / photo)) == ([], [])
    assert take_back(catalog).files == 2
    assert snapshot(album) == before


@pytest.mark.parametrize(("photo", "picture"), [("IMG_1.JPG", "IMG_1.CR2"), ("IMG_1.HEIC", "IMG_1.MOV")])
def test_the_only_one_of_its_kind_stays_and_is_told(catalog: Catalog, album: Path, photo: str, picture: str) -> None:
    loser, keeper = write(album / "b" / photo), write(album / "a" / photo)
    write(album / "b" / picture, "the only one")
    write(album / "a" / picture, "another one")
    write(album / "b" / "IMG_1.jpg.xmp", "of the photo alone")
    write(album / "b" / "IMG_1.xmp", "of both")
    stays = ["IMG_1.xmp"] if picture.endswith("CR2") else []
    names, told = left(catalog, loser, keeper)
    assert (names, told) == (sorted([picture, *stays] + ([] if photo == "IMG_1.JPG" else ["IMG_1.jpg.xmp"])), [picture])


def test_the_raw_that_is_kept_keeps_what_it_shares(catalog: Catalog, album: Path) -> None:
    raw, developed = write(album / "IMG.CR2", "raw"), write(album / "IMG.JPG", "developed")
    write(album / "IMG.xmp", "of the pair")
    write(album / "IMG.JPG.xmp", "of the JPEG")
    assert left(catalog, developed, raw)[0] == ["IMG.CR2", "IMG.xmp"]


def test_a_shared_sidecar_goes_with_the_last_photo(catalog: Catalog, album: Path) -> None:
    keepers = [write(album / "a" / name, name) for name in ("IMG.CR2", "IMG.JPG")]
    losers = [write(album / "b" / name, name) for name in ("IMG.CR2", "IMG.JPG")]
    write(album / "b" / "IMG.xmp", "of the pair")
    before = snapshot(album)
    cleared = clear(catalog, [removal(*pair) for pair in zip(losers, keepers, strict=True)])
    assert (cleared.photos, cleared.companions, cleared.left) == (2, 1, ())
    assert os.listdir(album / "b") == []
    take_back(catalog)
    assert snapshot(album) == before


def test_a_shared_video_stays_with_the_photo_that_stays(catalog: Catalog, album: Path) -> None:
    """The video belongs to the JPEG as well, though a twin of it is kept."""
    for folder in "ab":
        write(album / folder / "IMG_1.HEIC", "photo")
        write(album / folder / "IMG_1.MOV", "video")
    write(album / "b" / "IMG_1.JPG", "edited")
    names, _ = left(catalog, str(album / "b" / "IMG_1.HEIC"), str(album / "a" / "IMG_1.HEIC"))
    assert names == ["IMG_1.JPG", "IMG_1.MOV"]


def test_a_twin_that_goes_itself_is_none(catalog: Catalog, album: Path) -> None:
    """The RAW beside the photo to keep goes in the same plan: its twin is the last one then."""
    loser, keeper = write(album / "b" / "IMG.JPG"), write(album / "a" / "IMG.JPG")
    raws = [write(album / folder / "IMG.CR2", "raw") for folder in "bac"]
    cleared = clear(catalog, [removal(loser, keeper), removal(raws[1], raws[2])])
    assert cleared.photos == 2
    assert [path for path in raws if os.path.exists(path)] == [raws[0], raws[2]]


def test_a_keeper_is_nobodys_companion(catalog: Catalog, album: Path) -> None:
    """The RAW is what stays for another photo, though its JPEG goes and has a twin of it beside what is kept."""
    for folder in "ab":
        write(album / folder / "IMG.JPG", "jpeg")
        write(album / folder / "IMG.CR2", "raw")
    other = write(album / "c" / "export.CR2", "raw")
    jpeg = removal(str(album / "b" / "IMG.JPG"), str(album / "a" / "IMG.JPG"))
    clear(catalog, [jpeg, removal(other, str(album / "b" / "IMG.CR2"))])
    assert (album / "b" / "IMG.CR2").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege here")
def test_a_sidecar_that_is_a_link_stays(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b" / "IMG.JPG"), write(album / "a" / "IMG.JPG")
    (album / "b" / "IMG.xmp").symlink_to(write(album / "elsewhere.xmp"))
    assert left(catalog, loser, keeper) == (["IMG.xmp"], [])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read here")
def test_a_sidecar_that_cannot_be_read_counts_as_edits_that_no_other_photo_has(album: Path) -> None:
    photos = [write(album / folder / "IMG.JPG") for folder in "ab"]
    for folder in "ab":
        write(album / folder / "IMG.xmp", "rating")
    assert beside(photos[0]) == beside(photos[1]) == frozenset()
    for folder in "ab":
        (album / folder / "IMG.xmp").chmod(0)
    assert not beside(photos[0]) <= beside(photos[1])
    assert not beside(photos[1]) <= beside(photos[0])


@pytest.mark.parametrize("way", ["trash", "move", "link"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("one.jpg.xmp", EDITS), ("one_01.jpg.xmp", EDITS), ("ONE.XMP", EDITS), ("one.mov", "video"), ("one.m4a", "")],
)
def test_edits_or_a_video_that_came_since_keep_a_photo(
    catalog: Catalog, album: Path, tmp_path: Path, way: Way, name: str, content: str
) -> None:
    keeper = write(album / "one.jpg")
    plan = [removal(write(album / folder / "one.jpg"), keeper) for folder in "bcd"]
    write(album / "c" / name, content)
    cleared = clear(catalog, plan, way, tmp_path / "away")
    assert cleared.photos == 2 and "Edits or a video" in reasons(cleared)[0]
    assert sorted(os.listdir(album / "c")) == sorted(["one.jpg", name])


def test_a_photo_goes_with_the_edits_that_were_known_and_not_with_later_ones(catalog: Catalog, album: Path) -> None:
    keeper = write(album / "one.jpg")
    photos = [write(album / folder / "one.jpg") for folder in "bc"]
    sidecars = [write(f"{photo}.xmp", EDITS) for photo in photos]
    plan = [removal(photo, keeper) for photo in photos]
    write(sidecars[1], EDITS + "and more")
    cleared = clear(catalog, plan)
    assert (cleared.photos, cleared.companions) == (1, 1)
    assert [left.path for left in cleared.refused] == [photos[1]]


def test_what_the_kept_photo_lost_since_keeps_the_other(catalog: Catalog, album: Path) -> None:
    loser, keeper = write(album / "b" / "one.jpg"), write(album / "one.jpg")
    for photo in (loser, keeper):
        write(f"{photo}.xmp", EDITS)
    plan = [removal(loser, keeper)]
    os.unlink(f"{keeper}.xmp")
    assert clear(catalog, plan).photos == 0
    write(f"{keeper}.xmp", EDITS)
    assert clear(catalog, plan).photos == 1


def test_a_photo_for_which_none_stays_does_not_go_with_later_edits(catalog: Catalog, album: Path) -> None:
    photo = write(album / "one.jpg")
    plan = [Removal(photo, digest(photo), None, None)]
    write(f"{photo}.xmp", EDITS)
    assert reasons(clear(catalog, plan)) == [sentences.MORE_BESIDE_ALONE]
    known = Removal(photo, digest(photo), None, None, beside(photo))
    assert clear(catalog, [known]).photos == 1


def test_edits_that_come_while_others_go_keep_a_photo(catalog: Catalog, album: Path) -> None:
    keeper = write(album / "one.jpg")
    act = clear_away(catalog, [removal(write(album / name), keeper) for name in ("two.jpg", "three.jpg")], "trash")
    next(act)
    write(album / "three.jpg.xmp", EDITS)
    assert finish(act).photos == 1
    assert (album / "three.jpg").exists()
