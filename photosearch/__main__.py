"""`photosearch`: the command line; without arguments, for now, the tour."""

import multiprocessing
import sys

from photosearch import cli


def main() -> None:
    """Start the program; the exit code is that of the command."""
    multiprocessing.freeze_support()  # the decoding processes of a packaged program start here
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
