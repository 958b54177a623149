"""Tries to break the program, and tells what broke: damaged and replaced files of a library, kills, damaged photos.

    python benchmarks/break.py bytes 2000 [--seed N] [--skip N] [--file catalog]
    python benchmarks/break.py replaced 400 [--seed N] [--skip N] [--file catalog]
    python benchmarks/break.py kills 1000 [--seed N]
    python benchmarks/break.py photos 20000 [--seed N]

A command ends in what it does or in a sentence; no photo is lost; no process is left; the peak of memory is told. The
same seed tries the same. What is asked for by name is tried on photos that are drawn, in a folder that goes afterwards.
"""

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from multiprocessing import active_children
from pathlib import Path

from damaged_photos import damaged_photo
from machine import resident_bytes, tell_machine

from photosearch.ingest.reader import Reader, unknown
from photosearch.models import Decoded
from tests.photos import save_photo
from tests.store.damage import damages, make_library, peak_bytes, run, try_damage
from tests.store.replacement import replacements, try_replacement

THREADS = 2
BROKEN = "neither read nor refused with a reason:"
PAST_END = 1.3  # times what a command takes: some end before they are killed
PATIENCE_S = 600  # within which a command that was asked to end has ended, and all that it started, beside other work
OURS = b", in main"  # Ctrl-C before that ends Python as it starts, with a traceback of its own
ENDS = [signal.SIGINT, signal.SIGTERM, *2 * [getattr(signal, "SIGKILL", signal.SIGTERM)]]


def main() -> None:
    """Run one of the four."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("bytes", "replaced", "kills", "photos"))
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="of the bytes or files, those tried before")
    parser.add_argument("--file", default="", help="only files of the library whose name has this in it")
    options = parser.parse_args()
    tell_machine()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        match options.what:
            case "bytes":
                broken = break_bytes(work, options.count, options.seed, options.skip, options.file)
            case "replaced":
                broken = break_files(work, options.count, options.seed, options.skip, options.file)
            case "kills":
                broken = break_kills(work, options.count, options.seed)
            case _:
                broken = break_photos(work, options.count, options.seed)
    print(f"{options.count:,} tried in {time.monotonic() - began:.0f} s, at most {peak_bytes() / 1e6:.0f} MB a process")
    sys.exit(1 if broken else 0)


def break_bytes(work: Path, count: int, seed: int, skip: int, name: str) -> int:
    """Damage one byte of a library at a time; tell what ended in a traceback, return how many did."""
    album = work / "album"
    album.mkdir()
    library = make_library(work / "library", album)
    told, files, broken = Counter[str](), Counter[str](), 0
    chosen = (each for each in damages(library, seed) if name in each.file)
    for damage in islice(chosen, skip, skip + count):
        files[Path(damage.file).name[-14:]] += 1
        wrong = [outcome for outcome in try_damage(library, album, work / "copy", damage) if not outcome.is_right]
        broken += bool(wrong)
        told.update(f"{damage}: {each.arguments} {(each.trace or each.told).strip()[-200:]}" for each in wrong)
    for text in list(told)[:20]:
        print(text)
    print(f"Damaged bytes: {dict(files)}; {broken:,} ended in a traceback, a crash or a hang.")
    return broken


def break_files(work: Path, count: int, seed: int, skip: int, name: str) -> int:
    """Put pipes, devices, links … at the place of files of a library; return how many ended as they should not."""
    album = work / "album"
    album.mkdir()
    library = make_library(work / "library", album)
    chosen = (each for each in replacements(library, seed) if name in each.file)
    tried = broken = 0
    for replacement in islice(chosen, skip, skip + count):
        wrong = try_replacement(library, album, work / "copy", replacement)
        tried, broken = tried + 1, broken + bool(wrong)
        for each in wrong:
            print(*replacement, each.arguments, each.code, (each.trace or each.told).strip()[-600:], flush=True)
    print(f"Replaced files: {tried:,}, of which {broken:,} ended in a traceback, a hang or a loss.")
    return broken


def break_kills(work: Path, count: int, seed: int) -> int:
    """End indexing and acting commands at random moments; return how many photos were lost or libraries damaged."""
    chance = random.Random(seed)
    album, library = work / "album", work / "library"
    for number in range(40):
        save_photo(album / f"{number // 2}-{number % 2}.jpg", number // 2, (160, 120))
    photos, commands = contents(album), acting(work)
    lasts = [run_until(library, work, command, None, signal.SIGTERM)[0] for command in commands]
    lost = ended = 0
    for _ in range(count):
        which = chance.randrange(len(commands))
        end, after_s = chance.choice(ENDS), chance.uniform(0, PAST_END) * lasts[which]
        seconds, was_ended, err = run_until(library, work, commands[which], after_s, end)
        if not was_ended:
            ended, lasts[which] = ended + 1, (lasts[which] + seconds) / 2  # as this computer may have other work
        is_ours = b"Traceback" in err and (OURS in err or b"KeyboardInterrupt" not in err)
        if is_ours or seconds > after_s + PATIENCE_S:
            lost += 1
            print(commands[which], end, f"{after_s:.3f} of {seconds:.3f} s", err.decode(errors="replace")[-2000:])
        if missing := photos - contents(work):
            lost += missing.total()
            print(f"{missing.total()} photos are lost after {commands[which]}")
            break
    sound = run(library, ("doctor",))
    while not run(library, ("undo",)).told.startswith("There is nothing"):
        pass
    lost += (photos - contents(album)).total()
    print(f"Kills: {count - ended:,}, and {ended:,} ended before; {lost} photos lost, tracebacks or processes left;"
          f" doctor: {sound.code}; all is undone.")  # fmt: skip
    return lost + bool(sound.code)


def acting(work: Path) -> list[tuple[str, ...]]:
    """The commands that change a library or the person's files."""
    album, identical = str(work / "album"), ("duplicates", "--tier", "identical", "--yes")
    (work / "labels.csv").write_text("path,label\nalbum/3-0.jpg,b\n")
    return [
        ("index", album), ("index", "--verify"), ("duplicates",), ("label", "a", album), ("labels", "--delete", "a"),
        ("labels", "--read", str(work / "labels.csv")), ("doctor", "--repair"), ("vectors", str(work / "out.npz")),
        (*identical, "--move", str(work / "gone")), (*identical, "--move", str(work / "gone"), "--inherit"), ("undo",),
        (*identical, "--link"), ("undo",), (*identical, "--trash"), ("undo",),
        ("encoders", "use", "default-int8"), ("encoders", "use", "default"), ("encoders", "undo"), ("clusters",),
        ("clusters", "--name", "1", "a"), ("clusters", "--label", "1"), ("bursts", "--trash", "--yes"), ("undo",),
        ("decisions", "--take-back", "1"),
    ]  # fmt: skip


def run_until(
    library: Path, work: Path, arguments: Sequence[str], seconds: float | None, end: signal.Signals
) -> tuple[float, bool, bytes]:
    """Run a command, with a trash in `work`, and end it after `seconds`.

    Returns how long it took until it and all that it started had ended, whether it had to be told to, and its stderr.
    """
    began, was_ended = time.monotonic(), False
    command = [sys.executable, "-m", "photosearch", *arguments, "--library", str(library)]
    environment = {**os.environ, "HOME": str(work / "home"), "XDG_DATA_HOME": str(work / "home" / "data")}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        was_ended = True
        process.send_signal(end)
        try:
            _, err = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            _, err = process.communicate()
    while is_any_left(process.pid) and time.monotonic() - began < (seconds or 0) + 2 * PATIENCE_S:
        time.sleep(0.01)
    return time.monotonic() - began, was_ended, err


def is_any_left(group: int) -> bool:
    """True if a process of this group is alive."""
    try:
        os.killpg(group, 0)
    except (OSError, AttributeError):  # there is none, or there are no groups on this system
        return False
    return True


def break_photos(work: Path, count: int, seed: int) -> int:
    """Read damaged photos; each is a photo or a sentence. Return how many were neither, and processes that are left."""
    outcomes, slowest, peak, done = Counter[str](), 0.0, 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, resident_bytes())

    def read(number: int) -> tuple[str, float]:
        ending, content = damaged_photo(seed, number)
        file = work / f"{number}.{ending}"
        file.write_bytes(content)
        began = time.monotonic()
        try:
            answer = reader.read(str(file), unknown)
        except Exception as error:
            return f"{BROKEN} {number}: {type(error).__name__} {error}", time.monotonic() - began
        finally:
            file.unlink()
        if isinstance(answer, Decoded):
            return "read, lacking a part" if answer.facts.lacking else "read", time.monotonic() - began
        return answer.reason, time.monotonic() - began

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        with Reader(224, "squash", THREADS) as reader, ThreadPoolExecutor(THREADS) as threads:
            for outcome, seconds in threads.map(read, range(count)):
                outcomes[outcome] += 1
                slowest = max(slowest, seconds)
    finally:
        done.set()
        watching.join()
    for outcome, times in outcomes.most_common():
        print(f"{times:7,}  {outcome}")
    left = len(active_children())
    print(f"The slowest took {slowest:.1f} s; at most {peak / 1e6:.0f} MB in all; processes left: {left}.")
    return left + sum(outcome.startswith(BROKEN) for outcome in outcomes)


def contents(folder: Path) -> Counter[bytes]:
    """The digests of all files below a folder, and how many have each."""
    files = (path for path in folder.rglob("*") if path.is_file()) if folder.exists() else ()
    return Counter(hashlib.sha256(path.read_bytes()).digest() for path in files)


if __name__ == "__main__":
    main()
