"""Files that a person asks for from their authors' sites: weights, each pinned by its SHA-256."""

import hashlib
import os
import urllib.request
from collections.abc import Generator
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

from photosearch.errors import EncoderError
from photosearch.files import digest_of, open_file
from photosearch.own_files import private
from photosearch.sentences import system_reason

CHUNK_BYTES = 1 << 20
PATIENCE_S = 30.0  # without a byte; torch.hub, which torchvision downloads with, waits for ever


class Source(NamedTuple):
    """Where a file comes from and what it must be; None: no checksum of it is known, so the person has to give it."""

    url: str
    sha256: str | None

    @property
    def name(self) -> str:
        """Of the file."""
        return self.url.rsplit("/", 1)[-1]


class Downloaded(NamedTuple):
    """The downloaded bytes of a file; `total_bytes` is None where the server does not say."""

    done_bytes: int
    total_bytes: int | None


def download(source: Source, folder: Path) -> Generator[Downloaded, None, Path]:
    """Bring `source` into `folder` and return the file; one that is there already is only checked.

    Raises EncoderError, and leaves nothing, if it cannot be had whole or is not the pinned one.
    """
    pinned = _pin(source)
    file = folder / source.name
    if file.exists():
        return verify(source, file)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{source.name}.{os.getpid()}.partial"
    try:
        digest = yield from _receive(source.url, partial)
        if digest != pinned:
            raise EncoderError(
                "The download from {url} is not the pinned file: its checksum is {digest}.",
                url=source.url,
                digest=digest,
            )
        os.replace(partial, file)
    except (OSError, HTTPException, ValueError) as error:
        reason = str(getattr(error, "reason", error)) or type(error).__name__
        raise EncoderError(
            "{url} could not be downloaded: {reason}. Nothing of it was kept.", url=source.url, reason=reason
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return file


def verify(source: Source, file: Path) -> Path:
    """Return `file` if it is what `source` pins; raises EncoderError."""
    try:
        with open_file(file) as opened:
            digest = digest_of(opened).hex()
    except OSError as error:
        raise EncoderError("“{path}” cannot be read: {reason}.", path=str(file), reason=system_reason(error)) from error
    if digest != _pin(source):
        raise EncoderError(
            "“{path}” is not the pinned file: its checksum is {digest}. Delete it to download it again.",
            path=str(file),
            digest=digest,
        )
    return file


def _pin(source: Source) -> str:
    if source.sha256 is None:
        raise EncoderError(
            "No checksum of {url} is known. Give the SHA-256 of the file, from whom you trust, with --sha256.",
            url=source.url,
        )
    return source.sha256.strip().lower()


def _receive(url: str, partial: Path) -> Generator[Downloaded, None, str]:
    """Write what comes from `url` and return its SHA-256."""
    digest, done = hashlib.sha256(), 0
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer, open(partial, "wb", opener=private) as file:
        length = answer.headers.get("Content-Length")
        total = int(length) if length else None
        while chunk := answer.read(CHUNK_BYTES):
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            yield Downloaded(done, total)
    if total is not None and done < total:
        raise HTTPException(f"the connection ended after {done:,} of {total:,} bytes")
    return digest.hexdigest()
