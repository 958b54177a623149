"""Encoders that others published, and the weights that teaching can start from, by their names."""

import tempfile
from collections.abc import Generator
from pathlib import Path

from photosearch.encode.bundles import Bundles
from photosearch.errors import EncoderError
from photosearch.training.networks.downloads import (
    DOWNLOADS,
    Downloaded,
    Published,
    Source,
    download,
    weights_folder,
)

_SSCD = "https://dl.fbaipublicfiles.com/sscd-copy-detection"
_GEM = "http://cmp.felk.cvut.cz/cnnimageretrieval/data/networks"

# The checksum of the first is what several public projects wrote down, and no authors' own; of the others none was
# found, so whoever fetches one gives it. Pizzi et al., 2022 (SSCD); Radenović, Tolias & Chum, 2018 (GeM).
PUBLISHED = {
    "sscd-disc-mixup": Published(
        Source(
            f"{_SSCD}/sscd_disc_mixup.torchscript.pt",
            "9f26bd4c848cc19b73d2ae92eea6e04886f61a7b764ceb7a13aeee62e6a6db56",
        ),
        320,
        "squash",
        "MIT",
    ),
    "sscd-disc-large": Published(Source(f"{_SSCD}/sscd_disc_large.torchscript.pt", None), 320, "squash", "MIT"),
    "gl18-resnet50-gem": Published(Source(f"{_GEM}/gl18/gl18-tl-resnet50-gem-w-83fdc30.pth", None), 480, "pad", "MIT"),
    "gl18-resnet101-gem": Published(
        Source(f"{_GEM}/gl18/gl18-tl-resnet101-gem-w-a4d43db.pth", None), 480, "pad", "MIT"
    ),
}


def fetch(name: str, encoders: Path, sha256: str | None = None) -> Generator[Downloaded, None, str]:
    """Download what is called `name` and return a sentence that says what it is good for.

    An encoder of PUBLISHED becomes a bundle in the folder `encoders` of a library, a backbone's weights go where
    `make_backbone` looks for them. `sha256` is what the file must have, where none is pinned. Raises EncoderError.
    """
    if name in DOWNLOADS:
        yield from download(_pinned(DOWNLOADS[name], sha256), weights_folder())
        return f"The weights of {name} are here: “photosearch train --backbone {name}” starts from them."
    if name not in PUBLISHED:
        known = ", ".join([*DOWNLOADS, *PUBLISHED])
        raise EncoderError("There is nothing called “{name}” to fetch. Available: {names}.", name=name, names=known)
    bundles, published = Bundles(encoders), PUBLISHED[name]
    if name in bundles.names():
        raise EncoderError("There is an encoder “{name}” already.", name=name)
    with tempfile.TemporaryDirectory() as scratch:
        file = yield from download(_pinned(published.source, sha256), Path(scratch))
        from photosearch.training.export.published import import_encoder  # with torch: not before it is needed

        import_encoder(file, Path(scratch) / name, name, published)
        bundles.add(Path(scratch) / name)
    return f"The encoder “{name}” was added. “photosearch encoders use {name}” lets it take over."


def _pinned(source: Source, sha256: str | None) -> Source:
    """Raises EncoderError if the person gives another checksum than the known one."""
    if sha256 and source.sha256 and sha256.strip().lower() != source.sha256:
        raise EncoderError("{url} is known by another checksum: {digest}.", url=source.url, digest=source.sha256)
    return source._replace(sha256=source.sha256 or sha256)
