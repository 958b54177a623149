"""The check of the packages goes on where it was ended, tells what failed and never counts what it did not run."""

import sys
from pathlib import Path

import pytest

from tests.packaging.scripts import load_script

pytest.importorskip("resource", reason="it is a check on Debian")
check = load_script("check")
SAYS = [sys.executable, "-c", "print('the disk is full'); raise SystemExit({code})"]


class Work:
    """Stages of which the second fails until it is mended, and how often each was worked at."""

    def __init__(self) -> None:
        self.broken = True
        self.times: dict[str, int] = {}

    def stages(self) -> list[object]:
        """Build, then a package of it and a test of that; one stage stands alone."""
        needs = {"build": (), "package": ("build",), "test": ("package",), "alone": ()}
        return [check.Stage(name, f"does {name}", self._of(name), its) for name, its in needs.items()]

    def _of(self, name: str) -> object:
        def work(run: object) -> None:
            self.times[name] = self.times.get(name, 0) + 1
            run(*SAYS[:2], SAYS[2].format(code=int(self.broken and name == "package")))  # type: ignore[operator]

        return work


@pytest.fixture(autouse=True)
def sources(tmp_path: Path) -> None:
    """The copy in which stages work."""
    (tmp_path / "sources").mkdir()


def states(results: dict[str, object]) -> dict[str, str]:
    return {name: result.state for name, result in results.items()}  # type: ignore[attr-defined]


def test_what_failed_holds_up_only_what_needs_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work = Work()
    results = check.run_all(work.stages(), tmp_path, {}, "sources")
    because = "not run, as package did not pass"
    assert states(results) == {"build": "passed", "package": "failed", "test": because, "alone": "passed"}
    told = capsys.readouterr().out
    assert "[2/4] package: does package" in told and "| the disk is full" in told
    lines = check.table(results).splitlines()
    assert len(lines) == 6 and lines[-1].startswith("in all") and lines[3].endswith(because)


def test_a_second_run_does_only_what_has_not_passed(tmp_path: Path) -> None:
    work = Work()
    check.run_all(work.stages(), tmp_path, {}, "sources")
    work.broken = False
    results = check.run_all(work.stages(), tmp_path, {}, "sources")
    assert set(states(results).values()) == {"passed"}
    assert work.times == {"build": 1, "package": 2, "test": 1, "alone": 1}
    assert check.table(results).count("in an earlier run") == 2


def test_other_sources_begin_anew(tmp_path: Path) -> None:
    work = Work()
    work.broken = False
    for sources in ("some", "others"):
        check.run_all(work.stages(), tmp_path, {}, sources)
    assert set(work.times.values()) == {2}
