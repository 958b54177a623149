"""Running an encoder bundle: the only caller of onnxruntime."""

import time
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from photosearch.encode.bundle import Bundle, read_bundle, verify_model
from photosearch.errors import EncoderError
from photosearch.sentences import verbatim
from photosearch.settings import Device

CUDA = "CUDAExecutionProvider"
CPU = "CPUExecutionProvider"
UNIT_TOLERANCE = 0.01  # of a length, which float16 keeps to 0.001

Model = tuple[str, tuple[str, ...]]  # its SHA-256, and the processors that are tried
# Encoders of one model share its session, which is loaded as long as one of them is there: `status` measures the
# encoder that is in use, and a training measures photos with the one that serves.
_sessions: WeakValueDictionary[Model, onnxruntime.InferenceSession] = WeakValueDictionary()


def cuda_is_offered() -> bool:
    """True if this onnxruntime was built for CUDA; a session may still fail to start on it."""
    return CUDA in onnxruntime.get_available_providers()


class Encoder:
    """Pixels to descriptors. Safe to use from many threads, each of which encodes on its own core."""

    def __init__(self, folder: Path, device: Device = "auto") -> None:
        """Load the bundle in `folder`; raises EncoderError if it is damaged, or if cuda is asked for but not there."""
        self.folder = folder
        self.bundle: Bundle = read_bundle(folder)
        self._session = _session(verify_model(folder, self.bundle), self.bundle, device)
        self._input = self._session.get_inputs()[0].name
        side = self.bundle.input_size
        self.encode(np.zeros((1, side, side, 3), np.uint8))

    @property
    def device(self) -> str:
        """The processor that it runs on: CPU or CUDA."""
        return "CUDA" if CUDA in self._session.get_providers() else "CPU"

    def encode(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Map uint8[B,S,S,3] to unit vectors float32[B,D]; raises EncoderError if it gives anything else."""
        if not len(pixels):
            return np.empty((0, self.bundle.dimension), np.float32)
        name = self.bundle.name
        try:
            vectors = np.asarray(self._session.run(None, {self._input: pixels})[0], np.float32)
        except Exception as error:  # onnxruntime's errors share no base of their own
            raise EncoderError(
                "The encoder “{name}” cannot be run: {reason}", name=name, reason=verbatim(_first_line(error))
            ) from error
        if vectors.shape != (len(pixels), self.bundle.dimension):
            raise EncoderError(
                "The encoder “{name}” gives {shape}, not the dimension its card says.",
                name=name,
                shape=str(vectors.shape),
            )
        lengths = np.linalg.norm(vectors, axis=1)
        if not np.isfinite(lengths).all():
            raise EncoderError("The encoder “{name}” gives NaN or infinite values.", name=name)
        if (np.abs(lengths - 1) > UNIT_TOLERANCE).any():
            raise EncoderError("The encoder “{name}” gives vectors that are not of unit length.", name=name)
        return vectors

    def measure(self, seconds: float = 0.1) -> float:
        """Photos encoded per second by one thread, from batches as indexing sends them."""
        batch = np.zeros((8, self.bundle.input_size, self.bundle.input_size, 3), np.uint8)
        self.encode(batch)
        start, batches = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            self.encode(batch)
            batches += 1
        return batches * len(batch) / (time.perf_counter() - start)


def _session(file: Path, bundle: Bundle, device: Device) -> onnxruntime.InferenceSession:
    providers = (CUDA, CPU) if device != "cpu" and cuda_is_offered() else (CPU,)
    model: Model = bundle.sha256, providers
    session = _sessions.get(model) or _start(file, bundle.name, providers)
    if device == "cuda" and CUDA not in session.get_providers():
        raise EncoderError("CUDA cannot be used: install onnxruntime-gpu and NVIDIA's driver, or choose the CPU.")
    return _sessions.setdefault(model, session)


def _start(file: Path, name: str, providers: tuple[str, ...]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # indexing runs one call a core, which beats one call on all cores
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Sums of 8-bit products overflow on processors that have AVX2 and no VNNI, unless weights count unsigned there: the
    # vectors of default-int8 had a cosine of 0.99 with those of others (benchmarks/processors.py).
    options.add_session_config_entry("session.x64quantprecision", "1")
    options.log_severity_level = 4  # relevant errors arrive as exceptions
    try:
        return onnxruntime.InferenceSession(file, options, providers=list(providers))
    except Exception as error:  # onnxruntime's errors share no base of their own
        raise EncoderError(
            "The encoder “{name}” cannot be loaded: {reason}", name=name, reason=verbatim(_first_line(error))
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
