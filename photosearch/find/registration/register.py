"""Laying one original over another to a fraction of a pixel, from where their thumbnails agree."""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.registration.align import Matrix, move, scale_of

Picture = NDArray[np.uint8]  # [H,W,3] in sRGB, or [H,W]
Plane = NDArray[np.float32]  # [H,W]

LEVELS_PX = (400, 800)  # longest sides at which blocks are matched before they are at full size
BLOCK_PX, BLOCKS, SEARCH_PX = 48, 11, 7  # size of a block, blocks across and down, reach of the first search
EXACT_PX = 0.1  # of blocks at one level, beyond which the next is needed
LEAST_BLOCK_PX, LEAST_CONTRAST = 12, 2.0  # a smaller or flatter block matches anywhere
LEAST_MATCH = 0.5  # correlation of a block with its place
COARSE_BLOCKS, COARSE_SEARCH_PX, COARSE_FOUND, COARSE_ERROR_PX, LEAST_TOLD = 6, 4, 0.5, 0.4, 8
EVIDENT_FOUND, EVIDENT_ERROR_PX = 0.7, 0.2  # of 185 pairs of other shots of a scene 5 lie so exactly (Holidays)
LEAST_FOUND, MOST_ERROR_PX = 0.3, 0.7  # share of the blocks; median distance
LEAST_BLOCKS, TILTED_BLOCKS = 6, 20  # matched blocks that an affine, a homography needs
NO_SCALE = 0.98  # nearer to 1, pictures are not shrunk
SNAP_PX = 0.6  # a corner this near to a whole pixel, or to the corner of the frame, is meant to be there


class Registration(NamedTuple):
    """`matrix` takes pixels of the moved picture to those of the still one."""

    matrix: Matrix
    blocks: int  # textured blocks that were looked for
    matched: int  # of those, found where the matrix has them
    error_px: float  # median distance of the found ones from where the matrix has them


def register(still: Picture, moved: Picture, matrix: Matrix, settled_px: float = np.inf) -> Registration:
    """Refine `matrix` from grey uint8[H,W] pictures, coarse to fine; the last level is the still picture itself.

    Where blocks are off by more than `settled_px`, they are looked for once more: from far off, they are found less
    exactly.
    """
    found = Registration(matrix, 0, 0, np.inf)
    longest, shortest = max(still.shape), min(still.shape)
    thinnest = 4 * LEAST_BLOCK_PX * longest / shortest  # of a panorama: below, its blocks are too small
    for level in (*(side for side in LEVELS_PX if thinnest <= side < 0.8 * longest), longest):
        if level != longest and found.error_px < EXACT_PX and settled_px < np.inf:
            continue  # exact enough for blocks to be in reach at full size
        small, to_small = shrink(still, level / longest)
        step = _match(small, moved, to_small @ found.matrix, SEARCH_PX if level == longest else SEARCH_PX + 2)
        found = step._replace(matrix=inverse(to_small) @ step.matrix)
        if not lies_on(found):  # finer levels find it no better
            return found
    return found if found.error_px < settled_px else _match(still, moved, found.matrix, SEARCH_PX)


def lies_on(found: Registration) -> bool:
    """True if enough blocks were found, and near enough to where the matrix has them, for one picture to be a copy."""
    return found.matched >= LEAST_FOUND * found.blocks and found.error_px < MOST_ERROR_PX


def match_coarsely(still: Picture, moved: Picture, matrix: Matrix) -> Registration:
    """How small grey pictures lie on each other, by a few blocks."""
    return _match(still, moved, matrix, COARSE_SEARCH_PX, COARSE_BLOCKS)


def lies_on_coarsely(found: Registration) -> bool:
    """True if small pictures lie on each other: copies do, pages of one form do not.

    Also true where too few blocks have enough texture to decide.
    """
    is_found = found.matched >= COARSE_FOUND * found.blocks and found.error_px < COARSE_ERROR_PX
    return found.blocks < LEAST_TOLD or is_found


def lies_evidently(found: Registration) -> bool:
    """True if small pictures lie on each other as hardly any other shots do."""
    is_exact = found.matched >= EVIDENT_FOUND * found.blocks and found.error_px < EVIDENT_ERROR_PX
    return found.matched >= LEAST_BLOCKS and is_exact


def shrink(picture: Picture, scale: float) -> tuple[Picture, Matrix]:
    """The picture at `scale`, by areas, and the matrix from its pixels; as it is where that is 1 or more.

    First by a whole number, which is ten times as fast.
    """
    to_small: Matrix = np.eye(3)
    if (times := int(1 / scale + 1e-6)) > 1:
        picture = np.asarray(
            cv2.resize(picture, None, fx=1 / times, fy=1 / times, interpolation=cv2.INTER_AREA), np.uint8
        )
        to_small = scaling((times, times), (1, 1))
        scale *= times
    if scale < NO_SCALE:
        height, width = picture.shape[:2]
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        to_small = scaling(picture.shape, small.shape) @ to_small
        picture = small
    return picture, to_small


def scaling(shape: tuple[int, ...], scaled: tuple[int, ...]) -> Matrix:
    """The matrix from the pixels of a picture to those of the same picture in another size."""
    across, down = scaled[1] / shape[1], scaled[0] / shape[0]
    return np.array([[across, 0, 0.5 * across - 0.5], [0, down, 0.5 * down - 0.5], [0, 0, 1]], np.float64)


def warp(picture: Picture, matrix: Matrix, shape: tuple[int, ...]) -> Picture:
    """The picture moved by `matrix` into one of `shape`; one that shrinks is shrunk by areas first."""
    picture, to_small = shrink(picture, scale_of(matrix, picture.shape))
    matrix = np.asarray(matrix @ inverse(to_small), np.float64)
    size = shape[1], shape[0]
    if is_whole(matrix) and matrix[0, 0] == matrix[1, 1] == 1:  # nothing to interpolate, so nothing may be lost
        left, top = np.round(-matrix[:2, 2]).astype(int).tolist()
        if min(left, top) >= 0 and top + shape[0] <= picture.shape[0] and left + shape[1] <= picture.shape[1]:
            return picture[top : top + shape[0], left : left + shape[1]].copy()
        return np.asarray(cv2.warpAffine(picture, matrix[:2], size, flags=cv2.INTER_NEAREST), np.uint8)
    flags, border = cv2.INTER_CUBIC, cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpPerspective(picture, matrix, size, flags=flags, borderMode=border), np.uint8)


def shown(matrix: Matrix, moved: tuple[int, ...], still: tuple[int, ...]) -> NDArray[np.bool_]:
    """Mask of the pixels of a still picture that a moved one, of another shape, covers when moved by `matrix`."""
    (height, width), (still_height, still_width) = moved[:2], still[:2]
    if is_whole(matrix) and matrix[0, 0] == matrix[1, 1] == 1:
        mask = np.zeros((still_height, still_width), bool)
        left, top = np.round(matrix[:2, 2]).astype(int).tolist()
        mask[max(0, top) : max(0, top + height), max(0, left) : max(0, left + width)] = True
        return mask
    right, bottom = still_width - 1, still_height - 1
    ends = np.array([[0, 0, 1], [right, 0, 1], [right, bottom, 1], [0, bottom, 1]]) @ inverse(matrix).T
    at, limits = ends[:, :2] / ends[:, 2:], np.array([width - 1, height - 1])
    if ends[:, 2].min() > 0 and at.min() >= 0 and (at <= limits).all():  # as its corners, so all of it
        return np.ones((still_height, still_width), bool)
    full = np.full(moved[:2], 255, np.uint8)
    return np.asarray(cv2.warpPerspective(full, matrix, (still_width, still_height), flags=cv2.INTER_NEAREST)) > 0


def inverse(matrix: Matrix) -> Matrix:
    """The inverse matrix."""
    return np.asarray(np.linalg.inv(matrix), np.float64)


def is_whole(matrix: Matrix) -> bool:
    """True if a matrix moves, turns and mirrors by whole pixels only."""
    return bool(np.allclose(matrix, np.round(matrix), atol=1e-9))


def is_one_frame(matrix: Matrix, still: tuple[int, ...], moved: tuple[int, ...]) -> bool:
    """True if a matrix takes the frame of a moved picture to that of a still one, as `snap` leaves it."""
    (height, width), (still_height, still_width) = moved[:2], still[:2]
    ends = move(matrix, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) - 0.5) + 0.5
    return bool(np.allclose(np.minimum(np.abs(ends), np.abs(ends - (still_width, still_height))), 0, atol=1e-3))


def snap(matrix: Matrix, still: tuple[int, ...], moved: tuple[int, ...]) -> Matrix:
    """The matrix of a move by whole pixels, or of one frame onto the other, that is nearly `matrix`; else `matrix`.

    Programs crop, turn and scale so. Half a pixel off would blur what is to be compared.
    """
    height, width = moved[:2]
    corners = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float64)
    ends = move(matrix, corners)
    across, down = ends[1] - ends[0], ends[3] - ends[0]
    sides = [side / max(1e-6, float(np.hypot(*side))) for side in (across, down)]
    turn = np.asarray(np.round(np.column_stack(sides)), np.float64)
    if not np.array_equal(np.abs(turn).sum(0), (1, 1)) or not np.array_equal(np.abs(turn).sum(1), (1, 1)):
        return matrix
    tries = [_affine(turn, np.round((ends - corners @ turn.T).mean(0)))]
    turned_width, turned_height = np.abs(turn) @ (width, height)
    scaled = np.asarray(np.diag([still[1] / turned_width, still[0] / turned_height]) @ turn, np.float64)
    centre = np.array([still[1] - 1, still[0] - 1]) / 2 - scaled @ (np.array([width - 1, height - 1]) / 2)
    tries.append(_affine(scaled, centre))
    away = [float(np.abs(move(each, corners) - ends).max()) for each in tries]
    best = int(np.argmin(away))
    return tries[best] if away[best] < SNAP_PX else matrix


def _affine(linear: NDArray[np.float64], shift: NDArray[np.float64]) -> Matrix:
    return np.vstack([np.column_stack([linear, shift]), [0, 0, 1]])


def _match(still: Picture, moved: Picture, matrix: Matrix, search: int, across: int = BLOCKS) -> Registration:
    """Look for blocks of the still picture in the moved one and refine the matrix by where they are."""
    laid = _contrast(warp(moved, matrix, still.shape))
    inside = shown(matrix, moved.shape, still.shape)
    contrast = _contrast(still)
    block = min(BLOCK_PX, min(still.shape) // 4)
    found, blocks = list[tuple[float, float, float, float]](), 0
    if block < LEAST_BLOCK_PX:
        return Registration(matrix, 0, 0, np.inf)
    tops, lefts = (
        np.unique(np.linspace(search, max(search, side - block - search - 1), across).astype(int))
        for side in still.shape
    )
    for top in tops:
        for left in lefts:
            window = slice(top - search, top + block + search), slice(left - search, left + block + search)
            wanted = contrast[top : top + block, left : left + block]
            if not inside[window].all() or _spread(wanted) < LEAST_CONTRAST:
                continue
            blocks += 1
            if offset := _offset(laid[window], wanted, search):
                found.append(
                    (left + block / 2 + offset[0], top + block / 2 + offset[1], left + block / 2, top + block / 2)
                )
    if len(found) < LEAST_BLOCKS:
        return Registration(matrix, blocks, 0, np.inf)
    return _fit(np.array(found), matrix, blocks)


def _offset(area: Plane, wanted: Plane, search: int) -> tuple[float, float] | None:
    """The position of a block in `area`, in pixels from the middle; None where it is not found."""
    if _spread(area) < LEAST_CONTRAST / 2:
        return None
    likeness: Any = cv2.matchTemplate(area, wanted, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(likeness)
    if best < LEAST_MATCH or not (0 < x < 2 * search and 0 < y < 2 * search):
        return None
    return (
        x - search + _peak(likeness[y, x - 1 : x + 2].tolist()),
        y - search + _peak(likeness[y - 1 : y + 2, x].tolist()),
    )


def _spread(plane: Plane) -> float:
    return float(cv2.meanStdDev(plane)[1][0, 0])


def _peak(values: list[float]) -> float:
    """Where a parabola through three values has its peak, from the middle one."""
    before, middle, after = values
    bend = before - 2 * middle + after
    return 0.5 * (before - after) / bend if abs(bend) > 1e-6 else 0.0


def _fit(found: NDArray[np.float64], matrix: Matrix, blocks: int) -> Registration:
    start, to = found[:, :2], found[:, 2:]
    near, step = np.ones(len(found), bool), np.eye(3)
    errors = np.full(len(found), np.inf)
    for _ in range(4):
        if near.sum() < LEAST_BLOCKS:
            break
        tilted = cv2.findHomography(start[near], to[near], 0)[0] if near.sum() >= TILTED_BLOCKS else None
        if tilted is not None:
            step = np.asarray(tilted, np.float64)
        else:
            ends = np.column_stack([start[near], np.ones(int(near.sum()))])
            affine = np.linalg.lstsq(ends, to[near], rcond=None)[0].T
            step = np.vstack([affine, [0, 0, 1]])
        errors = np.hypot(*(move(step, start) - to).T)
        near = errors < max(0.3, 2.5 * float(np.median(errors)))
    return Registration(step @ matrix, blocks, int(near.sum()), float(np.median(errors)))


def _contrast(grey: Picture) -> Plane:
    values = grey.astype(np.float32)
    return np.asarray(cv2.GaussianBlur(values, (0, 0), 1.0) - cv2.GaussianBlur(values, (0, 0), 4.0), np.float32)
