"""Indexing, run after run: what is new, changed, moved, gone, away or unreadable."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from photosearch.errors import FolderError
from photosearch.ingest.pipeline import BATCH, read_ahead
from photosearch.library import Library
from photosearch.models import FoundFile, Read, Unreadable
from photosearch.store.tables.rescan import Rescan
from tests.jobs import finish, index
from tests.photos import save_photo


def states(library: Library) -> dict[str, str]:
    """Name and state of every photo of the catalog."""
    rows = library.catalog.connection.execute("SELECT path, state FROM photo").fetchall()
    return {os.path.basename(os.fsdecode(path)): state for path, state in rows}


def descriptor_rows(library: Library) -> list[int]:
    return [row for (row,) in library.catalog.connection.execute("SELECT id FROM descriptor ORDER BY id")]


def test_a_second_run_reads_nothing(library: Library, album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(3):
        save_photo(album / f"{seed}.jpg", seed)
    first = index(library, album)
    assert (first.added, first.photos, first.unchanged) == (3, 3, 0)
    for photo in album.iterdir():  # same size, same time, other bytes: only reading could tell
        before = photo.stat()
        photo.write_bytes(b"\0" * before.st_size)
        os.utime(photo, ns=(before.st_atime_ns, before.st_mtime_ns))
    second = index(library, album)
    assert (second.added, second.changed, second.unreadable, second.unchanged) == (0, 0, (), 3)


def test_a_moved_photo_keeps_its_row_and_its_descriptor(library: Library, album: Path) -> None:
    save_photo(album / "old.jpg", 1)
    index(library, album)
    before = descriptor_rows(library)
    (album / "sub").mkdir()
    (album / "old.jpg").rename(album / "sub" / "new.jpg")
    summary = index(library, album)
    assert (summary.moved, summary.added, summary.photos) == (1, 0, 1)
    assert descriptor_rows(library) == before
    assert states(library) == {"new.jpg": "present"}


def test_a_moved_photo_takes_the_row_of_its_own_name(library: Library, album: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        save_photo(album / name, 1)
    index(library, album)
    ids = dict(library.catalog.connection.execute("SELECT path, id FROM photo").fetchall())
    (album / "sub").mkdir()
    (album / "b.jpg").rename(album / "sub" / "b.jpg")
    (album / "a.jpg").rename(album / "sub" / "c.jpg")
    assert index(library, album).moved == 2
    moved = dict(library.catalog.connection.execute("SELECT path, id FROM photo").fetchall())
    assert moved[os.fsencode(album / "sub" / "b.jpg")] == ids[os.fsencode(album / "b.jpg")]


def test_a_copy_is_not_encoded_again(library: Library, album: Path) -> None:
    save_photo(album / "one.jpg", 1)
    index(library, album)
    shutil.copy(album / "one.jpg", album / "two.jpg")
    summary = index(library, album)
    assert (summary.added, summary.photos, len(descriptor_rows(library))) == (1, 2, 1)


def test_a_changed_photo_is_encoded_again_and_the_old_picture_forgotten(library: Library, album: Path) -> None:
    save_photo(album / "one.jpg", 1)
    index(library, album)
    save_photo(album / "one.jpg", 2, (128, 96))
    assert index(library, album).changed == 1
    digests = library.catalog.connection.execute("SELECT digest FROM content").fetchall()
    assert digests == [(hashlib.sha256((album / "one.jpg").read_bytes()).digest(),)]


def test_photos_that_swap_names_keep_their_descriptors(library: Library, album: Path) -> None:
    save_photo(album / "a.jpg", 1)
    save_photo(album / "b.jpg", 2, (120, 80))
    index(library, album)
    before = descriptor_rows(library)
    (album / "a.jpg").rename(album / "c.jpg")
    (album / "b.jpg").rename(album / "a.jpg")
    (album / "c.jpg").rename(album / "b.jpg")
    assert index(library, album).changed == 2
    assert descriptor_rows(library) == before


def test_a_vanished_photo_is_missing_and_comes_back_unread(library: Library, album: Path, tmp_path: Path) -> None:
    for seed in (1, 2):
        save_photo(album / f"{seed}.jpg", seed)
    index(library, album)
    (album / "1.jpg").rename(tmp_path / "kept.jpg")
    assert index(library, album).missing == 1
    assert states(library) == {"1.jpg": "missing", "2.jpg": "present"}
    (tmp_path / "kept.jpg").rename(album / "1.jpg")
    back = index(library, album)
    assert (back.added, back.unchanged, back.photos) == (0, 2, 2)


@pytest.mark.parametrize("empty", [True, False], ids=["an empty mount point", "no mount point"])
def test_photos_of_an_unplugged_drive_are_offline(library: Library, tmp_path: Path, empty: bool) -> None:
    drive, elsewhere = tmp_path / "drive", tmp_path / "unplugged"
    save_photo(drive / "1.jpg", 1)
    index(library, drive)
    drive.rename(elsewhere)
    if empty:
        drive.mkdir()
    assert index(library).offline == 1
    assert states(library) == {"1.jpg": "offline"}
    assert index(library).offline == 0, "it was offline before"
    if empty:
        drive.rmdir()
    elsewhere.rename(drive)
    assert index(library).unchanged == 1
    assert states(library) == {"1.jpg": "present"}


def test_a_drive_that_goes_away_in_the_middle_loses_nothing(library: Library, tmp_path: Path) -> None:
    drive, elsewhere = tmp_path / "drive", tmp_path / "unplugged"
    for seed in range(60):
        save_photo(drive / f"{seed:02}.jpg", seed, (32, 32))
    job = library.index([str(drive)], threads=1)
    while next(job).stage != "indexing":
        pass
    drive.rename(elsewhere)
    with pytest.raises(FolderError, match="disappeared"):
        finish(job)
    kept = len(states(library))
    assert kept < 60
    assert not library.catalog.unreadable()
    elsewhere.rename(drive)
    assert index(library).added == 60 - kept


def test_a_folder_that_is_not_there_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no folder"):
        index(library, tmp_path / "nowhere")
    assert library.catalog.folders() == []


def test_excluded_photos_leave_the_library(library: Library, album: Path) -> None:
    save_photo(album / "keep.jpg", 1)
    save_photo(album / "trash" / "drop.jpg", 2)
    index(library, album)
    summary = index(library, album, exclude=["trash"])
    assert (summary.photos, summary.missing) == (1, 0)
    assert index(library).photos == 1, "the exclusion is remembered"
    assert index(library, album, exclude=[]).added == 1


def test_a_part_of_a_folder_can_be_brought_up_to_date(library: Library, album: Path) -> None:
    save_photo(album / "1.jpg", 1)
    save_photo(album / "sub" / "2.jpg", 2)
    save_photo(album / "sub" / "deep" / "3.jpg", 3)
    index(library, album)
    (album / "1.jpg").unlink()
    save_photo(album / "sub" / "4.jpg", 4)
    summary = index(library, album / "sub", recurse=False)
    assert (summary.added, summary.missing, summary.photos) == (1, 0, 4)
    assert [folder.path for folder in library.catalog.folders()] == [str(album.resolve())]


def test_folders_within_folders_are_each_as_they_were_added(library: Library, album: Path) -> None:
    save_photo(album / "1.jpg", 1)
    save_photo(album / "sub" / "2.jpg", 2)
    index(library, album / "sub")
    assert index(library, album, exclude=["sub"]).photos == 2
    assert index(library).photos == 2


def test_unreadable_photos_are_told_and_tried_again_only_when_they_change(library: Library, album: Path) -> None:
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff not much of a photo")
    save_photo(album / "fine.jpg", 1)
    first = index(library, album)
    assert [Path(photo.path).name for photo in first.unreadable] == ["broken.jpg"]
    second = index(library, album)
    assert (second.unreadable, second.unchanged) == ((), 2)
    assert len(library.catalog.unreadable()) == 1
    save_photo(album / "broken.jpg", 2)
    assert index(library, album).changed == 1
    assert library.catalog.unreadable() == []


def test_a_long_run_extends_the_search_index_on_its_way(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photosearch.store.vectors.YOUNG_LIMIT", 8)
    monkeypatch.setattr("photosearch.library.indexing.YOUNG_LIMIT", 8)
    for seed in range(64):
        save_photo(album / f"{seed}.jpg", seed, (40, 30))
    stages = [progress.stage for progress in library.index([str(album)], threads=1)]
    first = stages.index("search index")
    assert "indexing" in stages[:first]
    assert "indexing" in stages[first:]
    assert (library.places.search / library.bundle.id / "stamp.json").exists()


@pytest.mark.parametrize("told", [40, 30])  # files may come or go once they have been counted
def test_no_thread_ends_long_before_the_others(library: Library, album: Path, told: int) -> None:
    files = [FoundFile(str(album / f"{number}.jpg"), 1, 0) for number in range(40)]  # that are gone, which is soon seen
    batches = [batch for batch in read_ahead(iter(files), library.encoder, lambda _: None, 2, told) if batch]
    assert sorted(read.file for batch in batches for read in batch) == sorted(files)
    sizes = sorted(map(len, batches))
    assert sizes[:2] == [1, 1]
    assert sizes[-1] >= BATCH - 1


def test_a_missing_search_index_is_made_before_duplicates_are_sought(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(4):
        save_photo(album / f"{seed}.jpg", seed)
    index(library, album)
    monkeypatch.setattr("photosearch.store.vectors.YOUNG_LIMIT", 2)
    stages = [progress.stage for progress in library.duplicates()]
    assert stages.index("search index") < stages.index("finding lookalikes")
    assert library.vectors.problem() is None
    assert "search index" not in [progress.stage for progress in library.duplicates()]


def test_a_fault_of_the_disk_does_not_cost_a_known_photo(library: Library, album: Path) -> None:
    rescan = Rescan(library.catalog, library.encoder_id)
    save_photo(album / "1.jpg", 1)
    index(library, album)
    file = FoundFile(str(album / "1.jpg"), 1, 1)
    rescan.record([Read(file, Unreadable(file.path, "The disk could not read the file.", "disk"))])
    rescan.close()
    assert library.catalog.unreadable() == []
    assert library.catalog.counts(library.encoder_id).encoded == 1
    assert index(library, album).unchanged == 1


def test_another_encoder_encodes_everything_again_and_the_first_is_not_forgotten(
    library: Library, album: Path, tmp_path: Path
) -> None:
    for seed in range(3):
        save_photo(album / f"{seed}.jpg", seed)
    index(library, album)
    library.bundles.add(make_other_bundle(library, tmp_path / "other"))
    library.encoders.adopt("other")
    assert index(library).encoded_again == 3
    assert library.bundle.name == "other"
    assert library.catalog.counts(library.encoder_id).encoded == 3
    library.encoders.adopt("default")
    assert index(library).encoded_again == 0
    assert library.settings.encoder == "default"


def make_other_bundle(library: Library, folder: Path) -> Path:
    """A bundle with the default's network, but another way to fit a photo into its square: another vector space."""
    import json

    default = library.bundles.folder("default")
    shutil.copytree(default, folder)
    card = json.loads((default / "encoder.json").read_text())
    card |= {"name": "other", "resize": "pad" if card["resize"] != "pad" else "squash"}
    (folder / "encoder.json").write_text(json.dumps(card))
    return folder


@pytest.mark.skipif(os.name == "nt", reason="file names are always text here")
def test_names_that_are_no_text(library: Library, album: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    try:
        save_photo(album / "plain.jpg", 1)
        (album / "plain.jpg").rename(album / name)
    except OSError:  # this file system takes only valid text
        return
    assert index(library, album).added == 1
    assert index(library, album).unchanged == 1
    assert states(library) == {name: "present"}


def test_originals_are_never_changed(library: Library, album: Path) -> None:
    for seed, suffix in enumerate((".jpg", ".png", ".webp", ".tif", ".gif")):
        save_photo(album / f"{seed}{suffix}", seed)
    (album / "broken.jpg").write_bytes(b"broken")

    def fingerprint() -> dict[str, tuple[bytes, int]]:
        return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in album.iterdir()}

    before = fingerprint()
    index(library, album)
    index(library, album)
    assert fingerprint() == before
