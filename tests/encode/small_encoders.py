"""Two encoders that are small and quick, for libraries whose answers are not the point.

Both pool uint8[B,16,16,3] to 4 x 4 colours, which a matrix of random numbers, each its own, maps to unit float32[B,32].
"""

import shutil

from photosearch.library import Library
from tests.tree import REFERENCE

SMALL = ("small-one", "small-two")


def use_small_encoders(library: Library) -> None:
    """Add both to a library, whose first photos the first of them will encode."""
    for name in SMALL:
        shutil.copytree(REFERENCE / "encoders" / name, library.places.encoders / name)
    library.encoders.adopt(SMALL[0])
