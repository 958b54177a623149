"""Files that may be photos, detection of their real format, and limits on their size."""

import os
from typing import Literal, NamedTuple

from photosearch.sentences import Sentence

# Decoded here, on threads: Pillow's own or long-hardened decoders. All the rest is decoded in a separate process.
PLAIN = {
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"},
    "PNG": {".png", ".apng"},
    "WEBP": {".webp"},
    "GIF": {".gif"},
    "BMP": {".bmp", ".dib"},
}
ISOLATED = {
    ".heic", ".heif", ".hif", ".avif", ".avifs", ".tif", ".tiff", ".jp2", ".j2k", ".j2c", ".jpx", ".jpf", ".psd",
    ".tga", ".ppm", ".pgm", ".pbm", ".pnm", ".ico", ".jxl",
}  # fmt: skip
RAW = {
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".kdc", ".mef", ".mos", ".mrw",
    ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
}  # fmt: skip
NAMES = set().union(*PLAIN.values()) | ISOLATED | RAW

# What Pillow may take a file for whose first bytes are not in MAGIC: of its other formats, some start programs.
TRIED = ("TIFF", "HEIF", "AVIF", "JPEG2000", "PSD", "PPM", "ICO", "DIB", "TGA")

MAGIC = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF8": "GIF",
    b"BM": "BMP",
}
# How files of TRIED begin, but for those whose second byte is 0 or 1 (ICO, DIB, TGA; nearly all HEIF, AVIF, JPEG 2000).
TRIED_MAGIC = (b"II", b"MM", b"8BPS", b"P", b"\xff\x4f\xff\x51")
HEAD_BYTES = 16
# Files often called photos, or found among them, that are not read; reported by format rather than as damaged.
OTHERS = {
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL \r\n\x87\n": "JPEG XL",
    b"%PDF-": "PDF",
    b"<!DOCTYPE html": "HTML",
    b"<html": "HTML",
    b"PK\x03\x04": "ZIP",
    b"\x1aE\xdf\xa3": "video",
}
VIDEO_BRANDS = (b"qt  ", b"isom", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5")

MAX_PIXELS = 500_000_000  # more take long, even where a decoder shrinks as it reads
MOST_BYTES = 720 << 20  # of memory that decoding may take
# Memory that a decoder takes for a pixel, with what it hands over to Pillow: four bytes where nothing is said.
BYTES_A_PIXEL = {"WEBP": 16, "HEIF": 10, "AVIF": 12, "JPEG2000": 16, "GIF": 5}
MAX_FILE_BYTES = 4 << 30  # as large as a TIFF can be; a larger one may be endless, as a file may be sparse
BYTES_HERE = 128 << 20  # photos that need more memory than this are decoded one at a time, in a separate process
FILE_BYTES_HERE = 64 << 20  # and so are those with larger files


class Kind(NamedTuple):
    """The decoder of a file, and whether it runs in the separate process."""

    decoder: Literal["pillow", "rawpy"]
    format: str | None  # Pillow's name of it, None: one of TRIED
    isolated: bool


def is_photo_name(name: str) -> bool:
    """True if a file of this name may be a photo."""
    return os.path.splitext(name)[1].lower() in NAMES


def too_large(size_bytes: int) -> Sentence | None:
    """Why a file of this size cannot be a photo, as a sentence; None if it may be."""
    if size_bytes <= MAX_FILE_BYTES:
        return None
    return Sentence(
        "The file is too large: {count} GB; at most {limit} are read.",
        count=round(size_bytes / 1e9),
        limit=round(MAX_FILE_BYTES / 1e9),
    )


def unread_kind(head: bytes) -> str | None:
    """The format of a file with this beginning, in words, if that format is not supported; else None."""
    if head[4:8] == b"ftyp" and head[8:12] in VIDEO_BRANDS:
        return "video"
    return next((kind for magic, kind in OTHERS.items() if head.lower().startswith(magic.lower())), None)


def sniff(head: bytes, name: str) -> Kind:
    """Detect the format of a file by its first HEAD_BYTES; its name decides only where these do not suffice."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind("pillow", "WEBP", isolated=False)
    for magic, pillow_format in MAGIC.items():
        if head.startswith(magic):
            return Kind("pillow", pillow_format, isolated=False)
    is_raw = os.path.splitext(name)[1].lower() in RAW
    return Kind("rawpy" if is_raw else "pillow", None, isolated=True)


def is_no_picture(head: bytes, kind: Kind) -> bool:
    """True if no decoder takes a file with this beginning, whatever follows: it need not be handed to any process."""
    may_be_tried = head[1:2] in (b"\0", b"\1") or head[4:8] == b"ftyp" or head.startswith(TRIED_MAGIC)
    return kind.format is None and kind.decoder == "pillow" and not may_be_tried
