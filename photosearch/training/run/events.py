"""The events of a training run; `as_line` writes them for another program to read."""

import json
import threading
import time
from collections.abc import Generator
from dataclasses import asdict, dataclass, field
from typing import Literal, TypeVar

from photosearch.models import Quality
from photosearch.sentences import Sentence

REPORT_EVERY_S = 0.1
Stage = Literal["preparing", "measuring", "training", "exporting"]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Started:
    """The amount of training data; `step` is above 0 where an earlier run is resumed."""

    photos: int
    labels: int
    held_out: int
    step: int


@dataclass(frozen=True)
class Progress:
    """The progress of a stage; `eta_s` is None while it is not known, and `total` 0."""

    stage: Stage
    done: int
    total: int
    eta_s: float | None = None


@dataclass(frozen=True)
class Loss:
    """The loss at a step."""

    step: int
    loss: float


@dataclass(frozen=True)
class Measured:
    """The mAP in percent of held-out photos that find those of their label, after a step; step 0 is before."""

    step: int
    map: float


@dataclass(frozen=True)
class Stopped:
    """The run ended on request after this step; the same command goes on from there."""

    step: int


@dataclass(frozen=True)
class Done:
    """The finished encoder is among those of the library; `notes` are sentences on what did not go as it should."""

    encoder: str
    before: Quality
    after: Quality
    better: bool
    notes: list[Sentence] = field(default_factory=list[Sentence])


@dataclass(frozen=True)
class Failed:
    """Why there is no encoder, in a sentence."""

    reason: Sentence


Event = Started | Progress | Loss | Measured | Stopped | Done | Failed


def as_line(event: Event) -> str:
    """One JSON object without line breaks, in ASCII; its "event" is the name of the class.

    Beside the English of a sentence stands what `Sentence.restored` reads, to translate it.
    """
    values: dict[str, object] = {"event": type(event).__name__.lower(), **asdict(event)}
    if isinstance(event, Failed):
        values["sentence"] = event.reason.stored()
    elif isinstance(event, Done):
        values["sentences"] = [note.stored() for note in event.notes]
    return json.dumps(values)


class StopAsked(Exception):
    """Whoever started the run wants it to end."""


def paced(
    stage: Stage, steps: Generator[tuple[int, int], None, Result], stop: threading.Event
) -> Generator[Progress, None, Result]:
    """Tell how many steps of how many are done, at most ten times a second; raises StopAsked once `stop` is set."""
    began, reported = time.monotonic(), -1.0
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            return end.value
        if stop.is_set():
            steps.close()
            raise StopAsked
        now = time.monotonic()
        if now - reported >= REPORT_EVERY_S or done == total:
            reported = now
            yield Progress(stage, done, total, (now - began) / done * (total - done) if done else None)
