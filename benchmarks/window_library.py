"""A library of any size for the window: real files in real folders, with made-up descriptors and some thumbnails."""

import os
from pathlib import Path

import numpy as np
from PIL import Image
from synthetic import Scenes, fill

from photosearch.library import Library
from photosearch.models import Folder, FoundFile

PHOTOS_A_FOLDER = 500
LINKS_A_FILE = 1000  # file systems allow few names for one file
THUMBNAILS_BUILT = 1000  # of the newest photos, which the window shows first


def library_in(place: Path, photos: int) -> Path:
    """The library in `place`, which is made unless an earlier run has left it there."""
    library, finished = place / "library", place / f"{photos}-photos"
    if not finished.exists():
        with Library(library, "cpu") as made:
            make(made, place.resolve() / "photos", photos)
        finished.touch()
    return library


def make(library: Library, root: Path, photos: int) -> None:
    """Fill a new library with `photos` files below `root`, as indexing would, and build its search index."""
    files = make_files(root, photos)
    library.catalog.add_folder(Folder(str(root)))
    fill(library.catalog, library.encoder_id, files, Scenes(library.bundle.dimension, photos))
    for start in range(0, min(THUMBNAILS_BUILT, photos), 100):
        newest = library.photos.listing("newest").ids[start : start + 100]
        known = library.photos.get(newest).values()
        pairs = ((library.catalog.digest_of_photo(photo.photo_id), library.photos.facts(photo.path)) for photo in known)
        library.thumbnails.put((digest, told[1]) for digest, told in pairs if digest and isinstance(told, tuple))
    for _ in library.vectors.extend(os.cpu_count() or 1):
        pass


def make_files(root: Path, count: int) -> list[FoundFile]:
    """Make `count` names of a few drawn photos in folders below `root`."""
    files: list[FoundFile] = []
    source = root
    for number in range(count):
        path = root / f"{number // PHOTOS_A_FOLDER:04}" / f"IMG_{number:07}.JPG"
        if number % PHOTOS_A_FOLDER == 0:
            path.parent.mkdir(parents=True)
        if number % LINKS_A_FILE == 0:
            source = path
            draw(source, number)
        else:
            os.link(source, path)
        status = path.stat()
        files.append(FoundFile(str(path), status.st_size, status.st_mtime_ns))
    return files


def draw(file: Path, seed: int, size: tuple[int, int] = (1152, 864)) -> None:
    """Write a photo with soft colours and fine grain."""
    random = np.random.default_rng(seed)
    soft = Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.fromarray(random.integers(0, 256, (size[1] // 2, size[0] // 2, 3), np.uint8)).resize(size)
    Image.blend(soft, grain, 0.1).save(file, quality=90)
