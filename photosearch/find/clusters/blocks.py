"""Numbers of many pairs, computed in blocks on all cores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from photosearch.settings import usable_cores

BLOCK = 4_000  # pairs at a time: 16 MB of vectors, which stay in the cache


def in_blocks(find: Callable[[slice], NDArray[np.float32]], count: int) -> NDArray[np.float32]:
    """float32[count], of which `find` gives each part."""
    if count <= BLOCK:
        return find(slice(0, count))
    found = np.empty(count, np.float32)

    def fill(start: int) -> None:
        part = slice(start, start + BLOCK)
        found[part] = find(part)

    with ThreadPoolExecutor(usable_cores()) as threads:
        list(threads.map(fill, range(0, count, BLOCK)))
    return found
