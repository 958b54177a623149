"""Whether anything is drawn on what lies around a photo."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from photosearch.find.registration.surround import look_beyond
from tests.photos import open_sample

BORDER_PX = 40


@pytest.mark.parametrize("size", [(240, 180), (640, 480), (2400, 1800)])
@pytest.mark.parametrize("quality", [50, 70, 90])
@pytest.mark.parametrize("is_captioned", [False, True])
def test_a_faint_caption_on_a_border_is_drawn(size: tuple[int, int], quality: int, is_captioned: bool) -> None:
    sheet = ImageOps.expand(open_sample(0, size), BORDER_PX, "white")
    if is_captioned:
        place = BORDER_PX + 20, size[1] + BORDER_PX + 18
        ImageDraw.Draw(sheet).text(place, "late in May", (241, 241, 241), ImageFont.load_default(14))
    packed = io.BytesIO()
    sheet.save(packed, "JPEG", quality=quality)
    matrix = np.array([[1, 0, BORDER_PX], [0, 1, BORDER_PX], [0, 0, 1]], np.float64)
    seen = np.asarray(Image.open(packed).convert("RGB"))
    assert look_beyond(seen, matrix, size[::-1]).is_fill != is_captioned
