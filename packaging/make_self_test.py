"""Makes the photos of `--self-test`: one picture in every format that can be written here, and four plain colours.

python packaging/make_self_test.py    (resources/self-test; what it cannot make, HEIC, is kept)
"""

import shutil
import struct
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.ingest.dng import save_dng  # noqa: E402

FOLDER = ROOT / "resources" / "self-test"
SIZE = (128, 96)
COLOURS = ((230, 20, 30), (20, 190, 40), (30, 40, 220), (250, 210, 10))


def main() -> None:
    """Write all files of the folder."""
    FOLDER.mkdir(exist_ok=True)
    sample = sorted((ROOT / "resources" / "samples" / "photos").glob("Animals/*.jpg"))[0]
    with Image.open(sample) as opened:
        photo = opened.convert("RGB").resize(SIZE)
    for ending in ("jpg", "png", "webp", "gif", "bmp", "tif", "avif", "jp2", "tga", "ppm"):
        photo.save(FOLDER / f"photo.{ending}", **({"quality": 90} if ending in ("jpg", "webp", "avif") else {}))
    planes = b"".join(band.tobytes() for band in photo.split())
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, SIZE[1], SIZE[0], 8, 3)
    (FOLDER / "photo.psd").write_bytes(head + bytes(12) + struct.pack(">H", 0) + planes)
    save_dng(FOLDER / "photo.dng", photo)
    shutil.copyfile(ROOT / "tests" / "reference" / "turned.heic", FOLDER / "turned.heic")
    squares = Image.new("RGB", SIZE)
    for number, colour in enumerate(COLOURS):
        squares.paste(colour, (number % 2 * 64, number // 2 * 48, number % 2 * 64 + 64, number // 2 * 48 + 48))
    squares.save(FOLDER / "colours.jpg", quality=95)


if __name__ == "__main__":
    main()
