"""From labels to an encoder of the library: whole runs, of few steps on small pictures."""

import multiprocessing
import os
import shutil
import threading
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("photosearch.training.networks.vision")
pytest.importorskip("efficientnet_lite_pytorch")
pytest.importorskip("onnxscript")
pytest.importorskip("pytorch_metric_learning")

from photosearch.encode.encoder import Encoder
from photosearch.errors import EncoderError, LibraryBusy, PhotosearchError, QueryError
from photosearch.library import Library
from photosearch.paths import resources
from photosearch.training.data import dataset
from photosearch.training.data.checkpoint import read_checkpoint, write_checkpoint
from photosearch.training.data.dataset import plan_dataset
from photosearch.training.run import learn
from photosearch.training.run.events import Done, Event, Loss, Measured, Progress, Started, Stopped
from photosearch.training.run.fit import read_state, write_state
from photosearch.training.run.network import DEFAULT
from photosearch.training.run.packaging import calibrate_bundle, free_name
from photosearch.training.run.recipe import Recipe
from photosearch.training.run.teach import teach
from photosearch.training.run.validation import plan_validation
from tests.photos import fill_disk, save_photo

RECIPE = Recipe(steps=4, training_size=32, input_size=64, photos_a_step=8, frozen_blocks=14)
FOR_EVER = replace(RECIPE, steps=1_000_000)
BACKBONE = replace(RECIPE, start="efficientnet-lite0", dimension=16)
CHOICES = replace(BACKBONE, pooling="mac", whitening="pca", scales=(1.0, 0.75), rerank="aqe",
                  mining="clusters", memory=40, objective="supcon")  # fmt: skip
SELF_TAUGHT = replace(RECIPE, int8=True, objective="stml", mining="clusters")
SAMPLES = resources() / "samples" / "photos"
KINDS = ("Animals", "Holiday")  # the folders with most photos


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the sample photos, which a test may only copy."""
    folder = tmp_path_factory.mktemp("samples") / "library"
    with Library(folder) as library:
        list(library.index([str(SAMPLES)]))
    return folder


@pytest.fixture
def samples(folder: Path, tmp_path: Path) -> Generator[Library]:
    """The sample photos, those of two folders with its name as their label."""
    shutil.copytree(folder, tmp_path / "library")
    with Library(tmp_path / "library") as library:
        label_kinds(library)
        yield library


def label_kinds(library: Library) -> None:
    for name in KINDS:
        label(library, name, of_folder(library, name))


def of_folder(library: Library, name: str) -> list[int]:
    photos = library.photos.get(library.photos.listing("name").ids)
    return [photo_id for photo_id, photo in photos.items() if name in Path(photo.path).parts]


def label(library: Library, name: str, photos: Iterable[int]) -> None:
    library.labels.add(name, list(photos))


def run(library: Library, recipe: Recipe = RECIPE, **choices: object) -> list[Event]:
    return list(teach(library, recipe, processes=0, **choices))


def vectors(library: Library, name: str) -> np.ndarray:
    encoder = Encoder(library.bundles.folder(name), "cpu")
    pixels = np.random.default_rng(0).integers(0, 256, (2, *[encoder.bundle.input_size] * 2, 3), np.uint8)
    return encoder.encode(pixels)


def stop_at(library: Library, step: int, recipe: Recipe = RECIPE, **choices: object) -> Stopped:
    """Run until `step` is told of, then ask it to stop, and return what it says last."""
    stop = threading.Event()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learn, "REPORT_EVERY_S", 0.0)  # steps are quicker here
        for event in teach(library, recipe, stop=stop, processes=0, **choices):
            if isinstance(event, Loss) and event.step >= step:
                stop.set()
    assert isinstance(event, Stopped)
    return event


@pytest.fixture(scope="module")
def finished(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Library, list[Event]]]:
    """A library with an encoder that was taught without a stop, and what was told of it."""
    own = tmp_path_factory.mktemp("finished") / "library"
    shutil.copytree(folder, own)
    with Library(own) as library:
        label_kinds(library)
        yield library, run(library)


def test_a_run_tells_how_it_goes_and_ends_in_an_encoder(finished: tuple[Library, list[Event]]):
    library, events = finished
    start, end = events[0], events[-1]
    assert isinstance(start, Started) and (start.labels, start.step) == (2, 0) and 0 < start.held_out < start.photos
    assert isinstance(end, Done)
    stages = list(dict.fromkeys(event.stage for event in events if isinstance(event, Progress)))
    assert stages == ["preparing", "measuring", "training", "exporting"]
    measured = [event for event in events if isinstance(event, Measured)]
    assert [event.step for event in measured] == [0, 1, 2, 3, 4]
    for quality in (end.before, end.after):
        assert 0 < quality.map <= 100 and set(quality.labels) == set(KINDS)
    assert end.better == (end.after.map > end.before.map)
    card = Encoder(library.bundles.folder(end.encoder), "cpu").bundle
    assert (card.input_size, card.dimension) == (64, library.bundle.dimension)
    assert end.notes == [] and card.calibration
    serving = library.bundle
    assert library.encoders.adopt(end.encoder).name == end.encoder and library.bundle == serving
    assert not (library.places.library / "training" / "checkpoint.pt").exists()


def test_few_photos_do_not_tell_what_scores_mean(tmp_path: Path):
    assert "50 photos" in str(calibrate_bundle(tmp_path, [b"a JPEG"] * 49, np.ones((49, 4), np.float32)))


def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(samples: Library, finished: tuple[Library, list[Event]]):
    library, events = finished
    for step in (1, 3):
        assert stop_at(samples, step).step == step
    resumed, uninterrupted = run(samples), events[-1]
    assert isinstance(resumed[0], Started) and resumed[0].step == 3
    end = resumed[-1]
    assert isinstance(end, Done) and isinstance(uninterrupted, Done) and end.after == uninterrupted.after
    np.testing.assert_array_equal(vectors(samples, end.encoder), vectors(library, uninterrupted.encoder))


def teach_for_ever(folder: Path, told: Connection) -> None:
    """In a process of its own: a checkpoint each step, which is told of before it is kept."""
    learn.EVERY_S = learn.REPORT_EVERY_S = 0.0
    with Library(folder) as library:
        for event in teach(library, FOR_EVER, processes=0):
            if isinstance(event, Loss):
                told.send(event.step)


def test_a_run_that_is_killed_loses_no_more_than_the_steps_since_a_checkpoint(samples: Library):
    heard, told = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=teach_for_ever, args=(samples.places.library, told))
    child.start()
    told.close()
    step = 0
    while step < 7:
        step = heard.recv()
    child.kill()
    child.join()
    with suppress(EOFError):
        while True:
            step = heard.recv()
    running = teach(samples, FOR_EVER, processes=0)
    start = next(running)
    assert isinstance(start, Started) and start.step >= step - 1
    assert next(event.step for event in running if isinstance(event, Loss)) > start.step
    running.close()


def test_a_full_disk_is_told_and_leaves_the_checkpoint_before(samples: Library, monkeypatch: pytest.MonkeyPatch):
    stop_at(samples, 1)
    checkpoint = samples.places.library / "training" / "checkpoint.pt"
    before = checkpoint.read_bytes()
    with monkeypatch.context() as patched, pytest.raises(OSError, match="No space left"):
        patched.setattr(os, "fsync", fill_disk)
        run(samples)
    assert checkpoint.read_bytes() == before
    assert not list(checkpoint.parent.glob("*.partial"))
    running = teach(samples, RECIPE, processes=0)
    assert next(running).step == 1
    running.close()


def test_a_run_goes_on_with_the_photos_that_are_left(samples: Library, tmp_path: Path):
    for number in range(20):
        save_photo(tmp_path / "more" / f"{number}.jpg", number)
    list(samples.index([str(tmp_path / "more")]))
    recipe = replace(RECIPE, objective="stml", steps=8)
    stop_at(samples, 1, recipe, labels=None)
    list(samples.remove_folder(str(SAMPLES)))
    running = teach(samples, recipe, labels=None, processes=0)
    start = next(running)
    assert isinstance(start, Started) and (start.photos, start.step) == (20, 1)
    assert next(event.step for event in running if isinstance(event, Loss)) > 1
    running.close()


def test_minutes_become_steps_and_meanwhile_it_is_told_that_it_works(samples: Library):
    events: list[Event] = []
    for event in teach(samples, replace(RECIPE, steps=0, minutes=0.01), processes=0):
        events.append(event)
        if isinstance(event, Loss):
            break
    last = max(place for place, event in enumerate(events) if isinstance(event, Measured) and event.step == 0)
    trial = [event for event in events[last:] if isinstance(event, Progress) and event.stage == "training"]
    assert len([event for event in trial if event.total == 0]) > 2
    assert trial[-1].total > 0


def test_a_training_that_comes_apart_is_told_and_not_kept(samples: Library):
    stop_at(samples, 1)
    checkpoint = samples.places.library / "training" / "checkpoint.pt"
    state = read_state(checkpoint)
    assert state
    state["network"]["head.kinds.bias"][0] = float("nan")
    write_state(checkpoint, state)
    before = checkpoint.read_bytes()
    with pytest.raises(PhotosearchError, match="diverged"):
        run(samples)
    assert checkpoint.read_bytes() == before


@pytest.mark.parametrize("change", ["fresh", "seed", "labels"])
def test_a_checkpoint_of_something_else_is_not_gone_on_from(samples: Library, change: str):
    stop_at(samples, 1)
    recipe = replace(RECIPE, seed=1) if change == "seed" else RECIPE
    if change == "labels":
        samples.labels.remove(KINDS[0], of_folder(samples, KINDS[0])[:1])
    running = teach(samples, recipe, after="afresh" if change == "fresh" else "go on", processes=0)
    start = next(running)
    running.close()
    assert isinstance(start, Started) and start.step == 0


def assert_good_end(library: Library, events: list[Event], labels: int, dimension: int) -> None:
    start, end = events[0], events[-1]
    assert isinstance(start, Started) and start.photos > start.held_out > 0 and start.labels == labels
    assert isinstance(end, Done) and end.after.map > 0 and len(end.after.labels) == labels
    assert Encoder(library.bundles.folder(end.encoder), "cpu").bundle.dimension == dimension


def test_every_choice_comes_to_a_good_end(samples: Library):
    assert_good_end(samples, run(samples, CHOICES), len(KINDS), 16)


def test_a_stopped_run_that_taught_itself_is_finished_as_it_is(samples: Library):
    nothing_learned = run(samples, SELF_TAUGHT, labels=None, after="finish")
    assert isinstance(nothing_learned[-1], Stopped)
    stop_at(samples, 1, SELF_TAUGHT, labels=None)
    file = samples.places.library / "training" / "checkpoint.pt"
    checkpoint = read_checkpoint(file)
    assert checkpoint and checkpoint.step == 1
    write_checkpoint(file, replace(checkpoint, content=memoryview(b"of another version of torch")))
    before = file.read_bytes()
    with pytest.raises(EncoderError, match="--fresh"):
        run(samples, SELF_TAUGHT, labels=None)
    assert file.read_bytes() == before
    stopped = stop_at(samples, 2, SELF_TAUGHT, labels=None, after="afresh")
    events = run(samples, SELF_TAUGHT, labels=None, after="finish")
    assert not any(isinstance(event, Loss) for event in events)
    assert isinstance(events[0], Started) and events[0].step == stopped.step
    assert_good_end(samples, events, 0, 512)


@pytest.mark.parametrize("mix", ["cutmix", "manifold-mixup"])
def test_photos_may_be_mixed_and_whole_rankings_learned_from(samples: Library, mix: str):
    assert stop_at(samples, 2, replace(BACKBONE, mix=mix, objective="listwise-ap", keep=0.0)).step == 2


def test_only_one_run_at_a_time(samples: Library):
    running = teach(samples, RECIPE, processes=0)
    next(running)
    with pytest.raises(LibraryBusy, match="already"):
        next(teach(samples, RECIPE))
    running.close()
    next(teach(samples, RECIPE)).step  # noqa: B018 as it does not raise


def test_too_little_to_learn_from_is_told(samples: Library):
    first, second = KINDS

    def refused(words: str, **choices: object) -> None:
        with pytest.raises(PhotosearchError, match=words):
            run(samples, **choices)

    refused("no label “nothing”", labels=["nothing"])
    refused("has 2 photos of its own or more", labels=[first])
    for name in (first, second):
        samples.labels.remove(name, of_folder(samples, name)[1:])
    refused("No label has 2 photos")
    for name in (first, second):
        label(samples, name, of_folder(samples, name)[:2])
    refused("fewer than 3 photos")
    for name in (first, second):
        samples.labels.delete(name)
    refused("No photo has a label yet")


def test_the_name_is_free_in_8_bits_too(samples: Library):
    for name in ("taught-2026-01-02-int8", "taught-2026-01-02-2"):
        shutil.copytree(DEFAULT, samples.places.encoders / name)
    assert free_name(samples.bundles, date(2026, 1, 2)) == "taught-2026-01-02-3"
    assert free_name(samples.bundles, date(2026, 1, 3)) == "taught-2026-01-03"


def test_few_photos_cannot_teach_themselves(album: Path, library: Library):
    save_photo(album / "one.jpg")
    list(library.index([str(album)]))
    with pytest.raises(QueryError, match="so far there are 1"):
        run(library, replace(RECIPE, objective="sscd"), labels=None)


def test_held_out_photos_are_a_share_of_each_label_and_stay_when_others_join(samples: Library):
    photos = of_folder(samples, KINDS[1])
    samples.labels.remove(KINDS[1], photos[4:])
    few = plan_dataset(samples, [], seed=0)
    held = {few.digests[row] for row in np.flatnonzero(few.held_out)}
    for number in range(2):
        of_label = few.classes == number
        assert few.held_out[of_label].sum() == max(1, round(0.2 * of_label.sum()))
    label(samples, KINDS[1], photos[4:6])
    more = plan_dataset(samples, [], seed=0)
    learned = {more.digests[row] for row in more.to_learn}
    assert len(held & learned) <= 1
    other = plan_dataset(samples, [], seed=1)
    assert {other.digests[row] for row in np.flatnonzero(other.held_out)} != held


def test_a_photo_of_several_labels_counts_under_the_rarest(samples: Library):
    photos = of_folder(samples, KINDS[0])
    label(samples, "rare", photos[:3])
    label(samples, "alone", photos[3:4])
    course = plan_dataset(samples, [], seed=0)
    rare = [course.photo_ids[row] for row in np.flatnonzero(course.classes == course.names.index("rare"))]
    assert sorted(rare) == sorted(photos[:3])
    assert course.left_out == {"alone": 1}


def test_what_was_said_of_pairs_is_learned_from(samples: Library):
    others = [photo_id for photo_id in samples.photos.listing().ids if photo_id not in
              {photo.photo_id for photo in samples.labels.labelled_photos()}]  # fmt: skip
    paths = {photo_id: photo.path for photo_id, photo in samples.photos.get(others).items()}
    one, same, alike, other = others[:4]
    samples.feedback.confirm(paths[one], [same, alike], True)
    samples.feedback.confirm(paths[one], [other], False)
    course = plan_dataset(samples, [], seed=0)
    place = {photo_id: row for row, photo_id in enumerate(course.photo_ids)}
    assert {int(course.classes[place[photo_id]]) for photo_id in (one, same, alike)} == {len(course.names)}
    assert sorted(course.rejected[0].tolist()) == sorted([place[one], place[other]])
    assert not course.held_out[[place[one], place[same], place[alike]]].any()


def test_nothing_is_learned_from_pairs_that_hold_a_photo_held_out(samples: Library):
    plan = plan_dataset(samples, [], seed=0)
    held_out, learned = (int(np.flatnonzero(rows)[0]) for rows in (plan.held_out, plan.classes >= 0))
    photos = samples.photos.get([plan.photo_ids[held_out]])
    other = plan.photo_ids[learned if learned != held_out else int(plan.to_learn[0])]
    samples.feedback.confirm(photos[plan.photo_ids[held_out]].path, [other], False)
    assert not len(plan_dataset(samples, [], seed=0).rejected)


def test_a_course_of_more_photos_than_one_has_patience_for_is_cut(samples: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dataset, "MOST_LEARNED", 20)
    plan = plan_dataset(samples, [], seed=0)
    assert np.count_nonzero(plan.classes >= 0) == 20 < len({photo.digest for photo in samples.labels.labelled_photos()})
    assert dataset.plan_self_taught(samples, seed=0).held_out.shape == (20,)


def test_photos_that_went_leave_enough_or_it_is_told(samples: Library):
    plan = plan_dataset(samples, [], seed=0)
    assert plan.only(plan.digests[:-1]).digests == plan.digests[:-1]
    others = {plan.digests[row] for row in plan.others}
    held_out = {plan.digests[row] for row in np.flatnonzero(plan.held_out)}
    first = {plan.digests[row] for row in np.flatnonzero(plan.classes == 0)}
    for left in (others, others | held_out, first, set(plan.digests) - held_out):
        with pytest.raises(QueryError, match="Too few"):
            plan.only([digest for digest in plan.digests if digest in left])
    with pytest.raises(QueryError, match="nothing can be measured"):
        plan_validation(alone(plan), "none")


def alone(plan: dataset.Dataset) -> dataset.Dataset:
    """The course, where the one photo that is held out has a label of its own."""
    classes, held_out = plan.classes.copy(), np.zeros_like(plan.held_out)
    held_out[0], classes[0] = True, len(plan.names)
    return replace(plan, classes=classes, held_out=held_out, names=[*plan.names, "alone"])
