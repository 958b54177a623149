"""A process that says what training says, as it is told to."""

import json
import sys
from pathlib import Path
from typing import Any

TEACHER = """
import json, os, shutil, sys
from pathlib import Path
here = Path(__file__).parent
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
for line in (here / "play").read_text().splitlines():
    word, _, rest = line.partition(" ")
    if word == "@wait":
        sys.stdin.read()
    elif word == "@exit":
        sys.stdout.flush()
        os._exit(int(rest))
    elif word == "@complain":
        print(rest, file=sys.stderr)
    elif word == "@bundle":
        target = Path(sys.argv[sys.argv.index("--library") + 1]) / "encoders" / "taught"
        shutil.copytree(rest, target)
        card = json.loads((target / "encoder.json").read_text())
        (target / "encoder.json").write_text(json.dumps(card | {"name": "taught"}))
    else:
        print(line, flush=True)
"""


def line(event: str, **parts: Any) -> str:
    return json.dumps({"event": event, **parts})


STARTED = line("started", photos=412, labels=3, held_out=82, step=0)
BEFORE = line("measured", step=0, map=43.21)
LEARNING = [
    STARTED,
    BEFORE,
    *(line("loss", step=step, loss=2 / step) for step in range(1, 41)),
    line("measured", step=40, map=50),
    line("progress", stage="training", done=40, total=100, eta_s=290.0),
]
GAINED = {"map": 51.9, "recall_at_1": 80, "labels": {"Cats": 60.0, "Owls": 39.0, "<b>Dogs</b>": 50.0}}
LESS = {"map": 43.2, "recall_at_1": 71, "labels": {"Cats": 50.0, "Owls": 40.5, "<b>Dogs</b>": 50.0}}
DONE = line("done", encoder="taught", before=LESS, after=GAINED, better=True, notes=["A note."])
WORSE = line("done", encoder="taught", before=GAINED, after=LESS, better=False)


class Teacher:
    """A process that says what it is told to, and what it was asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        (folder / "teacher.py").write_text(TEACHER)
        self.command = [sys.executable, str(folder / "teacher.py")]

    def plays(self, *lines: str) -> None:
        """Say this from the next start on."""
        (self._folder / "play").write_text("\n".join(lines))

    @property
    def calls(self) -> list[list[str]]:
        """The options of every start, but for those that are always the same."""
        lines = (self._folder / "calls").read_text().splitlines()
        calls = [json.loads(each) for each in lines]
        assert all(call[0] == "train" and call[1] == "--library" and call[3] == "--lines" for call in calls)
        return [call[4:] for call in calls]
