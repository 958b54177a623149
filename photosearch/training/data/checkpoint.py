"""The file that a stopped training goes on from: what torch wrote, what it belongs to and the step, and a checksum.

It does not import torch, so that the step is told at once.
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from photosearch.files import open_file
from photosearch.own_files import make_folder, replace_file

NUMBER_BYTES = 4  # of the checksum at the end, as torch takes a weight with a wrong bit for a weight, and of a length


@dataclass(frozen=True)
class Checkpoint:
    """`content` is for torch; `key` says what it belongs to, None: nothing."""

    content: memoryview
    step: int
    key: str | None


def write_checkpoint(file: Path, checkpoint: Checkpoint) -> None:
    """Write it in one step; raises OSError, and leaves what there was, if the disk is full."""
    make_folder(file.parent)
    facts = json.dumps([checkpoint.step, checkpoint.key]).encode()
    written = b"".join([checkpoint.content, facts, len(facts).to_bytes(NUMBER_BYTES, "big")])
    replace_file(file, written + zlib.crc32(written).to_bytes(NUMBER_BYTES, "big"))


def read_checkpoint(file: Path) -> Checkpoint | None:
    """None if there is none, or it is damaged."""
    try:
        with open_file(file) as opened:
            read = memoryview(opened.read())
        written, checksum = read[:-NUMBER_BYTES], read[-NUMBER_BYTES:]
        if zlib.crc32(written) != int.from_bytes(checksum, "big"):
            return None
        end = len(written) - NUMBER_BYTES
        start = end - int.from_bytes(written[end:], "big")
        step, key = json.loads(bytes(written[start:end]))
        return Checkpoint(written[:start], int(step), key)
    except (OSError, ValueError, TypeError):
        return None
