"""Finding lookalikes, through the library: queries of one or more photos, of regions, in folders."""

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from photosearch.encode.bundle import read_bundle, write_card
from photosearch.encode.calibration import Calibration, Curve
from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.models import Filter, Match, Query, Region, Unreadable
from tests.conftest import kept_library, restored
from tests.jobs import index
from tests.photos import open_sample, save_photo, save_sample

SIZE = (320, 240)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of eight scenes, of which scene 0 has a mirrored and an identical copy, and a library of them."""
    place = tmp_path_factory.mktemp("scenes")
    album = place / "album"
    album.mkdir()
    for seed in range(8):
        save_sample(album / f"scene{seed}.jpg", seed, SIZE, quality=95)
    ImageOps.mirror(open_sample(0, SIZE)).save(album / "mirrored.jpg", quality=95)
    (album / "sub").mkdir()
    (album / "sub" / "copy.jpg").write_bytes((album / "scene0.jpg").read_bytes())
    with kept_library(place):
        pass
    return place


tmp_path = restored("scenes", "indexed")


@pytest.fixture
def indexed(library: Library) -> Library:
    """The library of the scenes."""
    return library


def names(matches: list[Match]) -> list[str]:
    return [Path(match.path).name for match in matches]


def test_the_nearest_come_first_and_the_photo_itself_is_left_out(indexed: Library, album: Path) -> None:
    matches = indexed.similar(Query((str(album / "scene0.jpg"),), min_score=-1))
    assert names(matches)[:2] == ["copy.jpg", "mirrored.jpg"]
    assert [match.relation for match in matches[:2]] == ["identical", "same picture"]
    assert matches[0].score == pytest.approx(1, abs=1e-3)
    assert len(matches) == 9
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)


def test_a_photo_that_is_not_in_the_library(indexed: Library, tmp_path: Path) -> None:
    query = tmp_path / "from elsewhere.png"
    open_sample(3, SIZE).resize((200, 150)).save(query)
    matches = indexed.similar(Query((str(query),), limit=1))
    assert names(matches) == ["scene3.jpg"]
    assert matches[0].relation == "same picture"


@pytest.mark.skipif(sys.platform != "linux", reason="open files are not listed here")
def test_searches_open_no_more_and_more_files(indexed: Library, tmp_path: Path) -> None:
    save_sample(tmp_path / "asked.jpg", 2, (300, 225))
    counts = list[int]()
    for _ in range(5):
        indexed.similar(Query((str(tmp_path / "asked.jpg"),)))
        counts.append(len(os.listdir("/proc/self/fd")))
    assert counts[1:] == counts[:1] * 4


def test_a_copy_from_elsewhere_is_told_as_identical(indexed: Library, album: Path, tmp_path: Path) -> None:
    query = tmp_path / "renamed.jpg"
    query.write_bytes((album / "scene4.jpg").read_bytes())
    match = indexed.similar(Query((str(query),), limit=1))[0]
    assert (Path(match.path).name, match.relation) == ("scene4.jpg", "identical")


def test_several_photos_together_and_without_others(indexed: Library, album: Path, tmp_path: Path) -> None:
    queries = [save_sample(tmp_path / f"{seed}.png", seed, SIZE) for seed in (2, 5)]
    assert set(names(indexed.similar(Query(tuple(queries), limit=2)))) == {"scene2.jpg", "scene5.jpg"}
    without = indexed.similar(Query(tuple(queries), without=(str(album / "scene5.jpg"),)))
    assert names(without)[0] == "scene2.jpg"
    away_from_copies = indexed.similar(Query(tuple(queries), without=(str(album / "scene0.jpg"),)))
    assert {match.relation for match in away_from_copies} == {"lookalike"}, "a copy of what to keep away from"
    assert "scene5.jpg" not in names(without), "what the person keeps away from is no answer"


def test_a_region_finds_what_it_shows(indexed: Library, tmp_path: Path) -> None:
    collage = Image.new("RGB", (3 * SIZE[0], SIZE[1]))
    for place, seed in enumerate((1, 6, 7)):
        collage.paste(open_sample(seed, SIZE), (place * SIZE[0], 0))
    collage.save(tmp_path / "collage.jpg", quality=95)
    for place, seed in enumerate((1, 6, 7)):
        region = Region(place * SIZE[0], 0, *SIZE)
        matches = indexed.similar(Query((str(tmp_path / "collage.jpg"),), region=region, limit=1))
        assert names(matches) == [f"scene{seed}.jpg"]


def test_only_in_a_folder(indexed: Library, album: Path) -> None:
    matches = indexed.similar(Query((str(album / "scene1.jpg"),), only=Filter(folder=str(album / "sub")), min_score=-1))
    assert names(matches) == ["copy.jpg"]


def test_limit_and_least_score(indexed: Library, album: Path) -> None:
    query = (str(album / "scene0.jpg"),)
    assert len(indexed.similar(Query(query, limit=3, min_score=-1))) == 3
    assert names(indexed.similar(Query(query, min_score=0.999))) == ["copy.jpg"]


def test_scores_are_put_into_words_where_the_encoder_is_calibrated(
    library: Library, album: Path, tmp_path: Path
) -> None:
    for seed in range(8):
        save_sample(album / f"scene{seed}.jpg", seed, SIZE)
    query = Query((str(album / "scene0.jpg"),))
    add_encoder(library, tmp_path, "plain", None)
    library.encoders.adopt("plain")
    index(library, album)
    matches = library.similar(query)
    assert {match.relation for match in matches} == {"lookalike"}
    assert len(matches) == 7

    scores = [match.score for match in matches]
    centres = [(high + low) / 2 for high, low in pairwise(scores)]  # between the nearest and the second, and so on
    add_encoder(library, tmp_path, "calibrated", Calibration(*(Curve(1e6, centres[place]) for place in (0, 2, 3))))
    library.encoders.adopt("calibrated")
    index(library)
    assert [match.relation for match in library.similar(query)] == ["same picture", *["same scene"] * 2, "same kind"]
    assert len(library.similar(replace(query, min_score=-1))) == 7
    assert library.similar(replace(query, min_score=-1))[-1].relation == "lookalike"
    broader = library.similar(replace(query, expand=True))
    assert {match.relation for match in broader} == {"lookalike"}, "the calibration is of single photos"
    assert len(broader) == 7
    part = library.similar(replace(query, region=Region(0, 0, 160, 240)))
    assert {match.relation for match in part} == {"lookalike"}, "and of whole ones"


def add_encoder(library: Library, scratch: Path, name: str, calibration: Calibration | None) -> None:
    """Add the default encoder under another name, with another calibration."""
    source = library.bundles.folder("default")
    copy = shutil.copytree(source, scratch / name)
    write_card(copy, replace(read_bundle(source), name=name, calibration=calibration))
    library.bundles.add(copy)


def test_missing_photos_are_no_answer_and_offline_ones_are(indexed: Library, album: Path, tmp_path: Path) -> None:
    (album / "mirrored.jpg").unlink()
    index(indexed)
    assert "mirrored.jpg" not in names(indexed.similar(Query((str(album / "scene0.jpg"),))))
    album.rename(tmp_path / "unplugged")
    index(indexed)
    matches = indexed.similar(Query((str(tmp_path / "unplugged" / "scene0.jpg"),)))
    assert {match.state for match in matches} == {"offline"}


def test_limit_is_met_when_the_nearest_are_gone(library: Library, album: Path) -> None:
    for copy in range(12):  # near copies that will be gone, and two that stay
        open_sample(1, SIZE).save(album / f"near{copy}.jpg", quality=70 + copy)
    for seed in (2, 3):
        save_sample(album / f"far{seed}.jpg", seed, SIZE)
    index(library, album)
    for copy in range(12):
        (album / f"near{copy}.jpg").unlink()
    index(library)
    query = save_sample(album.parent / "query.png", 1, SIZE)
    assert sorted(names(library.similar(Query((query,), limit=2, min_score=-1)))) == ["far2.jpg", "far3.jpg"]


def test_expansion_reaches_further(indexed: Library, album: Path) -> None:
    plain = indexed.similar(Query((str(album / "scene0.jpg"),), min_score=-1))
    broader = indexed.similar(Query((str(album / "scene0.jpg"),), min_score=-1, expand=True))
    assert set(names(broader)[:2]) == set(names(plain)[:2])
    assert [match.score for match in broader] != [match.score for match in plain]


def test_what_cannot_be_searched_with_is_told(indexed: Library, album: Path, tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("no photo")
    for path, words in (
        (tmp_path / "nowhere.jpg", "no photo"),
        (tmp_path / "text.jpg", "not a picture"),
        (album, "directory"),
    ):
        with pytest.raises(QueryError, match=words):
            indexed.similar(Query((str(path),)))
    with pytest.raises(QueryError, match="320 × 240"):
        indexed.similar(Query((str(album / "scene0.jpg"),), region=Region(400, 0, 10, 10)))


def test_an_empty_library_answers_with_nothing(library: Library, tmp_path: Path) -> None:
    assert library.similar(Query((save_sample(tmp_path / "query.jpg", 0, SIZE),))) == []


def test_a_lost_thumbnail_is_made_again(indexed: Library, album: Path) -> None:
    match = indexed.similar(Query((str(album / "scene0.jpg"),), limit=1))[0]
    first = indexed.photos.thumbnail(match)
    indexed.thumbnails.clear()
    assert indexed.photos.thumbnail(match) == first
    (album / "sub" / "copy.jpg").unlink()
    assert indexed.photos.thumbnail(match) == first, "it is in the cache"
    indexed.thumbnails.clear()
    assert indexed.photos.thumbnail(match) is None


def test_a_photo_that_many_want_is_decoded_once(library: Library, tmp_path: Path) -> None:
    photo = save_photo(tmp_path / "one.jpg", 1)
    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(library.photos.facts, [photo] * 6))
    assert len({id(one[1]) for one in told if not isinstance(one, Unreadable)}) == 1
    save_photo(photo, 2, (120, 80))
    facts = library.photos.facts(photo)
    assert not isinstance(facts, Unreadable) and facts[0].width == 120


def test_a_verified_search_raises_what_shares_details_and_says_where(library: Library, album: Path) -> None:
    for number in range(8):
        save_sample(album / f"scene{number}.jpg", number, SIZE, quality=95)
    wall = open_sample(5, (640, 480))
    wall.paste(open_sample(0, SIZE).rotate(8, expand=True), (200, 120))
    wall.save(album / "on a wall.jpg", quality=95)
    index(library, album)
    query = Query((str(album / "scene0.jpg"),), min_score=-1, limit=20)
    plain, verified = ({Path(m.path).name: m for m in library.similar(each)} for each in (query, verifying(query)))
    wall_match = verified["on a wall.jpg"]
    assert wall_match.shared and wall_match.shared.details > 20
    left, top, width, height = wall_match.shared.region
    assert 200 / 640 - 0.03 < left < left + width < 570 / 640 + 0.03
    assert 120 / 480 - 0.03 < top < top + height < 420 / 480 + 0.03
    assert width > 0.3 and height > 0.3
    assert wall_match.score > plain["on a wall.jpg"].score + 0.2
    assert wall_match.relation == "same scene"
    assert next(iter(verified)) == "on a wall.jpg"
    others = [name for name in plain if name != "on a wall.jpg"]
    assert [verified[name] for name in others] == [plain[name] for name in others]
    (nearest,) = library.similar(replace(verifying(query), limit=1, min_score=None))
    assert nearest == wall_match


def test_verifying_regions_several_photos_and_a_lost_thumbnail(library: Library, album: Path) -> None:
    for number in range(4):
        save_sample(album / f"scene{number}.jpg", number, SIZE, quality=95)
    ImageOps.mirror(open_sample(0, SIZE)).save(album / "mirrored.jpg", quality=95)
    index(library, album)
    one, two = (str(album / f"scene{number}.jpg") for number in (0, 1))
    for query in (Query((one,), region=Region(20, 20, 240, 180)), Query((two, one)), Query((one,), expand=True)):
        match = next(m for m in library.similar(verifying(query)) if Path(m.path).name == "mirrored.jpg")
        assert match.shared and match.shared.details > 20
    library.thumbnails.discard([library.photos.digests([match.photo_id])[match.photo_id]])
    (album / "mirrored.jpg").unlink()
    assert "mirrored.jpg" in names(library.similar(verifying(Query((one,)))))


def verifying(query: Query) -> Query:
    return replace(query, verify=True)
