"""Two originals that are asked several things are measured once."""

from collections.abc import Generator
from functools import lru_cache

import pytest

from photosearch.find.originals import coverage


@pytest.fixture(scope="session", autouse=True)
def measured_once() -> Generator[None]:
    """A pair named the other way round is measured once more only where `relate` leaves it in that order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coverage, "measure", lru_cache(8)(coverage.measure))
        yield
