"""Augmentation: from a photo to one of its many views, and from a batch of views to mixtures of them."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from torch.nn.functional import interpolate

from photosearch.training.augmentations.edits import EDITS, edit
from photosearch.training.augmentations.occlusions import COVERS
from photosearch.training.networks.vision import v2

Pixels = NDArray[np.uint8]
Augmentation = Callable[[Image.Image, np.random.Generator], Image.Image]
Mix = Callable[[Tensor, np.random.Generator], Tensor]

BICUBIC = v2.InterpolationMode.BICUBIC  # as `preprocess.fit` resizes
LEAST_AREA = 0.3  # of the photo stays in a crop: what is smaller shows another thing as often as the same
SHARE = 0.5  # of the views go through an edit, where a recipe does not say that all do


def _torchvision(transform: nn.Module) -> Augmentation:
    return lambda image, _: transform(image)


def _sometimes(change: Augmentation) -> Augmentation:
    return lambda image, rng: change(image, rng) if rng.random() < SHARE else image


_NOISE = v2.Compose(
    [
        v2.ToImage(),
        v2.ToDtype(torch.float32, scale=True),
        v2.GaussianNoise(sigma=0.08),
        v2.ToDtype(torch.uint8, scale=True),
        v2.ToPILImage(),
    ]
)

# What torchvision draws comes from torch's own generator, which `make_augmentation` seeds; what we draw, from numpy's.
AUGMENTATIONS: dict[str, Augmentation] = {
    **{name: _sometimes(change) for name, change in (EDITS | COVERS).items()},
    "crop": _torchvision(nn.Identity()),  # `make_augmentation` crops first, as the rest is then cheap
    "edits": _sometimes(edit),
    "flip": _torchvision(v2.RandomHorizontalFlip()),
    "colour": _torchvision(v2.RandomApply([v2.ColorJitter(0.4, 0.4, 0.4)], 0.8)),  # without hue, half of the time
    "grey": _torchvision(v2.RandomGrayscale(0.2)),
    "blur": _torchvision(v2.RandomApply([v2.GaussianBlur(9, (0.1, 2.0))])),
    "noise": _torchvision(v2.RandomApply([_NOISE])),
    "jpeg": _torchvision(v2.RandomApply([v2.JPEG((10, 70))])),
    "erasing": _torchvision(v2.RandomErasing(value=127)),
    "autoaugment": _torchvision(v2.AutoAugment()),
    "randaugment": _torchvision(v2.RandAugment()),
    "uniformaugment": _torchvision(v2.Compose([v2.RandomApply([v2.TrivialAugmentWide()]) for _ in range(2)])),
    "augmix": _torchvision(v2.AugMix()),
    "trivialaugment": _torchvision(v2.TrivialAugmentWide()),
}


def make_augmentation(names: Sequence[str], size: int) -> Callable[[Pixels, np.random.Generator], Pixels]:
    """Return what makes a view uint8[size, size, 3] of a photo uint8[H, W, 3], by the AUGMENTATIONS `names` in turn.

    Equal generators give equal views. As torchvision draws from torch's one generator on the CPU, which is left as it
    was, let one thread of a process make views at a time.
    """
    side = (size, size)
    crop = v2.RandomResizedCrop(side, (LEAST_AREA, 1), interpolation=BICUBIC)
    frame = crop if "crop" in names else v2.Resize(side, BICUBIC)
    changes = [AUGMENTATIONS[name] for name in names]

    def augment(photo: Pixels, rng: np.random.Generator) -> Pixels:
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(int(rng.integers(2**63)))
            tensor = torch.from_numpy(photo.copy()).permute(2, 0, 1)
            framed = frame(tensor)  # thrice as fast as from a picture of Pillow's
            view = Image.fromarray(framed.permute(1, 2, 0).numpy())
            for change in changes:
                view = change(view, rng)
        return np.asarray(view if view.size == side else view.resize(side, Image.Resampling.BICUBIC))

    return augment


def _mix(kind: Callable[..., nn.Module], pixels: Tensor, rng: np.random.Generator) -> Tensor:
    """Mix each row with the one before it, which torchvision pairs it with, in shares that are even at the most."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(int(rng.integers(2**63)))
        numbers = torch.arange(len(pixels))
        mixed, shares = kind(num_classes=len(pixels))(pixels.permute(0, 3, 1, 2).float(), numbers)
    if shares[0, 0] < 0.5:  # row i is mostly what row i - 1 was
        mixed = mixed.roll(-1, 0)
    return mixed.round().to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def _mosaic(pixels: Tensor, rng: np.random.Generator) -> Tensor:
    """Four photos in a square, as in Bochkovskiy, Wang & Liao, "YOLOv4", 2020, section 3.3; the row's own has most."""
    side = pixels.shape[1]
    across, down = (max(1, round(side * float(share))) for share in rng.uniform(0.71, 0.9, 2))  # 0.71² is a half
    corners = [(0, 0, down, across), (0, across, down, side - across)]
    corners += [(down, 0, side - down, across), (down, across, side - down, side - across)]
    mixed = torch.empty_like(pixels)
    for turn, (top, left, height, width) in enumerate(corners):
        if height and width:
            small = interpolate(pixels.roll(turn, 0).permute(0, 3, 1, 2).float(), (height, width), mode="area")
            mixed[:, top : top + height, left : left + width] = small.round().to(torch.uint8).permute(0, 2, 3, 1)
    return mixed


def _sample_pairing(pixels: Tensor, _: np.random.Generator) -> Tensor:
    """The mean of each row and the one before it: Inoue, "Data augmentation by pairing samples", 2018, section 3."""
    return ((pixels.int() + pixels.roll(1, 0).int() + 1) // 2).to(torch.uint8)


def _smooth_mix(pixels: Tensor, rng: np.random.Generator) -> Tensor:
    """Let each row pass into the one before it along a Gaussian around a point; its own share is the larger.

    Lee, Zaheer, Astrid & Lee, "SmoothMix: a simple yet effective data augmentation to train robust classifiers",
    CVPR workshops 2020, section 3: σ from 0.25 to 0.5 of the side.
    """
    side = pixels.shape[1]
    down, across = rng.uniform(0, side, 2)
    sigma = side * rng.uniform(0.25, 0.5)
    places = np.arange(side) + 0.5
    distance = (places[:, None] - down) ** 2 + (places[None] - across) ** 2
    share = torch.from_numpy(np.exp(-distance / (2 * sigma**2)).astype(np.float32))[None, :, :, None]
    share = share if share.mean() >= 0.5 else 1 - share
    values = pixels.float()
    return (share * values + (1 - share) * values.roll(1, 0)).round().to(torch.uint8)


# Each takes and gives uint8[B, S, S, 3]. At least half of a row stays its own photo, so its label still holds.
MIXES: dict[str, Mix] = {
    "mixup": partial(_mix, v2.MixUp),
    "cutmix": partial(_mix, v2.CutMix),
    "mosaic": _mosaic,
    "sample-pairing": _sample_pairing,
    "smoothmix": _smooth_mix,
}
