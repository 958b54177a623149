"""What the chunks of a PNG hold beside its pixels: documents, data of programs, what its colours mean.

Drawing programs store the drawing itself in a chunk of the picture exported from it, programs that generate pictures
the way one was generated. A copy with equal pixels lacks it.
"""

import re
import zlib
from contextlib import suppress
from struct import unpack
from typing import BinaryIO, NamedTuple

from photosearch.ingest.decoding.oddness import MOST_CHUNKS
from photosearch.ingest.decoding.png import TEXTS, positions

# Characters of all remarks together. A title, an author and a note of some sentences have fewer; a drawing of one box
# by draw.io or Excalidraw has more, packed as well.
REMARKS = 400
PRIVATE_BYTES = 64  # in chunks that are not known: fewer are sizes and versions
TEXT_BYTES, XMP_BYTES = 4096, 1 << 20  # read of a text, and of all XMP, unpacked
XMP = (b"xml:com.adobe.xmp", b"xmp")  # keywords, in lower case
METADATA = re.compile(  # what programs copy from EXIF, IPTC and XMP, as ImageMagick does; of thumbnails, their photo
    rb"(?:xml:com\.adobe\.xmp|xmp|raw profile type (?:exif|app1|iptc|8bim|icc|icm|xmp)"
    rb"|(?:exif|tiff|xmp|iptc|dc|aux|dng|icc|photoshop|date|thumb):.*)",
    re.DOTALL,
)
SOURCE = re.compile(  # keywords under which a drawing, or how a picture was generated, is stored, however short
    rb"mxfile|mxgraphmodel|application/vnd\.excalidraw\+json"
    rb"|parameters|(?:negative_)?prompt|workflow|dream|sd-metadata|invokeai_.*|generation_data|fooocus_scheme"
)
GENERATION = re.compile(  # or the beginning of how, under any keyword
    rb'\bSteps: \d+, |\bJob ID: [0-9a-f]{8}-|"(?:prompt|seed|sampler|sampler_name|class_type)"\s*:'
)
# Those of the specification and its register, but for texts and for frames of an animation, which are counted elsewhere
KNOWN = frozenset((
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"mDCv", b"cLLI",
    b"cLLi", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"tIME", b"eXIf", b"oFFs", b"pCAL", b"sCAL", b"sTER", b"dSIG",
    # of programs: Apple's places of rows, ImageMagick's canvas and EXIF, the origin of a picture (C2PA, SEAL), XMP
    b"iDOT", b"CgBI", b"vpAg", b"orNT", b"caNv", b"exIf", b"zxIf", b"caBX", b"seAl", b"tXMP",
))  # fmt: skip
COLOURS = (b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM")  # the first of them counts, the last two together
COLOUR_BYTES = 32  # of the longest of them that is read
SRGB_CODES = bytes((1, 13, 0, 1))  # ITU-T H.273: primaries, transfer, matrix, and that all values are used
SRGB_GAMMA, GAMMA_APART = 45455, 0.05  # of 100,000; and a part of it, within which libpng changes nothing either
SRGB_PRIMARIES = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)  # x and y of white, red, green, blue
PRIMARIES_APART = 1000  # of 100,000, as in libpng


class Chunks(NamedTuple):
    """The extras of a PNG (see `Container`), its XMP, and a name of its colours if they are not those of sRGB."""

    extras: frozenset[str]
    xmp: bytes
    colours: str


def chunks_of(png: BinaryIO) -> Chunks:
    """Read the chunks of a PNG, before and after its pixels, that are not known to hold only these."""
    extras, xmp = set[str](), b""
    remarks = private = 0
    meant: dict[bytes, bytes] = {}
    for number, (kind, at, length) in enumerate(positions(png)):
        if number > MOST_CHUNKS:
            extras.add("more before it")  # what it is, would take long to tell
        if number > MOST_CHUNKS or kind == b"IEND" or not kind.isalpha():
            break
        if kind in COLOURS:
            png.seek(at)
            meant.setdefault(kind, png.read(min(length, COLOUR_BYTES)))
        elif kind in TEXTS and "document" not in extras:
            keyword, text, size = _text(png, kind, at, length, XMP_BYTES - len(xmp))
            if keyword in XMP:
                xmp += text
            elif not METADATA.fullmatch(keyword):
                remarks += size
                is_source = SOURCE.fullmatch(keyword) or GENERATION.search(text)
                extras |= {"document"} if remarks > REMARKS or is_source else set()
        elif kind not in KNOWN and kind not in TEXTS:
            private += length
    if private > PRIVATE_BYTES:
        extras.add("more before it")
    return Chunks(frozenset(extras), xmp, _colours(meant))


def _text(png: BinaryIO, kind: bytes, at: int, length: int, most_xmp: int) -> tuple[bytes, bytes, int]:
    """The keyword of a text in lower case, its first bytes, unpacked, and how many it has, or at least so many."""
    png.seek(at)
    keyword, _, text = png.read(min(length, XMP_BYTES)).partition(b"\0")
    keyword = keyword.lower()
    is_packed = kind == b"zTXt" or (kind == b"iTXt" and text.startswith(b"\1"))
    if kind == b"iTXt":
        text = text[2:].split(b"\0", 2)[-1]  # after its language and the keyword in it
    elif is_packed:
        text = text[1:]
    left = max(0, length - XMP_BYTES)  # which was not read
    most = max(1, most_xmp) if keyword in XMP else TEXT_BYTES  # 0 would be without limit
    if is_packed:
        with suppress(zlib.error):  # damaged: what is there counts
            text = zlib.decompressobj().decompress(text, most)
    return keyword, text[:most], len(text) + left


def _colours(meant: dict[bytes, bytes]) -> str:
    """A name of the colours that are meant, other than by a profile; empty: those of sRGB."""
    if len(codes := meant.get(b"cICP", b"")) == len(SRGB_CODES):
        return "" if codes == SRGB_CODES else f"codes {codes.hex()}"
    if b"iCCP" in meant or b"sRGB" in meant:
        return ""
    names = list[str]()
    gamma = int.from_bytes(meant.get(b"gAMA", b"")[:4])
    if gamma and abs(gamma / SRGB_GAMMA - 1) > GAMMA_APART:
        names.append(f"gamma {gamma}")
    if len(primaries := meant.get(b"cHRM", b"")) == COLOUR_BYTES:
        apart = (abs(one - other) for one, other in zip(unpack(">8I", primaries), SRGB_PRIMARIES, strict=True))
        if max(apart) > PRIMARIES_APART:
            names.append(f"primaries {primaries.hex()}")
    return " ".join(names)
