"""The command `publish`: the library as others read it, in a shared folder."""

import time
from argparse import ArgumentParser, Namespace

from photosearch.library import Library
from photosearch.paths import shown
from photosearch.terminal import OK, count_in_words, named_path, print_json, run_job, say


def add_options(command: ArgumentParser) -> None:
    """The arguments of `publish`."""
    command.add_argument(
        "folder", type=named_path, metavar="FOLDER", help="a folder of its own, on a drive that others see"
    )
    text = "replace what another library published there"
    command.add_argument("--force", action="store_true", help=text)


def publish(library: Library, options: Namespace) -> int:
    """Publish the library; say how others open it."""
    start = time.perf_counter()
    present = run_job(library.publish(options.folder, force=options.force, threads=options.threads)).present
    seconds = round(time.perf_counter() - start, 1)
    if options.json:
        print_json({"snapshot": present.number, "photos": present.photos, "seconds": seconds})
        return OK
    say(f"Published {count_in_words(present.photos, 'photo')} as snapshot {present.number:,} in {seconds:,} s.")
    if present.number == 1:
        say(f"Others search it with: photosearch --library {shown(str(options.folder))} similar PHOTO")
        say("Where they see the photos in another folder, they add --map THERE=HERE, once.")
    return OK
