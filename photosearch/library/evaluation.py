"""The quality of the active encoder on photos with known groups."""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import numpy as np

from photosearch.encode.encoder import Encoder
from photosearch.find.evaluation import collect_vectors, evaluate, read_groups
from photosearch.ingest.pipeline import read_ahead
from photosearch.models import Evaluation, FoundFile, Progress


def evaluate_encoder(encoder: Encoder, groups_file: Path, threads: int) -> Generator[Progress, None, Evaluation]:
    """See `Library.evaluate`."""
    paths, groups = read_groups(groups_file)
    files = [FoundFile(path, 0, 0) for path in dict.fromkeys(paths)]
    with closing(read_ahead(iter(files), encoder, lambda _: None, threads, len(files))) as batches:
        found = yield from collect_vectors(batches, len(paths))
    return evaluate(np.stack([found[path] for path in paths]), groups)
