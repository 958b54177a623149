"""Driving long jobs in tests."""

from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar

from photosearch.library import Library
from photosearch.models import Progress, Summary

Result = TypeVar("Result")


def finish(job: Generator[Progress, None, Result]) -> Result:
    """Run a long job to its end."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def index(library: Library, *folders: Path, **options: Any) -> Summary:
    """Bring a library up to date."""
    return finish(library.index([str(folder) for folder in folders], **options))
