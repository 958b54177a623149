"""Which files may be photos, what they really are, and how large they may be."""

import os
from typing import Literal, NamedTuple

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
HEAD_BYTES = 16

MAX_JPEG_PIXELS = 500_000_000  # its decoder shrinks as it reads, so only time grows with the picture
MAX_PIXELS = 160_000_000  # 640 MB at four bytes a pixel
BYTES_HERE = 128 << 20  # photos that need more memory than this are decoded one at a time, in a separate process
FILE_BYTES_HERE = 64 << 20  # and so are those with larger files


class Kind(NamedTuple):
    """How to decode a file: by which decoder, and whether in the separate process."""

    decoder: Literal["pillow", "rawpy"]
    format: str | None  # Pillow's name of it, None: one of TRIED
    isolated: bool


def is_photo_name(name: str) -> bool:
    """Whether a file of this name may be a photo."""
    return os.path.splitext(name)[1].lower() in NAMES


def sniff(head: bytes, name: str) -> Kind:
    """Tell what a file is by its first HEAD_BYTES, whatever it is called; its name decides only where these cannot."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind("pillow", "WEBP", isolated=False)
    for magic, pillow_format in MAGIC.items():
        if head.startswith(magic):
            return Kind("pillow", pillow_format, isolated=False)
    is_raw = os.path.splitext(name)[1].lower() in RAW
    return Kind("rawpy" if is_raw else "pillow", None, isolated=True)


def memory_bytes(pillow_format: str | None, pixels: int, decoded_pixels: int, progressive: bool) -> int:
    """Memory that decoding takes: Pillow's four bytes a pixel, and libjpeg's coefficients of a progressive JPEG."""
    return 4 * decoded_pixels + (6 * pixels if pillow_format in ("JPEG", "MPO") and progressive else 0)
