"""The commands `encoders` and `teach`: the encoder in use, and how a search compares what it made of photos."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from photosearch.library import Library
from photosearch.library.encoders import describe_encoders
from photosearch.paths import shown
from photosearch.terminal import FAULT, OK, count_in_words, print_json, run_job, say, summary_as_json, tell_summary

if TYPE_CHECKING:
    from photosearch.library.learning.metric_lesson import Lesson

HEADING = "held out, in percent"


def encoders(library: Library, options: Namespace) -> int:
    """Run the command on the encoders."""
    match options.action:
        case "use":
            return _use(library, options)
        case "undo":
            return _undo(library, options)
        case "add":
            bundle = library.bundles.add(options.bundle)
            say(f"Added “{bundle.name}”. To use it: photosearch encoders use {bundle.name}")
        case _:
            rows = describe_encoders(library)
            if options.json:
                print_json({"encoders": rows})
            else:
                _tell(rows)
    return OK


def _use(library: Library, options: Namespace) -> int:
    """Encode all photos with another encoder and let it take over."""
    library.encoders.adopt(options.name)
    if library.encoders.adopting and not options.json:
        before = library.settings.encoder
        say(f"“{options.name}” takes over when it has encoded all photos; until then “{before}” serves.")
        say("This may be stopped: photosearch index goes on.")
    summary = run_job(library.index(threads=options.threads))
    is_used = library.settings.encoder == options.name
    if options.json:
        print_json(summary_as_json(summary) | {"encoder": library.settings.encoder})
    else:
        tell_summary(summary)
        if is_used:
            say(f"“{options.name}” serves ({library.bundle.id}).")
    return OK if is_used else FAULT


def _undo(library: Library, options: Namespace) -> int:
    """Call off the encoder that is to take over, or restore the previous one."""
    called_off = library.encoders.adopting
    library.encoders.undo()
    name, waiting = library.settings.encoder, library.waiting()
    if options.json:
        print_json({"encoder": name, "called_off": called_off, "waiting": waiting})
        return OK
    say(f"“{called_off}” is called off; “{name}” serves on." if called_off else f"“{name}” serves again.")
    if waiting:
        say(f"Photos that it has not encoded yet: {waiting:,}. photosearch index")
    return OK


def _tell(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        mark = "*" if row["used"] else " "
        rate, copies = row["encodes_photos_per_s"], row["quality"].get("copies_micro_ap")
        role = {
            "coming": f"  takes over when it has encoded all photos: {row['encoded']:,} of {row['photos']:,}",
            "before": "  was used before",
        }.get(row["role"], "")
        say(
            f"{mark} {row['name']:14} {row['dimension']:5} dimensions  {row['size_bytes'] / 1e6:5.1f} MB"
            + (f"  {rate:5.0f} photos/s a core" if rate else "  cannot be run here")
            + (f"  copies {copies:.1f} µAP" if copies else "")
            + f"  {row['id']}{role}"
        )


def add_teach_options(command: ArgumentParser) -> None:
    """The arguments of `teach`."""
    ways = command.add_mutually_exclusive_group()
    text = "learn from this label; may be repeated (default: all labels)"
    ways.add_argument("--label", action="append", default=[], metavar="NAME", help=text)
    ways.add_argument("--undo", action="store_true", help="search as before what was taught last")
    command.add_argument("--adopt", action="store_true", help="search by it from now on, if that finds better")


def teach(library: Library, options: Namespace) -> int:
    """Learn from labels how photos are compared in a search, and show what that gains."""
    if options.undo:
        library.teaching.undo()
        serves = library.teaching.metric is not None
        if options.json:
            print_json({"taught": serves})
        else:
            say("Searches go by what was taught before." if serves else "Searches go by the descriptors as they are.")
        return OK
    lesson = run_job(library.teaching.learn(options.label))
    adopted = options.adopt and lesson.is_better
    if adopted:
        library.teaching.adopt(lesson)
    if options.json:
        print_json(
            {
                "photos": lesson.photos,
                "labels": lesson.labels,
                "before": asdict(lesson.before),
                "after": asdict(lesson.after),
                "better": lesson.is_better,
                "adopted": adopted,
                "notes": [str(note) for note in lesson.notes],
            }
        )
    else:
        _tell_lesson(lesson, adopted)
    return OK


def _tell_lesson(lesson: "Lesson", adopted: bool) -> None:
    learned = f"{count_in_words(lesson.photos, 'photo')} of {count_in_words(lesson.labels, 'label')}"
    say(f"Learned from {learned}; each was held out in turn to measure with.")
    before, after = lesson.before, lesson.after
    rows = [("mAP", before.map, after.map), ("recall@1", before.recall_at_1, after.recall_at_1)]
    rows += [(shown(name), before.labels[name], after.labels[name]) for name in after.labels]
    wide = max(len(HEADING), *(len(name) for name, *_ in rows))
    say(f"{HEADING:{wide}}  before   after")
    for name, was, now in rows:
        say(f"{name:{wide}}  {was:6.1f}  {now:6.1f}  {now - was:+6.1f}")
    for note in lesson.notes:
        say(str(note))
    if adopted:
        say("Searches go by it from now on. To go back: photosearch teach --undo")
    elif lesson.is_better:
        say("It is better. To search by it: photosearch teach --adopt")
    else:
        say("It is not better than the descriptors as they are, so nothing changes.")
