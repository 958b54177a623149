"""Files that a person asks for from their authors' sites: weights, each pinned by its SHA-256.

It does not import torch, so that what cannot be had is told at once.
"""

import hashlib
import os
import urllib.request
from collections.abc import Generator
from http.client import HTTPException
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from photosearch.encode.bundle import Resize
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


class Published(NamedTuple):
    """An encoder and what its authors say of it; it takes levels 0 to 1, less ImageNet's mean, over its deviation."""

    source: Source
    input_size: int
    resize: Resize
    licence: str


# torchvision's own, by the names it has for them. The first eight digits of each checksum are in the file's name.
DOWNLOADS = {
    name: Source(f"https://download.pytorch.org/models/{file}", sha256)
    for name, file, sha256 in (
        ("resnet18", "resnet18-f37072fd.pth", "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec"),
        ("resnet50", "resnet50-11ad3fa6.pth", "11ad3fa62ca79e40addfd354a8ec4b7c75143b3038b8d2a807fbc68deab379ca"),
        (
            "efficientnet_b0",
            "efficientnet_b0_rwightman-7f5810bc.pth",
            "7f5810bc96def8f7552d5b7e68d53c4786f81167d28291b21c0d90e1fca14934",
        ),
        (
            "convnext_tiny",
            "convnext_tiny-983f1562.pth",
            "983f1562536e84ff750a1576fb08e54de751dbf2e17c0d8a4a13704341fdcd3d",
        ),
        (
            "mobilenet_v3_large",
            "mobilenet_v3_large-5c1a4163.pth",
            "5c1a416349c4cf298f2a6a5e2600ed0ee55e604713578f5e74e6bc8bcaef7997",
        ),
    )
}

InstalledBackbone = Literal["efficientnet-lite0", "efficientnet-lite2"]
BACKBONES = (*get_args(InstalledBackbone), *DOWNLOADS)


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


def weights_file(name: str) -> Path:
    """The file of a backbone of DOWNLOADS; raises EncoderError if it has not been downloaded."""
    file = weights_folder() / DOWNLOADS[name].name
    if not file.exists():
        raise EncoderError(
            "The weights of {name} are not here. “photosearch encoders fetch {name}” downloads them.", name=name
        )
    return file


def weights_folder() -> Path:
    """Where torch keeps what it downloads, so that a file serves other programs, too: `torch.hub.get_dir`."""
    cache = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    home = os.environ.get("TORCH_HOME", os.path.join(cache, "torch"))
    return Path(os.path.expanduser(home)) / "hub" / "checkpoints"


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
