"""How a library and the machine under it are: what `status` tells and `doctor` checks and repairs."""

import shutil
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import features

from photosearch.encode.bundle import MODEL, read_bundle
from photosearch.errors import CatalogDamaged, EncoderError, LibraryError, PhotosearchError
from photosearch.library import Library, usable_cores
from photosearch.paths import Places, shown
from photosearch.photo import Progress
from photosearch.store.salvage import salvage
from photosearch.terminal import size_in_words

LOW_DISK_BYTES = 1 << 30


@dataclass(frozen=True)
class Check:
    """One finding; `detail` is a sentence, and `repaired` tells that it was true before the repair."""

    name: str
    ok: bool
    detail: str
    repaired: bool = False


def status(library: Library) -> dict[str, Any]:
    """Counts, sizes, encoder and device, as plain values for JSON. Measures the encoder for a third of a second."""
    counts = library.catalog.counts(library.encoder_id)
    folders = [
        {"path": folder.path, "reachable": Path(folder.path).is_dir(), "recurse": folder.recurse,
         "exclude": list(folder.exclude)}
        for folder in library.catalog.folders()
    ]  # fmt: skip
    device, rate = _try_encoder(library)
    return {
        "library": str(library.places.library),
        "folders": folders,
        "photos": counts.present,
        "missing": counts.missing,
        "offline": counts.offline,
        "unreadable": [{"path": photo.path, "reason": photo.reason} for photo in library.catalog.unreadable()],
        "encoded": counts.encoded,
        "encoder": {"name": library.settings.encoder, "id": library.bundle.id, "dimension": library.bundle.dimension},
        "device": device,
        "encodes_photos_per_s": rate and round(rate * (usable_cores() if device == "CPU" else 1), 1),
        "size_bytes": {
            "catalog": _size_bytes(library.places.catalog),
            "thumbnails": _size_bytes(library.places.thumbnails),
            "search_index": sum(map(_size_bytes, library.places.search.glob("*.faiss"))),
        },
    }


def in_words(report: dict[str, Any]) -> list[str]:
    """What `status` found, as lines for a person."""
    encoder, sizes = report["encoder"], report["size_bytes"]
    lines = [f"Library: {report['library']}"]
    for folder in report["folders"]:
        lines += [f"  {shown(folder['path'])}" + ("" if folder["reachable"] else "  (offline)")]
    lines += [f"Photos: {report['photos']:,}"]
    lines += [f"  {state}: {report[state]:,}" for state in ("missing", "offline") if report[state]]
    if waiting := report["photos"] - report["encoded"]:
        lines.append(f"  not yet encoded with this encoder: {waiting:,} (photosearch index)")
    if unreadable := report["unreadable"]:
        lines.append(f"  unreadable: {len(unreadable):,}")
        lines += [f"    {shown(photo['path'])}: {photo['reason']}" for photo in unreadable[:10]]
    lines.append(f"Encoder: {encoder['name']} ({encoder['id']}), {encoder['dimension']} dimensions")
    rate = report["encodes_photos_per_s"]
    lines.append(f"Device: {report['device']}" + (f", encodes {rate:,.0f} photos/s" if rate else ""))
    lines += [f"Size of the {name.replace('_', ' ')}: {size_in_words(size)}" for name, size in sizes.items()]
    return lines


def encoders(library: Library) -> list[dict[str, Any]]:
    """All encoder bundles; one whose card cannot be read is left out."""
    rows: list[dict[str, Any]] = []
    for name in library.bundles.names():
        folder = library.bundles.folder(name)
        with suppress(EncoderError):
            bundle = read_bundle(folder)
            rows.append(
                {
                    "name": name,
                    "id": bundle.id,
                    "dimension": bundle.dimension,
                    "licence": bundle.licence,
                    "size_bytes": _size_bytes(folder / MODEL),
                    "used": name == library.settings.encoder,
                }
            )
    return rows


def doctor(places: Places, repair: bool) -> Generator[Check]:
    """Check the library, the encoder and the machine, and with `repair` mend what can be mended."""
    if repair:
        places.library.mkdir(parents=True, exist_ok=True)
    try:
        library = Library(places.library)
    except CatalogDamaged as damage:
        yield _mend("catalog", str(damage), lambda: salvage(places.catalog), repair)
        if not repair:
            return
        library = Library(places.library)
    except LibraryError as error:
        yield Check("library", ok=False, detail=str(error))
        return
    with library:
        yield from _check_store(library, repair)
        yield from _check_machine(library)


def _check_store(library: Library, repair: bool) -> Generator[Check]:
    try:
        problems = library.catalog.check()
    except CatalogDamaged as damage:
        problems = [str(damage)]
    if problems:
        places = library.places

        def mend() -> None:
            library.close()
            salvage(places.catalog)
            library.__init__(places.library)

        yield _mend("catalog", "; ".join(problems), mend, repair)
        if not repair:
            return
    else:
        counts = library.catalog.counts(library.encoder_id)
        yield Check("catalog", ok=True, detail=f"Sound, with {counts.present:,} photos.")
    if library.thumbnails.check():
        yield Check("thumbnails", ok=True, detail="Sound.")
    else:
        yield _mend("thumbnails", "The thumbnail cache is damaged.", library.thumbnails.clear, repair)
    problem = library.vectors.problem()
    if problem is None:
        yield Check("search index", ok=True, detail="Sound, or not needed yet.")
    else:

        def rebuild() -> None:
            library.vectors.discard()
            with library.sole_writer() as waiting:
                _finish(waiting)
                _finish(library.vectors.extend(usable_cores()))

        yield _mend("search index", problem, rebuild, repair)


def _check_machine(library: Library) -> Generator[Check]:
    try:
        encoder = library.encoder
        detail = f"“{encoder.bundle.name}” runs on {encoder.device}: {encoder.measure():.0f} photos/s a thread."
        yield Check("encoder", ok=True, detail=detail)
    except EncoderError as error:
        yield Check("encoder", ok=False, detail=str(error))
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


def _mend(name: str, problem: str, mend: Callable[[], object], repair: bool) -> Check:
    if not repair:
        return Check(name, ok=False, detail=problem)
    try:
        mend()
    except PhotosearchError as error:
        return Check(name, ok=False, detail=f"{problem} It could not be repaired: {error}")
    return Check(name, ok=True, detail=f"{problem} Repaired.", repaired=True)


def _finish(job: Generator[Progress]) -> None:
    for _ in job:
        pass


def _try_encoder(library: Library) -> tuple[str, float | None]:
    try:
        return library.encoder.device, library.encoder.measure()
    except EncoderError as error:
        return str(error), None


def _size_bytes(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
