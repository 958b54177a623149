"""The commands `duplicates`, `undo` and `history`: groups as text, JSON, CSV or a sheet, and acting on them."""

import os
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch.errors import QueryError
from photosearch.find.duplicates.reasons import why_it_stays
from photosearch.library import Library
from photosearch.models import TIERS, Duplicates, Filter, Group, Member, Tier
from photosearch.paths import real_path, shown
from photosearch.settings import RULES, KeepRules, Rule
from photosearch.table import write_rows
from photosearch.terminal import (
    FAULT,
    OK,
    USAGE,
    complain,
    count_in_words,
    named,
    named_path,
    print_json,
    run_job,
    say,
    size_in_words,
)

if TYPE_CHECKING:
    from photosearch.act.plan import Cleared, Left
    from photosearch.find.duplicates.finder import Depth
    from photosearch.store.tables.journal import Act, Way

TITLES: dict[Tier, str] = {
    "identical": "identical files", "same": "the same picture", "edited": "edited copies", "similar": "similar shots",
}  # fmt: skip
COLUMNS = ("group", "tier", "kept", "path", "width", "height", "size_bytes", "frees_bytes", "score", "reason")
IN_WORDS: dict["Way", tuple[str, str, str]] = {  # of one photo, of all to come, of all in the past
    "trash": ("goes to the trash", "into the trash", "went to the trash"),
    "move": ("is moved to “{target}”", "into “{target}”", "moved to “{target}”"),
    "link": ("becomes a hard link", "to become hard links", "replaced by hard links"),
}
NEEDS_TIER = "Say which duplicates may go, for instance: --tier identical --tier same"
LINKS_IDENTICAL = "Only identical files can become one by a link: --link --tier identical"
NEEDS_YES = "Nothing was done: where nobody can be asked, --yes is needed."


def add_options(command: ArgumentParser) -> None:
    """The arguments of `duplicates`."""
    command.add_argument(
        "--tier", action="append", default=[], choices=TIERS, help="only duplicates of this kind; may be repeated (all)"
    )
    text = "only photos in this folder and below"
    command.add_argument("--in", dest="folder", type=named, metavar="FOLDER", help=text)
    text = "only duplicates of photos in this folder, which are kept"
    command.add_argument("--against", type=named, metavar="FOLDER", help=text)
    command.add_argument(
        "--keep",
        type=_rules,
        metavar="RULES",
        help=f"the rules that choose the photo to keep, in order: {','.join(RULES)}",
    )
    command.add_argument(
        "--prefer",
        action="append",
        default=[],
        type=named,
        metavar="FOLDER",
        help="prefer to keep photos in this folder; may be repeated",
    )
    command.add_argument(
        "--protect",
        action="append",
        default=[],
        type=named,
        metavar="FOLDER",
        help="remove no photo from this folder; may be repeated",
    )
    command.add_argument(
        "--quick",
        action="store_true",
        help="compare thumbnails only: only identical files and photos whose originals were compared before may go",
    )
    command.add_argument("--csv", type=named_path, metavar="OUT.csv", help="write the groups as a table")
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--trash", action="store_true", help="after you agree, move the photos that may go to the trash")
    ways.add_argument(
        "--move", type=named_path, metavar="FOLDER", help="after you agree, move them there, with their folders"
    )
    ways.add_argument("--link", action="store_true", help="after you agree, replace identical files by hard links")
    command.add_argument(
        "--inherit",
        action="store_true",
        help="the kept photos inherit rating, keywords, place and date, in an XMP sidecar",
    )
    command.add_argument("--yes", action="store_true", help="agree in advance")


def duplicates(library: Library, options: Namespace) -> int:
    """Show the groups of duplicates, write the requested files, and remove the confirmed photos."""
    way = wanted_way(options)
    tiers: Collection[Tier] = options.tier or (("identical",) if way == "link" else TIERS)
    if way == "link" and set(tiers) != {"identical"}:
        complain(LINKS_IDENTICAL)
        return USAGE
    if way and not options.tier and way != "link":
        complain(NEEDS_TIER)
        return USAGE
    for folder in (options.folder, options.against):
        if folder:
            require_photos_in(library, folder)
    if options.csv:
        library.require_free(options.csv, "table of duplicates", options.force)
    if options.sheet:
        library.require_free(options.sheet, "contact sheet", options.force)
    rules = keep_rules(library.keep_rules, options)
    only = Filter(options.folder)
    depth: Depth = "thumbnails" if options.quick else "originals"
    found = run_job(library.duplicates(tiers, only, options.against, rules, depth=depth, threads=options.threads))
    if options.csv:
        _write_csv(library, found, options)
    if options.sheet:
        _write_sheet(library, found, options)
    document = as_json(found)
    if not options.json:
        _tell(library, found, tiers, options)
    if not way:
        if options.json:
            print_json(document)
        return OK
    cleared = _clear_away(library, found, way, options)
    if isinstance(cleared, int):
        return cleared
    if options.json:
        print_json(document | {"act": asdict(cleared)})
    return FAULT if cleared.refused else OK


def undo(library: Library, options: Namespace) -> int:
    """Restore the files that an act removed."""
    undone = run_job(library.undo(options.act))
    if options.json:
        print_json(asdict(undone))
    elif undone.act_id is None:
        say("There is nothing to undo.")
        for folder in undone.quarantines:
            say(f"  Another library put photos into {shown(folder)}; they can be moved back from there.")
    else:
        say(f"Brought back: {count_in_words(undone.files, 'file')} of act {undone.act_id}.")
        for before, now in undone.renamed:
            say(f"  {shown(before)} is now {shown(now)}, as its name was taken")
        _tell_left(undone.failed)
    return FAULT if undone.failed else OK


def history(library: Library, options: Namespace) -> int:
    """List every act, the latest first."""
    acts = library.history()
    if options.json:
        print_json({"acts": [asdict(act) for act in acts]})
        return OK
    for act in acts:
        say(_act_in_words(act))
    if not acts:
        say("No photo has been cleared away yet.")
    return OK


def wanted_way(options: Namespace) -> "Way | None":
    """The way to remove the photos that go; None: only show them."""
    return "trash" if options.trash else "move" if options.move else "link" if options.link else None


def keep_rules(kept: KeepRules, options: Namespace) -> KeepRules:
    """The rules from the settings, with those on the command line replaced."""
    return replace(
        kept,
        order=options.keep or kept.order,
        folders=tuple(map(_folder, options.prefer)) or kept.folders,
        protected=(*kept.protected, *map(_folder, options.protect)),
    )


def _folder(path: str) -> str:
    """A folder that is named on the command line; one that is not there would protect nothing. Raises QueryError."""
    if not path or not os.path.isdir(path):
        raise QueryError(f"There is no folder “{shown(path)}”.")
    return os.path.abspath(path)


def as_json(found: Duplicates) -> dict[str, Any]:
    """The groups as plain values."""
    return {
        "groups": [
            {
                "tier": group.tier,
                "keep": group.photos[0].photo.path,
                "reason": group.reason,
                "photos": [_member_as_json(member) for member in group.photos],
            }
            for group in found.groups
        ],
        "reclaimable_bytes": found.reclaimable_bytes,
    }


def _member_as_json(member: Member) -> dict[str, Any]:
    photo = member.photo
    return {
        "path": photo.path,
        "width": photo.facts.width,
        "height": photo.facts.height,
        "size_bytes": photo.size_bytes,
        "score": round(member.score, 4),
        "stays": member.stays,
        "frees_bytes": member.frees_bytes,
        "covers": member.side.covers,
        "reason": why_it_stays(member.side),
        "relation": list(member.changes),
        "differs": _pixels(member),
        "evidence": member.numbers,
    }


def _pixels(member: Member) -> list[int] | None:
    """The place of a photo that the kept one does not show, as left, top, width and height in pixels."""
    if member.side.differs is None:
        return None
    facts = member.photo.facts
    return [round(at * side) for at, side in zip(member.side.differs, (facts.width, facts.height) * 2, strict=True)]


def _why(member: Member) -> str:
    """Why a photo stays, in words, with the place that differs."""
    if not member.may_go:
        return "Protected, cannot be reached, or another name of a photo that stays"
    place = _pixels(member)
    at = f", at {place[0]:,}, {place[1]:,}, {place[2]:,} × {place[3]:,} px" if place else ""
    return why_it_stays(member.side) + at


def require_photos_in(library: Library, folder: str) -> None:
    """Raise QueryError unless the library has photos in a folder."""
    if not any(map(library.photos.any_below, (os.path.abspath(folder), real_path(folder)))):
        raise QueryError(f"No photo of the library lies in “{shown(folder)}”.")


def _tell(library: Library, found: Duplicates, tiers: Collection[Tier], options: Namespace) -> None:
    for group in found.groups:
        say(f"{TITLES[group.tier].capitalize()}, {count_in_words(len(group.photos), 'photo')}. {group.reason}.")
        facts = [_facts(member) for member in group.photos]
        width = max(map(len, facts))
        for number, member in enumerate(group.photos):
            mark = "keep" if not number else "stay" if member.stays else "goes"
            why = f"  ({_why(member)})" if number and member.stays else ""
            say(f"  {mark}  {facts[number]:{width}}  {shown(member.photo.path)}{why}")
    for tier in TIERS:
        if groups := found.of(tier):
            size = size_in_words(sum(group.reclaimable_bytes for group in groups))
            say(f"{TITLES[tier].capitalize()}: {count_in_words(len(groups), 'group')}, {size} to win back.")
    if options.quick and any(group.tier in ("same", "edited") for group in found.groups):
        say("Quick: originals were not looked at, so of the same picture and edited copies nothing new may go.")
    if not found.groups:
        say("No duplicates were found." if library.folders() else "No folder has been added yet.")
    if waiting := library.waiting() if set(tiers) != {"identical"} else 0:
        say(f"Not compared, as this encoder has not seen them: {count_in_words(waiting, 'photo')}. photosearch index")
    for file in (options.csv, options.sheet):
        if file:
            say(f"Written: {shown(str(file))}")


def _clear_away(library: Library, found: Duplicates, way: "Way", options: Namespace) -> "Cleared | int":
    """Show what happens to every file, ask, and do it; the exit code if it is not done."""
    going = [(group, member) for group in found.groups for member in group.photos if not member.stays]
    if not going:
        if options.json:
            print_json(as_json(found))
        else:
            say("There is nothing to clear away.")
        return OK
    what, question, done = (text.format(target=options.move and shown(str(options.move))) for text in IN_WORDS[way])
    size = size_in_words(sum(member.photo.size_bytes for _, member in going))
    if not options.json:
        say()
        for group, member in going:
            say(f"{shown(member.photo.path)} ({_facts(member)}) {what}; kept: {shown(group.photos[0].photo.path)}")
    if not options.yes:
        if options.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            complain(NEEDS_YES)
            return USAGE
        if input(f"{count_in_words(len(going), 'photo')}, {size}, {question}. Go on? [y/N] ").strip().lower() not in (
            "y",
            "yes",
        ):
            say("Nothing was done.")
            return OK
    keepers = {member.photo.photo_id: group.keeper for group, member in going}
    seen = [member.photo for group in found.groups for member in group.photos]
    cleared = run_job(library.clear_away(keepers, seen, way, options.move and str(options.move), options.inherit))
    if not options.json:
        what = _photos(cleared.photos, cleared.photos + cleared.companions, cleared.size_bytes)
        say(f"{what}: {done}." if cleared.photos else "Nothing was done.")
        if cleared.sidecars:
            kept = count_in_words(len(cleared.sidecars), "photo")
            say(f"  Took over rating, keywords, place or date, into a sidecar: {kept}.")
        tell_cleared(cleared)
    return cleared


def tell_cleared(cleared: "Cleared") -> None:
    """Say where photos that went lie if not in the trash, what was left, and how all of it comes back."""
    for folder in cleared.quarantines:
        say(f"  The trash could not take all of them, as on a drive without one; the others lie in {shown(folder)}")
    _tell_left((*cleared.refused, *cleared.left))
    if cleared.act_id is not None:
        say(f"To take it back: photosearch undo {cleared.act_id}")


def _tell_left(left: Sequence["Left"]) -> None:
    for each in left:
        say(f"  Left as it is: {shown(each.path)}. {each.reason}")


def _facts(member: Member) -> str:
    facts = member.photo.facts
    return f"{facts.width:,} × {facts.height:,}, {size_in_words(member.photo.size_bytes)}"


def _act_in_words(act: "Act") -> str:
    moment = time.strftime("%Y-%m-%d %H:%M", time.localtime(act.began_at))
    done = IN_WORDS[act.way][2].format(target=shown(act.target or ""))
    state = "" if act.state == "done" else f" ({act.state})"
    return f"{act.act_id:4}  {moment}  {_photos(act.photos, act.files, act.size_bytes)}: {done}{state}"


def _photos(photos: int, files: int, size_bytes: int) -> str:
    """The number of photos that went, and of files with their sidecars and other halves."""
    more = f" ({files:,} files with what belongs to them)" if files > photos else ""
    return f"{count_in_words(photos, 'photo')}{more}, {size_in_words(size_bytes)}"


def _write_csv(library: Library, found: Duplicates, options: Namespace) -> None:
    """One line a photo."""
    rows = [_row(number, group, member) for number, group in enumerate(found.groups, 1) for member in group.photos]
    with library.output(options.csv, "table of duplicates", options.force) as out:
        write_rows(out, [COLUMNS, *rows])


def _row(number: int, group: Group, member: Member) -> tuple[object, ...]:
    photo, kept = member.photo, member.photo.photo_id == group.keeper
    size = photo.facts.width, photo.facts.height, photo.size_bytes, member.frees_bytes
    reason = group.reason if kept else ""
    return number, group.tier, "yes" if member.stays else "no", photo.path, *size, round(member.score, 4), reason


def _write_sheet(library: Library, found: Duplicates, options: Namespace) -> None:
    """The groups one after the other, the photos to keep framed."""
    from photosearch.cli.contact_sheet import Cell, write_sheet

    cells: list[Cell] = []
    for group in found.groups:
        for number, member in enumerate(group.photos):
            detail = f"kept: {group.reason}" if not number else f"{group.tier}, {member.score:.3f}"
            title = Path(member.photo.path).name
            cells.append(Cell(library.photos.thumbnail(member.photo), title, detail, is_query=not number))
        if len(cells) > 300:  # more are not drawn
            break
    if not cells:
        raise QueryError("There are no duplicates to write a contact sheet of.")
    with library.output(options.sheet, "contact sheet", options.force) as out:
        write_sheet(cells, out, options.sheet.suffix)


def _rules(text: str) -> tuple[Rule, ...]:
    known: dict[str, Rule] = {rule: rule for rule in RULES}
    names = [name.strip().lower() for name in text.split(",")]
    if unknown := [name for name in names if name not in known]:
        raise ArgumentTypeError(f"there is no rule “{unknown[0]}”; there are {', '.join(RULES)}")
    return tuple(dict.fromkeys(known[name] for name in names))
