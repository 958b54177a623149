"""A recipe file names every choice, and says what is possible where it is wrong."""

import os
from contextlib import nullcontext
from dataclasses import fields
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("photosearch.training.networks.vision")

from photosearch.errors import PhotosearchError, QueryError
from photosearch.training.augmentations.augment import AUGMENTATIONS, MIXES
from photosearch.training.augmentations.mixed_maps import MANIFOLD_MIXUP
from photosearch.training.networks.pooling import POOLINGS
from photosearch.training.networks.whitening import WHITENINGS
from photosearch.training.objectives.losses import OBJECTIVES, with_memory
from photosearch.training.reranking import RERANKINGS
from photosearch.training.run.recipe import NAMES, OF_PHOTOS, OF_TUPLES, Recipe, check_recipe, read_recipe
from tests.tree import ROOT

DOCUMENT = ROOT / "docs" / "training.md"


def read(folder: Path, text: str, **choices: object) -> Recipe:
    file = folder / "recipe.toml"
    file.write_text(text, encoding="utf-8")
    return read_recipe(file, **choices)


def test_without_a_file_the_defaults_hold_and_choices_come_first(tmp_path: Path):
    assert read_recipe() == Recipe()
    assert read(tmp_path, "minutes = 3\nseed = 7", minutes=5.0) == Recipe(minutes=5.0, seed=7)


def test_without_labels_another_objective_is_usual_but_not_before_what_is_asked_for(tmp_path: Path):
    assert read(tmp_path, "seed = 7", self_taught=True) == Recipe(objective="stml", seed=7)
    assert read(tmp_path, 'objective = "sscd"', self_taught=True).objective == "sscd"


def test_the_names_that_recipes_know_are_those_of_the_methods():
    known = {
        "pooling": POOLINGS,
        "whitening": {"none", *WHITENINGS},
        "objective": OBJECTIVES,
        "augment": AUGMENTATIONS,
        "mix": {"none", *MIXES, MANIFOLD_MIXUP},
        "rerank": {"none", *RERANKINGS},
    }
    for key, names in known.items():
        assert sorted(set(NAMES[key])) == sorted(names), key


@pytest.mark.parametrize("name", OBJECTIVES)
def test_what_an_objective_needs_is_known_before_it_is_made(name: str):
    assert OBJECTIVES[name](2, 1).needs_labels == (name not in OF_PHOTOS)
    for refused, make in ((name not in OF_TUPLES, with_memory), (name not in OF_PHOTOS, None)):
        recipe = Recipe(objective=name, memory=100 if make else 0)
        with pytest.raises(PhotosearchError) if refused else nullcontext():
            check_recipe(recipe, has_labels=make is not None)
        if make:
            with pytest.raises(PhotosearchError) if refused else nullcontext():
                make(OBJECTIVES[name](2, 1), 2, 100)


@pytest.mark.parametrize("key", NAMES)
def test_every_method_is_reached_by_its_name(key: str, tmp_path: Path):
    for name in NAMES[key]:
        start = "" if key == "start" else 'start = "efficientnet-lite0"\n'
        value = f'["{name}"]' if key == "augment" else f'"{name}"'
        chosen = getattr(read(tmp_path, f"{start}{key} = {value}"), key)
        assert chosen == ((name,) if key == "augment" else name)


def test_the_guide_shows_every_key_and_its_default(tmp_path: Path):
    text = DOCUMENT.read_text(encoding="utf-8")
    block = text.split("```toml\n")[1].split("```")[0]
    assert read(tmp_path, block) == Recipe()
    shown = {line.split(" = ")[0] for line in block.splitlines() if " = " in line}
    assert shown == {field.name for field in fields(Recipe)}
    for names in NAMES.values():
        for name in names:
            assert f"`{name}`" in text, name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 3", ["no “colour”", "objective", "int8"]),
        ('objective = "best"', ["no objective “best”", "multigrain", "listwise-ap"]),
        ('augment = ["flip", "melt"]', ["no augment “melt”", "trivialaugment"]),
        ("augment = 3", ["“augment” is a list"]),
        ("augment = []", ["at least one"]),
        ('minutes = "ten"', ["“minutes” is a number"]),
        ("int8 = 1", ["true or false"]),
        ("seed = true", ["whole number"]),
        ("training_size = 8", ["between 32 and 1,024"]),
        ("minutes = nan", ["between"]),
        ("scales = [1.0, 9.0]", ["between"]),
        ("scales = []", ["at least one"]),
        ("input_size = 16", ["at least 32 pixels"]),
        ("input_size = 64\nscales = [1.0, 0.25]", ["at least 32 pixels"]),
        ('pooling = "mac"', ["“pooling” is part of the active encoder", "efficientnet-lite2"]),
        ("minutes =", ["cannot be read as a recipe"]),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text: str, told: list[str], tmp_path: Path):
    with pytest.raises(QueryError) as raised:
        read(tmp_path, text)
    for words in told:
        assert words in str(raised.value)


def test_a_recipe_that_is_not_there(tmp_path: Path):
    with pytest.raises(QueryError, match="cannot be read"):
        read_recipe(tmp_path / "none.toml")


@pytest.mark.parametrize("text", ["seed = " + "[" * 50_000, "seed = " + "{a=" * 50_000, "seed = " + "9" * 50_000])
def test_a_recipe_that_nobody_wrote_is_refused(text: str, tmp_path: Path):
    with pytest.raises(QueryError):
        read(tmp_path, text)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_no_recipe(tmp_path: Path):
    os.mkfifo(tmp_path / "recipe.toml")
    with pytest.raises(QueryError, match="no ordinary file"):
        read_recipe(tmp_path / "recipe.toml")
