"""Tries to break the program, and tells what broke: damaged bytes of a library, kills, and damaged photos.

    python benchmarks/break.py bytes 2000 [--seed N] [--file catalog]
    python benchmarks/break.py kills 1000 [--seed N]
    python benchmarks/break.py photos 20000 [--seed N]

A command ends in what it does or in a sentence; no photo is lost; no process is left; the peak of memory is told. The
same seed tries the same. What is asked for by name is tried on photos that are drawn, in a folder that goes afterwards.
"""

import argparse
import hashlib
import io
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from photosearch.ingest.reader import Reader, unknown
from photosearch.models import Decoded, Unreadable
from tests.damage import damages, make_library, peak_bytes, run, try_damage
from tests.photos import draw_photo, save_photo

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "JPEG2000", "PPM", "TGA")
LONGEST_S = 1.2  # that a process lives before it is killed


def main() -> None:
    """Run one of the three."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("bytes", "kills", "photos"))
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--file", default="", help="only files of the library whose name has this in it")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        match options.what:
            case "bytes":
                broken = break_bytes(work, options.count, options.seed, options.file)
            case "kills":
                broken = break_kills(work, options.count, options.seed)
            case _:
                broken = break_photos(work, options.count, options.seed)
    print(f"{options.count:,} tried in {time.monotonic() - began:.0f} s, at most {peak_bytes() / 1e6:.0f} MB a process")
    sys.exit(1 if broken else 0)


def break_bytes(work: Path, count: int, seed: int, name: str) -> int:
    """Damage one byte of a library at a time; tell what ended in a traceback, return how many did."""
    album = work / "album"
    album.mkdir()
    library = make_library(work / "library", album)
    told, files, broken = Counter[str](), Counter[str](), 0
    for damage in islice((each for each in damages(library, seed) if name in each.file), count):
        files[Path(damage.file).name[-14:]] += 1
        wrong = [outcome for outcome in try_damage(library, album, work / "copy", damage) if not outcome.is_right]
        broken += bool(wrong)
        told.update(f"{damage}: {each.arguments} {(each.trace or each.told).strip()[-200:]}" for each in wrong)
    for text in list(told)[:20]:
        print(text)
    print(f"Damaged bytes: {dict(files)}; {broken:,} ended in a traceback, a crash or a hang.")
    return broken


def break_kills(work: Path, count: int, seed: int) -> int:
    """Kill indexing and acting commands at random moments; return how many photos were lost or libraries damaged."""
    chance = random.Random(seed)
    album, library, gone = work / "album", work / "library", work / "gone"
    for number in range(40):
        save_photo(album / f"{number // 2}-{number % 2}.jpg", number // 2, (160, 120))
    photos = contents(album)
    lost = ended = 0
    for _ in range(count):
        arguments = chance.choice([
            ["index", album], ["index", "--verify"], ["duplicates"], ["label", "a", album], ["undo"],
            ["duplicates", "--tier", "identical", "--move", gone, "--yes"],
            ["duplicates", "--tier", "identical", "--link", "--yes"], ["encoders", "use", "default-int8"],
            ["encoders", "use", "default"], ["encoders", "undo"],
        ])  # fmt: skip
        command = [sys.executable, "-m", "photosearch", *map(str, arguments), "--library", str(library)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, err = process.communicate(timeout=chance.uniform(0, LONGEST_S))
            ended += 1
            lost += b"Traceback" in err
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        if missing := photos - contents(album) - contents(gone):
            lost += len(missing)
            print(f"{len(missing)} photos are lost after {arguments}")
            break
    sound = run(library, ("doctor",))
    print(
        f"Kills: {count - ended:,}, and {ended:,} ended before; {lost} photos lost or tracebacks; doctor: {sound.code}."
    )
    return lost + bool(sound.code)


def break_photos(work: Path, count: int, seed: int) -> int:
    """Read photos that are damaged, cut or mixed; each is decoded or has a reason. Return how many were neither."""
    outcomes, broken = Counter[str](), 0
    with Reader(224, "squash", 2) as reader:
        for content in islice(damaged_photos(seed), count):
            path = work / "photo"
            path.write_bytes(content)
            try:
                outcome = reader.read(str(path), unknown)
                outcomes[type(outcome).__name__] += 1
                broken += not isinstance(outcome, Decoded | Unreadable)
            except Exception as error:
                broken += 1
                print(f"{type(error).__name__} {error}: {hashlib.sha256(content).hexdigest()}")
    print(f"Damaged photos: {dict(outcomes)}; {broken} were neither decoded nor refused with a reason.")
    return broken


def damaged_photos(seed: int) -> Iterator[bytes]:
    """Photos of all formats with bytes changed, cut off, doubled or of another photo."""
    chance = random.Random(seed)
    whole: list[bytes] = []
    for number, name in enumerate(FORMATS):
        out = io.BytesIO()
        draw_photo(number, (120, 90)).save(out, name)
        whole.append(out.getvalue())
    while True:
        content = bytearray(chance.choice(whole))
        for _ in range(chance.choice([1, 1, 2, 8, 64])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        start = chance.randrange(len(content))
        match chance.randrange(6):
            case 0:
                del content[start:]
            case 1:
                content[start:start] = chance.choice(whole)[: chance.randrange(4000)]
            case 2:
                del content[start : start + chance.randrange(200)]
            case _:
                pass
        yield bytes(content)


def contents(folder: Path) -> set[bytes]:
    """The digests of all files below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file()) if folder.exists() else ()
    return {hashlib.sha256(path.read_bytes()).digest() for path in files}


if __name__ == "__main__":
    main()
