"""The available decoders, by version: another one may read a photo that one could not."""

from functools import lru_cache

from photosearch import __version__

RULES = 4  # to be raised when this program can read more files than before
PACKAGES = ("pillow", "pi-heif", "rawpy")


@lru_cache(1)
def decoders() -> str:
    """This program's and its decoders' versions, as one line."""
    return " ".join([f"photosearch-{__version__}.{RULES}", *map(_version, PACKAGES)])


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # which only indexing needs

    try:
        return f"{package}-{version(package)}"
    except PackageNotFoundError:  # of a packaged program, whose own version suffices
        return package
