"""A photo never goes for a copy that shows nothing more than a ground around it, however little or like the photo."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from tests.find.originals.test_coverage import look, save
from tests.find.originals.test_direction import edited
from tests.photos import open_sample

SIZE = 240, 180
LUMA = np.array([0.299, 0.587, 0.114])
BLACK, PURPLE = (0, 0, 0), (190, 20, 170)


def as_light(photo: bytes, colour: tuple[int, int, int]) -> tuple[int, ...]:
    """A colour as light as what lies along the frame of the photo, so that the ground has no edges in its grey."""
    with Image.open(io.BytesIO(photo)) as image:
        seen = np.asarray(image.convert("RGB"), float)
    along = np.concatenate([seen[0], seen[-1], seen[:, 0], seen[:, -1]]).mean(0)
    return tuple(np.clip(np.rint(colour + (along - colour) @ LUMA), 0, 255).astype(int).tolist())


@pytest.fixture(scope="module", params=[0, 4])
def photo(request: pytest.FixtureRequest) -> bytes:
    return save(open_sample(request.param, SIZE), quality=90)


@pytest.mark.parametrize("ground", [BLACK, PURPLE])
@pytest.mark.parametrize("degrees", [0.8, -1.5, 2.5, 12.0])
def test_the_corners_of_a_tilted_copy_are_no_scene(photo: bytes, degrees: float, ground: tuple[int, int, int]) -> None:
    colour = ground if ground == BLACK else as_light(photo, ground)

    def tilted(image: Image.Image) -> Image.Image:
        return image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=colour)

    assert look(photo, edited(photo, tilted, quality=90)).sides[1].covers != "yes"


@pytest.mark.parametrize("width", [2, 4, 6])
@pytest.mark.parametrize("quality", [75, 92])
def test_a_narrow_border_is_no_scene(photo: bytes, width: int, quality: int) -> None:
    bordered = edited(photo, lambda image: ImageOps.expand(image, width, BLACK), quality=quality)
    assert look(photo, bordered).sides[1].covers != "yes"


@pytest.mark.parametrize("width", [3, 9])
def test_a_photo_stays_for_one_that_lacks_a_few_pixels_along_its_frame(photo: bytes, width: int) -> None:
    cut = edited(photo, lambda image: ImageOps.crop(image, width), quality=85)
    assert [side.covers for side in look(photo, cut).sides] == ["yes", "no"]
