"""From a taught network to an encoder of the library."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from photosearch.encode.bundle import TAUGHT, write_card
from photosearch.encode.bundles import Bundles
from photosearch.encode.encoder import Encoder
from photosearch.errors import PhotosearchError
from photosearch.sentences import Sentence, verbatim
from photosearch.training.export.calibrate import calibrate
from photosearch.training.export.export import Card, export_bundle
from photosearch.training.export.quantize import IN_8_BITS, quantize_bundle
from photosearch.training.networks.descriptor import Descriptor, linear_map
from photosearch.training.networks.whitening import WHITENINGS
from photosearch.training.photos import load_photo
from photosearch.training.run.recipe import Recipe

LICENCE = "as the network that it was taught from"
FEW = 50  # photos: fewer do not tell what scores mean


def whiten(network: Descriptor, name: str, pooled: Tensor, labels: NDArray[np.int64], dimension: int) -> None:
    """Put a whitening behind the head of `network`, fitted on what the head makes of `pooled` [n, C].

    Head and whitening become one linear map. Raises EncoderError if the photos are too few for `dimension`.
    """
    head = network.head
    assert isinstance(head, nn.Linear)
    with torch.inference_mode():
        rows = head(pooled).double().numpy()
    mean, projection = WHITENINGS[name](rows, labels, min(dimension, rows.shape[1]))
    weight, bias = (part.detach().double().numpy() for part in (head.weight, head.bias))
    whole = projection @ weight
    network.head = linear_map(np.zeros(whole.shape[1]), whole)
    with torch.no_grad():
        network.head.bias.copy_(torch.from_numpy(projection @ (bias - mean)))


def free_name(bundles: Bundles, today: date) -> str:
    """taught-2026-11-21, and with -2, -3 … behind it where there is one of that name, or its twin in 8 bits."""
    first = f"taught-{today.isoformat()}"
    names = {name.removesuffix(IN_8_BITS) for name in bundles.names()}
    return next(name for name in (first, *(f"{first}-{n}" for n in range(2, 10_000))) if name not in names)


def make_bundle(
    network: nn.Module, folder: Path, name: str, recipe: Recipe, input_size: int, photos: Sequence[bytes]
) -> Path:
    """Write the encoder into `folder`, in 8 bits if the recipe says so, and return where it lies.

    `photos` are JPEGs, from which the ranges of 8 bits are learned.
    """
    shutil.rmtree(folder, ignore_errors=True)
    whole = folder / "whole"
    export_bundle(network, whole, Card(name, "squash", LICENCE, TAUGHT), input_size)
    if not recipe.int8:
        return whole
    pictures = [picture for picture in map(load_photo, photos) if picture]
    quantize_bundle(whole, folder / "int8", pictures)
    return folder / "int8"


def calibrate_bundle(folder: Path, photos: Sequence[bytes], kinds: NDArray[np.float32]) -> Sentence | None:
    """Write what scores mean into the card in `folder`, from JPEGs and `kinds` unit float32[N, D] of them.

    Returns a sentence where that cannot be told.
    """
    if len(photos) < FEW:
        return Sentence(
            "It finds identical duplicates only: calibration needs {limit} photos, and there are {count}.",
            limit=FEW,
            count=len(photos),
        )
    encoder = Encoder(folder, "cpu")
    try:
        bundle = replace(encoder.bundle, calibration=calibrate(encoder, photos, kinds))
    except (PhotosearchError, ValueError, np.linalg.LinAlgError) as error:
        reason = error.sentence if isinstance(error, PhotosearchError) else verbatim(str(error))
        return Sentence(
            "The encoder could not be calibrated, so it finds identical duplicates only: {reason}",
            reason=reason,
        )
    write_card(folder, bundle)
    return None
