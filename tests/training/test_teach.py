"""From labels to an encoder of the library: whole runs, of few steps on small pictures."""

import shutil
import threading
from collections.abc import Generator, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("photosearch.training.vision")
pytest.importorskip("efficientnet_lite_pytorch")
pytest.importorskip("onnxscript")
pytest.importorskip("pytorch_metric_learning")

from photosearch.encode.bundle import read_bundle
from photosearch.encode.encoder import Encoder
from photosearch.errors import LibraryBusy, PhotosearchError, QueryError
from photosearch.library import Library
from photosearch.paths import resources
from photosearch.training.course import plan_course
from photosearch.training.events import Done, Event, Loss, Measured, Progress, Started, Stopped
from photosearch.training.finish import calibrate_bundle
from photosearch.training.recipe import Recipe
from photosearch.training.teach import teach
from tests.photos import save_photo

RECIPE = Recipe(steps=4, training_size=32, input_size=64, photos_a_step=8, frozen_blocks=14)
BACKBONE = replace(RECIPE, start="efficientnet-lite0", dimension=16)
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
        for name in KINDS:
            label(library, name, of_folder(library, name))
        yield library


def of_folder(library: Library, name: str) -> list[int]:
    photos = library.photos(library.listing("name").ids)
    return [photo_id for photo_id, photo in photos.items() if name in Path(photo.path).parts]


def label(library: Library, name: str, photos: Iterable[int]) -> None:
    library.labels.add(name, list(photos))


def run(library: Library, recipe: Recipe = RECIPE, **choices: object) -> list[Event]:
    return list(teach(library, recipe, processes=0, **choices))


def vectors(library: Library, name: str) -> np.ndarray:
    encoder = Encoder(library.bundles.folder(name), "cpu")
    pixels = np.random.default_rng(0).integers(0, 256, (2, *[encoder.bundle.input_size] * 2, 3), np.uint8)
    return encoder.encode(pixels)


def stop_at(library: Library, step: int, **choices: object) -> Stopped:
    """Run until `step` is told of, then ask it to stop, and return what it says last."""
    stop = threading.Event()
    for event in teach(library, RECIPE, stop=stop, processes=0, **choices):
        if isinstance(event, Loss) and event.step >= step:
            stop.set()
    assert isinstance(event, Stopped)
    return event


def test_a_run_tells_how_it_goes_and_ends_in_an_encoder(samples: Library):
    serving = samples.bundle
    events = run(samples)
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
    assert end.notes == []
    assert read_bundle(samples.bundles.folder(end.encoder)).calibration
    card = Encoder(samples.bundles.folder(end.encoder), "cpu").bundle
    assert (card.input_size, card.dimension) == (64, serving.dimension)
    assert samples.bundle == serving and samples.adopt(end.encoder).name == end.encoder
    assert not (samples.places.library / "training" / "checkpoint.pt").exists()


@pytest.mark.parametrize("step", [1, 3])
def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(samples: Library, step: int):
    assert stop_at(samples, step).step == step
    events = run(samples)
    assert isinstance(events[0], Started) and events[0].step == step
    resumed = events[-1]
    uninterrupted = run(samples)[-1]
    assert isinstance(resumed, Done) and isinstance(uninterrupted, Done)
    assert resumed.encoder != uninterrupted.encoder and resumed.after == uninterrupted.after
    np.testing.assert_array_equal(vectors(samples, resumed.encoder), vectors(samples, uninterrupted.encoder))


@pytest.mark.parametrize("change", ["fresh", "seed", "labels"])
def test_a_checkpoint_of_something_else_is_not_gone_on_from(samples: Library, change: str):
    stop_at(samples, 1)
    recipe = replace(RECIPE, seed=1) if change == "seed" else RECIPE
    if change == "labels":
        samples.labels.remove(KINDS[0], of_folder(samples, KINDS[0])[:1])
    running = teach(samples, recipe, fresh=change == "fresh", processes=0)
    start = next(running)
    running.close()
    assert isinstance(start, Started) and start.step == 0


def test_without_labels_an_encoder_teaches_itself(samples: Library):
    events = run(samples, replace(RECIPE, objective="stml", mining="clusters"), self_taught=True)
    start, end = events[0], events[-1]
    assert isinstance(start, Started) and start.labels == 0 and start.photos > start.held_out > 0
    assert isinstance(end, Done) and end.after.labels == {} and end.after.map > 0


@pytest.mark.parametrize(
    "recipe",
    [
        replace(BACKBONE, pooling="mac", whitening="pca", mining="clusters", memory=40, objective="supcon"),
        replace(BACKBONE, scales=(1.0, 0.75), mix="cutmix", rerank="aqe", objective="listwise-ap", keep=0.0),
        replace(RECIPE, int8=True, objective="distill"),
    ],
)
def test_every_choice_comes_to_a_good_end(samples: Library, recipe: Recipe):
    end = run(samples, recipe)[-1]
    assert isinstance(end, Done)
    assert Encoder(samples.bundles.folder(end.encoder), "cpu").bundle.dimension == (512 if recipe.int8 else 16)


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
    refused("alone has 2 photos or more", labels=[first])
    for name in (first, second):
        samples.labels.remove(name, of_folder(samples, name)[1:])
    refused("No label has 2 photos")
    for name in (first, second):
        label(samples, name, of_folder(samples, name)[:2])
    refused("fewer than 3 photos")
    for name in (first, second):
        samples.labels.delete(name)
    refused("No photo has a label yet")


def test_an_objective_that_can_use_no_memory(samples: Library):
    with pytest.raises(PhotosearchError, match="memory"):
        run(samples, replace(RECIPE, objective="listwise-ap", memory=64))


def test_few_photos_cannot_teach_themselves(album: Path, library: Library):
    save_photo(album / "one.jpg")
    list(library.index([str(album)]))
    with pytest.raises(QueryError, match="1 different photos"):
        run(library, self_taught=True)


def test_held_out_photos_are_a_share_of_each_label_and_stay_when_others_join(samples: Library):
    photos = of_folder(samples, KINDS[1])
    samples.labels.remove(KINDS[1], photos[4:])
    few = plan_course(samples, [], seed=0)
    held = {few.digests[row] for row in np.flatnonzero(few.held_out)}
    for number in range(2):
        of_label = few.classes == number
        assert few.held_out[of_label].sum() == max(1, round(0.2 * of_label.sum()))
    label(samples, KINDS[1], photos[4:6])
    more = plan_course(samples, [], seed=0)
    learned = {more.digests[row] for row in more.to_learn}
    assert len(held & learned) <= 1
    other = plan_course(samples, [], seed=1)
    assert {other.digests[row] for row in np.flatnonzero(other.held_out)} != held


def test_a_photo_of_several_labels_counts_under_the_rarest(samples: Library):
    photos = of_folder(samples, KINDS[0])
    label(samples, "rare", photos[:3])
    label(samples, "alone", photos[3:4])
    course = plan_course(samples, [], seed=0)
    rare = [course.photo_ids[row] for row in np.flatnonzero(course.classes == course.names.index("rare"))]
    assert sorted(rare) == sorted(photos[:3])
    assert course.left_out == {"alone": 1}


def test_what_was_said_of_pairs_is_learned_from(samples: Library):
    others = [photo_id for photo_id in samples.listing().ids if photo_id not in
              {lesson.photo_id for lesson in samples.lessons()}]  # fmt: skip
    paths = {photo_id: photo.path for photo_id, photo in samples.photos(others).items()}
    one, same, alike, other = others[:4]
    samples.confirm(paths[one], [same, alike], True)
    samples.confirm(paths[one], [other], False)
    course = plan_course(samples, [], seed=0)
    place = {photo_id: row for row, photo_id in enumerate(course.photo_ids)}
    assert {int(course.classes[place[photo_id]]) for photo_id in (one, same, alike)} == {len(course.names)}
    assert sorted(course.rejected[0].tolist()) == sorted([place[one], place[other]])
    assert not course.held_out[[place[one], place[same], place[alike]]].any()


def test_few_photos_do_not_tell_what_scores_mean(tmp_path: Path):
    assert "50 photos" in str(calibrate_bundle(tmp_path, [b"a JPEG"] * 49, np.ones((49, 4), np.float32)))
