"""The views that the default encoder learns from, made many at a time on tensors."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from photosearch.errors import FolderError  # noqa: E402
from photosearch.training.augmentations import warps  # noqa: E402
from photosearch.training.augmentations.album import VIEWS, Album, AlbumViews, read_album  # noqa: E402
from photosearch.training.augmentations.overlays import cells, draw_layers, make_collage  # noqa: E402
from photosearch.training.augmentations.tones import QUALITIES, TONES, repaint_ground, resave  # noqa: E402
from tests.photos import draw_photo, save_photo  # noqa: E402

PHOTOS, SIDE, SIZE, SEED = 6, 48, 40, 3
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def album() -> Album:
    photos = [draw_photo(number, (SIDE, SIDE)) for number in range(PHOTOS)]
    pixels = np.stack([np.asarray(photo).transpose(2, 0, 1) for photo in photos])
    return Album(torch.from_numpy(pixels), np.linspace(0.6, 1.6, PHOTOS))


@pytest.fixture(scope="module")
def views(album: Album) -> AlbumViews:
    return AlbumViews(album, SIZE, SEED, CPU)


def random_pictures(count: int, size: int = 64) -> torch.Tensor:
    photos = [np.asarray(draw_photo(number, (size, size))) for number in range(count)]
    return torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2).float() / 255


def test_a_photo_gives_itself_and_two_edited_views(views: AlbumViews, album: Album):
    numbers = np.array([4, 1])
    made = views.make(2, numbers)
    assert made.shape == (2 * VIEWS, SIZE, SIZE, 3)
    assert made.dtype == torch.uint8
    for number, photo in zip(numbers, made.unflatten(0, (2, VIEWS)), strict=True):
        mean = album.pixels[number].float().mean((1, 2))
        assert (photo[0].float().mean((0, 1)) - mean).abs().max() < 2
        assert len({view.numpy().tobytes() for view in photo}) == VIEWS


def test_a_step_gives_the_same_views_again_and_another_step_others(views: AlbumViews):
    numbers = np.arange(PHOTOS)
    assert torch.equal(views.make(5, numbers), views.make(5, numbers))
    assert not torch.equal(views.make(5, numbers), views.make(6, numbers))


def test_photos_are_read_squashed_and_with_their_shape(tmp_path: Path):
    photos = [Path(save_photo(tmp_path / f"{number}.png", number)) for number in range(2)]
    pixels, aspects = read_album(photos, 20)
    assert pixels.shape == (2, 3, 20, 20)
    assert (aspects > 0).all()
    with pytest.raises(FolderError, match="cannot be read any more"):
        read_album([*photos, tmp_path / "gone.png"], 20)


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: warps.reframe(rng, 4, 0.2, 2.0),
        lambda rng: warps.quarter_turn(rng, 4),
        lambda rng: warps.mirror(4),
    ],
)
def test_windows_turns_and_mirrors_stay_inside_the_picture(make):
    moved = make(np.random.default_rng(0)) @ np.column_stack([warps.CORNERS, np.ones(4)]).T
    assert np.abs(moved[:, :2]).max() <= 1 + 1e-9


def test_a_tilt_takes_its_moved_corners_to_the_corners_of_the_picture():
    matrices = warps.tilt(np.random.default_rng(1), 5)
    back = np.linalg.inv(matrices) @ np.column_stack([warps.CORNERS, np.ones(4)]).T
    corners = (back[:, :2] / back[:, 2:]).transpose(0, 2, 1)
    inwards = (warps.CORNERS - corners) * np.sign(warps.CORNERS)
    assert inwards.min() >= -1e-9
    assert inwards.max() <= 0.4 + 1e-9


def test_a_rotation_turns_by_its_angle_in_the_true_shape_of_a_photo():
    aspects = np.array([1.5, 0.7])
    matrices = warps.rotate(np.random.default_rng(0), aspects)
    for matrix, aspect in zip(matrices, aspects, strict=True):
        true = np.diag([aspect, 1]) @ matrix[:2, :2]
        along, down = true[:, 0] / np.linalg.norm(true[:, 0]), true[:, 1] / np.linalg.norm(true[:, 1])
        assert abs(along @ down) < 1e-9  # squares stay squares
        assert 4 <= abs(np.degrees(np.arctan2(along[1], along[0]))) <= 25


def test_a_picture_is_shown_in_its_box_alone():
    page = torch.zeros(1, 3, 40, 40)
    shown = warps.warp(torch.ones(1, 3, 40, 40), warps.shrink_into(np.array([[0.25, 0.5, 0.75, 1.0]])), page)
    assert shown[0, 0, 20:, 10:30].min() == 1
    assert shown.sum() == 3 * 20 * 20


@pytest.mark.parametrize("edit", [edit for _, edit in (*TONES, *QUALITIES)], ids=lambda edit: edit.__name__)
def test_edits_keep_shape_and_range_and_change_pictures(edit):
    pictures = random_pictures(4)
    if edit is repaint_ground:
        pictures[:, :, :40] = 0.9
    changed = edit(pictures.clone(), np.random.default_rng(0))
    assert changed.shape == pictures.shape
    assert changed.min() >= 0
    assert changed.max() <= 1
    assert not torch.equal(changed, pictures)


def test_a_resaved_picture_is_near_to_what_pillow_saves():
    picture = random_pictures(1)
    saved = resave(picture, np.random.default_rng(0))
    assert 0.001 < (saved - picture).abs().mean() < 0.06


def test_only_a_plain_ground_is_repainted():
    pictures = random_pictures(2)
    pictures[1] = 0.5
    pictures[1, :, 20:30, 20:30] = 0.1
    painted = repaint_ground(pictures, np.random.default_rng(0))
    assert torch.equal(painted[1, :, 20:30, 20:30], pictures[1, :, 20:30, 20:30])
    assert not torch.equal(painted[1], pictures[1])


def test_layers_leave_room_for_the_picture():
    layers = draw_layers(2, 32, 0, CPU)
    assert layers.pixels.shape[1:] == (4, 32, 32)
    left, top, right, bottom = layers.boxes.T
    assert ((right - left) > 0.3).all()
    assert ((bottom - top) > 0.3).all()
    laid = layers.lay(np.arange(len(layers.boxes)), torch.full((len(layers.boxes), 3, 32, 32), 0.5))
    assert laid.min() >= 0
    assert laid.max() <= 1.01
    assert (laid == 0.5).flatten(1).any(1).all()


def test_a_collage_shows_every_picture_in_its_cell():
    others = torch.arange(4).float().view(1, 4, 1, 1, 1).expand(1, 4, 3, 10, 10) / 4
    page = make_collage(others, (2, 2), 0.0, torch.ones(1, 3, 1, 1), 20)
    for number, box in enumerate(cells((2, 2), 0.0)):
        left, top, right, bottom = (20 * box).astype(int)
        assert torch.allclose(page[0, :, top:bottom, left:right], torch.tensor(number / 4))
