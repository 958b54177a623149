"""Another encoder takes over: the one before serves until all photos are encoded, and can be brought back."""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from photosearch import worker_process
from photosearch.errors import EncoderError, FolderError
from photosearch.ingest import pipeline
from photosearch.library import Library
from photosearch.store import vectors as vectors_module
from tests.conftest import keep, restored
from tests.encode.small_encoders import use_small_encoders
from tests.jobs import finish, index
from tests.library.switching import COUNT, FIRST, OTHER, ask, encoded_by, fill
from tests.photos import save_photo


@pytest.fixture(autouse=True)
def every_batch_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a run can be met on its way, however quick it is."""
    monkeypatch.setattr(pipeline, "REPORT_EVERY_S", 0.001)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with twelve photos and a library of them."""
    place = tmp_path_factory.mktemp("indexed")
    with Library(place / "library") as library:
        fill(library, place / "album", COUNT)
    keep(place)
    return place


tmp_path = restored("indexed", "filled")


@pytest.fixture
def filled(library: Library) -> Library:
    """A library of twelve photos."""
    return library


def add_encoder(library: Library, name: str) -> str:
    """An encoder with the small one's network and another name: another vector space."""
    source = library.places.library / f"{name}.source"
    shutil.copytree(library.bundles.folder(OTHER), source)
    card = json.loads((source / "encoder.json").read_text(encoding="utf-8"))
    (source / "encoder.json").write_text(json.dumps(card | {"name": name}), encoding="utf-8")
    library.bundles.add(source)
    return name


def test_the_encoder_of_before_serves_until_all_photos_are_encoded(filled: Library, album: Path) -> None:
    before = ask(filled, album)
    assert filled.encoders.adopt(OTHER).id != filled.bundle.id
    assert filled.encoders.adopting == OTHER
    stages = set[str]()
    for progress in filled.index():
        stages.add(progress.stage)
        if progress.stage == "re-encoding" and progress.done < COUNT:
            assert ask(filled, album) == before
    assert "re-encoding" in stages
    assert (filled.encoders.adopting, filled.settings.encoder, filled.settings.previous_encoder) == (
        None,
        OTHER,
        FIRST,
    )
    with Library(filled.places.library) as again:
        again.encoders.adopt(FIRST)
        index(again)
        assert ask(again, album) == before


def test_the_first_encoding_run_tells_what_it_did(filled: Library) -> None:
    filled.encoders.adopt(OTHER)
    summary = index(filled)
    assert (summary.encoded_again, summary.unchanged, summary.hindrance) == (COUNT, COUNT, "")
    assert index(filled).encoded_again == 0


@pytest.mark.parametrize("young", [5, 5_000], ids=["with a search index", "without"])
def test_undo_brings_the_same_answers_back(
    filled: Library, album: Path, young: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", young)
    index(filled)
    before = ask(filled, album)
    filled.encoders.adopt(OTHER)
    index(filled)
    after = ask(filled, album)
    assert [[match.score for match in matches] for matches in after] != [[m.score for m in ms] for ms in before]
    for seed in range(COUNT, COUNT + 3):
        save_photo(album / f"{seed}.jpg", seed, (40, 30))
    index(filled)
    assert {len(matches) for matches in ask(filled, album)} == {COUNT + 2}
    assert filled.encoders.undo() == filled.bundle
    assert filled.settings.encoder == FIRST
    assert ask(filled, album) == before
    assert index(filled).encoded_again == 3, "what came meanwhile"
    assert {len(matches) for matches in ask(filled, album)} == {COUNT + 2}
    filled.encoders.adopt(OTHER)
    assert index(filled).encoded_again == 0, "what it encoded is kept"
    assert filled.settings.encoder == OTHER


def test_the_search_index_of_the_new_encoder_is_there_when_it_takes_over(
    filled: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", 5)
    filled.encoders.adopt(OTHER)
    stages = [progress.stage for progress in filled.index()]
    assert stages.index("re-encoding") < len(stages) - 1 - stages[::-1].index("search index")
    assert filled.vectors.problem() is None
    assert (filled.places.search / filled.bundle.id / "stamp.json").exists()


def test_undo_on_the_way_drops_what_was_to_take_over(filled: Library, album: Path) -> None:
    before = ask(filled, album)
    filled.encoders.adopt(OTHER)
    job = filled.index(threads=1)
    done = 0
    for progress in job:
        if progress.stage == "re-encoding" and progress.done and not done:
            done = progress.done
            assert filled.encoders.undo() == filled.bundle
    assert 0 < done < COUNT
    assert (filled.settings.encoder, filled.encoders.adopting) == (FIRST, None)
    assert ask(filled, album) == before
    kept = encoded_by(filled, OTHER)
    assert done <= kept < COUNT
    filled.encoders.adopt(OTHER)
    assert index(filled).encoded_again == COUNT - kept, "adopting again goes on"
    with pytest.raises(EncoderError, match="No other encoder"):
        filled.encoders.undo()
        filled.encoders.undo()


def test_photos_that_come_on_the_way_are_encoded_by_both(filled: Library, album: Path) -> None:
    filled.encoders.adopt(OTHER)
    job = filled.index(threads=1)
    next(progress for progress in job if progress.stage == "re-encoding")
    job.close()
    save_photo(album / "new.jpg", 99)
    job = filled.index()
    next(progress for progress in job if progress.stage == "re-encoding")
    job.close()
    assert filled.settings.encoder == FIRST
    assert "new.jpg" in {Path(match.path).name for match in ask(filled, album)[0]}
    index(filled)
    assert filled.settings.encoder == OTHER
    assert "new.jpg" in {Path(match.path).name for match in ask(filled, album)[0]}
    assert (encoded_by(filled, FIRST), encoded_by(filled, OTHER)) == (COUNT + 1, COUNT + 1)


def test_photos_that_cannot_be_read_do_not_hold_it_up(filled: Library, album: Path) -> None:
    (album / "missing.jpg").write_bytes((album / "0.jpg").read_bytes())
    index(filled)
    damaged = album / "1.jpg"
    status = damaged.stat()
    damaged.write_bytes(b"x" * status.st_size)
    os.utime(damaged, ns=(status.st_atime_ns, status.st_mtime_ns))
    (album / "missing.jpg").unlink()
    filled.encoders.adopt(OTHER)
    summary = index(filled)
    assert [Path(photo.path).name for photo in summary.unreadable] == ["1.jpg"]
    assert filled.settings.encoder == OTHER
    assert index(filled).encoded_again == 0


def test_what_neither_encoder_can_read_is_told_once(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_photo(album / "apart.tif")
    index(library, album)
    use_small_encoders(library)
    library.encoders.adopt(OTHER)
    save_photo(path, 1, (100, 80))
    monkeypatch.setattr(worker_process, "START_TIMEOUT_S", 0)
    assert [photo.path for photo in index(library).unreadable] == [path]


def test_a_drive_that_is_pulled_out_is_no_reason_to_take_over(
    filled: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 1)  # so that photos are left to read, however slow this thread is
    filled.encoders.adopt(OTHER)
    job = filled.index(threads=1)
    next(progress for progress in job if progress.stage == "re-encoding")
    album.rename(album.with_name("away"))
    with pytest.raises(FolderError, match="disappeared"):
        finish(job)
    assert filled.settings.encoder == FIRST
    album.with_name("away").rename(album)
    index(filled)
    assert filled.settings.encoder == OTHER


def test_where_no_photo_can_be_read_the_encoder_of_before_serves_on(filled: Library, album: Path) -> None:
    before = ask(filled, album)
    filled.encoders.adopt(OTHER)
    job = filled.index()
    next(progress for progress in job if progress.stage == "scanning")
    album.rename(album.with_name("elsewhere"))
    album.mkdir()  # where a drive was mounted
    summary = finish(job)
    assert "None of the photos" in summary.hindrance
    album.rmdir()
    album.with_name("elsewhere").rename(album)
    assert (filled.encoders.adopting, ask(filled, album)) == (OTHER, before)


def test_a_drive_that_is_away_does_not_hold_it_up(filled: Library, album: Path, tmp_path: Path) -> None:
    save_photo(tmp_path / "other" / "1.jpg", 50)
    index(filled, tmp_path / "other")
    (tmp_path / "other").rename(tmp_path / "away")
    filled.encoders.adopt(OTHER)
    assert index(filled).offline == 1
    assert filled.settings.encoder == OTHER
    (tmp_path / "away").rename(tmp_path / "other")
    assert index(filled).encoded_again == 1


def test_without_photos_or_without_an_encoder_it_takes_over_at_once(library: Library, album: Path) -> None:
    use_small_encoders(library)
    library.encoders.adopt(OTHER)
    assert (library.settings.encoder, library.encoders.adopting) == (OTHER, None)
    save_photo(album / "0.jpg")
    index(library, album)
    add_encoder(library, "lost")
    library.encoders.adopt("lost")
    index(library)
    shutil.rmtree(library.places.encoders / "lost")
    with Library(library.places.library) as again:
        again.encoders.adopt(OTHER)
        assert (again.settings.encoder, again.encoders.adopting) == (OTHER, None)


def test_the_encoder_in_use_and_another_call_off_what_was_to_take_over(filled: Library) -> None:
    third = add_encoder(filled, "third")
    filled.encoders.adopt(OTHER)
    filled.encoders.adopt(FIRST)
    assert filled.encoders.adopting is None
    filled.encoders.adopt(OTHER)
    for progress in filled.index(threads=1):
        if progress.stage == "re-encoding" and filled.encoders.adopting == OTHER:
            filled.encoders.adopt(third)
    assert (filled.settings.encoder, filled.settings.previous_encoder) == (third, FIRST)
    assert encoded_by(filled, third) == COUNT


def test_only_what_serves_and_what_was_before_is_kept(
    filled: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", 5)
    index(filled)
    finish(filled.duplicates())
    third = add_encoder(filled, "third")
    filled.encoders.adopt(OTHER)
    index(filled)
    assert len(list(filled.places.search.iterdir())) == 2
    finish(filled.duplicates())
    before = ask(filled, album)
    filled.encoders.adopt(third)
    index(filled)
    assert [encoded_by(filled, name) for name in (third, OTHER, FIRST)] == [COUNT, COUNT, 0]
    assert len(list(filled.places.search.iterdir())) == 2
    filled.encoders.undo()
    assert ask(filled, album) == before


def test_what_became_of_the_new_encoder_is_told_and_the_old_one_serves(filled: Library, album: Path) -> None:
    before = ask(filled, album)
    filled.encoders.adopt(add_encoder(filled, "damaged"))
    model = filled.places.encoders / "damaged" / "model.onnx"
    sound = model.read_bytes()
    model.write_bytes(sound[:-1])
    save_photo(album / "new.jpg", 99)
    summary = index(filled)
    assert summary.added == 1
    assert "is damaged" in summary.hindrance
    assert (filled.settings.encoder, filled.encoders.adopting) == (FIRST, "damaged")
    assert [[m for m in matches if not m.path.endswith("new.jpg")] for matches in ask(filled, album)] == before
    model.write_bytes(sound)
    assert index(filled).hindrance == ""
    assert filled.settings.encoder == "damaged"


def test_an_encoder_that_is_damaged_while_it_encodes_does_not_take_over(filled: Library) -> None:
    filled.encoders.adopt(add_encoder(filled, "damaged"))
    job = filled.index(threads=1)
    next(progress for progress in job if progress.stage == "re-encoding")
    shutil.rmtree(filled.places.encoders / "damaged")
    assert "no encoder “damaged”" in finish(job).hindrance
    assert (filled.settings.encoder, filled.encoders.adopting) == (FIRST, "damaged")
    filled.encoders.undo()
    assert index(filled).hindrance == ""


def test_another_process_notices_and_keeps_it(filled: Library, album: Path) -> None:
    """The window has the library open while the command line lets another encoder take over."""
    before = ask(filled, album)
    command = [sys.executable, "-m", "photosearch", "--library", str(filled.places.library), "encoders", "use", OTHER]
    subprocess.run(command, check=True, capture_output=True)
    filled.change(replace(filled.settings, theme="dark"))
    assert (filled.settings.encoder, filled.settings.theme) == (OTHER, "dark")
    assert OTHER in filled.bundle.id
    assert len(ask(filled, album)[0]) == len(before[0])
    filled.encoders.undo()
    assert ask(filled, album) == before


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGSTOP")
def test_a_photo_that_is_being_read_meanwhile_is_read(filled: Library, album: Path) -> None:
    filled.encoders.adopt(OTHER)
    index(filled)
    path, before = save_photo(album / "apart.tif"), set(active_children())
    filled.photos.picture(path)
    (decoder,) = set(active_children()) - before
    os.kill(decoder.pid or 0, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(filled.photos.picture, path)
        filled.encoders.undo()
        os.kill(decoder.pid or 0, signal.SIGCONT)
        assert isinstance(reading.result(), np.ndarray)
    del reading
    gc.collect()
    decoder.join(10)
    assert not decoder.is_alive(), "nobody reads with that encoder any more"


def test_settings_that_were_read_before_do_not_bring_an_encoder_back(filled: Library) -> None:
    read_before = filled.settings
    with Library(filled.places.library) as other:
        other.encoders.adopt(OTHER)
        index(other)
    filled.change(replace(read_before, theme="light"))
    assert (filled.settings.encoder, filled.settings.theme) == (OTHER, "light")


def test_duplicates_are_found_on_both_sides(filled: Library, album: Path) -> None:
    save_photo(album / "again.jpg", 0, (40, 30), quality=60)
    index(filled)
    before = finish(filled.duplicates())
    assert before.groups
    filled.encoders.adopt(OTHER)
    index(filled)
    after = finish(filled.duplicates())
    assert [{m.photo.path for m in group.photos} for group in after.groups] == [
        {m.photo.path for m in group.photos} for group in before.groups
    ]
    filled.encoders.undo()
    assert finish(filled.duplicates(depth="known")) == before
