"""Labels, confirmed and rejected matches: what a person says of photos, through the library and the command line."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from photosearch.errors import QueryError
from photosearch.library import Library
from photosearch.models import Filter
from photosearch.paths import resources
from photosearch.store.salvage import salvage
from tests.conftest import Run
from tests.jobs import finish, index
from tests.photos import save_photo


@pytest.fixture
def pets(library: Library, album: Path) -> Path:
    """The album, indexed: three cats, two dogs."""
    for number, name in enumerate(("cats/one", "cats/two", "cats/deep/three", "dogs/one", "dogs/two")):
        save_photo(album / f"{name}.png", number)
    index(library, album)
    return album


def ids(library: Library, *paths: Path) -> list[int]:
    found = {photo.path: photo.photo_id for photo in library.photos.get(library.photos.listing().ids).values()}
    return [found[str(path)] for path in paths]


def labelled_names(library: Library, *labels: str) -> list[tuple[str, str]]:
    return [(photo.label, os.path.basename(photo.path)) for photo in library.labels.labelled_photos(labels)]


def test_a_label_is_of_what_a_photo_shows(library: Library, pets: Path) -> None:
    assert library.labels.add("  My  cat ", ids(library, pets / "cats/one.png", pets / "cats/two.png")) == 2
    assert library.labels.add("MY CAT", ids(library, pets / "cats/one.png")) == 0
    shutil.copy(pets / "cats/one.png", pets / "copy.png")
    (pets / "cats/two.png").rename(pets / "moved.png")
    index(library)
    assert labelled_names(library) == [("My cat", "one.png"), ("My cat", "copy.png"), ("My cat", "moved.png")]
    assert library.labels.counts() == {"My cat": 3}
    photo = library.labels.labelled_photos(["my cat"])[0]
    assert photo.digest == library.catalog.digest_of_photo(photo.photo_id)


def test_labelled_photos_are_of_present_photos_and_wanted_labels(library: Library, pets: Path) -> None:
    one, two = ids(library, pets / "cats/one.png", pets / "cats/two.png")
    library.labels.add("cat", [one, two])
    library.labels.add("Best", [one])
    assert labelled_names(library) == [("Best", "one.png"), ("cat", "one.png"), ("cat", "two.png")]
    assert labelled_names(library, "best") == [("Best", "one.png")]
    with pytest.raises(QueryError, match="no label “mouse”"):
        library.labels.labelled_photos(["mouse"])
    (pets / "cats/two.png").unlink()
    index(library)
    assert labelled_names(library, "cat") == [("cat", "one.png")]
    assert library.labels.counts() == {"Best": 1, "cat": 1}


def test_photos_are_listed_and_searched_by_label(library: Library, pets: Path) -> None:
    wanted = ids(library, pets / "cats/one.png", pets / "dogs/one.png")
    library.labels.add("one", wanted)
    assert sorted(library.photos.listing(only=Filter(label=" ONE ")).ids) == sorted(wanted)
    assert not library.photos.listing(only=Filter(label="two")).ids


def test_pairs_to_learn_from(library: Library, pets: Path, tmp_path: Path) -> None:
    names = ("cats/one", "cats/two", "dogs/one", "dogs/two")
    cat, two, dog, last = ids(library, *(pets / f"{name}.png" for name in names))
    digest = {photo: library.catalog.digest_of_photo(photo) or b"" for photo in (cat, two, dog, last)}

    def pair(one: int, other: int) -> tuple[bytes, bytes]:
        return min(digest[one], digest[other]), max(digest[one], digest[other])

    library.feedback.confirm(str(pets / "cats/one.png"), [two, cat], True)
    library.feedback.confirm(str(shutil.copy(pets / "cats/one.png", tmp_path / "elsewhere.png")), [dog], False)
    assert library.feedback.matches() == ([pair(cat, two)], [pair(cat, dog)])
    assert library.feedback.confirmed(str(pets / "cats/one.png"), [two, dog, last]) == {two: True, dog: False}
    library.feedback.decide("not duplicates", [dog, two])
    library.feedback.decide("not duplicates", [cat, two])
    library.feedback.decide("keep this", [last, dog], dog)
    library.feedback.decide("keep all", [last, two])
    assert library.feedback.matches() == (
        sorted([pair(cat, two), pair(dog, last)]),
        sorted([pair(cat, dog), pair(dog, two)]),
    ), "what was said of an answer counts before what was decided of duplicates"
    library.feedback.confirm(str(pets / "cats/one.png"), [two, dog], None)
    (pets / "dogs/two.png").unlink()
    index(library)
    assert library.feedback.matches() == ([], sorted([pair(cat, two), pair(dog, two)]))
    library.feedback.confirm(save_photo(tmp_path / "stranger.png", 99), [two], True)
    assert library.feedback.matches().confirmed == [], "only what the library has"
    with pytest.raises(QueryError, match=r"“.*nothing\.png” cannot be read"):
        library.feedback.confirm(str(tmp_path / "nothing.png"), [two], True)


def test_the_photo_that_is_searched_with_is_not_read_at_each_look(library: Library, pets: Path, tmp_path: Path) -> None:
    (cat,) = ids(library, pets / "cats/one.png")
    query = tmp_path / "elsewhere.png"
    save_photo(query, 9)
    library.feedback.confirm(str(query), [cat], True)
    status = query.stat()
    query.write_bytes(bytes(status.st_size))
    os.utime(query, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert library.feedback.confirmed(str(query), [cat]) == {cat: True}
    query.write_bytes(b"no picture")
    with pytest.raises(QueryError, match="cannot be read"):
        library.feedback.confirmed(str(query), [cat])


def test_names_are_one_line_of_text(library: Library, pets: Path) -> None:
    (cat,) = ids(library, pets / "cats/one.png")
    library.labels.add("A\u0308rger, \ud83d\n viel", [cat])
    library.labels.add("ÄRGER, \ufffd VIEL", [cat])
    assert library.labels.counts() == {"Ärger, \ufffd viel": 1}
    for name, words in (("", "needs a name"), (" \n\0", "needs a name"), (101 * "x", "at most 100")):
        with pytest.raises(QueryError, match=words):
            library.labels.add(name, [cat])


def test_labels_are_taken_away_renamed_and_forgotten(library: Library, pets: Path) -> None:
    one, two = ids(library, pets / "cats/one.png", pets / "cats/two.png")
    library.labels.add("cat", [one, two])
    library.labels.add("pet", [two])
    assert library.labels.of([one, two]) == {"cat": 2, "pet": 1}
    library.labels.rename("CAT", "Tom")
    assert library.labels.counts() == {"pet": 1, "Tom": 2}
    library.labels.rename("pet", "TOM")
    assert (library.labels.counts(), library.labels.known("tom")) == ({"TOM": 2}, "TOM")
    library.labels.rename("TOM", "Tom")
    assert library.labels.remove("tom", [one]) == 1
    assert library.labels.remove("tom", [one]) == 0
    assert library.labels.counts() == {"Tom": 1}
    library.labels.remove("tom", [two])
    assert library.labels.counts() == {}, "nothing carries it"
    library.labels.add("cat", [one])
    library.labels.delete("Cat")
    assert library.labels.counts() == {}
    for act in (library.labels.delete, library.labels.known, lambda name: library.labels.rename(name, "x")):
        with pytest.raises(QueryError, match="no label “cat”"):
            act("cat")


def test_a_label_that_somebody_else_deletes_meanwhile_is_unknown(library: Library, pets: Path) -> None:
    one, two = ids(library, pets / "cats/one.png", pets / "cats/two.png")
    library.labels.add("tom", [two])
    acts: list[Callable[[], object]] = [
        lambda: library.labels.rename("cat", "tom"),
        lambda: library.labels.remove("cat", [one]),
        lambda: library.labels.delete("cat"),
    ]
    with Library(library.places.library) as other:
        for act in acts:
            other.labels.add("cat", [one])
            library.catalog.connection.set_trace_callback(
                lambda sql: other.labels.delete("cat") if sql.startswith("BEGIN") else None
            )
            with pytest.raises(QueryError, match="no label “cat”"):
                act()
            library.catalog.connection.set_trace_callback(None)
    assert library.labels.counts() == {"tom": 1}


def test_labels_come_back_with_a_photo_that_had_left(library: Library, pets: Path) -> None:
    library.labels.add("cat", ids(library, pets / "cats/one.png"))
    for _ in library.remove_folder(str(pets)):
        pass
    assert (library.labels.counts(), library.labels.labelled_photos()) == ({"cat": 0}, [])
    (pets / "cats").rename(pets / "felines")
    index(library, pets)
    assert labelled_names(library) == [("cat", "one.png")]


def test_what_was_said_of_photos_survives_a_damaged_catalog(library: Library, pets: Path) -> None:
    one, two, dog = ids(library, pets / "cats/one.png", pets / "cats/two.png", pets / "dogs/one.png")
    library.labels.add("cat", [one, two])
    library.labels.add("lost", [one])
    library.feedback.confirm(str(pets / "cats/one.png"), [two], True)
    library.feedback.confirm(str(pets / "cats/one.png"), [dog], False)
    before = library.labels.labelled_photos(["cat"]), library.feedback.matches()
    library.catalog.connection.execute("PRAGMA foreign_keys = OFF")
    library.catalog.connection.execute("DELETE FROM label WHERE name = 'lost'")
    library.close()
    salvage(library.places.catalog)
    with Library(library.places.library) as again:
        assert (again.labels.labelled_photos(), again.feedback.matches()) == before
        assert again.catalog.check() == []


@pytest.fixture
def told(run: Run, run_json: Callable[..., Any], album: Path) -> Path:
    """The album, indexed from the command line."""
    for number, name in enumerate(("cats/one", "cats/two", "cats/deep/three", "dogs/one", "dogs/two", "top")):
        save_photo(album / f"{name}.png", number)
    run("index", album)
    return album


def counts(run_json: Callable[..., Any]) -> dict[str, int]:
    return {row["name"]: row["photos"] for row in run_json("labels")["labels"]}


def test_labelling_photos_and_folders(run: Run, run_json: Callable[..., Any], told: Path) -> None:
    assert run("label", "Cat, small", told / "cats/one.png") == (0, "1 photo carries “Cat, small”.\n", "")
    assert run("label", "cat, SMALL", told / "cats")[1] == "3 photos carry “cat, SMALL”.\n"
    assert run_json("label", "dog", "--in", told / "dogs") == {
        "label": "dog", "photos": 2, "changed": 2, "unknown": [],
    }  # fmt: skip
    assert counts(run_json) == {"Cat, small": 3, "dog": 2}
    assert run("labels")[1].split("\n")[0].split() == ["3", "Cat,", "small"]
    code, out, err = run("label", "dog", told / "nothing.png", told / "top.png")
    assert (code, out) == (1, "1 photo carries “dog”.\n")
    assert f"“{told / 'nothing.png'}” is not in the library" in err
    assert run("label", "dog", told / "top.png", "--remove")[1] == "1 photo no longer carries “dog”.\n"
    assert run("labels", "DOG")[1].splitlines() == [str(told / "dogs/one.png"), str(told / "dogs/two.png")]
    found = run_json("similar", told / "cats/one.png", "--label", "dog", "--min-score", -1)["results"]
    assert {result["path"] for result in found} == {str(told / "dogs/one.png"), str(told / "dogs/two.png")}


def test_folders_as_labels(run: Run, run_json: Callable[..., Any], told: Path) -> None:
    assert run("label", "--by-folder", told)[1].splitlines() == ["3 photos carry “cats”.", "2 photos carry “dogs”."]
    assert counts(run_json) == {"cats": 3, "dogs": 2}
    link = told / "cats"
    if os.name != "nt":  # where links need a privilege
        link = told.parent / "link"
        link.symlink_to(told / "cats")
    run("label", "--by-folder", link)
    assert counts(run_json) == {"cats": 3, "deep": 1, "dogs": 2}
    assert "No folder of" in run("label", "--by-folder", told / "dogs")[2]


def test_renaming_and_deleting_in_words(run: Run, run_json: Callable[..., Any], told: Path) -> None:
    assert "No photo carries a label yet" in run("labels")[1]
    run("label", "--by-folder", told)
    assert run("labels", "--rename", "DOGS", "hounds")[1] == "“DOGS” is now “hounds”.\n"
    assert run_json("labels", "--delete", "cats") == {"deleted": "cats"}
    assert counts(run_json) == {"hounds": 2}


def test_labels_go_out_and_come_in(run: Run, run_json: Callable[..., Any], told: Path, tmp_path: Path) -> None:
    try:
        strange = (told / "top.png").rename(told / os.fsdecode(b"caf\xe9,\n.png"))
    except (OSError, UnicodeError):  # this system, or this file system, takes only valid text
        strange = told / "top.png"
    run("index", told)
    run("label", "--by-folder", told)
    run("label", "Best, of all", strange, told / "cats/one.png")
    before = {name: run_json("labels", name)["photos"] for name in counts(run_json)}
    assert run("labels", "--csv", told / "labels.csv")[1] == f"7 lines written: {told / 'labels.csv'}\n"
    run("labels", "--csv", tmp_path / "labels.csv")
    assert "cats/one.png,cats" in (told / "labels.csv").read_text(errors="replace").splitlines()
    assert "album/cats" in (tmp_path / "labels.csv").read_text(errors="replace")
    for file in (told / "labels.csv", tmp_path / "labels.csv"):
        for name in before:
            run("labels", "--delete", name)
        assert run_json("labels", "--read", file)["unknown"] == []
        assert {name: run_json("labels", name)["photos"] for name in before} == before


def test_a_list_that_cannot_be_read_is_told(run: Run, run_json: Callable[..., Any], told: Path) -> None:
    lists = told / "lists.csv"
    for text, words in (
        (b"file,label\na.png,cat", "needs a first line"),
        (b"", "needs a first line"),
        (b"path,label\ncats/one.png,", "Line 2"),
        (b"path,label\ncats/one.png,cat\ncats/two.png", "Line 3"),
        (b"path,label\ncats/one.png," + 101 * b"x", "at most 100"),
        (b"path,label\n\0.png,cat", "(needs a path|cannot be read)"),
    ):
        lists.write_bytes(text)
        code, out, err = run("labels", "--read", lists)
        assert (code, out) == (1, "")
        assert words in err or words.startswith("(")
    assert "cannot be read as a list" in run("labels", "--read", told)[2]
    assert "cannot be read as a list" in run("labels", "--read", told / "none.csv")[2]
    assert counts(run_json) == {}
    lists.write_bytes(b"\xef\xbb\xbfpath,label,note\r\ncats/one.png,cat,x\r\n" + b"gone.png,cat,\r\n" * 2)
    code, out, err = run("labels", "--read", lists)
    assert (code, out) == (1, "1 photo carries “cat”.\n")
    assert err.count("is not in the library") == 1


def test_wrong_ways_to_label_are_told(run: Run, told: Path) -> None:
    for arguments, code, words in (
        (("label",), 2, "which label"),
        (("label", "cat"), 2, "which photos"),
        (("label", "cat", "--by-folder", told), 2, "say nothing else"),
        (("label", " ", told), 1, "needs a name"),
        (("label", "cat", told, "--remove"), 1, "no label “cat”"),
        (("labels", "cat"), 1, "no label “cat”"),
        (("labels", "cat", "--delete", "cat"), 2, "either"),
        (("labels", "--rename", "cat", "dog"), 1, "no label “cat”"),
        (("labels", "--csv", told / "top.png"), 1, "never changed"),
        (("similar", told / "top.png", "--label", "cat"), 1, "no label “cat”"),
        (("label", "cat", ""), 1, "is not in the library"),
    ):
        found, _, err = run(*arguments)
        assert found == code, arguments
        assert words in err


def test_labels_are_counted_as_photos_come_change_and_go(library: Library, pets: Path, tmp_path: Path) -> None:
    def require_counted() -> dict[str, int]:
        carrying = "FROM labelled JOIN content USING (digest) JOIN photo ON content_id = content.id"
        sql = f"SELECT name, (SELECT count(*) {carrying} WHERE label_id = label.id AND state <> 'missing') FROM label"
        counted = dict(library.catalog.connection.execute(sql).fetchall())
        assert library.labels.counts() == counted
        return counted

    cats, dogs = sorted((pets / "cats").glob("*.png")), sorted((pets / "dogs").glob("*.png"))
    library.labels.add("cat", ids(library, *cats))
    library.labels.add("pet", ids(library, *cats, *dogs))
    library.labels.add("Dog", ids(library, *dogs))
    assert require_counted() == {"cat": 2, "pet": 4, "Dog": 2}
    shutil.copy(cats[0], pets / "copy.png")
    save_photo(dogs[0], 77)
    index(library)
    assert require_counted() == {"cat": 3, "pet": 4, "Dog": 1}
    dogs[1].write_bytes(b"no photo any more")
    cats[1].unlink()
    index(library)
    assert require_counted() == {"cat": 2, "pet": 2, "Dog": 0}
    pets.rename(tmp_path / "away")
    index(library)
    require_counted()
    (tmp_path / "away").rename(pets)
    index(library)
    require_counted()
    library.labels.rename("Dog", "cat")
    library.labels.remove("pet", ids(library, cats[0]))
    assert require_counted() == {"cat": 2, "pet": 0}
    finish(library.remove_folder(str(pets)))
    assert require_counted() == {"cat": 0, "pet": 0}
    index(library, pets / "cats")
    assert require_counted() == {"cat": 1, "pet": 0}
    library.labels.add("other", ids(library, cats[0]))
    library.labels.delete("cat")
    assert require_counted() == {"other": 1, "pet": 0}
    library.catalog.close()
    salvage(library.places.catalog)
    with Library(library.places.library) as again:
        assert again.labels.counts() == {"other": 1, "pet": 0}


@pytest.fixture
def kinds(library: Library, album: Path) -> Path:
    """Photos of sample kinds, a folder each: animals, food and windmills, and the like."""
    samples = resources() / "samples" / "photos"
    for folder in sorted(samples.iterdir()):
        for file in sorted(folder.glob("*.jpg")):
            (album / folder.name).mkdir(parents=True, exist_ok=True)
            with Image.open(file) as photo:
                photo.convert("RGB").resize((240, 180)).save(album / folder.name / file.name)
    index(library, album)
    return album


def test_photos_are_suggested_for_a_label(
    library: Library, kinds: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    windmills = sorted((kinds / "Windmills").iterdir())
    assert run("labels", "suggest", "mill")[0] == 1  # no such label
    run("label", "mill", *windmills[:2])
    code, _, err = run("labels", "suggest", "mill")
    assert code == 1 and "at least 3 photos" in err
    run("label", "mill", windmills[2])
    run("label", "other", *sorted((kinds / "Animals").iterdir()))
    told = run_json("labels", "suggest", "Mill")
    assert told["label"] == "mill" and told["check"]["carriers"] == 3
    assert 0 <= told["check"]["wrong"] <= 1 and told["check"]["others"] > 3
    found = {row["path"]: row["probability"] for row in told["photos"]}
    first = told["photos"][0]["path"]
    assert os.path.dirname(first) == str(kinds / "Windmills")
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert not {str(file) for file in windmills[:3]} & set(found)
    run("label", "mill", first, "--refuse")
    assert first not in {row["path"] for row in run_json("labels", "suggest", "mill")["photos"]}
    run("label", "mill", first)  # after all: then it carries it, and is no longer refused
    assert library.labels.contents("mill").refused == []
    assert "checked on what you labelled: of 4 photos" in run("labels", "suggest", "mill", "--limit", "3")[1]
    assert run("labels", "mill", "other")[0] == 2


def test_what_was_refused_is_kept_and_follows_the_label(library: Library, pets: Path) -> None:
    one, two, dog = ids(library, pets / "cats/one.png", pets / "cats/two.png", pets / "dogs/one.png")
    library.labels.add("cat", [one])
    library.labels.refuse("cat", [dog])
    library.labels.rename("cat", "Feline")
    assert len(library.labels.contents("feline").refused) == 1
    library.labels.add("pet", [two])
    library.labels.rename("feline", "pet")
    assert len(library.labels.contents("pet").refused) == 1
    library.labels.refuse("pet", [dog], False)
    assert library.labels.contents("pet").refused == []
