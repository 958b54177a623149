"""Files from a server on this machine."""

import hashlib
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

pytest.importorskip("torch")

from photosearch.errors import EncoderError
from photosearch.training.networks import downloads
from photosearch.training.networks.downloads import Downloaded, Source, download

FILE = bytes(range(256)) * 20_000  # five chunks


class Server(BaseHTTPRequestHandler):
    """Serves FILE under any name, `short` only half of it, `slow` half and then nothing."""

    going_on: ClassVar[threading.Event]

    def do_GET(self) -> None:
        if self.path == "/missing":
            self.send_error(404)
            return
        self.send_response(200)
        if self.path != "/unknown-length":
            self.send_header("Content-Length", str(len(FILE)))
        self.end_headers()
        self.wfile.write(FILE[: len(FILE) // 2] if self.path in ("/short", "/slow") else FILE)
        if self.path == "/slow":
            self.wfile.flush()
            self.going_on.wait(10)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Generator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Server.going_on = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Server.going_on.set()
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(source: Source, folder: Path) -> tuple[list[Downloaded], Path]:
    steps: list[Downloaded] = []
    run = download(source, folder)
    while True:
        try:
            steps.append(next(run))
        except StopIteration as stop:
            return steps, stop.value


def pin(content: bytes = FILE) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", ["weights.pth", "unknown-length"])
def test_a_file_that_is_what_was_pinned_is_kept(site: str, tmp_path: Path, name: str):
    steps, file = fetch(Source(f"{site}/{name}", pin().upper()), tmp_path / "new" / "folder")
    assert file.read_bytes() == FILE and file.name == name
    assert [path.name for path in file.parent.iterdir()] == [name]
    total = None if name == "unknown-length" else len(FILE)
    assert steps[-1] == (len(FILE), total) and len(steps) > 2
    assert [step.done_bytes for step in steps] == sorted({step.done_bytes for step in steps})


def test_a_file_that_is_there_is_not_downloaded_again_but_checked(tmp_path: Path):
    (tmp_path / "weights.pth").write_bytes(FILE)
    nowhere = "http://127.0.0.1:9/weights.pth"
    assert fetch(Source(nowhere, pin()), tmp_path) == ([], tmp_path / "weights.pth")
    with pytest.raises(EncoderError, match=r"not the pinned file.*Delete it"):
        fetch(Source(nowhere, pin(b"other")), tmp_path)


@pytest.mark.parametrize(
    ("name", "sha256", "reason"),
    [
        ("weights.pth", pin(b"other"), f"its checksum is {pin()}"),
        ("missing", pin(), "Not Found"),
        ("short", pin(), "connection ended after 2,560,000 of 5,120,000 bytes"),
        ("weights.pth", None, "--sha256"),
    ],
)
def test_what_is_not_the_file_is_refused_and_leaves_nothing(
    site: str, tmp_path: Path, name: str, sha256: str | None, reason: str
):
    with pytest.raises(EncoderError, match=reason):
        fetch(Source(f"{site}/{name}", sha256), tmp_path)
    assert not [*tmp_path.iterdir()]


def test_a_server_that_falls_silent_is_given_up(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(downloads, "PATIENCE_S", 0.2)
    with pytest.raises(EncoderError, match="timed out"):
        fetch(Source(f"{site}/slow", pin()), tmp_path)
    assert not [*tmp_path.iterdir()]


def test_no_server_is_told(tmp_path: Path):
    with pytest.raises(EncoderError, match="could not be downloaded"):
        fetch(Source("http://127.0.0.1:9/weights.pth", pin()), tmp_path)


def test_a_download_that_is_stopped_leaves_nothing_and_starts_again(site: str, tmp_path: Path):
    source = Source(f"{site}/weights.pth", pin())
    run = download(source, tmp_path)
    assert next(run).done_bytes < len(FILE)
    assert [path.suffix for path in tmp_path.iterdir()] == [".partial"]
    run.close()
    assert not [*tmp_path.iterdir()]
    assert fetch(source, tmp_path)[1].read_bytes() == FILE
