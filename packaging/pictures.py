"""The program's icon in the shapes that systems want, drawn from the one vector file.

python packaging/pictures.py FOLDER    writes photosearch.ico, photosearch.icns and setup.bmp there
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
SIDE, SIDE_ICON = (328, 628), 208  # pixels: twice those that the installer shows, for screens that have twice as many
SIDE_COLOUR = "#17335f"  # of the icon's iris


def draw_icon(size: int) -> Image.Image:
    """The icon as RGBA of `size` by `size` pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from photosearch.paths import resources

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(resources() / "icons" / "photosearch.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(BytesIO(bytes(buffer.data().data())))


def write_icon(folder: Path, platform: str) -> str | None:
    """Write what a program of `platform` carries as its icon into `folder`; None where programs carry none."""
    ending = {"win32": "ico", "darwin": "icns"}.get(platform)
    if ending is None:
        return None
    file = folder / f"photosearch.{ending}"
    largest = max(SIZES) if ending == "icns" else 256
    sizes = [size for size in SIZES if size <= largest]
    draw_icon(largest).save(file, sizes=[(size, size) for size in sizes], append_images=[*map(draw_icon, sizes)])
    return str(file)


def draw_side() -> Image.Image:
    """The picture beside the first and the last page of the installer for Windows."""
    side, icon = Image.new("RGB", SIDE, SIDE_COLOUR), draw_icon(SIDE_ICON)
    side.paste(icon, ((SIDE[0] - SIDE_ICON) // 2, (SIDE[1] - SIDE_ICON) // 3), icon)
    return side


if __name__ == "__main__":
    for system in ("win32", "darwin"):
        write_icon(Path(sys.argv[1]), system)
    draw_side().save(Path(sys.argv[1], "setup.bmp"))
