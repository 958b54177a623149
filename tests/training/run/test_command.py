"""`photosearch train` and `encoders fetch` from the command line, and the lines that another program reads."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("photosearch.training.networks.vision")
pytest.importorskip("efficientnet_lite_pytorch")
pytest.importorskip("onnxscript")

from photosearch.__main__ import main, wants_training
from photosearch.library import Library
from photosearch.paths import resources
from photosearch.training.run.command import memory_fault
from tests.photos import fill_disk

SAMPLES = resources() / "samples" / "photos"
TINY = "steps = {steps}\ntraining_size = 32\ninput_size = 64\nphotos_a_step = 8\nfrozen_blocks = 14\nkeep = 0\n"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder with ten photos, five of each of two labels, which a test may only copy."""
    folder = tmp_path_factory.mktemp("labelled") / "library"
    with Library(folder) as library:
        list(library.index([str(SAMPLES / "Animals")]))
        ids = library.photos.listing("name").ids
        library.labels.add("One", list(ids[:5]))
        library.labels.add("Other", list(ids[5:10]))
    return folder


@pytest.fixture
def labelled(indexed: Path, tmp_path: Path) -> Path:
    """A library folder of one's own."""
    return shutil.copytree(indexed, tmp_path / "library")


def recipe(folder: Path, steps: int = 2) -> str:
    file = folder / "recipe.toml"
    file.write_text(TINY.format(steps=steps), encoding="utf-8")
    return str(file)


def test_the_person_sees_the_curve_and_the_table(labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--library", str(labelled), "train", recipe(tmp_path), "--label", "one", "--label", "Other"]) == 0
    told = capsys.readouterr()
    for words in (
        "Learning from 10 photos of 2 labels; 2 of them",
        "step      2: mAP",
        "recall@1",
        "encoders use taught-",
    ):
        assert words in told.out
    assert "One" in told.out and "\r" not in told.err


def test_one_document_at_the_end_and_the_encoder_is_adopted_if_it_is_better(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["train", recipe(tmp_path), "--json", "--adopt", "--library", str(labelled)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [measured["step"] for measured in document["curve"]] == [0, 1, 2]
    assert set(document["before"]) == set(document["after"]) == {"map", "recall_at_1", "labels"}
    with Library(labelled) as library:
        assert (library.bundle.name == document["encoder"]) == document["better"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--label", "Nobody"], "There is no label “Nobody”."),
        (["--label", "One"], "It takes two labels"),
        (["nowhere.toml"], "“nowhere.toml” cannot be read as a recipe (No such file or directory)."),
        (["--backbone", "brain"], "efficientnet-lite2"),
        (["--minutes", "0"], "“minutes” lies between"),
    ],
)
def test_what_is_wrong_is_a_sentence(
    arguments: list[str],
    told: str,
    labelled: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    assert main(["train", *arguments, "--library", str(labelled)]) == 1
    assert told in capsys.readouterr().err
    with open(os.devnull) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)  # pytest's own cannot be read
        assert main(["train", *arguments, "--lines", "--library", str(labelled)]) == 1
    out = capsys.readouterr()
    assert out.err == "" and told in json.loads(out.out.splitlines()[-1])["reason"]


WITHOUT_TORCH = """
import sys
import photosearch.terminal
from photosearch.__main__ import main
before = photosearch.terminal.say
def say(*told):
    before(" ".join([*told, "with torch" if "torch" in sys.modules else "at once"]))
    sys.exit()
import photosearch.training.run.command as command
command.say = say
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print("code", code, "with torch" if "torch" in sys.modules else "at once")
"""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Learning from 10 photos of 2 labels; 2 of them are held out to measure with. at once"),
        (["--minutes", "many"], "code 2 at once"),
        (["--help"], "code 0 at once"),
        (["nowhere.toml"], "code 1 at once"),
        (["--backbone", "brain"], "code 1 at once"),
        (["--backbone", "resnet18"], "code 1 at once"),
        (["--label", "Nobody"], "code 1 at once"),
        (["--self-taught"], "code 1 at once"),
    ],
)
def test_the_first_sentence_and_what_is_refused_do_not_wait_for_torch(
    arguments: list[str], told: str, labelled: Path, tmp_path: Path
):
    end = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, "train", *arguments, "--library", str(labelled)],
        env={**os.environ, "TORCH_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert told in end.stdout.splitlines()[-2:], end.stderr


def test_without_memory_or_room_on_the_disk_there_is_a_sentence(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    import torch

    with pytest.raises(RuntimeError) as raised:
        torch.empty(2**55)
    assert "not enough memory" in (memory_fault(raised.value) or "")
    assert memory_fault(RuntimeError("another")) is None
    monkeypatch.setattr(os, "fsync", fill_disk)
    assert main(["train", recipe(tmp_path, steps=1), "--library", str(labelled)]) == 1
    assert "No space left" in capsys.readouterr().err


def test_who_reads_no_more_stops_the_run(labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    parent, child = os.pipe(), os.pipe()
    os.close(child[0])
    with open(parent[0]) as stdin, open(child[1], "w") as stdout, open(parent[1], "w"):
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stdout", stdout)
        assert main(["train", recipe(tmp_path, steps=100_000), "--lines", "--library", str(labelled)]) == 0
        monkeypatch.undo()
        with suppress(OSError):
            stdout.close()  # which would write the line that nobody took


def start(labelled: Path, recipe: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "photosearch", "train", recipe, "--lines", "--library", str(labelled)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_closing_stdin_stops_with_a_checkpoint_that_another_run_goes_on_from(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    long = recipe(tmp_path, steps=100_000)
    with start(labelled, long) as child:
        assert child.stdin and child.stdout
        for line in child.stdout:
            if json.loads(line)["event"] == "loss":
                break
        child.stdin.close()
        last = json.loads(child.stdout.readlines()[-1])
    assert child.returncode == 0
    assert last["event"] == "stopped" and last["step"] > 0
    with open(os.devnull) as stdin:  # which is closed from the beginning
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main(["train", long, "--lines", "--library", str(labelled)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0]) == {
        "event": "started", "photos": 10, "labels": 2, "held_out": 2, "step": last["step"],
    }  # fmt: skip


def test_a_run_ends_by_itself_while_stdin_is_open(labelled: Path):
    with start(labelled, "nowhere.toml") as child:
        assert child.stdin and child.stdout
        lines = child.stdout.readlines()
        assert (child.wait(), json.loads(lines[-1])["event"]) == (1, "failed")


def test_what_only_training_knows():
    assert wants_training(["--library", "x", "train", "--minutes", "3"]) == [
        "train",
        "--library",
        "x",
        "--minutes",
        "3",
    ]
    assert wants_training(["encoders", "fetch", "resnet18", "--json"]) == ["fetch", "resnet18", "--json"]
    for others in (["index", "train"], ["encoders", "use", "fetch"], ["encoders"], [], ["--json"]):
        assert wants_training(others) is None


def test_fetching_what_there_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["encoders", "fetch", "nothing", "--library", str(tmp_path / "library")]) == 1
    assert "sscd-disc-mixup" in capsys.readouterr().err
