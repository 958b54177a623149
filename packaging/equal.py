"""Tells in what two builds differ, by the members of folders and archives.

    python packaging/equal.py ONE OTHER    two files or two folders; the exit code is 1 where they differ

Of a folder's members count names, modes, links and bytes; of an archive's (.whl, .zip, .deb, .tar and compressed ones)
also the order, the times and the owners.
"""

import io
import stat
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

AR = b"!<arch>\n"


@dataclass(frozen=True)
class Member:
    """One file, link or folder: what is noted of it, and its bytes."""

    facts: str
    data: bytes


def differences(one: Path, other: Path) -> list[str]:
    """In what two files or folders differ, as lines; [] where they are equal."""
    if one.is_dir() and other.is_dir():
        return _between(_folder(one), _folder(other), "")
    if one.is_file() and other.is_file():
        return _of_bytes(one.read_bytes(), other.read_bytes(), one.name)
    return [f"{one} and {other} are not two files or two folders"]


def _of_bytes(one: bytes, other: bytes, name: str) -> list[str]:
    if one == other:
        return []
    members, others = _archive(one), _archive(other)
    inside = _between(members, others, f"{name}/") if members is not None and others is not None else []
    if inside:
        return inside
    first = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), "the end")
    how = "the same members, packed otherwise" if members is not None else f"from byte {first}"
    return [f"{name}: {len(one)} and {len(other)} bytes differ, {how}"]


def _between(members: dict[str, Member], others: dict[str, Member], before: str) -> list[str]:
    found = [f"{before}{name}: only in the first" for name in members.keys() - others.keys()]
    found += [f"{before}{name}: only in the second" for name in others.keys() - members.keys()]
    if not found and list(members) != list(others):
        found.append(f"{before or '.'}: the same members in another order")
    for name in members.keys() & others.keys():
        one, other = members[name], others[name]
        if one.facts != other.facts:
            found.append(f"{before}{name}: {one.facts} and {other.facts}")
        found += _of_bytes(one.data, other.data, before + name)
    return sorted(found)


def _folder(folder: Path) -> dict[str, Member]:
    members: dict[str, Member] = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        target = f" -> {path.readlink()}" if stat.S_ISLNK(mode) else ""
        data = path.read_bytes() if stat.S_ISREG(mode) else b""
        members[path.relative_to(folder).as_posix()] = Member(stat.filemode(mode) + target, data)
    return members


def _archive(data: bytes) -> dict[str, Member] | None:
    """The members of an archive in their order; None where `data` is none."""
    if data.startswith(AR):
        return _ar(data)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return {
                each.filename: Member(f"{each.external_attr >> 16:o} {each.date_time}", opened.read(each))
                for each in opened.infolist()
            }
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as opened:
            return {each.name: Member(_facts(each), _read(opened, each)) for each in opened}
    except tarfile.TarError:
        return None


def _facts(member: tarfile.TarInfo) -> str:
    owner = f"{member.uid}/{member.uname} {member.gid}/{member.gname}"
    return f"{member.mode:o} {owner} {member.mtime} {member.linkname}".rstrip()


def _read(opened: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    return file.read() if (file := opened.extractfile(member) if member.isreg() else None) else b""


def _ar(data: bytes) -> dict[str, Member]:
    """The members of a .deb: each has a head of 60 bytes, and begins at an even place."""
    members: dict[str, Member] = {}
    place = len(AR)
    while place + 60 <= len(data):
        head = data[place : place + 60].decode("ascii")
        size = int(head[48:58])
        members[head[:16].rstrip("/ ")] = Member(" ".join(head[16:48].split()), data[place + 60 : place + 60 + size])
        place += 60 + size + size % 2
    return members


def main() -> int:
    """Print the differences."""
    found = differences(Path(sys.argv[1]), Path(sys.argv[2]))
    print("\n".join(found) or "equal")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
