"""The settings: kept, read back field by field, and in effect at once."""

import json
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from photosearch.encode.bundle import read_bundle
from photosearch.encode.encoder import cuda_is_offered
from photosearch.errors import EncoderError, SettingsDamaged
from photosearch.library import Library
from photosearch.models import Query, Unreadable
from photosearch.settings import KeepRules, Settings, read_settings, write_settings
from tests.jobs import index
from tests.photos import save_photo

CHOSEN = Settings("default-int8", "cpu", 3, "dark", "de")


def test_settings_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_settings(tmp_path / "settings.json", CHOSEN)
    assert read_settings(tmp_path / "settings.json") == CHOSEN
    assert read_settings(tmp_path / "nowhere.json") == Settings()


@pytest.mark.parametrize(
    "wrong",
    [
        {"encoder": 3}, {"next_encoder": 3}, {"previous_encoder": [1]},
        {"device": "tpu"}, {"device": ["cpu"]}, {"threads": 0}, {"threads": True}, {"threads": 2.5},
        {"threads": 10**9}, {"theme": None}, {"language": {}}, {"of a later version": 1},
    ],
)  # fmt: skip
def test_a_wrong_value_costs_only_itself(tmp_path: Path, wrong: dict[str, object]) -> None:
    file, default = tmp_path / "settings.json", Settings()
    write_settings(file, CHOSEN)
    file.write_text(json.dumps(json.loads(file.read_text()) | wrong))
    expected = {name: getattr(default, name) for name in wrong if hasattr(default, name)}
    assert read_settings(file) == replace(CHOSEN, **expected)


@settings(deadline=None)
@given(st.binary() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode))
@example(b"[" * 100_000)
@example(b'{"threads": NaN}')
@example(b'{"keep": {"protected": "/photos"}}')
@example(b'{"keep": {"protected": ["/photos", 3]}}')
@example(b'{"keep": []}')
def test_a_file_of_anything_gives_the_defaults_and_protects_everything(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "settings.json").write_bytes(content)
        assert read_settings(Path(folder) / "settings.json") == Settings(keep=None)


def test_rules_are_read_as_they_were_written_but_for_those_of_a_later_version(tmp_path: Path) -> None:
    keep = KeepRules(("date", "size"), ("/a",), ("/b", "/c"))
    write_settings(tmp_path / "settings.json", Settings(keep=keep))
    assert read_settings(tmp_path / "settings.json").keep == keep
    stored = json.loads((tmp_path / "settings.json").read_text())
    stored["keep"]["order"].insert(0, "beauty")
    (tmp_path / "settings.json").write_text(json.dumps(stored))
    assert read_settings(tmp_path / "settings.json").keep == keep


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.json")
    assert read_settings(tmp_path / "settings.json").keep is None
    assert read_settings(Path("/dev/zero")).keep is None


def test_nothing_goes_while_nobody_can_tell_what_is_protected(library: Library, album: Path) -> None:
    for name in ("1.jpg", "2.jpg"):
        save_photo(album / name, 1)
    index(library, album)
    first, second = library.photos.listing().ids
    seen = library.photos.get([first, second]).values()
    library.change(replace(library.settings, keep=KeepRules(protected=(str(album),)), encoder="default"))
    library.places.settings.write_bytes(library.places.settings.read_bytes()[:-9])
    for act in (
        lambda: list(library.clear_away({second: first}, seen, "trash")),
        lambda: list(library.duplicates()),
        lambda: library.change(replace(library.settings, theme="dark")),
        lambda: library.encoders.adopt("default-int8"),
    ):
        with pytest.raises(SettingsDamaged, match="which folders are protected"):
            act()
    assert len(list(album.iterdir())) == 2
    assert len(library.similar(Query((str(album / "1.jpg"),)))) == 1, "the rest goes on"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege here")
def test_a_link_under_a_name_of_old_is_not_written_through(library: Library, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    diary.write_text("dear")
    (library.places.library / "settings.partial").symlink_to(diary)
    library.change(replace(library.settings, theme="dark"))
    assert (diary.read_text(), library.settings.theme) == ("dear", "dark")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege here")
def test_settings_that_cannot_be_read_are_not_written_over(library: Library) -> None:
    file = library.places.settings
    file.symlink_to(file)  # as good as a drive that fails
    with pytest.raises(OSError, match="settings"):
        library.change(replace(library.settings, theme="dark"))
    assert file.is_symlink()
    file.unlink()
    library.change(replace(library.settings, theme="dark"))
    assert read_settings(file).theme == "dark"


def test_an_encoder_that_cannot_be_run_changes_nothing(library: Library) -> None:
    before = library.settings
    with pytest.raises(EncoderError, match="no encoder “x”"):
        library.encoders.adopt("x")
    assert library.settings == before == read_settings(library.places.settings)
    assert library.encoder.bundle == library.bundle == read_bundle(library.bundles.folder("default"))


def test_a_theme_leaves_the_encoder_loaded(library: Library) -> None:
    encoder = library.encoder
    library.change(replace(library.settings, theme="light", language="fr", threads=1))
    assert library.encoder is encoder
    assert read_settings(library.places.settings).threads == 1


@pytest.mark.skipif(cuda_is_offered(), reason="CUDA may be there")
def test_the_device_is_the_setting_unless_another_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library(folder) as library:
        assert library.encoder.device == "CPU"
        library.change(replace(library.settings, device="cuda"))
        with pytest.raises(EncoderError, match="CUDA cannot be used"):
            library.encoder.measure(0.01)
    with Library(folder, "cpu") as library:
        assert library.encoder.device == "CPU"
        library.change(replace(library.settings, theme="dark"))
        assert library.encoder.device == "CPU", "what was given still holds"
        library.change(replace(library.settings, device="auto"))
        assert library.encoder.device == "CPU"


def test_warming_up_an_empty_library_is_harmless(library: Library, tmp_path: Path) -> None:
    library.warm_up()
    assert library.similar(Query((save_photo(tmp_path / "query.jpg"),))) == []


def test_without_an_encoder_photos_are_shown_and_not_searched(library: Library, album: Path) -> None:
    photo = save_photo(album / "1.jpg", 1)
    index(library, album)
    library.thumbnails.clear()
    write_settings(library.places.settings, Settings("x"))
    with Library(library.places.library) as crippled:
        crippled.warm_up()
        listed = crippled.photos.get(crippled.photos.listing().ids)
        assert [crippled.photos.thumbnail(photo) is None for photo in listed.values()] == [False]
        assert not isinstance(crippled.photos.picture(photo), Unreadable)
        assert not isinstance(crippled.photos.facts(photo), Unreadable)
        with pytest.raises(EncoderError, match="no encoder “x”"):
            crippled.similar(Query((photo,)))
        crippled.encoders.adopt("default")
        assert crippled.similar(Query((photo,))) == []
