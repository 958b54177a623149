"""torchvision, whichever torch it stands beside; every other file takes it from here.

The torchvision that an index offers may be built for CUDA's torch. Beside a CPU build its compiled part does not load,
and the import stops at an operator that is missing there (`torchvision::nms`). Nothing here detects objects, so
it is enough to declare those operators: models and transforms then load.
"""

from importlib import import_module

import torch

try:
    import_module("torchvision")
except RuntimeError:
    for _name in ("nms", "qnms"):
        torch.library.define(f"torchvision::{_name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

from torchvision import models
from torchvision.transforms import v2

__all__ = ["models", "v2"]
