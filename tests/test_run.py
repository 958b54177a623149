"""run.py without the network: what it would install and start, when it trusts .venv, and who may set up."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import photosearch
import run
from photosearch import compiler

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for .venv's Python is a shell script")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Qt brings all it needs on other systems")
ENVIRONMENT = "cpython-311 /home/ada/photosearch/.venv"


def test_arguments_go_to_the_program() -> None:
    extras, arguments = run.read_command(["similar", "a b.jpg", "--json"])
    assert extras == set()
    assert arguments == ["-P", "-m", "photosearch", "similar", "a b.jpg", "--json"]


def test_teaching_brings_what_it_needs() -> None:
    assert run.read_command(["train", "--json"]) == ({"train"}, ["-P", "-m", "photosearch", "train", "--json"])
    assert run.read_command(["map", "out.png"])[0] == {"map"}
    assert run.read_command(["similar", "train"])[0] == set()


def test_no_arguments_open_the_window() -> None:
    assert run.read_command([]) == (set(), ["-P", "-m", "photosearch"])


def test_test_goes_to_pytest() -> None:
    assert run.read_command(["test", "-k", "scan"]) == ({"test", "train"}, ["-m", "pytest", "-k", "scan"])
    assert run.read_command(["test", "--no-train", "-x"]) == ({"test"}, ["-m", "pytest", "-x"])
    extras, arguments = run.read_command(["test", "--quick", "-x"])
    assert (extras, arguments[:2], arguments[-1]) == ({"test"}, ["-m", "pytest"], "-x")
    assert "--ignore=tests/training" in arguments and all((run.ROOT / folder).exists() for folder in run.SLOW_TESTS)
    assert run.read_command(["test"]) == ({"test", "train"}, ["-m", "pytest", *run.IN_PROCESSES])
    assert run.read_command(["test", "--quick"])[1][-len(run.IN_PROCESSES) :] == run.IN_PROCESSES


def test_python_of_each_platform() -> None:
    assert run.venv_python(Path("v"), "win32") == Path("v", "Scripts", "python.exe")
    assert run.venv_python(Path("v"), "darwin") == run.venv_python(Path("v"), "linux") == Path("v", "bin", "python")


def test_an_old_python_is_refused_in_a_sentence() -> None:
    run.refuse_old((3, 11))
    run.refuse_old((4, 0))
    with pytest.raises(run.SetupError, match=r"needs Python 3\.11 or newer; this is 3\.7\."):
        run.refuse_old((3, 7))


@pytest.mark.parametrize("file", [run.__file__, compiler.__file__, photosearch.__file__])
def test_an_old_python_can_read_the_file(file: str) -> None:
    ast.parse(Path(file).read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize(
    ("found", "extras", "ready"),
    [
        ([ENVIRONMENT, "hash"], set(), True),
        ([ENVIRONMENT, "hash", "test", "train"], set(), True),
        ([ENVIRONMENT, "hash", "test", "train"], {"test"}, True),
        ([ENVIRONMENT, "hash"], {"test"}, False),
        ([ENVIRONMENT, "an older pyproject.toml"], set(), False),
        (["cpython-312 /home/ada/photosearch/.venv", "hash"], set(), False),
        (["cpython-311 /home/ada/elsewhere/.venv", "hash"], set(), False),
        ([], set(), False),
    ],
)
def test_what_a_stamp_vouches_for(found: list[str], extras: set[str], ready: bool) -> None:
    assert run.is_ready(found, [ENVIRONMENT, "hash"], extras) is ready


def test_a_stamp_is_read_only_beside_its_python(tmp_path: Path) -> None:
    (tmp_path / run.STAMP).write_text("environment\nhash\ntest\n", encoding="utf-8")
    assert run.read_stamp(tmp_path) == []
    python = run.venv_python(tmp_path)
    python.parent.mkdir()
    python.touch()
    assert run.read_stamp(tmp_path) == ["environment", "hash", "test"]
    (tmp_path / run.STAMP).write_bytes(b"\xff\x00\xfe")
    assert run.read_stamp(tmp_path) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of run.py whose .venv is set up; its Python is a script that prints its arguments and exits with 7."""
    shutil.copy(run.__file__, tmp_path)
    (tmp_path / "photosearch").mkdir()
    for module in ("__init__.py", "compiler.py"):
        shutil.copy(Path(run.__file__).parent / "photosearch" / module, tmp_path / "photosearch")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "[%s]" "$@"\nexit 7\n', encoding="utf-8")
    python.chmod(0o755)
    write_stamp(tmp_path)
    return tmp_path


def write_stamp(root: Path, *extras: str) -> None:
    lines = run.expected_stamp(root.resolve() / ".venv", (root / "pyproject.toml").read_bytes())
    (root / ".venv" / run.STAMP).write_text("\n".join([*lines, run.INDEX, *extras]), encoding="utf-8")


@posix_only
def test_a_ready_environment_is_started_at_once(checkout: Path) -> None:
    command = [sys.executable, str(checkout / "run.py"), "similar", "a b.jpg"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "[-P][-m][photosearch][similar][a b.jpg]"
    assert done.stderr == ""
    assert done.returncode == 7


@posix_only
@pytest.mark.parametrize(("arguments", "kept"), [(["test", "--quick"], True), (["status"], False)])
def test_tests_keep_what_python_compiles(checkout: Path, arguments: list[str], kept: bool) -> None:
    """The processes that they start by the hundred would do it again, each of them."""
    (checkout / ".venv" / "bin" / "python").write_text('#!/bin/sh\nprintf "$PYTHONDONTWRITEBYTECODE"\n')
    write_stamp(checkout, "test")
    command = [sys.executable, str(checkout / "run.py"), *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == ("" if kept else "1")


@posix_only
def test_a_second_setup_waits_for_the_first(checkout: Path) -> None:
    (checkout / ".venv" / run.STAMP).unlink()
    command = [sys.executable, str(checkout / "run.py"), "info"]
    with (checkout / "run.py").open("r+b") as held:
        assert run.try_lock(held.fileno())
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as second:
            assert second.stderr is not None
            assert second.stderr.readline().startswith("Another run.py is setting Photosearch up")
            write_stamp(checkout)
            held.close()
            stdout, stderr = second.communicate(timeout=60)
    assert (stdout, stderr, second.returncode) == ("[-P][-m][photosearch][info]", "", 7)


@posix_only
def test_a_killed_setup_leaves_no_lock(checkout: Path) -> None:
    hold = "import run, time; f = open('run.py', 'r+b'); print(run.try_lock(f.fileno()), flush=True); time.sleep(60)"
    command = [sys.executable, "-c", hold]
    with (
        (checkout / "run.py").open("r+b") as file,
        subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, text=True) as holder,
    ):
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not run.try_lock(file.fileno())
        holder.kill()
        holder.wait()
        assert run.try_lock(file.fileno())


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a stand-in for apt-get writes its arguments, on a system that lacks a font and a library of Qt."""
    told = tmp_path / "told"
    script = tmp_path / "bin" / "apt-get"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho "$@" >> "{told}"\n[ ! -e "{tmp_path}/broken" ]\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(run, "QT_LIBRARIES", {"libc.so.6": "libc6", "libnot-there.so.3": "libnot-there3"})
    monkeypatch.setattr(run, "FONTS", tmp_path / "fonts")
    return told


@linux_only
def test_root_gets_the_libraries_of_qt_at_once(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    run.offer_qt_libraries()
    assert apt.read_text().splitlines() == [
        "update",
        "install -y --no-install-recommends libnot-there3 fonts-dejavu-core",
    ]
    assert capsys.readouterr().err == ""


@linux_only
def test_others_are_told_the_one_command_and_setting_up_goes_on(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    run.offer_qt_libraries()
    assert not apt.exists()
    told = capsys.readouterr()
    assert told.out == ""
    assert "The window needs libraries that this system lacks." in told.err
    assert "sudo apt-get install -y --no-install-recommends libnot-there3 fonts-dejavu-core\n" in told.err
    assert "works in the terminal" in told.err


@linux_only
def test_packages_that_cannot_be_had_stop_nothing(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    apt.with_name("broken").touch()
    run.offer_qt_libraries()
    assert "could not be installed with: apt-get install" in capsys.readouterr().err


@linux_only
def test_other_systems_are_told_what_lacks(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    run.offer_qt_libraries()
    assert not apt.exists()
    assert "The window needs libnot-there.so.3, a font that this system lacks." in capsys.readouterr().err


@linux_only
def test_where_nothing_lacks_nothing_is_said(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "QT_LIBRARIES", {"libc.so.6": "libc6"})
    (apt.parent / "fonts" / "truetype").mkdir(parents=True)
    (apt.parent / "fonts" / "truetype" / "Plain.ttf").touch()
    run.offer_qt_libraries()
    assert not apt.exists()
    assert capsys.readouterr().err == ""


@linux_only
def test_root_gets_a_compiler_and_hnswlib(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = list[set[str]]()
    monkeypatch.setattr(run, "install", installed.append)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(compiler, "is_there", apt.exists)
    assert run.build_index() == {"index"}
    assert apt.read_text().splitlines() == ["update", "install -y --no-install-recommends g++ python3-dev"]
    assert installed == [{"index"}]


@linux_only
def test_others_are_told_how_a_compiler_comes_and_setting_up_goes_on(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(compiler, "is_there", lambda: False)
    assert run.build_index() == set()
    assert not apt.exists()
    told = capsys.readouterr().err
    assert "    sudo apt-get install -y --no-install-recommends g++ python3-dev\n" in told
    assert "each search looks at every photo" in told


def test_a_build_that_fails_stops_nothing_and_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: set[str]) -> None:
        raise run.SetupError("pip says why")

    monkeypatch.setattr(run, "install", fail)
    monkeypatch.setattr(compiler, "is_there", lambda: True)
    told = run.build_index()
    assert "hnswlib could not be built" in capsys.readouterr().err
    assert not run.may_build_index([ENVIRONMENT, "hash", *told])
    assert not run.may_build_index([ENVIRONMENT, "hash", "index"])
    assert run.may_build_index([ENVIRONMENT, "hash", "test"]), "a compiler has come"


@pytest.mark.parametrize(
    ("platform", "command"), [("darwin", "xcode-select --install"), ("win32", "winget install Microsoft.VisualStudio")]
)
def test_other_systems_have_their_own_compiler(platform: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert compiler.install_command().startswith(command)


def test_the_program_starts_in_a_process_of_its_own() -> None:
    # The tests import libraries in another order than the program, which can hide that two of them crash together.
    _, arguments = run.read_command(["--help"])
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage: photosearch")
