"""`photosearch`: without arguments, or with folders or photos, the window; with a command, the command line."""

import argparse
import os
import signal
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

# A folder of one of these names is given as ./index. Said here, so that the window need not load the command line.
COMMANDS = (
    *("index", "similar", "duplicates", "clusters", "bursts", "map", "label", "labels", "teach", "train", "vectors"),
    *("evaluate", "encoders", "publish", "status", "doctor", "undo", "history", "decisions", "trash", "move", "tour"),
)
STDERR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program; the exit code is that of the command, or of the window."""
    if hasattr(sys, "frozen"):  # the decoding processes of a packaged program start here
        import multiprocessing

        multiprocessing.freeze_support()
    open_standard_streams()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Ctrl-C just ends the process while modules are loaded or thrown away: nothing is there to be stopped in order.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        os.getcwd()
    except OSError:
        sys.stderr.write("The folder that you are in is not there any more; go to another one.\n")
        return 1
    if arguments == ["--self-test"]:
        from photosearch import self_test

        return self_test.run()
    wanted = wants_window(arguments)
    if wanted is None:
        if (for_training := wants_training(arguments)) is not None:
            return train(for_training)
        from photosearch.cli import main as cli

        with interruptible():
            return cli.main(arguments)
    library, paths = wanted
    from photosearch.gui.start.display import obstacle

    if problem := obstacle():
        return without_window(problem, library, paths)
    from photosearch.gui.shell.app import open_window

    return open_window(library, paths)


@contextmanager
def interruptible() -> Generator[None]:
    """While it lasts, Ctrl-C is a KeyboardInterrupt, as far as it ends the process otherwise."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def open_standard_streams() -> None:
    """Reopen standard streams that are closed: else the next file would get their number, and the printed text."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= STDERR:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 as it stays open


def wants_window(arguments: Sequence[str]) -> tuple[Path | None, list[str]] | None:
    """The library folder, None for the person's own, and the folders to add to it and the photos to search with.

    None if a command is asked for.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--library")
    parser.add_argument("paths", nargs="*")
    try:
        options, others = parser.parse_known_intermixed_args(arguments)
    except argparse.ArgumentError:  # the command line reports the error
        return None
    paths: list[str] = options.paths
    if others or options.library == "" or (paths and paths[0] in COMMANDS) or not all(map(os.path.exists, paths)):
        return None
    return Path(options.library) if options.library else None, paths


def wants_training(arguments: Sequence[str]) -> list[str] | None:
    """A command that only training knows, `train` or `encoders fetch`, said first; None for any other command."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--library")
    parser.add_argument("--json", action="store_true")
    try:
        _, others = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    for command in (["train"], ["encoders", "fetch"]):
        if others[: len(command)] == command:
            rest = list(arguments)
            for word in command:
                rest.remove(word)
            return [command[-1], *rest]
    return None


def train(arguments: Sequence[str]) -> int:
    """Run a command that needs torch; where the packages for it are not installed, say how to get them."""
    from photosearch.settings import missing_to_train

    if missing := missing_to_train():
        from photosearch.paths import is_packaged

        how = "" if is_packaged() else 'pip install "photosearch[train]", or '
        sys.stderr.write(
            f"Training needs more packages ({', '.join(missing)}): {how}in a checkout of the sources:"
            " python3 run.py train\n"
        )
        return 1
    from photosearch.training.run import command

    with interruptible():
        return command.main(arguments)


def without_window(problem: str, library: Path | None, paths: Sequence[str]) -> int:
    """Say why there is no window and run the tour instead; where paths were given, say what there is for them."""
    from photosearch.cli import main as cli

    own = ["--library", str(library)] if library else []
    if paths:
        sys.stderr.write(f"{problem} In the terminal: photosearch index FOLDER, photosearch similar PHOTO\n")
        return 1
    sys.stderr.write(f"{problem} Here is the tour in the terminal; photosearch --help shows the commands.\n")
    with interruptible():
        return cli.main([*own, "tour"])


if __name__ == "__main__":
    sys.exit(main())
