"""The state of a library and of its machine: reported by `status`, checked and repaired by `doctor`."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from PIL import features

from photosearch import compiler
from photosearch.encode.bundle import read_bundle
from photosearch.errors import CatalogDamaged, EncoderError, LibraryError, PhotosearchError, SettingsDamaged
from photosearch.files import changed_ns, digest_of, open_file
from photosearch.library import Library
from photosearch.own_files import FILE_MODE
from photosearch.paths import Places, shown
from photosearch.sentences import Sentence, system_reason, verbatim
from photosearch.settings import usable_cores
from photosearch.store.catalog import Catalog
from photosearch.store.index.graph import is_available
from photosearch.store.salvage import salvage
from photosearch.store.vectors import index_bytes

LOW_DISK_BYTES = 1 << 30
LOCK_TIMEOUT_S = 1.0
SAMPLE, SAMPLE_S = 50, 5.0  # photos whose bytes are read again, and how long at most
FLOAT16_BYTES = 2


@dataclass(frozen=True)
class Check:
    """One finding; `detail` is a sentence, and `repaired` means that it was true before the repair."""

    name: str
    ok: bool
    detail: str
    repaired: bool = False


def status(library: Library) -> dict[str, Any]:
    """Counts, sizes, encoder and device, as plain values for JSON. Measures the encoder for a tenth of a second."""
    try:
        bundle = library.bundle
    except EncoderError:  # reported as the device
        bundle = None
    counts = library.catalog.counts(bundle and library.encoder_id)
    folders = [
        {"path": folder.path, "reachable": Path(folder.path).is_dir(), "recurse": folder.recurse,
         "exclude": list(folder.exclude)}
        for folder in library.catalog.folders()
    ]  # fmt: skip
    device, rate = _try_encoder(library)
    return {
        "library": str(library.places.published or library.places.library),
        "published_at": library.published_at,
        "folders": folders,
        "photos": counts.present,
        "missing": counts.missing,
        "offline": counts.offline,
        "unreadable": [{"path": photo.path, "reason": photo.reason} for photo in library.catalog.unreadable()],
        "incomplete": [photo._asdict() for photo in library.catalog.incomplete()],
        "left_out": [{"path": each.path, "reason": each.reason} for each in library.catalog.left_out()],
        "encoded": counts.encoded if bundle else None,
        "encoder": {
            "name": library.settings.encoder,
            "id": bundle and bundle.id,
            "dimension": bundle and bundle.dimension,
        },
        "taught": bundle is not None and library.teaching.metric is not None,
        "next_encoder": _other_encoder(library, library.encoders.adopting),
        "previous_encoder": _other_encoder(library, library.settings.previous_encoder),
        "device": device,
        "encodes_photos_per_s": rate and round(rate * (usable_cores() if device == "CPU" else 1), 1),
        "size_bytes": {
            "catalog": _size_bytes(library.places.catalog),
            "thumbnails": _size_bytes(library.places.thumbnails),
            "search_index": index_bytes(library.places.search),
        },
        "search": {"exact": not is_available(), "remedy": [] if is_available() else _remedy()},
    }


def _remedy() -> list[str]:
    """The commands that make search among many photos quick here."""
    commands = ["" if compiler.is_there() else compiler.install_command()]
    start = Path(sys.prefix).parent / "run.py"  # which made this environment, and goes on where it could not before
    build = f'python3 "{start}"' if start.is_file() else f'"{sys.executable}" -m pip install "hnswlib>=0.8,<0.9"'
    return [*filter(None, commands), build]


def _other_encoder(library: Library, name: str | None) -> dict[str, Any] | None:
    """An encoder that is to take over or was used before: present photos it has encoded, and what that takes up."""
    if name is None:
        return None
    try:
        bundle = read_bundle(library.bundles.folder(name))
    except EncoderError as error:
        return {"name": name, "encoded": None, "size_bytes": None, "problem": error.sentence}
    catalog = library.catalog
    encoder_id = catalog.encoder_id(bundle.id)
    index = index_bytes(library.places.search / bundle.id)
    size_bytes = index + catalog.count_descriptors(encoder_id) * bundle.dimension * FLOAT16_BYTES
    return {"name": name, "encoded": catalog.counts(encoder_id).encoded, "size_bytes": size_bytes, "problem": None}


def doctor(places: Places, repair: bool) -> Generator[Check]:
    """Check the library, the encoder and the machine, and with `repair` make the possible repairs."""
    if places.published:
        yield from _check_published(places.published)
        return
    try:
        damage = _damage(places)
        if damage:
            check = _mend(places, "catalog", damage, lambda: _salvage(places), repair)
            yield check
            if not check.ok:
                return
        library = Library(places.library)
    except LibraryError as error:
        yield Check("library", ok=False, detail=error.sentence)
        return
    with library:
        if not damage:
            yield Check("catalog", ok=True, detail=f"Sound. Photos: {library.catalog.counts().present:,}.")
        yield _check_settings(library, repair)
        yield from _check_caches(library, repair)
        yield _check_photos(library, repair)
        yield _check_contents(library)
        yield from _check_machine(library)


def _check_published(folder: Path) -> Generator[Check]:
    """Check a library that others published; it is repaired where it was published from, by publishing it anew."""
    try:
        library = Library(folder)
    except LibraryError as error:
        yield Check("library", ok=False, detail=error.sentence)
        return
    with library:
        problems, photos = library.catalog.check(), library.catalog.counts().present
        yield Check("catalog", not problems, "; ".join(problems) or f"Sound. Photos: {photos:,}.")
        is_sound = library.thumbnails.check()
        yield Check("thumbnails", is_sound, "Sound." if is_sound else "Some cannot be read; publish the library anew.")
        yield from _check_machine(library)


def _damage(places: Places) -> Sentence:
    """The faults of the catalog; empty when it is sound."""
    try:
        with closing(Catalog(places.catalog)) as catalog:
            return verbatim("; ".join(catalog.check()))
    except CatalogDamaged as damage:
        return damage.sentence


def _salvage(places: Places) -> str:
    damaged, backup = salvage(places.catalog)
    kept = f"nothing could be read, so the backup “{backup.name}” was taken" if backup else "what could be read is kept"
    return f"Repaired: {kept}, and the damaged catalog lies in “{damaged}”."


def _check_settings(library: Library, repair: bool) -> Check:
    try:
        library.keep_rules  # noqa: B018 as it raises
    except SettingsDamaged as damage:
        file = library.places.settings

        def put_aside() -> str:
            aside = file.with_name(f"{file.stem}-damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
            os.replace(file, aside)
            return f"They lie in “{aside}” now. Choose protected folders, and an encoder, anew."

        return _mend(library.places, "settings", damage.sentence, put_aside, repair)
    return Check("settings", ok=True, detail="Sound.")


def _check_caches(library: Library, repair: bool) -> Generator[Check]:
    if library.thumbnails.check():
        yield Check("thumbnails", ok=True, detail="Sound.")
    else:

        def clear() -> str:
            library.thumbnails.clear()
            return "Repaired."

        yield _mend(library.places, "thumbnails", Sentence("The thumbnail cache is damaged."), clear, repair)
    try:
        vectors = library.vectors
    except EncoderError:  # reported as the check of the encoder
        return
    problem = vectors.problem()
    if problem is None:
        yield Check("search index", ok=True, detail="Sound, or not needed yet.")
    else:

        def rebuild() -> str:
            vectors.discard()
            for _ in vectors.extend(usable_cores()):
                pass
            return "Repaired."

        yield _mend(library.places, "search index", problem, rebuild, repair)


def _check_photos(library: Library, repair: bool) -> Check:
    """Count the photos that cannot be read, after another try if that is wanted."""
    unreadable = len(library.catalog.unreadable())
    if not unreadable:
        return Check("photos", ok=True, detail="All could be read.")
    if not repair:
        return Check(
            "photos", ok=True, detail=f"{unreadable:,} cannot be read; “photosearch status” tells which and why."
        )
    library.catalog.try_again()
    try:
        for progress in library.index():
            if progress.stage == "waiting":
                return Check("photos", ok=True, detail=f"The next run tries {unreadable:,} again that cannot be read.")
    except PhotosearchError as error:
        return Check("photos", ok=False, detail=f"Those that cannot be read could not be tried again. {error}")
    left = len(library.catalog.unreadable())
    return Check("photos", ok=True, detail=f"Tried again: {unreadable:,}. Not readable: {left:,}.", repaired=True)


def _check_contents(library: Library) -> Check:
    """Check a random sample of the photos that seem unchanged: do their bytes match the digests in the catalog?"""
    began, read, differing = time.monotonic(), 0, list[str]()
    for file, digest in library.catalog.sample(SAMPLE):
        with suppress(OSError):
            status = os.stat(file.path)
            if (status.st_size, changed_ns(status)) == (file.size_bytes, file.mtime_ns):
                with open_file(file.path) as opened:
                    read += 1
                    if digest_of(opened) != digest:
                        differing.append(file.path)
        if time.monotonic() - began > SAMPLE_S:
            break
    if not differing:
        return Check("contents", ok=True, detail=f"Photos taken by chance that are as they were read: {read:,}.")
    detail = (
        f"Of {read:,} photos, {len(differing):,} with the size and time of before hold other bytes than were read,"
        f" like “{shown(differing[0])}”. “photosearch index --verify” reads all again."
    )
    return Check("contents", ok=False, detail=detail)


def _check_machine(library: Library) -> Generator[Check]:
    from photosearch.encode.encoder import Encoder

    try:
        encoder = library.encoder
        detail = f"“{encoder.bundle.name}” runs on {encoder.device}: {encoder.measure():.0f} photos/s a thread."
        yield Check("encoder", ok=True, detail=detail)
    except EncoderError as error:
        yield Check("encoder", ok=False, detail=error.sentence)
    if library.encoders.adopting:
        try:
            encoder = Encoder(library.bundles.folder(library.encoders.adopting), library.settings.device)
            yield Check("next encoder", ok=True, detail=f"“{encoder.bundle.name}” runs on {encoder.device}.")
        except EncoderError as error:
            yield Check("next encoder", ok=False, detail=f"{error} “photosearch encoders undo” calls it off.")
    yield _check_gpu()
    formats = {"JPEG": "jpg", "PNG": "zlib", "WebP": "webp", "AVIF": "avif", "TIFF": "libtiff", "JPEG 2000": "jpg_2000"}
    absent = [name for name, codec in formats.items() if not features.check(codec)]
    for name, module in (("HEIC", "pi_heif"), ("RAW", "rawpy")):
        try:
            __import__(module)
        except ImportError:
            absent.append(name)
    yield Check("formats", not absent, f"Cannot be read here: {', '.join(absent)}." if absent else "All can be read.")
    free_bytes = shutil.disk_usage(library.places.library).free
    yield Check("disk", free_bytes > LOW_DISK_BYTES, f"{free_bytes / 1e9:.1f} GB free where the library lies.")


def _check_gpu() -> Check:
    from photosearch.encode.encoder import cuda_is_offered

    if cuda_is_offered():
        return Check("GPU", ok=True, detail="onnxruntime offers CUDA.")
    return Check("GPU", ok=True, detail="Not used: this onnxruntime is built for the CPU (see the README for CUDA).")


def _mend(places: Places, name: str, problem: Sentence, mend: Callable[[], str], repair: bool) -> Check:
    """Report a problem, or let `mend`, which returns its result, remove it while no other process writes."""
    if not repair:
        return Check(name, ok=False, detail=problem)
    try:
        with FileLock(places.write_lock, LOCK_TIMEOUT_S, FILE_MODE):
            return Check(name, ok=True, detail=f"{problem} {mend()}", repaired=True)
    except Timeout:
        reason = Sentence("another Photosearch is writing to this library; try again when it has finished.")
    except OSError as error:
        reason = Sentence("the library folder cannot be written ({reason}).", reason=system_reason(error))
    except PhotosearchError as error:
        reason = error.sentence
    return Check(
        name, ok=False, detail=Sentence("{problem} It could not be repaired: {reason}", problem=problem, reason=reason)
    )


def _try_encoder(library: Library) -> tuple[str, float | None]:
    try:
        return library.encoder.device, library.encoder.measure()
    except EncoderError as error:
        return error.sentence, None


def _size_bytes(file: Path) -> int:
    """Of a file, and of what SQLite has not merged into it yet."""
    parts = (file, file.with_name(file.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
