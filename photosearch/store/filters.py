"""Filters of photos, and the paths below a folder, as conditions of SQL."""

import json
import os
from datetime import date, datetime, time, timedelta

from photosearch.models import Filter


def condition(only: Filter) -> tuple[str, list[object]]:
    """The filter `only` on `photo` joined with `content`, as SQL and its values; true where it sets no condition."""
    parts, values = ["true"], list[object]()
    if only.folder:
        parts.append("path >= ? AND path < ?")
        values += range_below(only.folder)
    if only.since:
        parts.append("CASE WHEN taken_at IS NULL THEN mtime_ns >= ? ELSE taken_at >= ? END")
        values += [_moment_ns(only.since, time.min), only.since]
    if only.until:
        parts.append("CASE WHEN taken_at IS NULL THEN mtime_ns <= ? ELSE taken_at < ? END")
        values += [_moment_ns(only.until, time.max), only.until + "~"]  # "~" comes after the "T" that follows a day
    if only.formats:
        parts.append("format IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(only.formats))
    if only.label is not None:
        parts.append("digest IN (SELECT digest FROM labelled JOIN label ON label.id = label_id WHERE folded = ?)")
        values.append(only.label.casefold())
    if only.camera is not None:
        parts.append("camera = ?")
        values.append(only.camera)
    for sql, limit in (("size_bytes >= ?", only.least_bytes), ("size_bytes <= ?", only.most_bytes)):
        if limit is not None:
            parts.append(sql)
            values.append(limit)
    return " AND ".join(parts), values


def _moment_ns(day: str, hour: time) -> int:
    """A moment of a day here, as files count time."""
    moment = datetime.combine(date.fromisoformat(day), hour)
    try:
        seconds = moment.timestamp()
    except (OSError, OverflowError, ValueError):  # Windows knows no time zone so long ago
        seconds = (moment - datetime(1970, 1, 1)) / timedelta(seconds=1)
    return max(-(2**63), min(round(seconds * 10**6) * 1000, 2**63 - 1000)) + (999 if hour == time.max else 0)


def range_below(folder: str) -> tuple[bytes, bytes]:
    """The half-open range of encoded paths that lie in `folder`."""
    prefix = os.fsencode(folder.rstrip(os.sep) + os.sep)
    return prefix, prefix[:-1] + bytes([prefix[-1] + 1])
