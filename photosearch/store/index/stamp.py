"""What the files of a search index cover."""

import re
from dataclasses import dataclass

NAMED = re.compile(r"[0-9a-f]{16}\.(graph|vectors|faiss)")  # of the files, which nobody else writes; or once did


@dataclass(frozen=True)
class Stamp:
    """The coverage of the files: `rows` descriptors of `encoder`, `count` of them in use, the last with id `through`.

    `graph` is empty where none could be made. `sha256` is of that file; the matrix has checksums of its own. `sample`
    is the hexadecimal digest of some of the contents, by their ids as text, which is what JSON allows.
    """

    matrix: str
    graph: str
    sha256: str
    encoder: str
    through: int
    rows: int
    count: int
    sample: dict[str, str]
