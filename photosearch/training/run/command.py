"""`photosearch train` and `encoders fetch`: the commands that need torch, for a person or for another program.

Torch takes seconds to load, so nothing here does that before something was told.
"""

import argparse
import os
import sys
import threading
from collections.abc import Generator, Sequence
from dataclasses import asdict
from typing import Any

from tqdm import tqdm

from photosearch.library import Library
from photosearch.library.user_errors import fault
from photosearch.paths import Places, default_library, shown
from photosearch.sentences import Sentence
from photosearch.terminal import (
    FAULT,
    OK,
    STOPPED,
    Parser,
    complain,
    count_in_words,
    listen_for_interrupt,
    named_path,
    print_json,
    run_job,
    say,
    time_in_words,
)
from photosearch.terminal import Stopped as Interrupted
from photosearch.training.export.fetch import PUBLISHED, fetch
from photosearch.training.networks.downloads import DOWNLOADS
from photosearch.training.run.events import Done, Event, Failed, Loss, Measured, Progress, Started, Stopped, as_line
from photosearch.training.run.recipe import read_recipe
from photosearch.training.run.teach import After, teach


def main(arguments: Sequence[str]) -> int:
    """Run `train` or `fetch`; return 0 done, 1 the environment is at fault, 130 stopped; wrong usage exits with 2."""
    command, *rest = arguments
    return _fetch(rest) if command == "fetch" else _train(rest)


def _fetch(arguments: Sequence[str]) -> int:
    parser = Parser(
        prog="photosearch encoders fetch",
        description="Download a published encoder, or weights that “train --backbone” starts from. Only this uses the"
        " network.",
    )
    parser.add_argument("name", metavar="NAME", help=", ".join([*DOWNLOADS, *PUBLISHED]))
    parser.add_argument("--sha256", metavar="HEX", help="checksum of the file, if the program does not know it")
    parser.add_argument("--library", type=named_path, metavar="DIR", help="library folder other than the default")
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else there")
    options = parser.parse_args(arguments)
    job = fetch(options.name, Places((options.library or default_library()).absolute()).encoders, options.sha256)
    try:
        with tqdm(desc="Downloading", unit="B", unit_scale=True, disable=None, leave=False) as bar:
            while True:
                done = next(job)
                bar.total, bar.n = done.total_bytes, done.done_bytes
                bar.refresh()
    except StopIteration as end:
        if options.json:
            print_json({"fetched": options.name, "told": end.value})
        else:
            say(end.value)
        return OK
    except KeyboardInterrupt:
        complain("Stopped. Nothing of it was kept.")
        return STOPPED
    except Exception as error:
        if (sentence := fault(error)) is None:
            raise
        complain(sentence)
        return FAULT


def _train(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    try:
        with listen_for_interrupt() as stop, Library(options.library) as library:
            events = _run(library, options, stop)
            if options.lines:
                threading.Thread(target=_stop_with_parent, args=(stop,), daemon=True).start()
                return _as_lines(events, stop)
            return _as_json(events) if options.json else _in_words(events)
    except Interrupted:
        complain("Stopped. The new encoder takes over when photosearch index has encoded the rest of the photos.")
        return STOPPED
    except Exception as error:
        sentence = fault(error) or memory_fault(error)
        if sentence is None:
            raise
        if options.lines:
            _write_line(Failed(sentence))
        else:
            complain(sentence)
        return FAULT


def _run(library: Library, options: argparse.Namespace, stop: threading.Event) -> Generator[Event]:
    """The events of the job, and adopting what came of it where that was asked for."""
    given = {"minutes": options.minutes, "seed": options.seed, "start": options.backbone}
    choices: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    recipe = read_recipe(options.recipe, self_taught=options.self_taught, **choices)
    after: After = "afresh" if options.fresh else "finish" if options.finish else "go on"
    labels = None if options.self_taught else options.label
    for event in teach(library, recipe, labels, after=after, stop=stop):
        yield event
        if isinstance(event, Done) and options.adopt and event.better:
            library.encoders.adopt(event.encoder)
            if not options.lines:
                run_job(library.index())


def _as_lines(events: Generator[Event], stop: threading.Event) -> int:
    for event in events:
        if not _write_line(event):
            stop.set()
    return OK


def _write_line(event: Event) -> bool:
    """True if somebody still reads."""
    try:
        sys.stdout.write(as_line(event) + "\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


def _as_json(events: Generator[Event]) -> int:
    curve: list[dict[str, Any]] = []
    for event in events:
        match event:
            case Measured():
                curve.append(asdict(event))
            case Stopped():
                print_json({"stopped": event.step, "curve": curve})
                return STOPPED
            case Done():
                print_json({**asdict(event), "curve": curve})
            case _:
                pass
    return OK


def _in_words(events: Generator[Event]) -> int:
    bar: tqdm[Any] | None = None
    loss = ""
    for event in events:
        match event:
            case Started():
                _tell_start(event)
            case Progress():
                bar = _show(bar, event, loss)
            case Loss():
                loss = f"loss {event.loss:.3f}"
            case Measured():
                _aside(bar, f"  step {event.step:6,}: mAP {event.map:5.1f} on what was held out")
            case Stopped():
                _close(bar)
                kept = "What was learned is kept; run the same command again to go on."
                complain(f"Stopped. {kept if event.step else 'Nothing was learned yet.'}")
                return STOPPED
            case Done():
                _close(bar)
                _tell_end(event)
            case Failed():
                pass
    return OK


def _show(bar: "tqdm[Any] | None", progress: Progress, loss: str) -> "tqdm[Any] | None":
    if not sys.stderr.isatty():
        return None
    title = progress.stage.capitalize()
    if bar is None or bar.desc != title or bar.total != progress.total:
        _close(bar)
        shape = "{desc} {n:,} of {total:,} |{bar}| {postfix}" if progress.total else "{desc} …"
        bar = tqdm(total=progress.total, desc=title, bar_format=shape, leave=False, dynamic_ncols=True)
        bar.desc = title
    bar.n = progress.done
    notes = [loss] if loss and progress.stage == "training" else []
    if progress.eta_s is not None:
        notes.append(f"about {time_in_words(progress.eta_s)} left")
    bar.set_postfix_str(", ".join(notes), refresh=False)
    bar.refresh()
    return bar


def _aside(bar: "tqdm[Any] | None", text: str) -> None:
    if bar is not None:
        bar.clear()
    say(text)


def _close(bar: "tqdm[Any] | None") -> None:
    if bar is not None:
        bar.close()


def _tell_start(start: Started) -> None:
    learned = count_in_words(start.photos, "photo")
    learned += f" of {count_in_words(start.labels, 'label')}" if start.labels else ", without labels"
    say(f"Learning from {learned}; {start.held_out:,} of them are held out to measure with.")
    if start.step:
        say(f"Going on from step {start.step:,}.")


def _tell_end(done: Done) -> None:
    before, after = done.before, done.after
    rows = [("mAP", before.map, after.map), ("recall@1", before.recall_at_1, after.recall_at_1)]
    rows += [(shown(name), before.labels[name], after.labels[name]) for name in sorted(after.labels)]
    wide = max(len(name) for name, *_ in rows)
    say(f"{'held out, in percent':{wide}}  before   after")
    for name, was, now in rows:
        say(f"{name:{wide}}  {was:6.1f}  {now:6.1f}  {now - was:+6.1f}")
    for note in done.notes:
        say(note)
    verdict = "It is better" if done.better else "It is not better than the encoder that serves"
    say(f"{verdict}: “{done.encoder}”. To use it: photosearch encoders use {done.encoder}")


def memory_fault(error: Exception) -> Sentence | None:
    """A sentence for a lack of memory, which torch tells on a CPU by a RuntimeError of its allocator."""
    is_torchs = type(error).__name__ == "OutOfMemoryError" or "DefaultCPUAllocator" in str(error)
    if isinstance(error, MemoryError) or is_torchs:
        return Sentence(
            "There is not enough memory; a recipe with a smaller training_size or photos_a_step needs less."
        )
    return None


def _stop_with_parent(stop: threading.Event) -> None:
    """End when stdin does: whoever started this closes it, or has died.

    It is read past Python's own object for it, which a thread that waits in it would keep from being closed at the end.
    """
    try:
        while os.read(sys.stdin.fileno(), 1024):
            pass
    except (AttributeError, OSError, ValueError):  # there is none: nobody can close it either
        return
    stop.set()


def _parser() -> Parser:
    parser = Parser(
        prog="photosearch train",
        description="Teach an encoder from labels, or without any. It is added to the library's encoders.",
    )
    parser.add_argument(
        "recipe", nargs="?", type=named_path, metavar="RECIPE.toml", help="the recipe (docs/training.md)"
    )
    parser.add_argument(
        "--label", action="append", default=[], metavar="NAME", help="learn from this label; may be repeated (all)"
    )
    parser.add_argument("--self-taught", action="store_true", help="learn from all photos, without labels")
    parser.add_argument("--backbone", metavar="NAME", help="start from a network trained on ImageNet")
    parser.add_argument("--minutes", type=float, metavar="N", help="length of the training (10)")
    parser.add_argument("--seed", type=int, metavar="N", help="another run of the same kind (0)")
    after = parser.add_mutually_exclusive_group()
    after.add_argument("--fresh", action="store_true", help="discard the checkpoint of an earlier run")
    after.add_argument(
        "--finish",
        action="store_true",
        help="stop training, and export the encoder from the checkpoint of a stopped run",
    )
    parser.add_argument("--adopt", action="store_true", help="make it the active encoder if it is better")
    parser.add_argument("--library", type=named_path, metavar="DIR", help="library folder other than the default")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else there")
    form.add_argument("--lines", action="store_true", help="print a JSON object a line; closing stdin stops")
    return parser
