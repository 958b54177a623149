"""Edits of tone and quality on many pictures at once: float[B, 3, S, S], 0 to 1, on any device.

They are those of edits.py by the same names, for a network that learns faster than Pillow can edit.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, conv2d, interpolate, pad

TensorEdit = Callable[[Tensor, np.random.Generator], Tensor]

GREY = (0.299, 0.587, 0.114)
PLAIN_SHARE, PLAIN_LEVEL = 0.3, 0.04  # of the pixels, and how far they are from the colour of the corner
BLOCK = 8

# The tables of ITU-T T.81 (JPEG), annex K.1, for brightness and colour.
BRIGHTNESS_STEPS = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
COLOUR_STEPS = (
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, *(99,) * 32,
)  # fmt: skip
TO_YCC = ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312))


def draw(rng: np.random.Generator, low: float, high: float, like: Tensor, channels: int = 1) -> Tensor:
    """A number from `low` to `high` for each picture, float[B, channels, 1, 1]."""
    return torch.from_numpy(rng.uniform(low, high, (len(like), channels, 1, 1)).astype(np.float32)).to(like.device)


def shift_colour(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    grey = desaturate(pictures, rng)
    coloured = (grey + (pictures - grey) * draw(rng, 0.3, 1.9, pictures)).clamp(0, 1)
    return (coloured * draw(rng, 0.75, 1.25, pictures, 3)).clamp(max=1)


def relight(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    lit = (pictures * draw(rng, 0.6, 1.45, pictures)).clamp(max=1)
    mean = desaturate(lit, rng).mean((1, 2, 3), keepdim=True)
    lit = (mean + (lit - mean) * draw(rng, 0.6, 1.5, pictures)).clamp(0, 1)
    return lit ** draw(rng, float(np.log(0.65)), float(np.log(1.55)), pictures).exp()


def filter_look(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """A duotone, fewer tones, or a vignette: one of them for all pictures of a call."""
    look = int(rng.integers(3))
    if look == 0:
        dark, light = draw(rng, 0, 0.35, pictures, 3), draw(rng, 0.67, 1, pictures, 3)
        duotone = dark + (light - dark) * desaturate(pictures, rng)
        return torch.lerp(pictures, duotone, draw(rng, 0.5, 0.9, pictures))
    if look == 1:
        tones = 2 ** draw(rng, 2, 5, pictures).floor()
        return (pictures * 255 / 256 * tones).floor() / tones
    places = torch.linspace(-1, 1, pictures.shape[-1], device=pictures.device)
    near = 2 * (1 - (places[:, None] ** 2 + places**2).sqrt()).clamp(0, 0.5)
    return torch.lerp(draw(rng, 0, 0.24, pictures, 3), pictures, near)


def desaturate(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    weights = torch.tensor(GREY, device=pictures.device).view(3, 1, 1)
    return (pictures * weights).sum(1, keepdim=True).expand_as(pictures)


def repaint_ground(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Give another colour to the plain ground of drawings and of things shown alone; other pictures stay."""
    corner = pictures[:, :, :2, :2].mean((2, 3), keepdim=True)
    ground = (pictures - corner).abs().amax(1, keepdim=True) < PLAIN_LEVEL
    is_plain = ground.float().mean((1, 2, 3), keepdim=True) > PLAIN_SHARE
    return torch.where(ground & is_plain, draw(rng, 0, 1, pictures, 3), pictures)


def blur(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """The same width for all pictures of a call, 0.4 to 1.8 % of the side."""
    sigma = pictures.shape[-1] * float(rng.uniform(0.004, 0.018))
    reach = max(1, round(3 * sigma))
    taps = torch.exp(-0.5 * (torch.arange(-reach, reach + 1, device=pictures.device) / sigma) ** 2)
    taps = (taps / taps.sum()).expand(3, 1, -1)
    across = conv2d(pad(pictures, (reach, reach, 0, 0), "replicate"), taps[:, :, None, :], groups=3)
    return conv2d(pad(across, (0, 0, reach, reach), "replicate"), taps[:, :, :, None], groups=3)


def rescale(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Shrink to a fifth to a half of each side, all pictures of a call alike, then grow back."""
    size = pictures.shape[-1]
    side = max(1, round(size * float(rng.uniform(0.2, 0.5))))
    small = interpolate(pictures, (side, side), mode="bilinear", antialias=True)
    return interpolate(small, (size, size), mode="bicubic").clamp(0, 1)


def add_noise(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    generator = torch.Generator(pictures.device).manual_seed(int(rng.integers(2**31)))
    noise = torch.randn(pictures.shape, generator=generator, device=pictures.device)
    return (pictures + noise * draw(rng, 8 / 255, 35 / 255, pictures)).clamp(0, 1)


def resave(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Apply the loss of a JPEG of quality 8 to 45 with half the resolution in colour: ITU-T T.81 without its coding."""
    size, device = pictures.shape[-1], pictures.device
    spare = -size % (2 * BLOCK)
    to_ycc = torch.tensor(TO_YCC, device=device)
    levels = 255 * pad(pictures, (0, spare, 0, spare), "replicate")
    ycc = torch.einsum("rc,bchw->brhw", to_ycc, levels)
    scale = 50 / draw(rng, 8, 46, pictures).floor()  # of the steps, for qualities below 50
    brightness = _quantize(ycc[:, :1] - 128, BRIGHTNESS_STEPS, scale) + 128
    colour = _quantize(avg_pool2d(ycc[:, 1:], 2), COLOUR_STEPS, scale)
    saved = torch.cat([brightness, interpolate(colour, scale_factor=2.0)], dim=1)
    back = torch.einsum("cr,brhw->bchw", torch.linalg.inv(to_ycc.cpu()).to(device), saved)
    return (back[:, :, :size, :size] / 255).clamp(0, 1)


def _quantize(planes: Tensor, steps: tuple[int, ...], scale: Tensor) -> Tensor:
    """Round the cosine transform of blocks of `planes` [B, C, H, W], as a JPEG does."""
    rows, channels, height, width = planes.shape
    places = torch.arange(BLOCK, device=planes.device)
    cosines = torch.cos((2 * places + 1) * places[:, None] * torch.pi / (2 * BLOCK)) * (2 / BLOCK) ** 0.5
    cosines[0] /= 2**0.5
    blocks = planes.view(rows, channels, height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    waves = torch.einsum("uy,bcjyix,vx->bcjiuv", cosines, blocks, cosines)
    table = torch.tensor(steps, dtype=torch.float32, device=planes.device).view(BLOCK, BLOCK)
    step = (table * scale[..., None, None]).round().clamp(1, 255)
    kept = (waves / step).round() * step
    return torch.einsum("uy,bcjiuv,vx->bcjyix", cosines, kept, cosines).reshape(planes.shape)


TONES: tuple[tuple[float, TensorEdit], ...] = (
    (0.2, repaint_ground),
    (0.16, shift_colour),
    (0.16, relight),
    (0.1, filter_look),
    (0.1, desaturate),
)
"""How often each edit is made, before anything is laid over a picture."""
QUALITIES: tuple[tuple[float, TensorEdit], ...] = ((0.1, blur), (0.1, rescale), (0.1, add_noise), (0.15, resave))
"""The same, after that."""
