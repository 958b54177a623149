"""Recipes for teaching an encoder: every choice by name, read from a TOML file.

What they name needs torch, which takes seconds to load; so the names stand here once more, and what is wrong is told
at once.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from photosearch.errors import QueryError
from photosearch.files import read_file
from photosearch.own_files import MOST_BYTES
from photosearch.sentences import system_reason
from photosearch.training.augmentations.edits import EDITS
from photosearch.training.augmentations.occlusions import COVERS
from photosearch.training.networks.downloads import BACKBONES, DOWNLOADS, weights_file

ENCODER = "encoder"
SELF_TAUGHT = "stml"
LEAST_PIXELS = 32  # a side, which is one place of the last feature map


@dataclass(frozen=True)
class Recipe:
    """The choices; the defaults are the best that is known for a personal library on a CPU."""

    start: str = ENCODER  # the encoder that serves, or the name of a backbone that comes from ImageNet
    frozen_blocks: int = 5  # edges and textures serve as they are; to leave them alone triples the speed
    pooling: str = "gem"
    whitening: str = "none"  # fitted after training; of a backbone only
    dimension: int = 512  # of a backbone's vectors; the encoder that serves keeps its own
    objective: str = "supcon"
    memory: int = 0  # views of earlier steps to compare with; 0: none
    mining: str = "balanced"
    repeated: int = 2  # views a photo and step
    augment: tuple[str, ...] = ("crop", "flip", "colour")
    mix: str = "none"
    keep: float = 1.0  # the weight of staying what it was, so that few labels do not destroy what it knows
    scales: tuple[float, ...] = (1.0,)  # of the finished encoder
    rerank: str = "none"  # of what is measured before and after
    training_size: int = 160  # pixels; small views are many views
    input_size: int = 0  # pixels, of the finished encoder; 0: as it starts
    photos_a_step: int = 32
    rate: float = 3e-4
    head_rate: float = 1e-3
    minutes: float = 10.0
    steps: int = 0  # in place of minutes; 0: as many as go into them
    seed: int = 0
    int8: bool = False


OF_LABELS = ("contrastive", "triplet", "margin", "supcon", "multigrain", "listwise-ap", "listwise-ap-ties")
OF_PHOTOS = ("sscd", "stml", "distill")  # objectives that need no labels
OF_TUPLES = ("contrastive", "triplet", "margin", "supcon", "sscd")  # of pairs or triplets, which can use a memory
OF_TORCHVISION = (
    *("edits", "flip", "jpeg", "erasing", "autoaugment", "randaugment", "uniformaugment", "augmix", "trivialaugment"),
)
NAMES: dict[str, Collection[str]] = {
    "start": (ENCODER, *BACKBONES),
    "pooling": ("gem", "spoc", "mac", "rmac", "cgd", "netvlad"),
    "whitening": ("none", "pca", "zca", "learned"),
    "objective": (*OF_LABELS, *OF_PHOTOS),
    "mining": ("balanced", "clusters"),
    "augment": (*EDITS, *COVERS, *OF_TORCHVISION),
    "mix": ("none", "mixup", "cutmix", "mosaic", "sample-pairing", "smoothmix", "manifold-mixup"),
    "rerank": ("none", "aqe", "dba", "diffusion", "superglobal"),
}
RANGES: dict[str, tuple[float, float]] = {
    "frozen_blocks": (0, 100),
    "dimension": (2, 8192),
    "memory": (0, 1_000_000),
    "repeated": (1, 32),
    "keep": (0, 1000),
    "scales": (0.25, 2),
    "training_size": (LEAST_PIXELS, 1024),
    "input_size": (0, 1024),
    "photos_a_step": (4, 4096),
    "rate": (0, 1),
    "head_rate": (0, 1),
    "minutes": (0.01, 100_000),
    "steps": (0, 10_000_000),
    "seed": (0, 2**31),
}


def read_recipe(file: Path | None = None, *, self_taught: bool = False, **choices: object) -> Recipe:
    """The recipe in `file`, or the default one, with `choices` in place of what it says; raises QueryError.

    Where neither names an objective, one for photos without labels is taken if it is to be `self_taught`.
    """
    stored: Mapping[str, object] = {}
    if file:
        try:
            stored = tomllib.loads(read_file(file, MOST_BYTES).decode("utf-8"))
        except (OSError, ValueError) as error:
            raise QueryError(
                "“{path}” cannot be read as a recipe ({reason}).", path=str(file), reason=system_reason(error)
            ) from error
        except RecursionError:
            raise QueryError("“{path}” cannot be read as a recipe (it is nested too deep).", path=str(file)) from None
    usual = {"objective": SELF_TAUGHT} if self_taught else {}
    return make_recipe({**usual, **stored, **choices})


def check_recipe(recipe: Recipe, *, has_labels: bool) -> None:
    """Raises PhotosearchError if the objective can use no memory that it is to have, or learns from labels alone, or
    if the weights that the network starts from are not here.
    """
    if recipe.memory and recipe.objective not in OF_TUPLES:
        raise QueryError("Only an objective of pairs or triplets can use a memory of earlier steps.")
    if recipe.objective not in OF_PHOTOS and not has_labels:
        raise QueryError(
            "“{objective}” learns from labels; without any there are {names}.",
            objective=recipe.objective,
            names=", ".join(OF_PHOTOS),
        )
    if recipe.start in DOWNLOADS:
        weights_file(recipe.start)


def make_recipe(choices: Mapping[str, object]) -> Recipe:
    """Raises QueryError, which names what is possible, for a key or a value that there is not."""
    known = [field.name for field in fields(Recipe)]
    for key in choices:
        if key not in known:
            raise QueryError("A recipe has no “{key}”. It may say: {names}.", key=key, names=", ".join(known))
    recipe = Recipe(**{key: _value(key, value) for key, value in choices.items()})
    if recipe.start == ENCODER:
        changed = [key for key in ("pooling", "whitening", "dimension") if getattr(recipe, key) != getattr(Recipe, key)]
        if changed:
            raise QueryError(
                "“{key}” is part of the active encoder; to choose it, let “start” name a backbone: {names}.",
                key=changed[0],
                names=", ".join(BACKBONES),
            )
    if not recipe.scales:
        raise QueryError("“scales” needs at least one number; [1.0] is the photo as it is.")
    if recipe.input_size and recipe.input_size * min(recipe.scales) < LEAST_PIXELS:
        raise QueryError("“input_size” at the smallest of “scales” is at least {count} pixels.", count=LEAST_PIXELS)
    if not recipe.augment:
        raise QueryError("“augment” needs at least one name, or every view of a photo is the same.")
    return recipe


def _value(key: str, value: object) -> Any:
    default = getattr(Recipe, key)
    if isinstance(default, tuple):
        if not isinstance(value, list | tuple):
            raise QueryError("“{key}” is a list, like {example}.", key=key, example=_as_toml(default))
        return tuple(_single(key, each, default[0]) for each in value)
    return _single(key, value, default)


def _single(key: str, value: object, default: object) -> object:
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(default):
        kinds = {"str": "a name in quotes", "int": "a whole number", "float": "a number", "bool": "true or false"}
        raise QueryError(
            "“{key}” is {kind}, like {example}.", key=key, kind=kinds[type(default).__name__], example=_as_toml(default)
        )
    if key in NAMES and value not in NAMES[key]:
        raise QueryError(
            "There is no {key} “{value}”; there are {names}.", key=key, value=str(value), names=", ".join(NAMES[key])
        )
    if isinstance(value, int | float) and key in RANGES:
        least, most = RANGES[key]
        if not least <= value <= most:
            raise QueryError("“{key}” lies between {least} and {most}.", key=key, least=least, most=most)
    return value


def _as_toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_as_toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else repr(value)
