"""Two originals that are asked several things are measured once."""

from collections.abc import Generator
from dataclasses import replace
from functools import cache, lru_cache

import pytest

from photosearch.find.originals import coverage
from photosearch.find.originals.measures import Measures, measure
from photosearch.find.originals.placed import Placed, place


@pytest.fixture(scope="module", autouse=True)
def measured_once() -> Generator[None]:
    """A pair named the other way round is measured once more only where `relate` leaves it in that order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coverage, "place", lru_cache(8)(place))
        patch.setattr(coverage, "measure", lru_cache(8)(measure_once))
        yield


def measure_once(placed: Placed) -> Measures | None:
    """As `measure`; what it leaves to be asked is measured once, too."""
    found = measure(placed)
    return found and replace(found, **{name: cache(told) for name, told in vars(found).items() if callable(told)})
