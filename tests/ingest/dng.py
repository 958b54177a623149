"""Camera RAW that the tests make themselves: a DNG of one uncompressed Bayer mosaic, with or without a preview."""

import struct
from pathlib import Path

import numpy as np
from PIL import Image

BYTE, ASCII, SHORT, LONG, RATIONAL = 1, 2, 3, 4, 10
WHITE = 60_000
XYZ_TO_SRGB = (3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570)  # IEC 61966-2-1
D65 = 21  # the EXIF code of that light

Directory = dict[int, tuple[int, tuple[float, ...] | bytes]]


def save_dng(path: Path, photo: Image.Image, orientation: int = 1, preview: bytes | None = None) -> None:
    """Write what a camera would store that sees the stored (not yet turned) `photo`; `preview` is a JPEG."""
    mosaic = _mosaic(photo)
    height, width = mosaic.shape
    pixels = mosaic.tobytes()
    raw: Directory = {
        254: (LONG, (0,)),  # NewSubfileType: the full picture
        256: (LONG, (width,)),
        257: (LONG, (height,)),
        258: (SHORT, (16,)),
        259: (SHORT, (1,)),  # not compressed
        262: (SHORT, (32803,)),  # colour filter array
        273: (LONG, (8,)),
        277: (SHORT, (1,)),
        278: (LONG, (height,)),
        279: (LONG, (len(pixels),)),
        33421: (SHORT, (2, 2)),
        33422: (BYTE, bytes((0, 1, 1, 2))),  # red, green, green, blue
        50717: (LONG, (WHITE,)),
    }
    main: Directory = {
        271: (ASCII, b"Ada\0"),
        272: (ASCII, b"Ada One\0"),
        274: (SHORT, (orientation,)),
        306: (ASCII, b"2024:05:06 07:08:09\0"),
        50706: (BYTE, bytes((1, 4, 0, 0))),  # DNGVersion
        50708: (ASCII, b"Ada One\0"),
        50721: (RATIONAL, XYZ_TO_SRGB),
        50728: (RATIONAL, (1, 1, 1)),
        50778: (SHORT, (D65,)),
    }
    data = pixels
    if preview is None:
        main |= raw
    else:
        data += preview + bytes(len(preview) % 2)
        below = 8 + len(data)
        data += _pack(raw, below)
        main |= {
            254: (LONG, (1,)),  # NewSubfileType: a smaller version
            256: (LONG, (160,)),
            257: (LONG, (120,)),
            258: (SHORT, (8, 8, 8)),
            259: (SHORT, (7,)),  # JPEG
            262: (SHORT, (6,)),
            273: (LONG, (8 + len(pixels),)),
            277: (SHORT, (3,)),
            278: (LONG, (120,)),
            279: (LONG, (len(preview),)),
            330: (LONG, (below,)),
        }
    top = 8 + len(data)
    path.write_bytes(struct.pack("<2sHI", b"II", 42, top) + data + _pack(main, top))


def _mosaic(photo: Image.Image) -> np.ndarray:
    """uint16[height, width], proportional to light: one colour at each place."""
    light = ((np.asarray(photo) / 255) ** 2.2 * WHITE).astype("<u2")
    mosaic = light[..., 1].copy()
    mosaic[0::2, 0::2] = light[0::2, 0::2, 0]
    mosaic[1::2, 1::2] = light[1::2, 1::2, 2]
    return mosaic


def _pack(directory: Directory, start: int) -> bytes:
    """A TIFF directory that lies at offset `start`, with what does not fit into it behind it."""
    entries, behind = struct.pack("<H", len(directory)), b""
    for tag, (kind, values) in sorted(directory.items()):
        if isinstance(values, bytes):
            packed = values
        elif kind == RATIONAL:
            packed = b"".join(struct.pack("<2i", round(value * 10_000), 10_000) for value in values)
        else:
            packed = struct.pack(f"<{len(values)}{'H' if kind == SHORT else 'I'}", *map(int, values))
        if len(packed) > 4:
            place = start + 2 + 12 * len(directory) + 4 + len(behind)
            behind += packed + bytes(len(packed) % 2)
            packed = struct.pack("<I", place)
        entries += struct.pack("<HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    return entries + bytes(4) + behind
