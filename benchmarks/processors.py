"""How far the vectors of an encoder on one processor are from those on another, by the program's own sample photos.

    python benchmarks/processors.py --write VECTORS.npy              # on the one
    python benchmarks/processors.py --against VECTORS.npy            # on the other

`qemu-x86_64 -cpu Haswell python …` stands in for a processor that has AVX2 and no dot products of 8 bits (VNNI).
"""

import argparse
import time
from pathlib import Path

import numpy as np

from photosearch.encode.encoder import Encoder
from photosearch.encode.preprocess import fit
from photosearch.paths import resources
from photosearch.training.photos import find_photos, load_photo


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--encoder", type=Path, default=resources() / "encoders" / "default-int8")
    parser.add_argument("--photos", type=Path, default=resources() / "samples")
    parser.add_argument("--count", type=int, default=8)
    files = parser.add_mutually_exclusive_group(required=True)
    files.add_argument("--write", type=Path)
    files.add_argument("--against", type=Path)
    arguments = parser.parse_args()
    encoder = Encoder(arguments.encoder, "cpu")
    photos = [photo for path in find_photos(arguments.photos)[: arguments.count] if (photo := load_photo(path))]
    pixels = np.stack([fit(photo, encoder.bundle.input_size, encoder.bundle.resize) for photo in photos])
    start = time.process_time()
    vectors = encoder.encode(pixels)
    print(
        f"{encoder.bundle.id}: {len(photos)} photos, {1000 * (time.process_time() - start) / len(photos):.0f} ms each"
    )
    if arguments.write:
        np.save(arguments.write, vectors)
    else:
        cosines = np.einsum("nd,nd->n", vectors, np.load(arguments.against))
        print(f"cosine with the other processor's: {cosines.mean():.4f} on average, {cosines.min():.4f} at worst")


if __name__ == "__main__":
    main()
