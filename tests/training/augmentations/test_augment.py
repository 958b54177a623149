"""Views of photos and mixtures of views."""

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
pytest.importorskip("photosearch.training.networks.vision")

from photosearch.training.augmentations.augment import AUGMENTATIONS, MIXES, make_augmentation  # noqa: E402
from photosearch.training.augmentations.occlusions import COVERS  # noqa: E402
from tests.photos import difference, draw_photo  # noqa: E402

SIZE = 48
DEFAULT = ("crop", "flip", "colour", "edits")


def draw(seed: int = 0, size: tuple[int, int] = (96, 64)) -> np.ndarray:
    return np.asarray(draw_photo(seed, size))


@pytest.mark.parametrize("names", [*((name,) for name in AUGMENTATIONS), DEFAULT], ids="+".join)
def test_a_view_follows_the_generator_alone(names: tuple[str, ...]):
    photo, augment = draw(), make_augmentation(names, SIZE)
    torch.manual_seed(1)
    views = [augment(photo, np.random.default_rng(seed)) for seed in range(12)]
    drawn = torch.rand(1)
    torch.manual_seed(1)
    assert drawn == torch.rand(1), "what else is drawn does not depend on how many views were made"
    torch.manual_seed(2)
    again = [augment(photo, np.random.default_rng(seed)) for seed in range(12)]
    plain = make_augmentation((), SIZE)(photo, np.random.default_rng(0))
    assert all(np.array_equal(one, other) for one, other in zip(views, again, strict=True))
    assert {(view.shape, view.dtype) for view in views} == {((SIZE, SIZE, 3), np.dtype(np.uint8))}
    assert any(not np.array_equal(view, plain) for view in views)


def test_a_view_of_any_shape_even_one_that_cannot_be_written_to():
    for size in ((384, 5), (1, 1), (31, 200)):
        photo = draw(0, size)
        photo.flags.writeable = False
        assert make_augmentation(DEFAULT, SIZE)(photo, np.random.default_rng(0)).shape == (SIZE, SIZE, 3)


def test_without_augmentations_the_whole_photo_stays():
    view = make_augmentation((), SIZE)(draw(0, (SIZE, SIZE)), np.random.default_rng(0))
    assert np.array_equal(view, draw(0, (SIZE, SIZE)))


@pytest.mark.parametrize("name", MIXES)
def test_a_mixture_is_at_least_half_the_photo_whose_row_it_is(name: str):
    photos = torch.from_numpy(np.stack([np.full((SIZE, SIZE, 3), level, np.uint8) for level in (0, 80, 160, 240)]))
    differ = 0
    for seed in range(20):
        mixed = MIXES[name](photos, np.random.default_rng(seed))
        assert (mixed.shape, mixed.dtype) == (photos.shape, photos.dtype)
        assert torch.equal(mixed, MIXES[name](photos, np.random.default_rng(seed)))
        differ += not torch.equal(mixed, photos)
        if name in ("mixup", "sample-pairing", "smoothmix"):  # a level between its own and another's, nearer to its own
            assert all(2 * abs(float(row.float().mean()) - 80 * number) <= 241 for number, row in enumerate(mixed))
        else:
            shares = [float((row == 80 * number).float().mean()) for number, row in enumerate(mixed)]
            assert min(shares) >= 0.48
    assert differ > 10


def test_pairing_takes_the_mean_of_two_photos():
    photos = torch.from_numpy(np.stack([draw(seed, (SIZE, SIZE)) for seed in range(3)]))
    paired = MIXES["sample-pairing"](photos, np.random.default_rng(0))
    assert (paired.float() - (photos.float() + photos[[2, 0, 1]].float()) / 2).abs().max() <= 0.5


def test_a_smooth_mixture_follows_a_gaussian():
    photos = torch.zeros(2, SIZE, SIZE, 3, dtype=torch.uint8)
    photos[1] = 255
    for seed in range(8):
        share = MIXES["smoothmix"](photos, np.random.default_rng(seed))[1, :, :, 0].numpy() / 255
        rng = np.random.default_rng(seed)
        (down, across), sigma = rng.uniform(0, SIZE, 2), SIZE * rng.uniform(0.25, 0.5)
        rows, columns = np.mgrid[:SIZE, :SIZE] + 0.5
        gaussian = np.exp(-((rows - down) ** 2 + (columns - across) ** 2) / (2 * sigma**2))
        np.testing.assert_allclose(share, gaussian if gaussian.mean() >= 0.5 else 1 - gaussian, atol=0.003)


def test_shuffling_keeps_the_pixels_of_each_patch():
    photo = draw(0, (SIZE + 1, SIZE))
    shuffled = np.asarray(COVERS["patch-shuffle"](Image.fromarray(photo), np.random.default_rng(0)))
    patches, others = (
        np.sort(each[:, :SIZE].reshape(SIZE // 2, 2, SIZE // 2, 2, 3).swapaxes(1, 2).reshape(-1, 4, 3), axis=1)
        for each in (photo, shuffled)
    )
    assert np.array_equal(patches, others)
    assert np.array_equal(photo[:, SIZE:], shuffled[:, SIZE:])
    assert not np.array_equal(photo, shuffled)


def test_a_mosaic_shows_each_photo_whole():
    photos = torch.from_numpy(np.stack([draw(seed, (SIZE, SIZE)) for seed in range(4)]))
    mixed = MIXES["mosaic"](photos, np.random.default_rng(0))[0].numpy()
    rng = np.random.default_rng(0)
    across, down = (round(SIZE * float(share)) for share in rng.uniform(0.71, 0.9, 2))
    small = draw_photo(0, (SIZE, SIZE)).resize((across, down))
    assert difference(mixed[:down, :across], small) < 12
