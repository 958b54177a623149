"""Functions of all benchmarks: the state of the machine, the memory of a process, and lines of one shape."""

import os
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from photosearch.settings import usable_cores


def tell_machine() -> None:
    """Print what the figures below were measured on; a load near the number of cores makes them worthless."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"{usable_cores()} cores, load {load}, {sys.platform}, Python {sys.version.split()[0]}")


def verdict(is_met: bool) -> str:
    """The end of a line with a target."""
    return "met" if is_met else "MISSED"


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The median of repeated measurements, with the lowest and the highest."""
    low, high = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} ({low:.{digits}f} to {high:.{digits}f}, {len(values)} runs)"


def resident_bytes(process: int | None = None) -> int:
    """Memory that a process and its children hold now (Linux), 0 if it has ended; this process if none is given."""
    own = Path("/proc") / str(process or os.getpid())
    try:
        pages = int((own / "statm").read_text().split()[1])
        children = [
            int(child) for task in (own / "task").iterdir() for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(resident_bytes, children))


def shared_out_bytes(process: int) -> int:
    """Memory of a process and its children where what they share counts once (Linux), 0 if it has ended."""
    own = Path("/proc") / str(process)
    try:
        lines = (own / "smaps_rollup").read_text().splitlines()
        children = [
            int(child) for task in (own / "task").iterdir() for child in (task / "children").read_text().split()
        ]
    except OSError:
        return 0
    share = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 1024 * share + sum(map(shared_out_bytes, children))


def private_bytes() -> int:
    """Memory of this process that is in no file (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon"))) * 1024
