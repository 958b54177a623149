"""Whatever is done, crashes and is undone, in whatever order: nothing is lost, and in the end all is as it was."""

import hashlib
import os
import random
import shutil
import tempfile
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photosearch.act.clear import clear_away
from photosearch.act.plan import Removal
from photosearch.act.recovery import recover
from photosearch.act.undo import history, undo
from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.models import Folder
from photosearch.store.catalog import Catalog
from photosearch.store.tables.journal import Journal, Way
from tests.act.crashes import Job, drive, run_and_kill, run_here
from tests.act.files import digest, removal, snapshot, walk, write
from tests.act.small_process import Ask, small_process
from tests.trash import refuse_trash, use_trash

CAN_KILL = hasattr(os, "fork")
NAMES = ["IMG_1.jpg", "IMG_2.heic", "IMG_3.CR2", "IMG_3.jpg", "\xff.jpg"]
if os.name != "nt":  # where one name has any case, and is a text
    NAMES[-1:] = ["img_1.JPG", os.fsdecode(b"\xff.jpg")]


def contents(folder: Path) -> set[bytes]:
    return {digest(path) for path in walk(folder)}


class Attic:
    """A folder of photos with copies and companions, a catalog, a trash, and a folder to move to."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self.folder, self.album, self.away = folder, folder / "album", folder / "away"
        self.catalog = folder / "library" / "catalog.sqlite"
        self.came: list[tuple[bytes, int, int]] = []
        self.alike_only = True
        self.inherited = False
        self.catalog.parent.mkdir(parents=True)
        shutil.copyfile(empty, self.catalog)
        with closing(Catalog(self.catalog)) as catalog:
            catalog.add_folder(Folder(str(self.album)))

    def fill(self, chance: random.Random) -> None:
        """Write photos with copies and companions."""
        for place in ("a", "b", "b/c", "d"):
            for name in NAMES:
                if chance.random() < 0.6:
                    mode = chance.choice([0o644, 0o600, 0o444])
                    write(self.album / place / name, name + chance.choice("xyy"), mode)
            for name in ("IMG_1.xmp", "IMG_1.jpg.xmp", "IMG_2.AAE", "IMG_O2.aae", "IMG_3.xmp", "IMG_1.THM"):
                if chance.random() < 0.4:
                    write(self.album / place / name, sidecar(place, name, chance.randint(1, 5)))
            for name in ("IMG_2.MOV", "IMG_E2.jpg"):
                if chance.random() < 0.5:
                    write(self.album / place / name, name + chance.choice("xy"))
        write(self.album / "anchor.jpg", "IMG_1.jpgx")

    def remember(self) -> None:
        """Take what there is now for what there should be in the end."""
        self.before = snapshot(self.album)
        self.contents = contents(self.album)
        self.sidecars = {content for path, (content, *_) in self.before.items() if path.lower().endswith(".xmp")}
        self.photos = {content for path, (content, *_) in self.before.items() if not is_sidecar(path)}

    def plan(self, chance: random.Random, alike: bool) -> list[Removal]:
        """Some photos that go and some that stay, of the same bytes or of any, sensible or not."""
        self.alike_only &= alike
        there = [(path, digest(path)) for path in sorted(walk(self.album)) if not is_sidecar(path)]
        plan: list[Removal] = []
        for path, content in chance.sample(there, min(len(there), chance.randint(1, 6))):
            keepers = [kept for kept in there if kept[0] != path and (kept[1] == content or not alike)]
            if keepers:
                plan.append(removal(path, chance.choice(keepers)[0]))
        return plan

    def occupy(self, chance: random.Random) -> None:
        """Somebody writes a file where one went away."""
        gone = [path for path in self.before if not os.path.lexists(path)]
        if gone:
            path = write(chance.choice(gone), f"new {len(self.came)}")
            self.came.append((Path(path).read_bytes(), os.stat(path).st_mtime_ns, os.stat(path).st_mode))

    def check(self) -> None:
        """Nothing is lost, at whatever moment; and of what only copies went, one of each is still in its place."""
        there = contents(self.folder) | contents(self.away)
        if self.inherited:  # what a sidecar was before it took something over is in the journal
            with closing(Catalog(self.catalog)) as catalog:
                rows = catalog.connection.execute("SELECT before FROM act_sidecar WHERE before IS NOT NULL").fetchall()
            there |= {hashlib.sha256(before).digest() for (before,) in rows}
        assert self.contents <= there
        if self.alike_only:
            assert self.photos <= {Path(path).read_bytes() for path in walk(self.album) if ".partial" not in path}

    def check_end(self) -> None:
        """Everything is back; under its own name, unless somebody else took that meanwhile."""
        after = snapshot(self.album)
        if not self.came:
            assert after == self.before
        if self.came and self.inherited:  # a sidecar that somebody wrote meanwhile stays as they wrote it
            expected = {content for content, *_ in [*self.before.values(), *self.came]} - self.sidecars
            assert {content for content, *_ in after.values()} >= expected
        else:
            assert sorted(after.values()) == sorted([*self.before.values(), *self.came])
        assert not [path for path in walk(self.folder) if path.endswith(".partial")]
        assert not list(walk(self.away))


def is_sidecar(path: str) -> bool:
    return path.lower().endswith((".xmp", ".aae", ".thm"))


def sidecar(place: str, name: str, rating: int) -> bytes:
    """Metadata that only this sidecar has, to be inherited if it is XMP."""
    said = {"xmp:Rating": [str(rating)], "dc:subject": [f"of {place} alone: {name}"]}
    return complete(read_packet(EMPTY), said) if name.endswith(".xmp") else said["dc:subject"][0].encode()


def act_on(attic: Attic, plan: list[Removal], way: Way, inherit: bool = False) -> Job:
    attic.inherited |= inherit
    return partial(clear_away, plan=plan, way=way, target=str(attic.away), inherit=inherit)


def undo_all(attic: Attic) -> None:
    with closing(Catalog(attic.catalog)) as catalog:
        drive(undo(catalog))
        while (last := Journal(catalog).last_act()) is not None:
            drive(undo(catalog, last))
            assert Journal(catalog).last_act() != last
        assert Journal(catalog).under_way() == []
        assert all(act.state == "undone" for act in history(catalog))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new catalog, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "catalog.sqlite"
    Catalog(file).close()
    return file


@pytest.fixture(scope="module")
def ask() -> Generator[Ask]:
    """Has something done where a process is forked quickly."""
    with small_process() as ask:
        yield ask


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["trash", "trash", "quarantine", "move", "link", "undo", "undo", "undo any", "occupy"]),
        st.integers(0, 2**16),  # what is chosen in it
        st.one_of(st.just(0), st.integers(1, 60)),  # the call that crashes
        st.booleans(),  # by a real kill
        st.integers(0, 3),  # closed after so many photos
        st.booleans(),  # only files of the same bytes
        st.booleans(),  # the sidecars of those that stay take over what is said
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(st.integers(0, 2**16), STEPS)
def test_nothing_is_lost_and_all_comes_back(
    monkeypatch: pytest.MonkeyPatch,
    empty: Path,
    ask: Ask,
    seed: int,
    steps: list[tuple[str, int, int, bool, int, bool, bool]],
) -> None:
    with tempfile.TemporaryDirectory(dir=empty.parent) as scratch, monkeypatch.context() as patch:
        attic = Attic(Path(scratch), empty)
        attic.fill(random.Random(seed))
        attic.remember()
        use_trash(patch, Path(scratch, "home"))
        for what, choice, crash, kill, stop, alike, inherit in steps:
            chance = random.Random(choice)
            with closing(Catalog(attic.catalog)) as catalog:
                acts = [act.act_id for act in history(catalog)]
            with patch.context() as around:
                if what == "quarantine":
                    refuse_trash(around)
                if what == "occupy":
                    attic.occupy(chance)
                    continue
                if what == "undo":
                    job = undo
                elif what == "undo any":
                    job = partial(undo, act_id=chance.choice(acts) if acts else None)
                else:
                    way: Way = "trash" if what == "quarantine" else what  # type: ignore[assignment]
                    job = act_on(attic, attic.plan(chance, alike), way, inherit)
                if kill and CAN_KILL:
                    home = attic.folder / "home"
                    ask(partial(run_and_kill, attic.catalog, job, crash, stop, home, what != "quarantine"))
                else:
                    run_here(attic.catalog, job, crash, stop)
            attic.check()
        undo_all(attic)
        attic.check_end()


@pytest.mark.parametrize("what", ["trash", "quarantine", "move", "move far", "link"])
@pytest.mark.parametrize("undoing", [False, True], ids=["clear", "undo"])
@pytest.mark.parametrize("inherit", ["no", "new", "there"])
def test_every_call_may_be_the_last(
    what: str,
    undoing: bool,
    inherit: str,
    empty: Path,
    ask: Ask,
    tmp_path: Path,
    other_drive: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One photo with its sidecar, and a kill before the first, the second, the third … call that changes anything."""
    if what == "quarantine":
        refuse_trash(monkeypatch)
    way: Way = {"quarantine": "trash", "move far": "move"}.get(what, what)  # type: ignore[assignment]
    mode = 0o644 if os.name == "nt" and way == "link" else 0o444  # Windows replaces no file that is read-only
    calls, ended = 0, False
    while not ended:
        calls += 1
        attic = Attic(tmp_path / str(calls), empty)
        if what == "move far":
            attic.away = other_drive / str(calls)
        use_trash(monkeypatch, tmp_path / str(calls) / "home")
        loser, keeper = write(attic.album / "x" / "one.jpg", mode=mode), write(attic.album / "one.jpg")
        write(attic.album / "x" / "one.xmp", sidecar("x", "one.xmp", 5))
        if inherit == "there":
            write(attic.album / "one.jpg.xmp", sidecar("", "one.xmp", 2), mode=0o600)
        attic.remember()
        clearing = act_on(attic, [removal(loser, keeper)], way, inherit != "no")
        if undoing:
            assert run_here(attic.catalog, clearing, 0, 0)
            attic.check()
        job = undo if undoing else clearing
        if CAN_KILL:
            home = attic.folder / "home"
            ended = ask(partial(run_and_kill, attic.catalog, job, calls, 0, home, what != "quarantine"))
        else:
            ended = run_here(attic.catalog, job, calls, 0)
        attic.check()
        with closing(Catalog(attic.catalog)) as catalog:
            recover(catalog)
        if not undoing:  # a photo and its sidecar are together again
            assert os.path.lexists(loser) == os.path.lexists(attic.album / "x" / "one.xmp")
        undo_all(attic)
        attic.check_end()
    assert calls > (5 if CAN_KILL else 2)  # commits are seen only by a child
