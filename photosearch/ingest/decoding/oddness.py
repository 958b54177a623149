"""Photos so unusual that decoding them may take long, or much memory, for their size.

They are decoded in a separate process, where both are limited. The check costs far less than decoding.
"""

from photosearch.ingest.decoding import jpeg

MOST_CHUNKS = 20_000  # of a PNG: a large one is written in a few thousand
MOST_BLOCKS = 4_000  # of comments and the like in a GIF before its first frame, 255 bytes each
GIF_SCREEN, GIF_EXTENSION = 13, 0x21
BMP_PACKING = slice(30, 34)  # which Pillow unpacks in Python
BMP_PLAIN = (0, 3)  # none, and masks


def is_odd(pillow_format: str | None, data: bytes) -> bool:
    """True if a file of a format that is decoded here by custom is one to be decoded apart."""
    match pillow_format:
        case "JPEG":
            return jpeg.is_odd(data)
        case "PNG":
            return _has_many_chunks(data)
        case "GIF":
            return _has_many_blocks(data)
        case "BMP":
            return int.from_bytes(data[BMP_PACKING], "little") not in BMP_PLAIN
        case _:
            return False


def _has_many_chunks(data: bytes) -> bool:
    at, chunks = 8, 0
    while at + 8 <= len(data) and chunks <= MOST_CHUNKS:
        at += 12 + int.from_bytes(data[at : at + 4])
        chunks += 1
    return chunks > MOST_CHUNKS


def _has_many_blocks(data: bytes) -> bool:
    at, blocks = GIF_SCREEN, 0
    if len(data) > 10 and data[10] & 0x80:
        at += 3 << (data[10] & 7) + 1
    while at + 2 < len(data) and data[at] == GIF_EXTENSION:
        at += 2
        while at < len(data) and data[at]:
            at += 1 + data[at]
            blocks += 1
            if blocks > MOST_BLOCKS:
                return True
        at += 1
    return False
