"""Large PNGs, some rows at a time: shrunk as they are read, they take little memory.

Pillow decodes a picture as a whole. So the rows of a strip are made a small PNG of their own, which begins with the
last row of the strip before, as rows are filtered by their predecessors (PNG specification, 3rd edition, section 9).
"""

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = {0: ("L", 1), 2: ("RGB", 3), 3: ("P", 1), 4: ("LA", 2), 6: ("RGBA", 4)}  # mode and channels, to 8 bits each
STRIP_BYTES = 16 << 20
PIECE_BYTES = 1 << 20
TEXTS, PROFILE = (b"tEXt", b"zTXt", b"iTXt"), b"iCCP"
MOST_TEXT_BYTES = 1 << 20  # unpacked: for a longer text or profile, or many, Pillow refuses the picture
MOST_PROFILE_BYTES = 16 << 20


def can_be_read_in_strips(image: Image.Image, source: BinaryIO) -> bool:
    """True if a newly opened picture is a PNG of up to 8 bits whose rows follow one another."""
    if image.format != "PNG":
        return False
    header = _header(source)
    depth, colour, _, _, interlaced = header[8:13]
    if image.mode == "1":
        return not interlaced and "transparency" not in image.info
    return depth <= 8 and not interlaced and COLOURS.get(colour, ("", 0))[0] == image.mode


def read_in_strips(image: Image.Image, source: BinaryIO, factor: int) -> Image.Image:
    """The picture, shrunk by a whole factor in each direction; raises OSError where it is damaged or cut short."""
    header = _header(source)
    width, height = image.size
    depth, channels = header[8], COLOURS[header[9]][1]
    row_bytes = -(-width * channels * depth // 8)
    rows = max(1, STRIP_BYTES // (width * channels) // factor) * factor
    palette = b"".join(_chunk(kind, data) for kind, data in _chunks(source) if kind in (b"PLTE", b"tRNS"))
    colours = "RGBA" if "transparency" in image.info else "RGB"
    mode = {"1": "L", "P": colours}.get(image.mode, image.mode)
    shrunk = Image.new(mode, (-(-width // factor), -(-height // factor)))
    packed, before = _Unpacked(source), b""
    for top in range(0, height, rows):
        filtered = packed.read(min(rows, height - top) * (row_bytes + 1))
        strip = _decode(header, palette, (b"\0" + before if before else b"") + filtered, row_bytes)
        if before:
            strip = strip.crop((0, 1, width, strip.height))
        before = _stored(strip.crop((0, strip.height - 1, width, strip.height)), depth)
        shrunk.paste(strip.convert(mode).reduce(factor), (0, top // factor))
    shrunk.info = {name: value for name, value in image.info.items() if name != "transparency" or image.mode != "P"}
    return shrunk


def without_long_texts(source: BinaryIO) -> tuple[BinaryIO, bytes | None]:
    """`source`, or a copy without the texts and the profile for which Pillow would refuse it; and that profile."""
    dropped, profile, texts_bytes = list[tuple[int, int]](), None, 0
    for kind, at, length in positions(source):
        is_text = kind in TEXTS
        if not is_text and kind != PROFILE:
            continue
        source.seek(at)
        data = source.read(min(length, MOST_PROFILE_BYTES)) if texts_bytes <= MOST_TEXT_BYTES or not is_text else b""
        unpacked = _unpacked(kind, data)
        texts_bytes += len(unpacked) if is_text else 0
        if (texts_bytes if is_text else len(unpacked)) > MOST_TEXT_BYTES:
            dropped.append((at - 8, at + length + 4))
            profile = profile if is_text else unpacked
    return (_without(source, dropped), profile) if dropped else (source, None)


def _unpacked(kind: bytes, data: bytes) -> bytes:
    """The text or profile in a chunk, up to a size; empty where it is damaged."""
    _, _, packed = data.partition(b"\0")  # after its name
    if kind == b"tEXt" or (kind == b"iTXt" and not packed.startswith(b"\1")):
        return data
    packed = packed[2:].split(b"\0", 2)[-1] if kind == b"iTXt" else packed[1:]
    try:
        return zlib.decompressobj().decompress(packed, MOST_PROFILE_BYTES)
    except zlib.error:
        return b""


def _without(source: BinaryIO, dropped: list[tuple[int, int]]) -> BinaryIO:
    """A copy that lacks these ranges of bytes."""
    copy, at = io.BytesIO(), 0
    for start, end in dropped:
        source.seek(at)
        copy.write(source.read(start - at))
        at = end
    source.seek(at)
    copy.write(source.read())
    return copy


class _Unpacked:
    """The filtered rows of a PNG, as a stream."""

    def __init__(self, source: BinaryIO) -> None:
        self._pieces = (data for kind, data in _chunks(source) if kind == b"IDAT")
        self._unpack = zlib.decompressobj()

    def read(self, size: int) -> bytes:
        """So many bytes; raises OSError if there are not."""
        found = bytearray()
        while len(found) < size:
            packed = self._unpack.unconsumed_tail or next(self._pieces, b"")
            if not packed:
                raise OSError("image file is truncated")
            try:
                found += self._unpack.decompress(packed, size - len(found))
            except zlib.error as error:
                raise OSError("broken data stream") from error
        return bytes(found)


def _header(source: BinaryIO) -> bytes:
    """The fields of IHDR: width and height, depth, colour type, and how the rest is packed."""
    source.seek(16)
    return source.read(13)


def _chunks(source: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each chunk; large ones in pieces."""
    for kind, at, length in positions(source):
        end = at + length
        while at < end and kind in (b"IDAT", b"PLTE", b"tRNS"):
            source.seek(at)
            data = source.read(min(end - at, PIECE_BYTES))
            if not data:
                return
            yield kind, data
            at += len(data)


def positions(source: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Kind of each chunk, where its data begin, and their length."""
    at = len(SIGNATURE)
    while True:
        source.seek(at)
        start = source.read(8)
        if len(start) < 8:
            return
        length = int.from_bytes(start[:4])
        yield start[4:], at + 8, length
        at += length + 12


def _decode(header: bytes, palette: bytes, filtered: bytes, row_bytes: int) -> Image.Image:
    """A strip, from its filtered rows."""
    rows = len(filtered) // (row_bytes + 1)
    own = _chunk(b"IHDR", header[:4] + rows.to_bytes(4) + header[8:])
    data = _chunk(b"IDAT", zlib.compress(filtered, 0))
    strip = Image.open(io.BytesIO(SIGNATURE + own + palette + data + _chunk(b"IEND", b"")), formats=("PNG",))
    strip.load()
    return strip


def _stored(row: Image.Image, depth: int) -> bytes:
    """The bytes of a row of pixels in a PNG that has `depth` bits for each."""
    values = row.tobytes()
    if depth == 8 or row.mode == "1":  # which Pillow packs alike
        return values
    levels = np.frombuffer(values, np.uint8) // (255 // (2**depth - 1) if row.mode == "L" else 1)
    return np.packbits(np.unpackbits(levels[:, None], axis=1)[:, -depth:]).tobytes()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
