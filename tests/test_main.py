"""The start of the program: window or command line, also where no window can open."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from photosearch.__main__ import COMMANDS, main, wants_window
from photosearch.cli import main as cli
from tests.photos import save_photo

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)


def start(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the program in a process of its own, without a display but for `environment`."""
    inherited = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    command = [sys.executable, "-P", "-m", "photosearch", *arguments]
    return subprocess.run(command, env=inherited | environment, capture_output=True, text=True, check=False)


def test_the_window_is_for_no_arguments_and_for_what_is_there(album: Path, tmp_path: Path) -> None:
    assert wants_window([]) == (None, [])
    assert wants_window([__file__]) == (None, [__file__])
    assert wants_window(["--library", "mine"]) == (Path("mine"), [])
    assert wants_window(["--library=mine", str(album)]) == (Path("mine"), [str(album)])
    assert wants_window([str(album), "--library", "mine", str(tmp_path)]) == (Path("mine"), [str(album), str(tmp_path)])


def test_all_else_is_for_the_command_line(album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index").mkdir()
    monkeypatch.chdir(tmp_path)
    assert wants_window(["index"]) is None
    assert wants_window(["./index"]) == (None, ["./index"])
    for arguments in (
        ["index", str(album)],
        ["--library", "mine", "status"],
        [str(album), "nowhere"],
        ["--json"],
        ["--help"],
        [str(album), "--json"],
        ["--library"],
        ["--library", ""],
        [""],
    ):
        assert wants_window(arguments) is None, arguments


def test_every_command_comes_before_a_folder_of_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    listed = re.findall(r"^    ([a-z]+)\b", capsys.readouterr().out, re.MULTILINE)
    assert "index" in listed
    assert set(listed) <= set(COMMANDS)


def test_a_command_never_loads_qt(tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    code = f"import sys; from photosearch.__main__ import main; main(['--library', {library!r}, 'status'])"
    code += "; sys.exit('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_neither_the_library_nor_the_command_line_loads_what_it_may_not_need() -> None:
    code = "import sys; from photosearch import Library, Query, Filter; import photosearch.cli.main"
    unneeded = {"cv2", "filelock", "onnxruntime", "PIL", "PySide6", "scipy", "torch", "tqdm"}
    code += f"; sys.exit(', '.join(sys.modules.keys() & {unneeded}) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_library_that_cannot_be_loaded_is_told(album: Path, tmp_path: Path) -> None:
    save_photo(album / "1.jpg")
    for command in (["index", str(album)], ["doctor"]):
        command += ["--library", str(tmp_path / "library")]
        code = "import sys; sys.modules['onnxruntime'] = None; from photosearch.__main__ import main"
        code += f"; sys.exit(main({command!r}))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert re.fullmatch(r"A part of .* cannot be loaded: .*onnxruntime.*\. Install it again\.\n", done.stderr)


@linux_only
def test_without_a_display_the_tour_runs_in_the_terminal(tmp_path: Path) -> None:
    done = start("--library", str(tmp_path / "library"))
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("There is no display for the window. Here is the tour")
    assert "This is the tour" in done.stdout
    assert (tmp_path / "library" / "tour.jpg").exists()


@linux_only
@pytest.mark.usefixtures("no_display")
def test_without_a_display_folders_are_not_added_silently(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(album)]) == 1
    told = "There is no display for the window. In the terminal: photosearch index FOLDER, photosearch similar PHOTO\n"
    assert capsys.readouterr().err == told


@linux_only
def test_a_display_that_is_gone_is_found_out_before_qt_ends_the_process(album: Path) -> None:
    done = start(str(album), DISPLAY=":6543")
    assert done.returncode == 1
    assert done.stderr.startswith("The window cannot be opened (")
    assert done.stderr.count("\n") == 1


@linux_only
@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
def test_closed_streams_hinder_nothing_and_no_file_gets_their_number(closed: tuple[int, ...], tmp_path: Path) -> None:
    code = "import os, sys; from photosearch.__main__ import main; code = main(sys.argv[1:])"
    code += (
        "; sys.exit(code or any(os.path.realpath(f'/proc/self/fd/{n}') != os.devnull for n in map(int, '%s'.split())))"
    )
    redirected = " ".join(f"{number}>&-" for number in closed)
    command = [
        sys.executable,
        "-c",
        code % " ".join(map(str, closed)),
        "--library",
        str(tmp_path / "library"),
        "status",
    ]
    done = subprocess.run(f"{shlex.join(command)} {redirected}", shell=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@linux_only
def test_a_current_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["--library", "mine", "status"]) == 1
    assert "not there any more" in capsys.readouterr().err


def test_a_library_without_a_name_is_not_the_current_folder(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--library", ""], ["--library=", "status"], ["status", "--library", ""]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        assert "needs a name" in capsys.readouterr().err


SPINNING = """
import photosearch, time
import numpy as np
rows = np.ones((300, 300), np.float32)
start_s, own_start_s = time.process_time(), time.thread_time()
for _ in range(15):
    rows @ rows
    end = time.perf_counter() + 0.02
    while time.perf_counter() < end:
        pass
own_s = time.thread_time() - own_start_s
raise SystemExit(time.process_time() - start_s > 1.5 * own_s)
"""


def test_no_thread_spins_after_a_product_of_matrices() -> None:
    """Each core but this thread's would be busy all the while."""
    inherited = {name: value for name, value in os.environ.items() if "_THREAD" not in name}
    assert subprocess.run([sys.executable, "-c", SPINNING], env=inherited, check=False).returncode == 0
