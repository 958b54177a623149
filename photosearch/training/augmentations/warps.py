"""Where the pixels of an edited view come from: 3 x 3 matrices, by homogeneous coordinates from -1 to 1 of a picture.

Each maps a place in the view to one in the picture that it is made of, so that of two edits the later one stands
right. The pictures are squashed to squares; what an edit must know of their true shape is their width over height.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import avg_pool2d, grid_sample

Matrices = NDArray[np.float64]  # [B, 3, 3]
Floats = NDArray[np.float64]  # [B]

CORNERS = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)], float)
COARSE_FROM = 1.6  # picture pixels a view pixel, from which one of each four serves


def identities(count: int) -> Matrices:
    return np.tile(np.eye(3), (count, 1, 1))


def reframe(rng: np.random.Generator, count: int, least_area: float, most_aspect: float) -> Matrices:
    """Show a window of `least_area` to all of the area, its aspect up to `most_aspect` times narrower or wider."""
    area = rng.uniform(least_area, 1, count)
    aspect = np.exp(rng.uniform(-np.log(most_aspect), np.log(most_aspect), count))
    half = np.minimum(1, np.sqrt(np.stack([area * aspect, area / aspect], axis=1)))
    matrices = identities(count)
    matrices[:, 0, 0], matrices[:, 1, 1] = half.T
    matrices[:, :2, 2] = rng.uniform(-1, 1, (count, 2)) * (1 - half)
    return matrices


def mirror(count: int) -> Matrices:
    """Swap left and right."""
    return identities(count) * np.array([-1, 1, 1])


def quarter_turn(rng: np.random.Generator, count: int) -> Matrices:
    """Turn by 90 degrees to either side; width over height becomes its inverse."""
    sign = rng.choice((-1.0, 1.0), count)
    matrices = np.zeros((count, 3, 3))
    matrices[:, 0, 1], matrices[:, 1, 0], matrices[:, 2, 2] = sign, -sign, 1
    return matrices


def rotate(rng: np.random.Generator, aspects: Floats, most_degrees: float = 25) -> Matrices:
    """Turn by 4 to `most_degrees`; half the time the picture grows to hold its corners."""
    count = len(aspects)
    angles = np.radians(rng.uniform(4, most_degrees, count) * rng.choice((-1, 1), count))
    cos, sin = np.cos(angles), np.sin(angles)
    grows = rng.integers(2, size=count).astype(bool)
    width = np.where(grows, aspects * cos + np.abs(sin), aspects)
    height = np.where(grows, aspects * np.abs(sin) + cos, 1)
    matrices = np.zeros((count, 3, 3))
    matrices[:, 0, 0], matrices[:, 0, 1] = cos * width / aspects, -sin * height / aspects
    matrices[:, 1, 0], matrices[:, 1, 1] = sin * width, cos * height
    matrices[:, 2, 2] = 1
    return matrices


def tilt(rng: np.random.Generator, count: int) -> Matrices:
    """Look at the picture from aside: each corner moves inwards by up to a fifth of a side."""
    moved = CORNERS - np.sign(CORNERS) * rng.uniform(0, 0.4, (count, 4, 2))
    x, y, u, v = moved[..., 0], moved[..., 1], CORNERS[:, 0], CORNERS[:, 1]
    one, none = np.ones_like(x), np.zeros_like(x)
    # Hartley & Zisserman, Multiple View Geometry, 4.1: two linear equations a point, the ninth coefficient fixed to 1.
    across = np.stack([x, y, one, none, none, none, -u * x, -u * y], axis=-1)
    down = np.stack([none, none, none, x, y, one, -v * x, -v * y], axis=-1)
    wanted = np.broadcast_to(np.concatenate([u, v]), (count, 8))[..., None]
    solved = np.linalg.solve(np.concatenate([across, down], axis=1), wanted)[..., 0]
    return np.concatenate([solved, np.ones((count, 1))], axis=1, dtype=np.float64).reshape(count, 3, 3)


def shrink_into(boxes: NDArray[np.floating]) -> Matrices:
    """Show the picture in a box [B, 4] alone: left, top, right and bottom as shares of the view."""
    lefts_tops, rights_bottoms = 2 * boxes[:, :2] - 1, 2 * boxes[:, 2:] - 1
    half, centre = (rights_bottoms - lefts_tops) / 2, (rights_bottoms + lefts_tops) / 2
    matrices = identities(len(boxes))
    matrices[:, 0, 0], matrices[:, 1, 1] = 1 / half.T
    matrices[:, :2, 2] = -centre / half
    return matrices


def warp(pictures: Tensor, matrices: Matrices, background: Tensor) -> Tensor:
    """Return `background` float[B, 3, S, S] with the `pictures` float[B, 3, H, H] laid over it as `matrices` say."""
    size = background.shape[-1]
    grids, inside = _grids(matrices, size, pictures.device)
    scales = np.sqrt(np.abs(np.linalg.det(matrices[:, :2, :2]))) * pictures.shape[-1] / size
    views = background.clone()
    for chosen, source in ((scales < COARSE_FROM, 1), (scales >= COARSE_FROM, 2)):
        rows = torch.from_numpy(np.flatnonzero(chosen)).to(pictures.device)
        if len(rows):
            some = avg_pool2d(pictures[rows], source) if source > 1 else pictures[rows]
            seen = grid_sample(some, grids[rows], padding_mode="border", align_corners=False)
            views[rows] = torch.where(inside[rows, None], seen, views[rows])
    return views


def _grids(matrices: Matrices, size: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Where each view pixel comes from, float[B, S, S, 2], and whether that is in the picture."""
    centres = (2 * torch.arange(size, device=device) + 1) / size - 1
    x, y = centres[None, :], centres[:, None]
    m = torch.from_numpy(matrices).to(device, torch.float32)[:, :, :, None, None]
    u, v, depth = (m[:, row, 0] * x + m[:, row, 1] * y + m[:, row, 2] for row in range(3))
    grids = torch.stack([u / depth, v / depth], dim=-1)
    return grids, (grids.abs() <= 1).all(-1) & (depth > 0)
