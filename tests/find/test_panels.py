"""A photo and a collage that shows it find each other, whichever came first."""

import shutil
from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from photosearch.errors import EncoderError
from photosearch.find import panels
from photosearch.library import Library
from photosearch.models import Query, Region
from tests.jobs import finish, index
from tests.photos import open_sample, save_sample

SIZE = (360, 270)
GAP = 9
SHOWN = (1, 3, 4, 6)


def save_collage(path: Path, numbers: tuple[int, ...] = SHOWN) -> str:
    width, height = SIZE
    page = Image.new("RGB", (2 * width + 3 * GAP, 2 * height + 3 * GAP), "white")
    for place, number in enumerate(numbers):
        page.paste(open_sample(number, SIZE), (GAP + place % 2 * (width + GAP), GAP + place // 2 * (height + GAP)))
    page.save(path, quality=90)
    return str(path)


@pytest.fixture
def indexed(library: Library, album: Path) -> Library:
    """Eight photos."""
    for number in range(8):
        save_sample(album / f"{number}.jpg", number, SIZE, quality=95)
    index(library, album)
    return library


def answers(library: Library, path: str, count: int) -> set[str]:
    return {Path(match.path).stem for match in library.similar(Query((path,), limit=count))}


def related(library: Library) -> set[frozenset[str]]:
    """The photos of each group of edited copies."""
    groups = finish(library.duplicates(depth="thumbnails")).groups
    return {frozenset(Path(m.photo.path).stem for m in group.photos) for group in groups if group.tier == "edited"}


def test_a_collage_from_elsewhere_finds_each_photo_that_it_shows(indexed: Library, tmp_path: Path) -> None:
    collage = save_collage(tmp_path / "collage.jpg")
    assert answers(indexed, collage, 4) == set(map(str, SHOWN))
    matches = indexed.similar(Query((collage,)))
    assert len({match.path for match in matches}) == len(matches), "each photo once"
    part = indexed.similar(Query((collage,), region=Region(GAP, GAP, *SIZE), limit=1))
    assert Path(part[0].path).stem == "1"


def test_a_photo_finds_the_collage_that_shows_it(indexed: Library, album: Path, tmp_path: Path) -> None:
    collage = save_collage(album / "collage.jpg")
    index(indexed)
    assert answers(indexed, str(album / "4.jpg"), 1) == {"collage"}
    assert answers(indexed, save_sample(tmp_path / "from elsewhere.png", 6, SIZE), 2) == {"6", "collage"}
    assert answers(indexed, collage, 4) == set(map(str, SHOWN)), "and one in the library finds them as well"


@pytest.mark.parametrize("is_first", [True, False])
def test_duplicates_group_a_collage_with_its_photos(library: Library, album: Path, is_first: bool) -> None:
    def add_photos() -> None:
        for number in range(8):
            save_sample(album / f"{number}.jpg", number, SIZE, quality=95)

    steps = [lambda: save_collage(album / "collage.jpg"), add_photos]
    for step in steps if is_first else steps[::-1]:
        step()
        index(library, album)
        found = related(library)
    assert len(found) == 1
    assert len(next(iter(found)) & set(map(str, SHOWN))) >= 3
    assert "collage" in next(iter(found))


def test_no_photo_goes_because_a_collage_shows_it(library: Library, album: Path) -> None:
    for number in SHOWN[:2]:
        save_sample(album / f"{number}.jpg", number, SIZE, quality=95)
    save_collage(album / "collage.jpg")
    index(library, album)
    groups = finish(library.duplicates()).groups
    assert any(len(group.photos) > 1 for group in groups)
    assert all(member.stays for group in groups for member in group.photos)


@pytest.mark.parametrize("gap", [0, 2, 6])
def test_a_contact_sheet_is_grouped_with_its_photos_and_none_of_them_goes(
    library: Library, album: Path, gap: int
) -> None:
    page = Image.new("RGB", (3 * 240 + 4 * gap, 3 * 180 + 4 * gap), "white")
    for number in range(9):
        row, column = divmod(number, 3)
        photo = open_sample(number, (240, 180))
        page.paste(photo, (gap + column * (240 + gap), gap + row * (180 + gap)))
        photo.resize((160, 120), Image.Resampling.LANCZOS).save(album / f"{number}.png")  # the sheet shows more of it
    page.save(album / "sheet.jpg", quality=92)
    index(library, album)
    groups = finish(library.duplicates()).groups
    assert all(member.stays for group in groups for member in group.photos)
    if gap:
        (group,) = groups
        assert len(group.photos) == 10
        lacks = Counter(member.side.lacks for member in group.photos[1:])
        assert lacks["page"] > 5 and not lacks["unchecked"]


def test_no_photo_goes_for_a_page_whose_next_photo_goes_on_at_its_edge(library: Library, album: Path) -> None:
    sheets = Image.new("RGB", (480, 642), "white")
    for number in range(3):
        shown = open_sample(number, (480, 320))
        sheets.paste(shown, (0, 0))
        sheets.paste(ImageOps.flip(shown), (0, 322))
        sheets.save(album / f"sheet {number}.jpg", quality=95)
        shown.resize((240, 160), Image.Resampling.LANCZOS).save(album / f"{number}.png")
    index(library, album)
    groups = finish(library.duplicates()).groups
    assert len(groups) == 3
    assert all(member.stays for group in groups for member in group.photos)


def test_stopped_anywhere_it_goes_on(indexed: Library, album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_collage(album / "collage.jpg")
    index(indexed)
    count = "SELECT count(*) FROM panel"
    (complete,) = indexed.catalog.connection.execute(count).fetchone()
    assert complete == len(SHOWN)
    monkeypatch.setattr(panels, "STEP", 2)
    monkeypatch.setattr(panels, "METHOD", panels.METHOD + 1)  # as after an update
    for steps in (1, 2):
        job = indexed.index()
        list(islice((progress for progress in job if progress.stage == "finding lookalikes"), steps))
        job.close()
    index(indexed)
    assert indexed.catalog.connection.execute(count).fetchone() == (complete,)
    assert len(related(indexed)) == 1


def test_panels_go_with_their_collage_and_damaged_ones_are_no_answer(indexed: Library, album: Path) -> None:
    collage = Path(save_collage(album / "collage.jpg"))
    index(indexed)
    connection = indexed.catalog.connection
    connection.execute("UPDATE panel SET vector = x'00' WHERE id = 1")
    (match,) = indexed.similar(Query((str(album / "4.jpg"),), limit=1))
    assert match.relation not in ("same picture", "same scene")
    collage.unlink()
    index(indexed)
    finish(indexed.remove_folder(str(album)))
    assert connection.execute("SELECT count(*) FROM panel").fetchone() == (0,)


def test_a_damaged_thumbnail_has_no_panels(indexed: Library) -> None:
    for jpeg in (b"", b"\xff\xd8\xff", b"GIF89a"):
        assert panels.encode_panels(jpeg, indexed.encoder).shape == (0, indexed.bundle.dimension)
    assert np.isfinite(panels.encode_panels(b"", indexed.encoder)).all()


def test_an_encoder_that_cannot_be_run_any_more_keeps_nobody_from_finding_duplicates(
    indexed: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "METHOD", panels.METHOD + 1)  # as after an update: all photos are to be looked at anew
    own = indexed.places.encoders / "broken"
    shutil.copytree(indexed.bundles.folder(indexed.settings.encoder), own)
    (own / "model.onnx").write_bytes(b"damaged")
    with Library(indexed.places.library) as library:
        monkeypatch.setattr(library.bundles, "folder", lambda _: own)
        with pytest.raises(EncoderError):
            library.encoder.encode(np.zeros((1, 1, 1, 3), np.uint8))
        assert finish(library.duplicates(depth="thumbnails")).groups == ()


def test_panels_are_described_as_their_page_is_read(indexed: Library, album: Path) -> None:
    shutil.copy(save_collage(album / "collage.jpg"), album / "copy.jpg")
    stages = [progress.stage for progress in indexed.index()]
    assert "finding lookalikes" not in stages, "no photo is looked at once more"
    assert contents_of_panels(indexed) == [len(SHOWN)], "copies are one content"


def test_new_photos_follow_those_that_are_still_to_be_looked_at(indexed: Library, album: Path) -> None:
    save_collage(album / "collage.jpg")
    index(indexed)
    for table in ("panel", "panel_progress"):
        indexed.catalog.connection.execute(f"DELETE FROM {table}")  # as an earlier version left it
    save_collage(album / "other.jpg", SHOWN[::-1])
    index(indexed)
    assert contents_of_panels(indexed) == [len(SHOWN)] * 2
    index(indexed)
    assert contents_of_panels(indexed) == [len(SHOWN)] * 2


def contents_of_panels(library: Library) -> list[int]:
    """How many panels each content has that has some."""
    sql = "SELECT count(*) FROM panel GROUP BY content_id"
    return [count for (count,) in library.catalog.connection.execute(sql)]
