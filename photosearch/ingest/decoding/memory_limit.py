"""A limit to the memory of this process, as far as the system knows one."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any


def limit_memory(more_bytes: int) -> Callable[[], None]:
    """Limit this process to `more_bytes` beyond what it takes up now; macOS takes no heed of any limit.

    Returns the function that lifts the limit again, made beforehand so that calling it takes no memory.
    """
    if sys.platform == "linux":
        return _limit_address_space(more_bytes)
    if sys.platform == "win32":
        return _limit_commitment(more_bytes)
    return lambda: None


def _limit_address_space(more_bytes: int) -> Callable[[], None]:
    import resource

    with open("/proc/self/statm", "rb") as statm:
        taken_bytes = int(statm.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    limit, hard = taken_bytes + more_bytes, before[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    return partial(resource.setrlimit, resource.RLIMIT_AS, before)


# Windows limits the memory that is committed to the processes of a job, here of one. Names and layout: Microsoft's
# JOBOBJECT_EXTENDED_LIMIT_INFORMATION and PROCESS_MEMORY_COUNTERS.
EXTENDED_LIMITS, PROCESS_MEMORY = 9, 0x100


class _Limits(ctypes.Structure):
    _fields_ = [
        ("user_times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("working_sets", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("input_and_output", ctypes.c_uint64 * 6),
        ("process_bytes", ctypes.c_size_t),
        ("job_bytes", ctypes.c_size_t),
        ("peaks", ctypes.c_size_t * 2),
    ]


class _Counters(ctypes.Structure):
    _fields_ = [
        ("own_bytes", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("working_sets", ctypes.c_size_t * 2),
        ("pools", ctypes.c_size_t * 4),
        ("committed_bytes", ctypes.c_size_t),
        ("peak_bytes", ctypes.c_size_t),
    ]


def _limit_commitment(more_bytes: int) -> Callable[[], None]:
    counters, process = _Counters(own_bytes=ctypes.sizeof(_Counters)), ctypes.c_void_p(-1)  # this one
    if not _kernel().K32GetProcessMemoryInfo(process, ctypes.byref(counters), ctypes.sizeof(counters)):
        return lambda: None
    limits = _Limits(flags=PROCESS_MEMORY, process_bytes=counters.committed_bytes + more_bytes)
    none, size = _Limits(), ctypes.sizeof(_Limits)
    _kernel().SetInformationJobObject(_job(), EXTENDED_LIMITS, ctypes.byref(limits), size)
    return partial(_kernel().SetInformationJobObject, _job(), EXTENDED_LIMITS, ctypes.byref(none), size)


@cache
def _job() -> ctypes.c_void_p:
    """The job of this process, which is in none of its own before."""
    _kernel().CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(_kernel().CreateJobObjectW(None, None))
    _kernel().AssignProcessToJobObject(job, ctypes.c_void_p(-1))
    return job


@cache
def _kernel() -> Any:
    return ctypes.WinDLL("kernel32") if sys.platform == "win32" else None
