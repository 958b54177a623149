"""The command line as a person or a script meets it: words, JSON, exit codes, files that it writes."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock
from PIL import Image

from photosearch.cli import main as cli
from photosearch.library import Library
from photosearch.paths import resources
from tests.conftest import Run
from tests.photos import make_exif, save_photo, save_sample

RunJson = Callable[..., Any]


@pytest.fixture
def photos(album: Path, run: Run) -> Path:
    """An indexed album of four photos and a broken one."""
    for seed in range(4):
        save_photo(album / f"{seed}.jpg", seed)
    (album / "broken.jpg").write_bytes(b"broken")
    assert run("index", album)[0] == 0
    return album


def test_index_tells_what_it_did(album: Path, run: Run, run_json: RunJson) -> None:
    save_photo(album / "1.jpg", 1)
    (album / "broken.jpg").write_bytes(b"broken")
    document = run_json("index", album)
    assert (document["added"], document["photos"]) == (1, 1)
    assert [Path(photo["path"]).name for photo in document["unreadable"]] == ["broken.jpg"]
    assert document["photos_per_s"] > 0
    code, out, err = run("index")
    assert (code, err) == (0, "")
    assert "1 photo in the library: 2 unchanged." in out


def test_similar_in_words_in_json_and_as_a_sheet(photos: Path, run: Run, run_json: RunJson, tmp_path: Path) -> None:
    code, out, _ = run("similar", photos / "1.jpg", "--limit", 2)
    assert code == 0
    assert len(out.splitlines()) == 2
    document = run_json("similar", photos / "1.jpg", "--sheet", tmp_path / "sheet.png")
    assert len(document["results"]) == 3
    assert document["results"][0].keys() == {"path", "score", "relation", "state"}
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width > 4 * 256


def test_a_filter_reaches_the_search(album: Path, run: Run, run_json: RunJson, tmp_path: Path) -> None:
    for number, (suffix, day) in enumerate([("jpg", "2024:05:06"), ("png", "2024:05:07"), ("jpg", "2023:01:01")]):
        exif = make_exif(taken_at=f"{day} 12:00:00")
        save_photo(album / f"{number}.{suffix}", number, exif=exif)
    run("index", album)
    query = save_photo(tmp_path / "query.jpg", 9)

    def found(*options: str) -> set[str]:
        document = run_json("similar", query, "--min-score", -1, *options)
        return {Path(result["path"]).name for result in document["results"]}

    assert found("--since", "2024-05-06", "--until", "2024-05-06") == {"0.jpg"}
    assert found("--since", "2024-05-06") == {"0.jpg", "1.png"}
    assert found("--until", "2024-05-06") == {"0.jpg", "2.jpg"}
    assert found("--format", "png") == {"1.png"}
    assert found("--format", "PNG", "--format", "jpeg") == {"0.jpg", "1.png", "2.jpg"}
    code, _, err = run("similar", query, "--format", "jpg")
    assert (code, "It has: JPEG, PNG." in err) == (1, True)


def test_a_region_and_other_options_reach_the_search(photos: Path, run_json: RunJson) -> None:
    document = run_json(
        "similar", photos / "0.jpg", "--region", "0,0,40,30", "--without", photos / "2.jpg", "--in", photos, "--expand"
    )
    assert document["query"]["region"] == [0, 0, 40, 30]
    names = {Path(result["path"]).name for result in document["results"]}
    assert names == {"1.jpg", "3.jpg"}


def test_faults_are_sentences_and_exit_1(run: Run, photos: Path, tmp_path: Path) -> None:
    half = tmp_path / "half an encoder"
    half.mkdir()
    card = json.loads((resources() / "encoders" / "default" / "encoder.json").read_text("utf-8"))
    (half / "encoder.json").write_text(json.dumps(card | {"name": "half"}), "utf-8")
    for arguments, words in (
        (("index", tmp_path / "nowhere"), "There is no folder"),
        (("similar", tmp_path / "nowhere.jpg"), "There is no photo"),
        (("similar", photos / "broken.jpg"), "cannot be searched with"),
        (("evaluate", tmp_path / "nowhere.csv"), "cannot be read as a list of groups ("),  # in the system's words
        (("encoders", "use", "nonsense"), "There is no encoder"),
        (("encoders", "use", 300 * "x"), "There is no encoder"),
        (("encoders", "add", photos), "its encoder.json cannot be read ("),
        (("encoders", "add", half), "cannot be copied: "),
        (("index", photos / "sub", "--exclude", "x"), "whole folder"),
        (("vectors", tmp_path / "no" / "folder.npz"), "cannot be written: "),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (1, "")
        assert words in err
        assert "Traceback" not in err and "[Errno" not in err


def test_options_before_the_command_count_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--library", str(tmp_path / "elsewhere"), "--json", "status"]) == 0
    assert json.loads(capsys.readouterr().out)["library"] == str(tmp_path / "elsewhere")


def test_what_is_written_never_replaces_a_photo(photos: Path, run: Run, tmp_path: Path) -> None:
    query = Path(save_photo(tmp_path / "query.jpg", 5))
    before = [(photos / "1.jpg").read_bytes(), query.read_bytes()]
    for arguments in (
        ("similar", query, "--sheet", query),
        ("similar", query, "--sheet", photos / "1.jpg"),
        ("vectors", photos / "1.jpg"),
    ):
        code, _, err = run(*arguments)
        assert code == 1
        assert "never changed" in err
    assert [(photos / "1.jpg").read_bytes(), query.read_bytes()] == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("similar",), ("similar", "a.jpg", "--region", "1,2,3"), ("similar", "a.jpg", "--limit", "0"),
        ("similar", "a.jpg", "--since", "May"), ("frobnicate",),
    ],
)  # fmt: skip
def test_wrong_usage_exits_2(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(*arguments)
    assert exit_.value.code == 2


def test_vectors_are_those_that_the_search_uses(photos: Path, run: Run, run_json: RunJson, tmp_path: Path) -> None:
    code, out, _ = run("vectors", tmp_path / "out.npz")
    assert code == 0
    assert "4 descriptors" in out
    exported = np.load(tmp_path / "out.npz")
    assert exported["paths"].tolist() == [str(photos / f"{seed}.jpg") for seed in range(4)]
    vectors = exported["vectors"]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    best = run_json("similar", photos / "0.jpg", "--limit", 1)["results"][0]
    scores = vectors @ vectors[0]
    assert best["score"] == pytest.approx(sorted(scores)[-2], abs=2e-3)
    assert str(exported["encoder"]) == run_json("status")["encoder"]["id"]


def test_evaluate_on_known_groups(album: Path, run: Run, run_json: RunJson) -> None:
    lines = ["path,group"]
    for seed in range(3):
        for copy, quality in enumerate((95, 30)):
            name = f"{seed}-{copy}.jpg"
            save_sample(album / name, seed, (200, 150), quality=quality)
            lines.append(f"{name},{seed}")
    (album / "groups.csv").write_text("\n".join(lines))
    document = run_json("evaluate", album / "groups.csv")
    assert document == {"photos": 6, "groups": 3, "map": 100, "recall_at_1": 100}
    assert "mAP 100.00" in run("evaluate", album / "groups.csv")[1]
    assert run_json("status")["photos"] == 0, "nothing is added to the library"


def test_status_and_encoders(photos: Path, run: Run, run_json: RunJson) -> None:
    status = run_json("status")
    assert (status["photos"], status["encoded"], len(status["unreadable"])) == (4, 4, 1)
    assert status["device"] == "CPU"
    assert status["encodes_photos_per_s"] > 0
    out = run("status")[1]
    assert "Photos: 4" in out
    assert str(photos) in out


def test_status_tells_where_search_looks_at_every_photo_and_what_helps(
    photos: Path, run: Run, run_json: RunJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "hnswlib", None)  # as where it could not be installed
    assert run_json("status")["search"]["exact"] is True
    assert "each looks at every photo" in run("status")[1]
    assert re.search('-m pip install "hnswlib|python3 ".*run.py"', run("status")[1])


def test_encoders_are_listed_and_another_encodes_everything_anew(photos: Path, run: Run, run_json: RunJson) -> None:
    rows = run_json("encoders")["encoders"]
    assert [(row["name"], row["used"]) for row in rows] == [("default", True), ("default-int8", False)]
    assert all(row["encodes_photos_per_s"] > 0 and row["quality"]["copies_micro_ap"] > 90 for row in rows)
    assert rows[1]["size_bytes"] < 6e6 < rows[0]["size_bytes"] < 20e6
    listed = run("encoders", "list")[1].splitlines()
    assert [line[0] for line in listed] == ["*", " "]
    assert "µAP" in listed[0]

    code, out, _ = run("encoders", "use", "default-int8")
    assert (code, "“default-int8” takes over" in out, "4 encoded again" in out) == (0, True, True)
    assert run_json("status")["encoded"] == 4
    back = run_json("encoders", "use", "default")
    assert (back["encoded_again"], back["photos"]) == (0, 4), "what it encoded before is kept"
    assert (back["encoder"], back["hindrance"]) == ("default", "")


def test_what_takes_over_and_what_was_before_is_told(photos: Path, run: Run, run_json: RunJson, tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        library.encoders.adopt("default-int8")
    roles = {row["name"]: (row["role"], row["encoded"]) for row in run_json("encoders")["encoders"]}
    assert roles == {"default": ("serves", 4), "default-int8": ("coming", 0)}
    assert "takes over when it has encoded all photos: 0 of 4" in run("encoders")[1]
    assert "“default-int8” takes over when it has encoded all photos: 0 of 4" in run("status")[1]
    assert run_json("encoders", "undo") == {"encoder": "default", "called_off": "default-int8", "waiting": 0}
    assert run("encoders", "undo")[::2] == (1, "No other encoder was in use before this one.\n")

    assert "“default-int8” serves" in run("encoders", "use", "default-int8")[1]
    before = run_json("status")["previous_encoder"]
    assert (before["name"], before["encoded"], before["size_bytes"] >= 4 * 256) == ("default", 4, True)
    assert "“default” was used before, " in run("status")[1]
    save_photo(photos / "new.jpg", 9)
    run("index")
    out = run("encoders", "undo")[1]
    assert ("“default” serves again." in out, "not encoded yet: 1" in out) == (True, True)


def test_an_encoder_that_is_lost_on_its_way_is_told_and_holds_nothing_up(
    photos: Path, run: Run, run_json: RunJson, tmp_path: Path
) -> None:
    with Library(tmp_path / "library") as library:
        lost = tmp_path / "lost"
        shutil.copytree(library.bundles.folder("default-int8"), lost)
        card = json.loads((lost / "encoder.json").read_text(encoding="utf-8"))
        (lost / "encoder.json").write_text(json.dumps(card | {"name": "lost"}), encoding="utf-8")
        library.bundles.add(lost)
        library.encoders.adopt("lost")
        shutil.rmtree(library.places.encoders / "lost")
    save_photo(photos / "new.jpg", 9)
    code, out, err = run("index")
    assert (code, "1 added" in out, "There is no encoder “lost”" in err) == (0, True, True)
    assert run_json("index")["hindrance"].startswith("There is no encoder “lost”")
    assert "✗ next encoder: There is no encoder “lost”" in run("doctor")[1]
    assert run_json("status")["encoded"] == 5
    assert run("encoders", "undo")[0] == 0
    assert run_json("index")["hindrance"] == ""


@pytest.mark.skipif(os.name == "nt", reason="file names are always text here")
def test_names_that_are_no_text_survive_json_and_words(album: Path, run: Run, run_json: RunJson) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    save_photo(album / "a.jpg", 1)
    try:
        (album / "a.jpg").rename(album / name)
    except OSError:  # this file system takes only valid text
        return
    save_photo(album / "b.jpg", 2)
    run("index", album)
    assert run_json("similar", album / "b.jpg")["results"][0]["path"] == str(album / name)
    assert "caf\N{REPLACEMENT CHARACTER}.jpg" in run("similar", album / "b.jpg")[1]


def test_an_empty_library_says_what_to_do(run: Run, tmp_path: Path) -> None:
    photo = save_photo(tmp_path / "a.jpg")
    assert "photosearch index FOLDER" in run("similar", photo)[1]
    assert "photosearch index FOLDER" in run("index")[1]


def test_the_tour_finds_the_edited_copies(run: Run, tmp_path: Path) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    lines = [line.strip() for line in out.splitlines()]
    question = lines.index("Edited/Chelsea mirrored.jpg".replace("/", os.sep))
    assert lines[question + 1].endswith("Chelsea.jpg")
    assert (tmp_path / "library" / "tour.jpg").stat().st_size > 10_000


def start(*arguments: object, library: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "photosearch", *map(str, arguments), "--library", str(library)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_writer_waits_with_a_sentence(photos: Path, tmp_path: Path, run: Run) -> None:
    save_photo(photos / "new.jpg", 9)
    with FileLock(tmp_path / "library" / "write.lock"):
        second = start("index", library=tmp_path / "library")
        assert second.stderr is not None
        assert "waiting for it to finish" in second.stderr.readline()
        assert run("similar", photos / "0.jpg")[0] == 0, "reading goes on meanwhile"
    out, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert "1 added" in out


@pytest.mark.skipif(os.name == "nt", reason="a Ctrl-C cannot be sent to one process there")
def test_ctrl_c_stops_with_a_sentence_and_is_resumed(album: Path, tmp_path: Path, run_json: RunJson) -> None:
    save_photo(album / "1.jpg", 1)
    (tmp_path / "library").mkdir()
    with FileLock(tmp_path / "library" / "write.lock"):  # holds the job where it can be interrupted
        job = start("index", album, library=tmp_path / "library")
        assert job.stderr is not None
        job.stderr.readline()
        job.send_signal(signal.SIGINT)
        _, err = job.communicate(timeout=60)
    assert job.returncode == 130
    assert "run the same command again" in err
    assert "Traceback" not in err
    assert run_json("index", album)["added"] == 1


@pytest.mark.skipif(os.name == "nt", reason="a Ctrl-C cannot be sent to one process there")
def test_ctrl_c_while_the_program_loads_ends_it_without_a_word(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "photosearch", "status", "--library", str(tmp_path)]
    # The pipe is so small that the program waits for who reads, however late that one comes to it.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pipesize=4096) as started:
        assert started.stderr is not None
        for line in started.stderr:
            if "photosearch.cli" in line or "numpy" in line:
                started.send_signal(signal.SIGINT)
                break
        out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (-signal.SIGINT, "")
    assert "Traceback" not in err


def test_json_is_ascii_and_alone_on_stdout(photos: Path, tmp_path: Path) -> None:
    job = start("similar", photos / "1.jpg", "--json", library=tmp_path / "library")
    out, err = job.communicate(timeout=60)
    assert (job.returncode, err) == (0, "")
    assert out.isascii()
    assert json.loads(out)["milliseconds"] > 0
