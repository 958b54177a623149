"""Views of photos and mixtures of views."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("photosearch.training.networks.vision")

from photosearch.training.augmentations.augment import AUGMENTATIONS, MIXES, make_augmentation  # noqa: E402
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
        if name == "mixup":  # a level between its own and another's, nearer to its own
            assert all(2 * abs(int(row.median()) - 80 * number) <= 241 for number, row in enumerate(mixed))
        else:
            shares = [float((row == 80 * number).float().mean()) for number, row in enumerate(mixed)]
            assert min(shares) >= 0.48
    assert differ > 10


def test_a_mosaic_shows_each_photo_whole():
    photos = torch.from_numpy(np.stack([draw(seed, (SIZE, SIZE)) for seed in range(4)]))
    mixed = MIXES["mosaic"](photos, np.random.default_rng(0))[0].numpy()
    rng = np.random.default_rng(0)
    across, down = (round(SIZE * float(share)) for share in rng.uniform(0.71, 0.9, 2))
    small = draw_photo(0, (SIZE, SIZE)).resize((across, down))
    assert difference(mixed[:down, :across], small) < 12
