"""The command `encoders`: list the bundles, add one, let another take over, or restore the previous one."""

from argparse import Namespace
from typing import Any

from photosearch.library import Library
from photosearch.library.encoders import describe_encoders
from photosearch.terminal import FAULT, OK, print_json, run_job, say, summary_as_json, tell_summary


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
            "coming": f"  takes over when it has encoded {row['photos']:,} photos: {row['encoded']:,} so far",
            "before": "  was used before",
        }.get(row["role"], "")
        say(
            f"{mark} {row['name']:14} {row['dimension']:5} dimensions  {row['size_bytes'] / 1e6:5.1f} MB"
            + (f"  {rate:5.0f} photos/s a core" if rate else "  cannot be run here")
            + (f"  copies {copies:.1f} µAP" if copies else "")
            + f"  {row['id']}{role}"
        )
