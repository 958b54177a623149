"""What the chunks of a PNG and the blocks behind a GIF hold beside the picture."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from struct import pack

import cv2
import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from photosearch.ingest.decoding.chunks import PRIVATE_BYTES, REMARKS, XMP_BYTES, chunks_of
from photosearch.ingest.decoding.containers import inspect
from photosearch.models import Container
from tests.photos import draw_photo, make_exif, save_photo

SRGB_CHROMA = pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
WIDE_CHROMA = pack(">8I", 31270, 32900, 70800, 29200, 17000, 79700, 13100, 4600)
DRAWING = b"<mxfile>" + bytes(range(32, 127)) * 9
GPANO = '<x xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:ProjectionType="equirectangular"/>'
Chunk = tuple[bytes, bytes]


def save_png(path: Path, chunks: Sequence[Chunk], behind: bool = False) -> Path:
    """A PNG with chunks of one's own before the pixels, or behind them."""
    save_photo(path)
    data = path.read_bytes()
    at = len(data) - 12 if behind else 33
    own = b"".join(len(held).to_bytes(4) + kind + held + zlib.crc32(kind + held).to_bytes(4) for kind, held in chunks)
    path.write_bytes(data[:at] + own + data[at:])
    return path


def told(path: Path) -> Container:
    found = inspect(str(path))
    assert found is not None
    return found


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize(
    "chunk",
    [
        (b"tEXt", b"mxfile\0" + DRAWING),
        (b"zTXt", b"mxGraphModel\0\0" + zlib.compress(DRAWING)),
        (b"tEXt", b"mxfile\0<mxfile/>"),
        (b"zTXt", b"scene\0\0" + DRAWING),  # damaged
        (b"iTXt", b"scene\0\0\0de\0Szene\0" + DRAWING),
        (b"iTXt", b"scene\0\1\0\0\0" + zlib.compress(bytes(1 << 22))),
        (b"tEXt", b"parameters\0a castle, Steps: 20, Seed: 123"),
        (b"tEXt", b"Prompt\0a castle"),
        (b"tEXt", b'Comment\0{"steps": 28, "seed": 7}'),
        (b"tEXt", b"Description\0a castle --v 6.1 Job ID: 0123abcd-0123-0123-0123-0123456789ab"),
    ],
)
def test_a_document_in_a_text_is_told(tmp_path: Path, chunk: Chunk, behind: bool) -> None:
    assert told(save_png(tmp_path / "a.png", [chunk], behind)).extras == ("document",)


@pytest.mark.parametrize(
    "chunks",
    [
        [(b"tEXt", b"Software\0matplotlib version 3.9"), (b"tIME", bytes(7)), (b"pHYs", bytes(9))],
        [(b"tEXt", b"Title\0A castle"), (b"tEXt", b"Description\0" + b"On a hill. " * 20)],
        [(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta>" + DRAWING)],
        [(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(DRAWING))],
        [(b"tEXt", b"exif:MakerNote\0" + b"1, 2, " * 500), (b"vpAg", bytes(9)), (b"caNv", bytes(16))],
        [(b"iDOT", bytes(28)), (b"eXIf", b"MM\0*" + bytes(4000)), (b"caBX", bytes(9000))],
        [(b"abCd", bytes(PRIVATE_BYTES))],
    ],
)
def test_remarks_and_metadata_are_no_document(tmp_path: Path, chunks: list[Chunk]) -> None:
    assert told(save_png(tmp_path / "a.png", chunks)).extras == ()


def test_of_a_text_that_unpacks_without_end_only_its_beginning_is_unpacked() -> None:
    bomb = zlib.compress(bytes(1 << 24))
    chunks = [(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb), (b"zTXt", b"exif:MakerNote\0\0" + bomb)] * 9
    png = BytesIO(bytes(8) + b"".join(len(held).to_bytes(4) + kind + held + bytes(4) for kind, held in chunks))
    assert XMP_BYTES <= len(chunks_of(png).xmp) < XMP_BYTES + len(chunks)


def test_many_short_texts_and_chunks_hold_as_much_as_a_long_one(tmp_path: Path) -> None:
    texts = [(b"tEXt", b"part\0" + bytes(100))] * (REMARKS // 100)
    assert told(save_png(tmp_path / "a.png", texts)).extras == ()
    assert told(save_png(tmp_path / "a.png", texts + texts[:1])).extras == ("document",)
    assert told(save_png(tmp_path / "a.png", [(b"mkBS", bytes(33))])).extras == ()
    assert told(save_png(tmp_path / "a.png", [(b"mkBS", bytes(33))] * 2, behind=True)).extras == ("more before it",)


def test_pngs_of_ordinary_programs_hold_nothing_else(tmp_path: Path) -> None:
    remarks = PngInfo()
    remarks.add_text("Comment", "taken by my aunt")
    remarks.add_itxt("Author", "Jürgen", zip=True)
    exif = make_exif(6, make="Canon", model="EOS")
    draw_photo(1).save(tmp_path / "a.png", pnginfo=remarks, exif=exif, dpi=(300, 300))
    cv2.imwrite(str(tmp_path / "b.png"), np.asarray(draw_photo(1)))
    for name in ("a.png", "b.png"):
        assert (told(tmp_path / name).extras, told(tmp_path / name).colours) == ((), "")


@pytest.mark.parametrize(
    ("chunks", "is_other"),
    [
        ([(b"cICP", bytes((9, 16, 0, 1)))], True),
        ([(b"cICP", bytes((1, 13, 0, 0)))], True),
        ([(b"cICP", bytes((1, 13, 0, 1))), (b"gAMA", pack(">I", 100_000))], False),
        ([(b"gAMA", pack(">I", 100_000))], True),
        ([(b"gAMA", pack(">I", 45000)), (b"cHRM", SRGB_CHROMA)], False),
        ([(b"gAMA", bytes(4))], False),
        ([(b"cHRM", WIDE_CHROMA)], True),
        ([(b"cHRM", WIDE_CHROMA), (b"sRGB", b"\0")], False),
    ],
)
def test_colours_that_a_png_names_are_told_if_they_are_not_those_of_srgb(
    tmp_path: Path, chunks: list[Chunk], is_other: bool
) -> None:
    found = told(save_png(tmp_path / "a.png", chunks))
    assert (bool(found.colours), found.extras) == (is_other, ())


@pytest.mark.parametrize(("interlace", "table"), [(0, 256), (1, 2)])
def test_data_behind_a_gif_are_told(tmp_path: Path, interlace: int, table: int) -> None:
    path = tmp_path / "a.gif"
    draw_photo(1).quantize(table).save(path, interlace=interlace, comment=b"a remark; with a semicolon")
    data = path.read_bytes()
    assert told(path).extras == ()
    for more, extras in (
        (b"PK\3\4" + bytes(range(1, 256)) * 20, ("more behind it",)),
        (bytes(9000) + b"a note", ()),
    ):
        for picture in (data, data[:-1]):  # which may lack its last byte
            path.write_bytes(picture + more)
            assert told(path).extras == extras
    path.write_bytes(data[: len(data) // 2])
    assert told(path).extras == ()


@pytest.mark.parametrize("suffix", ["jpg", "webp", "png"])
def test_a_picture_to_look_around_in_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    noise = np.random.default_rng(1).integers(0, 256, (900, 900, 3), np.uint8)  # of more bytes than are read as a head
    for xmp, extras in ((GPANO, ("panorama",)), ("<x/>", ())):
        if suffix == "png":
            save_png(path, [(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp.encode()))], behind=True)
        else:
            Image.fromarray(noise).save(path, xmp=xmp.encode(), lossless=True, quality=100)
        assert told(path).extras == extras
