"""The version of this Photosearch, the commit it was built from, and the encoder that comes with it."""

from photosearch import __version__
from photosearch.encode.bundle import read_bundle
from photosearch.errors import EncoderError
from photosearch.paths import resources

COMMIT = "commit"  # the file that a build writes; a checkout has none


def version_in_words() -> str:
    """Like `1.2.3 (commit 0123456789ab, encoder NAME-0123456789ab)`."""
    try:
        commit = (resources() / COMMIT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        commit = ""
    try:
        encoder = read_bundle(resources() / "encoders" / "default").id
    except EncoderError:
        encoder = ""
    parts = [f"commit {commit}" if commit else "from its sources", f"encoder {encoder}" if encoder else "no encoder"]
    return f"{__version__} ({', '.join(parts)})"
