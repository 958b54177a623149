"""The commands `status` and `doctor`: the library's contents, its encoder, and checks of its integrity."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from typing import Any

from photosearch.library import Library
from photosearch.paths import Places, shown
from photosearch.terminal import FAULT, OK, print_json, say, size_in_words, troubles_in_words


def status(library: Library, options: Namespace) -> int:
    """Print counts, sizes, the encoder and the device."""
    from photosearch.library import doctor

    report = doctor.status(library)
    if options.json:
        print_json(report)
        return OK
    for line in _in_words(report):
        say(line)
    return OK


def check(places: Places, options: Namespace) -> int:
    """Print the findings of `doctor`, and repair them with `--repair`."""
    from photosearch.library import doctor

    checks = list(doctor.doctor(places, options.repair))
    sound = all(check.ok for check in checks)
    if options.json:
        print_json({"sound": sound, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            say(f"{'✓' if check.ok else '✗'} {check.name}: {shown(check.detail)}")
        if not sound and not options.repair:
            say("“photosearch doctor --repair” mends what can be mended.")
    return OK if sound else FAULT


def _in_words(report: dict[str, Any]) -> list[str]:
    """The findings of `status`, as lines for a person."""
    encoder, sizes = report["encoder"], report["size_bytes"]
    lines = [f"Library: {shown(report['library'])}"]
    if report["published_at"]:
        at = datetime.fromtimestamp(report["published_at"]).isoformat(" ", "minutes")
        lines[0] += f"  (published {at}, read only)"
    for folder in report["folders"]:
        lines += [f"  {shown(folder['path'])}" + ("" if folder["reachable"] else "  (offline)")]
    lines += [f"Photos: {report['photos']:,}"]
    lines += [f"  {state}: {report[state]:,}" for state in ("missing", "offline") if report[state]]
    if report["encoded"] is not None and (waiting := report["photos"] - report["encoded"]):
        lines.append(f"  not yet encoded with this encoder: {waiting:,} (photosearch index)")
    for kind in ("unreadable", "incomplete", "left_out"):
        if report[kind]:
            lines.append(f"  {kind.replace('_', ' ')}: {len(report[kind]):,}")
    lines += [f"    {line}" for line in troubles_in_words(report)]
    known = f" ({encoder['id']}), {encoder['dimension']} dimensions" if encoder["id"] else ""
    lines.append(f"Encoder: {encoder['name']}{known}")
    if report["taught"]:
        lines.append("  Searches go by what was taught in seconds (photosearch teach --undo)")
    if coming := report["next_encoder"]:
        lines.append(
            f"  “{coming['name']}” takes over when it has encoded all photos:"
            f" {coming['encoded'] or 0:,} of {report['photos']:,} (photosearch index)"
        )
    if before := report["previous_encoder"]:
        size = f", {size_in_words(before['size_bytes'])} of descriptors are kept" if before["size_bytes"] else ""
        lines.append(f"  “{before['name']}” was used before{size} (photosearch encoders undo)")
    rate = report["encodes_photos_per_s"]
    lines.append(f"Device: {report['device']}" + (f", encodes {rate:,.0f} photos/s" if rate else ""))
    if report["search"]["exact"]:
        lines.append("Search: each looks at every photo, as hnswlib is not installed. This makes it quick:")
        lines += [f"  {command}" for command in report["search"]["remedy"]]
    lines += [f"Size of the {name.replace('_', ' ')}: {size_in_words(size)}" for name, size in sizes.items()]
    return lines
