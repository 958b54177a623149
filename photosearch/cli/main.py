"""The command line: parses arguments, asks the library, prints text or one JSON document."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from photosearch.cli.parser import make_parser
from photosearch.library.seats import own_catalog
from photosearch.library.user_errors import fault
from photosearch.terminal import FAULT, STOPPED, Stopped, complain


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 the environment is at fault, 130 after Ctrl-C; wrong usage exits with 2."""
    try:
        options = make_parser().parse_args(arguments)
    except KeyboardInterrupt:  # before anything began
        return STOPPED
    run: Callable[[argparse.Namespace], int] = options.run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_chosen = stream.isatty() or sys.platform != "win32" or "PYTHONIOENCODING" in os.environ
            encoding = None if is_chosen else "utf-8"  # the code page of Windows has few letters
            stream.reconfigure(encoding=encoding, errors="replace")
    try:
        return run(options)
    except (Stopped, KeyboardInterrupt):
        complain("Stopped. What was done so far is kept; run the same command again to go on.")
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of the output is gone, so no message can be shown
    except Exception as error:
        if (sentence := fault(error, own_catalog(options.library))) is None:
            raise
        complain(sentence)
    return FAULT
