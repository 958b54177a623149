"""The quality of an encoder on held-out photos."""

import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("sklearn")

from photosearch.paths import resources
from photosearch.training import held_out
from tests.photos import save_photo

SCENES = 14  # of two photos each, of which 15 % are held out


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    lines = ["path,group"]
    for number in range(2 * SCENES):
        save_photo(tmp_path / f"drawn__{number}.png", number // 2)
        lines.append(f"drawn__{number}.png,{chr(97 + number // 2)}")
    for number in range(14):
        save_photo(tmp_path / f"alone__{number}.png", 100 + number)
        lines.append(f"alone__{number}.png,")
    (tmp_path / "groups.csv").write_text("\n".join(lines) + "\n")
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: Path) -> str:
    monkeypatch.setattr(sys, "argv", ["held_out", *map(str, arguments)])
    held_out.main()
    return capsys.readouterr().out


def test_a_line_tells_what_the_encoder_does_with_photos_held_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shots: Path
):
    samples, default = resources() / "samples" / "photos", resources() / "encoders" / "default"
    out = run(monkeypatch, capsys, samples, shots, default)
    told = re.fullmatch(
        r"\S+: copies ([\d.]+) / ([\d.]+), but for other shots ([\d.]+) / ([\d.]+), pages (\d+) / (\d+), "
        r"shots drawn ([\d.]+), kinds ([\d.]+), strangers (0\.\d+)\n",
        out,
    )
    assert told, out
    copies, recall, others, recall_of_others, *_, drawn, _, _ = map(float, told.groups())
    assert others >= copies > 70 and recall_of_others >= recall > 50
    assert drawn == 100  # photos of one scene are the same picture here


def test_shots_that_nobody_grouped_end_it_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    with pytest.raises(SystemExit):
        run(monkeypatch, capsys, resources() / "samples" / "photos", tmp_path, resources() / "encoders" / "default")
    assert "does not tell which photos show one scene" in capsys.readouterr().err
