"""The separate process: when a decoder crashes or hangs, that photo is lost and the next one is read."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from multiprocessing.context import SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photosearch import worker_process
from photosearch.files import Unwanted
from photosearch.ingest.decoding import isolation
from photosearch.ingest.decoding.formats import Kind
from photosearch.ingest.decoding.isolation import IsolatedDecoders, Order
from photosearch.ingest.decoding.picture import Large, Wanted
from photosearch.ingest.reader import Reader
from photosearch.models import Decoded, Unreadable
from photosearch.worker_process import Worker
from tests.ingest.conftest import SIDE
from tests.photos import save_photo

Arrays = dict[str, NDArray[np.uint8]]

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals here")


@pytest.fixture
def reader() -> Iterator[Reader]:
    before = set(active_children())
    with Reader(SIDE, "squash") as reader:
        yield reader
    assert set(active_children()) == before


@pytest.fixture
def photo(tmp_path: Path) -> str:
    return save_photo(tmp_path / "photo.tif")


def read(reader: Reader, path: str) -> Decoded | Unreadable | None:
    return reader.read(path, lambda _: None)


def start_decoder(reader: Reader, photo: str) -> BaseProcess:
    before = set(active_children())
    assert isinstance(read(reader, photo), Decoded)
    (process,) = set(active_children()) - before
    return process


def doubled() -> Callable[[Arrays], Arrays]:
    """Gives arrays back, each twice as large."""
    return lambda arrays: {name: np.concatenate((array, array[::-1])) for name, array in arrays.items()}


def test_arrays_of_any_size_and_order_come_as_they_went() -> None:
    chance, parcel = np.random.default_rng(1), worker_process.PARCEL_BYTES
    shapes = {"none": (0, 3), "few": (2, 3), "even": (parcel,), "large": (701, 1001, 3)}
    arrays: Arrays = {name: chance.integers(0, 256, shape, np.uint8) for name, shape in shapes.items()}
    arrays |= {"turned": arrays["large"].transpose(1, 0, 2), "striped": arrays["large"][::3, ::5]}
    worker = Worker[Arrays, Arrays](doubled)
    try:
        for _ in range(2):
            answer = worker.ask(arrays, 60)
            assert answer.keys() == arrays.keys()
            for name, array in doubled()(arrays).items():
                assert np.array_equal(answer[name], array)
                answer[name][...] = 0  # whoever gets it may change it
    finally:
        worker.end()


def look_up() -> Callable[[str], str | None]:
    return os.environ.get


@pytest.mark.parametrize("before", ["3", None])
def test_a_process_computes_on_one_thread_and_this_one_on_as_many_as_before(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = "OPENBLAS_NUM_THREADS"
    if before:
        monkeypatch.setenv(threads, before)
    else:
        monkeypatch.delenv(threads, raising=False)
    worker = Worker(look_up)
    try:
        assert worker.ask(threads, 60) == "1"
    finally:
        worker.end()
    assert os.environ.get(threads) == before


def crash() -> Callable[[Order], None]:
    """A decoder with a fault."""
    return lambda _: os.kill(os.getpid(), signal.SIGSEGV)


def be_killed() -> Callable[[Order], None]:
    """A decoder that the system ends whatever it is given."""
    return lambda _: os.kill(os.getpid(), signal.SIGKILL)


def be_killed_beside_others() -> Callable[[Order], object]:
    """A decoder that the system ends unless it is alone."""

    def decode(order: Order) -> object:
        if not order.may_be_large:
            os.kill(os.getpid(), signal.SIGKILL)
        return isolation._decode(order)

    return decode


def hang() -> Callable[[Order], None]:
    """A decoder that does not come to an end."""
    return lambda _: signal.pause()


@needs_signals
@pytest.mark.parametrize(
    ("decoder", "reason", "cause"),
    [
        (crash, "The decoder crashed on this file.", "photo"),
        (be_killed, "The system ended the decoder, most likely as memory was short.", "memory"),
        (hang, "Decoding took longer than 0 seconds.", "time"),
    ],
)
def test_what_ends_a_decoder_costs_one_photo_and_is_told(
    photo: str, monkeypatch: pytest.MonkeyPatch, decoder: Callable[[], object], reason: str, cause: str
) -> None:
    with monkeypatch.context() as patched:
        if decoder is hang:
            patched.setattr(isolation, "TIMEOUT_S", 0.2)
        patched.setattr(isolation, "_prepare", decoder)
        with Reader(SIDE, "squash") as reader:
            assert read(reader, photo) == Unreadable(photo, reason, cause)  # type: ignore[arg-type]
    with Reader(SIDE, "squash") as reader:
        assert isinstance(read(reader, photo), Decoded)


@needs_signals
@pytest.mark.parametrize("threads", [1, 2])
def test_what_is_being_decoded_is_given_up_once_nobody_wants_it(
    photo: str, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    """Beside it, another picture is asked for, which waits its turn where there is one decoder."""
    before, began = set(active_children()), time.monotonic()
    monkeypatch.setattr(isolation, "TIMEOUT_S", 600.0)
    monkeypatch.setattr(isolation, "_prepare", hang)
    with Reader(SIDE, "squash", threads) as reader, ThreadPoolExecutor(2) as pool:
        indexing = pool.submit(read, reader, photo)
        with pytest.raises(Unwanted):
            reader.look(photo, None, lambda: False)
        reader.stop()
        with pytest.raises(Unwanted):
            indexing.result()
        assert set(active_children()) == before
    assert time.monotonic() - began < 300


@needs_signals
def test_a_decoder_that_is_killed_is_tried_again_with_none_beside_it(
    photo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(active_children())
    monkeypatch.setattr(isolation, "_prepare", be_killed_beside_others)
    with Reader(SIDE, "squash", threads=3) as reader:
        assert isinstance(read(reader, photo), Decoded)
        assert len(set(active_children()) - before) == 1


def test_a_decoder_that_died_while_idle_costs_no_photo(reader: Reader, photo: str) -> None:
    process = start_decoder(reader, photo)
    process.kill()
    process.join()
    assert isinstance(read(reader, photo), Decoded)


def test_a_decoder_that_does_not_start_is_no_fault_of_the_photo(
    reader: Reader, photo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(worker_process, "START_TIMEOUT_S", 0)
        answer = read(reader, photo)
    assert isinstance(answer, Unreadable) and answer.transient
    assert answer.reason == "The separate process that decodes such files did not start."
    assert isinstance(read(reader, photo), Decoded)


INTERRUPTED = """
import os, signal, threading
from photosearch.worker_process import _Process
from photosearch.ingest.decoding.isolation import _prepare, always

if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: None)
    started = threading.Event()

    def interrupt():
        while not started.wait(0.01):
            os.killpg(0, signal.SIGINT)

    threading.Thread(target=interrupt).start()
    try:
        _Process(_prepare, always).end()
    finally:
        started.set()
"""


@needs_signals
def test_a_decoder_starts_unmoved_and_silent_through_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(INTERRUPTED)
    command = [sys.executable, str(tmp_path / "interrupted.py")]
    root = str(Path(worker_process.__file__).parents[1])
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": root}, capture_output=True, start_new_session=True
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("error", [OSError, RuntimeError, MemoryError])
def test_a_process_that_the_system_refuses_is_no_fault_of_the_photo(
    reader: Reader, photo: str, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(_: SpawnProcess) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(SpawnProcess, "start", refuse)
        answer = read(reader, photo)
    assert isinstance(answer, Unreadable) and answer.transient
    assert isinstance(read(reader, photo), Decoded)


def test_an_unreadable_photo_costs_no_process(reader: Reader, photo: str, tmp_path: Path) -> None:
    before = start_decoder(reader, photo)
    (tmp_path / "text.heic").write_text("no picture")
    assert isinstance(read(reader, str(tmp_path / "text.heic")), Unreadable)
    assert isinstance(read(reader, photo), Decoded)
    assert before.is_alive()


def test_a_photo_that_takes_much_memory_is_decoded_only_by_permission(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "large.tif"
    Image.new("1", (7000, 5000), 1).save(path, compression="group4")
    order = Order(str(path), path.read_bytes(), Kind("pillow", None, isolated=True), b"", Wanted(SIDE, "squash"))
    decoders = IsolatedDecoders(1)
    try:
        with pytest.raises(Large):
            decoders.decode(order)
        assert isinstance(decoders.decode(order._replace(may_be_large=True)), Decoded)
    finally:
        decoders.close()
    assert isinstance(read(reader, str(path)), Decoded)


def test_what_is_decoded_are_the_bytes_of_the_digest(reader: Reader, photo: str) -> None:
    before = read(reader, photo)
    assert isinstance(before, Decoded)

    def swap(_: bytes) -> None:
        save_photo(photo, 5)

    swapped = reader.read(photo, swap)
    assert isinstance(swapped, Decoded)
    assert (swapped.digest, swapped.thumbnail) == (before.digest, before.thumbnail)


def test_many_threads_share_few_decoders(tmp_path: Path) -> None:
    photos = [save_photo(tmp_path / f"{seed}.tif", seed) for seed in range(12)]
    answers: dict[str, object] = {}
    before = set(active_children())
    with Reader(SIDE, "squash", threads=2) as reader:

        def read_some(start: int) -> None:
            for path in photos[start::4]:
                answers[path] = read(reader, path)

        threads = [threading.Thread(target=read_some, args=(start,)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(active_children()) - before) <= 2
    assert set(active_children()) == before
    assert all(isinstance(answers[path], Decoded) for path in photos)
