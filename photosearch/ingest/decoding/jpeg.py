"""The structure of a JPEG (ITU-T T.81), to estimate the cost of decoding and the intact part of a damaged one."""

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from PIL import Image

MOST_SEGMENTS = 2_000  # before the first scan: large XMP and colour profiles are of a few hundred
MOST_HEADER_BYTES = 16 << 20  # as long as a colour profile can be
MOST_EXIF_BYTES = 1 << 20  # it should be one segment; Pillow copies all again for each, and makes numbers objects
MOST_FILLING = 10_000  # bytes between segments, which Pillow reads one by one
MOST_SCANS = 100  # programs write about ten
MOST_PASSED = 1_000_000_000  # pixels times scans: 100 megapixels in ten
BLOCK_ROWS = 32  # at most, which a decoder gives at once
END = b"\xff\xd9"
FILL = 128  # in each band of the pixels for which libjpeg had no more data
PADDING = bytes(range(1, 255))  # that decodes to other pixels
MARKER = re.compile(rb"\xff[^\x00\xff]")
BARE = {0x01, *range(0xD0, 0xD8)}  # markers that nothing follows
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
START, FRAME_END, SCAN, EXIF = 0xD8, 0xD9, 0xDA, 0xE1


class Layout(NamedTuple):
    """The header before the pixels; `is_odd`: of unusually many segments or bytes, or without end."""

    pixels: int = 0
    components: int = 0
    is_progressive: bool = False
    in_first_scan: int = 0  # components
    is_odd: bool = False

    @property
    def has_passes(self) -> bool:
        """True if several scans make one picture, which is kept as coefficients meanwhile."""
        return self.is_progressive or self.in_first_scan < self.components


def read_layout(data: bytes) -> Layout:
    """Walk the segments of a JPEG up to its first scan."""
    layout, exif_bytes = Layout(), 0
    for count, (marker, at, filling) in enumerate(_segments(data)):
        if marker == EXIF and data[at + 2 : at + 6] == b"Exif":
            exif_bytes += int.from_bytes(data[at : at + 2])
        if count > MOST_SEGMENTS or at > MOST_HEADER_BYTES or filling > MOST_FILLING or exif_bytes > MOST_EXIF_BYTES:
            return Layout(is_odd=True)
        if marker in FRAMES and len(data) >= at + 8:
            height, width = int.from_bytes(data[at + 3 : at + 5]), int.from_bytes(data[at + 5 : at + 7])
            layout = Layout(width * height, data[at + 7], marker in PROGRESSIVE)
        if marker == SCAN and len(data) > at + 2:
            return layout._replace(in_first_scan=data[at + 2])
    return layout._replace(is_odd=len(data) > MOST_FILLING)  # a decoder looks through all of it for a scan


def coefficient_bytes(image: Image.Image, pixels: int) -> int:
    """Memory that libjpeg keeps for a JPEG of several passes: two bytes a coefficient, as many as there are samples."""
    sampling = [layer[1] * layer[2] for layer in getattr(image, "layer", ())]
    return round(2 * pixels * sum(sampling) / max(sampling)) if sampling else 6 * pixels


def is_odd(data: bytes) -> bool:
    """True if decoding may take far longer, or more memory, than the picture is large."""
    layout = read_layout(data)
    if layout.is_odd:
        return True
    scans = data.count(b"\xff\xda") if layout.has_passes else 1  # too many where a preview has some: no harm
    return scans > MOST_SCANS or scans * layout.pixels > MOST_PASSED


def ended(source: BinaryIO) -> BinaryIO:
    """The bytes of a truncated file, and then the end marker that it lacks: a decoder fills in the missing part."""
    return io.BufferedReader(_Ended(source))


class _Ended(io.RawIOBase):
    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._is_over = False

    def readinto(self, into: Any, /) -> int:
        data = self._source.read(len(into))
        if not data and not self._is_over:
            data, self._is_over = END, True
        into[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._source.seek(offset, whence)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def lacking_rows(failed: Image.Image) -> float:
    """The part of a picture that its decoder had not reached when it failed, 0..1 of its rows, which are black."""
    box = failed.im.getbbox()
    return 1 - (box[3] if box else 0) / failed.im.size[1]


def lacking_pixels(filled: Image.Image, lacking: float) -> float:
    """The same in pixels, 0..1, of a picture that has been filled up with one colour after `lacking` of its rows."""
    rows = round(lacking * filled.height)
    last = np.asarray(filled)[filled.height - rows :]
    if not 0 < rows <= BLOCK_ROWS:
        return lacking
    is_fill = (last == last[-1, -1]).reshape(*last.shape[:2], -1).all(axis=(0, 2))
    return lacking * int(np.argmin(is_fill[::-1]) if not is_fill.all() else is_fill.size) / is_fill.size


def ends_in_fill(image: Image.Image) -> bool:
    """True if the last pixel may have been filled in, although the file has an end marker."""
    last = image.getpixel((image.width - 1, image.height - 1))
    return last == FILL or (isinstance(last, tuple) and set(last) == {FILL})


def padded(data: bytes) -> bytes:
    """A JPEG with more data before its end: the same picture, if it was whole; not so for progressive ones."""
    end = data.rfind(END)
    return data[:end] + PADDING + data[end:]


def filled_rows(filled: Image.Image, padded: Image.Image) -> float:
    """The part of a picture that was filled in, 0..1 of its rows: 0 where `padded` data change nothing."""
    pixels = np.asarray(filled)
    if np.array_equal(pixels, np.asarray(padded)):
        return 0.0
    is_fill = (pixels == FILL).reshape(filled.height, -1).all(1)[::-1]
    return max(1, int(np.argmin(is_fill))) / filled.height


def is_seen_whole(data: bytes) -> bool:
    """True if a truncated JPEG of several passes holds at least a coarse one of the whole picture."""
    layout, passed = read_layout(data), set[int]()
    if not layout.has_passes:
        return False
    for header in islice(_scans(data), MOST_SCANS):
        if len(passed) == layout.components:
            return True  # another scan follows
        if header[-3] == 0:  # the first coefficient, the mean of each block
            passed |= _components(header)
    return False


def lacks_passes(data: bytes) -> bool:
    """True if a progressive JPEG ends before the pass with the last bit of some coefficient (T.81, G.1.1.1).

    One that ends within its last pass is not known: only decoding would tell.
    """
    layout, complete = read_layout(data), set[tuple[int, int]]()
    if not layout.is_progressive or layout.is_odd:
        return False
    for header in islice(_scans(data), MOST_SCANS):
        first, last, bits = header[-3:]
        if not bits & 0xF:  # of which this scan gives the last one
            complete |= {(each, number) for each in _components(header) for number in range(first, last + 1)}
    return len(complete) < 64 * layout.components


def _scans(data: bytes) -> Iterator[bytes]:
    """The header of each scan of the picture, as far as it is there: components, first and last coefficient, bits."""
    at = 0
    while (found := MARKER.search(data, at)) and data[found.end() - 1] != FRAME_END:
        marker, at = data[found.end() - 1], found.end()
        if marker in BARE or marker == START:
            continue
        length = int.from_bytes(data[at : at + 2])
        header = data[at + 2 : at + length]
        if marker == SCAN and header and len(header) == 2 * header[0] + 4:
            yield header
        at += length


def _components(scan: bytes) -> set[int]:
    return set(scan[1:-3:2])


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each marker up to the first scan, or the end; where what follows begins; how many bytes before are of none."""
    at = filling = 0
    while found := MARKER.search(data, at):
        filling += found.start() - at
        marker, at = data[found.end() - 1], found.end()
        yield marker, at, filling
        if marker in (SCAN, FRAME_END):
            return
        if marker not in BARE and marker != START:
            at += int.from_bytes(data[at : at + 2])
