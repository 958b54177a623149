"""The state of a training run, from the lines that it writes, one JSON object each."""

import json
import math
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

from photosearch.models import Quality
from photosearch.sentences import Sentence

Working = Literal["preparing", "measuring", "training", "exporting"]
Stage = Literal["starting", Working, "stopped", "done", "failed"]
WORKING: tuple[Working, ...] = get_args(Working)


class Point(NamedTuple):
    """A loss, or a mean average precision in percent, after so many steps."""

    step: int
    value: float


class Result(NamedTuple):
    """The result of training; `encoder` is the name of the bundle among those of the library, `notes` are sentences."""

    encoder: str
    before: Quality
    after: Quality
    better: bool
    notes: tuple[Sentence, ...] = ()


@dataclass
class RunState:
    """The state of a run. `read` takes every line of it, also those of earlier parts that were stopped."""

    stage: Stage = "starting"
    photos: int = 0
    labels: int = 0
    held_out: int = 0
    step: int = 0
    done: int = 0  # of this stage
    total: int = 0  # 0: not known
    eta_s: float | None = None
    share: float = 0.0  # 0..1 of the steps, also while it measures in between
    losses: list[Point] = field(default_factory=list[Point])
    measured: list[Point] = field(default_factory=list[Point])
    result: Result | None = None
    reason: str = ""  # why it failed

    @property
    def is_over(self) -> bool:
        """True if the run said how it ended."""
        return self.stage in ("stopped", "done", "failed")

    def read(self, line: bytes) -> bool:
        """Take up one line; False, and nothing changes, where it is none of the protocol."""
        try:
            event = json.loads(line)
            self._take(event)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return False
        return True

    def _take(self, event: dict[str, Any]) -> None:
        match event["event"]:
            case "started":
                counts = [int(event[name]) for name in ("photos", "labels", "held_out", "step")]
                self._start(*counts)
            case "progress":
                self._advance(event)
            case "loss":
                point = Point(int(event["step"]), _number(event["loss"]))
                self.losses.append(point)
                self.step = point.step
            case "measured":
                point = Point(int(event["step"]), _number(event["map"]))
                self.measured = [*(other for other in self.measured if other.step < point.step), point]
            case "stopped":
                self.stage, self.step = "stopped", int(event["step"])
            case "done":
                before, after = _quality(event["before"]), _quality(event["after"])
                notes = tuple(Sentence.restored(note) for note in event.get("sentences", event.get("notes", ())))
                self.result = Result(str(event["encoder"]), before, after, bool(event["better"]), notes)
                self.stage = "done"
            case "failed":
                self.stage, self.reason = "failed", Sentence.restored(event.get("sentence", event["reason"]))
            case _:
                raise ValueError

    def _start(self, photos: int, labels: int, held_out: int, step: int) -> None:
        """Begin, or go on from the checkpoint at `step`: what a part before learned after it is lost."""
        self.photos, self.labels, self.held_out, self.step = photos, labels, held_out, step
        self.losses = [point for point in self.losses if point.step <= step] if step else []
        self.measured = [point for point in self.measured if point.step <= step] if step else []
        self.stage, self.done, self.total, self.eta_s, self.share = "preparing", 0, 0, None, 0.0
        self.result, self.reason = None, ""

    def _advance(self, event: dict[str, Any]) -> None:
        stage = event["stage"]
        if stage not in WORKING:
            raise ValueError
        eta_s = event.get("eta_s")
        done, total = int(event["done"]), int(event["total"] or 0)
        self.eta_s = None if eta_s is None else max(0.0, _number(eta_s))
        self.stage, self.done, self.total = stage, done, total
        if stage == "training" and total > 0:
            self.share = min(1.0, max(0.0, done / total))


def _quality(values: dict[str, Any]) -> Quality:
    labels = {str(name): _number(value) for name, value in values["labels"].items()}
    return Quality(_number(values["map"]), _number(values["recall_at_1"]), labels)


def _number(value: Any) -> float:
    value = float(value)
    if not math.isfinite(value):
        raise ValueError
    return value
