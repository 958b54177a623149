"""Metadata that the photo to keep inherits: in its sidecar alone, without loss, undone to the byte."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from photosearch.act.inherit import plan_sidecar
from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.store.catalog import Catalog
from photosearch.store.salvage import salvage
from photosearch.store.tables.journal import Way
from tests.act.files import clear, digest, removal, snapshot, take_back, write

# As Lightroom writes it, with some of everything.
ADOBE = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="uuid:7"
    xmlns:xap="http://ns.adobe.com/xap/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
   crs:Exposure2012="+0.35"
   xap:Rating='2'
   xap:Label="a > b">
   <!-- kept -->
   <dc:subject><rdf:Bag><rdf:li>Rome</rdf:li><rdf:li>caf\xc3\xa9 &amp; bar</rdf:li></rdf:Bag></dc:subject>
   <crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def says(**properties: list[str]) -> bytes:
    """A sidecar that says `xmp_Rating` and the like."""
    return complete(read_packet(EMPTY), {name.replace("_", ":"): values for name, values in properties.items()})


def said(path: Path) -> dict[str, list[str]]:
    return read_packet(path.read_bytes()).values


def photo(path: Path, colour: str = "red", exif: Image.Exif | None = None, **options: Any) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), colour).save(path, exif=exif or Image.Exif(), **options)
    return str(path)


def told_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x4746] = 4
    exif[Base.DateTime] = "2024:01:01 00:00:00"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2009:07:05 12:30:00"
    exif.get_ifd(IFD.GPSInfo).update(
        {GPS.GPSLatitudeRef: "S", GPS.GPSLatitude: (12.0, 30.0, 36.0), GPS.GPSLongitudeRef: "E",
         GPS.GPSLongitude: (7.0, 59.0, 59.99999999)}
    )  # fmt: skip
    return exif


def test_all_that_is_not_ours_stays_to_the_byte(album: Path) -> None:
    keeper, loser = write(album / "a.jpg"), write(album / "b.jpg")
    write(album / "a.jpg.xmp", ADOBE)
    write(
        album / "b.jpg.xmp", says(xmp_Rating=["5"], dc_subject=["rome", "Forum"], lr_hierarchicalSubject=["Italy|Rome"])
    )
    sidecar = plan_sidecar(keeper, loser)
    assert sidecar is not None
    packet = read_packet(sidecar.after)
    assert packet.values == {
        "xmp:Rating": ["5"], "xmp:Label": ["a > b"], "dc:subject": ["Rome", "café & bar", "Forum"],
        "lr:hierarchicalSubject": ["Italy|Rome"],
    }  # fmt: skip
    assert packet.about == "uuid:7"
    assert b"<xap:Rating>5<" in sidecar.after, "Adobe's toolkit reads but one prefix of a namespace"
    kept = ADOBE.replace(b"\n   xap:Rating='2'", b"")
    start, end = kept.index(b"<dc:subject>"), kept.index(b"</dc:subject>") + len(b"</dc:subject>")
    assert sidecar.after.startswith(kept[:start])
    assert kept[end : kept.index(b"</rdf:RDF>")] in sidecar.after
    assert sidecar.after.endswith(kept[kept.index(b"</rdf:RDF>") :])


def test_where_nothing_is_to_be_added_nothing_is_written(catalog: Catalog, album: Path) -> None:
    keeper, loser = write(album / "a.jpg"), write(album / "b" / "a.jpg")
    write(album / "a.xmp", ADOBE)
    write(album / "b" / "a.xmp", says(xmp_Rating=["1"], dc_subject=["ROME"]))
    before = snapshot(album)
    cleared = clear(catalog, [removal(loser, keeper)], inherit=True)
    assert (cleared.photos, cleared.companions, cleared.sidecars) == (1, 1, ())
    assert {path: before[path] for path in snapshot(album)} == snapshot(album)


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_what_is_inside_a_photo_is_taken_over(album: Path, ending: str) -> None:
    loser = photo(album / f"b.{ending}", exif=told_exif())
    keeper = photo(album / "a.png", "blue")
    sidecar = plan_sidecar(keeper, loser)
    assert sidecar is not None
    assert (sidecar.path, sidecar.before) == (str(album / "a.png.xmp"), None)
    assert read_packet(sidecar.after).values == {
        "xmp:Rating": ["4"], "exif:DateTimeOriginal": ["2009-07-05T12:30:00"],
        "photoshop:DateCreated": ["2009-07-05T12:30:00"],
        "exif:GPSLatitude": ["12,30.600000S"], "exif:GPSLongitude": ["8,0.000000E"],
    }  # fmt: skip


def test_place_and_date_of_the_photo_to_keep_stay(album: Path) -> None:
    keeper = photo(album / "a.jpg", exif=told_exif())
    loser = photo(album / "b.jpg")
    write(
        album / "b.jpg.xmp", says(exif_GPSLatitude=["1,0N"], exif_GPSLongitude=["1,0E"], photoshop_DateCreated=["2020"])
    )
    assert plan_sidecar(keeper, loser) is None


def test_keywords_inside_a_jpeg_are_united(album: Path) -> None:
    loser = photo(album / "b.jpg", xmp=says(dc_subject=["Forum", "Rome"]))
    keeper = photo(album / "a.jpg", xmp=says(dc_subject=["Rome"], xmp_Rating=["3"]))
    sidecar = plan_sidecar(keeper, loser)
    assert sidecar is not None
    assert read_packet(sidecar.after).values == {"dc:subject": ["Rome", "Forum"]}


def test_iptc_keywords_are_read(album: Path) -> None:
    record = b"".join(b"\x1c\x02\x19" + len(word).to_bytes(2, "big") + word for word in (b"Forum", "Café".encode()))
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record + b"\0" * (len(record) % 2)
    loser = Path(photo(album / "b.jpg"))
    content = loser.read_bytes()
    loser.write_bytes(content[:2] + b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block + content[2:])
    sidecar = plan_sidecar(photo(album / "a.jpg"), str(loser))
    assert sidecar is not None
    assert read_packet(sidecar.after).values == {"dc:subject": ["Forum", "Café"]}


@pytest.mark.parametrize(
    ("keeper", "there", "named"),
    [
        ("a.jpg", [], "a.jpg.xmp"),
        ("a.jpg", ["a.xmp"], "a.xmp"),
        ("a.jpg", ["a.jpg.XMP"], "a.jpg.XMP"),
        ("a.jpg", ["a.CR2", "a.xmp"], "a.jpg.xmp"),
        ("a.CR2", [], "a.xmp"),
        ("a.CR2", ["a.jpg"], "a.xmp"),
        ("a.CR2", ["a.CR2.xmp"], "a.CR2.xmp"),
    ],
)
def test_the_name_of_a_sidecar(album: Path, keeper: str, there: list[str], named: str) -> None:
    for name in there:
        write(album / name, EMPTY)
    write(album / "b" / "x.jpg.xmp", says(xmp_Rating=["3"], photoshop_DateCreated=["2020-01-01"]))
    sidecar = plan_sidecar(write(album / keeper), write(album / "b" / "x.jpg"))
    assert sidecar is not None
    assert sidecar.path == str(album / named)
    assert ("photoshop:DateCreated" in read_packet(sidecar.after).values) == keeper.endswith("jpg")


UTF_16 = b"\xff\xfe"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("content", [b"no XMP", b"", ADOBE[:-200], BOMB, UTF_16 + ADOBE.decode().encode("utf-16-le")])
@pytest.mark.parametrize("whose", ["a.jpg.xmp", "b.jpg.xmp"])
def test_what_cannot_be_understood_keeps_the_photo_here(
    catalog: Catalog, album: Path, content: bytes, whose: str
) -> None:
    keeper, loser = write(album / "a.jpg"), write(album / "b.jpg")
    write(album / "b.jpg.xmp", says(xmp_Rating=["5"]))
    write(album / whose, content)
    before = snapshot(album)
    cleared = clear(catalog, [removal(loser, keeper)], inherit=True)
    if whose == "b.jpg.xmp" and (not content or content.startswith(UTF_16)):
        assert cleared.photos == 1  # an empty file says nothing, and another encoding can be read but not completed
        return
    assert [left.path for left in cleared.refused] == [loser]
    assert whose in cleared.refused[0].reason
    assert snapshot(album) == before


@pytest.mark.parametrize("way", ["trash", "move", "link"])
@pytest.mark.parametrize("there", [True, False])
def test_two_photos_give_and_undo_takes_it_back(
    catalog: Catalog, album: Path, tmp_path: Path, way: Way, there: bool
) -> None:
    keeper = write(album / "a.jpg")
    if there:
        write(album / "a.jpg.xmp", ADOBE, mode=0o640)
    plan = [removal(write(album / name / "a.jpg"), keeper) for name in "bc"]
    write(album / "b" / "a.jpg.xmp", says(xmp_Rating=["4"], dc_subject=["b"]))
    write(album / "c" / "a.xmp", says(xmp_Rating=["3"], dc_subject=["c"]))
    before = snapshot(album)
    cleared = clear(catalog, plan, way, tmp_path / "away", inherit=True)
    sidecar = album / "a.jpg.xmp"
    assert (cleared.photos, cleared.sidecars) == (2, (str(sidecar),))
    assert said(sidecar)["dc:subject"] == [*(["Rome", "café & bar"] if there else []), "b", "c"]
    assert said(sidecar)["xmp:Rating"] == ["4"]
    assert snapshot(album)[keeper] == before[keeper]
    if there:
        assert os.name == "nt" or sidecar.stat().st_mode & 0o777 == 0o640
    undone = take_back(catalog)
    assert undone.failed == ()
    assert snapshot(album) == before


def test_a_sidecar_that_somebody_changed_since_is_left(catalog: Catalog, album: Path) -> None:
    keeper, loser = write(album / "a.jpg"), write(album / "b.jpg")
    write(album / "b.jpg.xmp", says(xmp_Rating=["4"]))
    clear(catalog, [removal(loser, keeper)], inherit=True)
    changed = album / "a.jpg.xmp"
    changed.write_bytes(changed.read_bytes() + b"\n")
    undone = take_back(catalog)
    assert undone.files == 2
    assert [left.path for left in undone.failed] == [str(changed)]
    assert said(changed)["xmp:Rating"] == ["4"]


@pytest.mark.parametrize("first", [1, 2])
@pytest.mark.parametrize("second_goes", ["another copy", "the keeper itself"])
def test_acts_are_undone_in_any_order(catalog: Catalog, album: Path, first: int, second_goes: str) -> None:
    keeper, other = write(album / "a.jpg"), write(album / "c.jpg")
    loser = write(album / "b.jpg")
    write(album / "a.jpg.xmp", ADOBE)
    write(album / "b.jpg.xmp", says(xmp_Rating=["4"]))
    write(album / "c.jpg.xmp", says(xmp_Rating=["5"]))
    before = snapshot(album)
    clear(catalog, [removal(loser, keeper)], inherit=True)
    again = removal(other, keeper) if second_goes == "another copy" else removal(keeper, other)
    clear(catalog, [again], inherit=True)
    take_back(catalog, first)
    take_back(catalog, 3 - first)
    assert snapshot(album) == before


def test_what_was_taken_over_outlives_the_repair_of_a_catalog(album: Path, tmp_path: Path) -> None:
    file = tmp_path / "other" / "catalog.sqlite"
    keeper, loser = write(album / "a.jpg"), write(album / "b.jpg")
    write(album / "a.jpg.xmp", ADOBE)
    write(album / "b.jpg.xmp", says(xmp_Rating=["4"]))
    before = snapshot(album)
    with closing(Catalog(file)) as catalog:
        clear(catalog, [removal(loser, keeper)], inherit=True)
    salvage(file)
    with closing(Catalog(file)) as catalog:
        take_back(catalog)
    assert snapshot(album) == before


def test_a_folder_that_cannot_be_written_to_keeps_both(catalog: Catalog, album: Path) -> None:
    keeper, loser = write(album / "k" / "a.jpg"), write(album / "b.jpg")
    write(album / "b.jpg.xmp", says(xmp_Rating=["4"]))
    os.mkdir(album / "k" / ".photosearch-1-1.partial")  # in the way of the sidecar
    cleared = clear(catalog, [removal(loser, keeper)], inherit=True)
    assert (cleared.photos, [left.path for left in cleared.refused]) == (0, [loser])
    assert digest(loser) == digest(keeper)


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes here")
@pytest.mark.parametrize("whose", ["a.jpg", "b.jpg"])
def test_a_pipe_with_the_name_of_a_sidecar_keeps_the_photo_here(catalog: Catalog, album: Path, whose: str) -> None:
    keeper, loser = photo(album / "a.jpg"), photo(album / "b.jpg")
    os.mkfifo(album / f"{whose}.xmp")
    cleared = clear(catalog, [removal(loser, keeper)], "trash", inherit=True)
    assert cleared.photos == 0
    assert [whose in left.reason for left in cleared.refused] == [True]
    assert Path(loser).exists()


LINES = 1_000_000  # in which each was tried with, or added to, all that came before, this took hours


@pytest.mark.parametrize(
    "packet",
    [
        EMPTY.replace(
            b" </rdf:RDF>",
            b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>wolf'
            + b"\n" * LINES
            + b"</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF>",
        ),
        EMPTY.replace(
            b" </rdf:RDF>",
            b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:subject="wolf"'
            + b"\n" * LINES
            + b' other="'
            + b" " * LINES
            + b'"/></rdf:RDF>',
        ),
    ],
)
def test_long_sidecars_are_read_and_completed_at_once(packet: bytes) -> None:
    read = read_packet(packet)
    assert read.values["dc:subject"] == ["wolf"]
    completed = complete(read, {"dc:subject": ["wolf", "snow"]})
    assert read_packet(completed).values["dc:subject"] == ["wolf", "snow"]


def test_a_folder_is_listed_once_for_each_photo_that_goes(
    catalog: Catalog, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = photo(album / "a.jpg")
    plan = [removal(photo(album / f"{number}.jpg"), keeper) for number in range(5)]
    for item in plan:
        write(f"{item.path}.xmp", says(**{"dc:subject": [os.path.basename(item.path)]}))
    listed: list[str] = []
    list_folder = os.listdir

    def count(folder: str) -> list[str]:
        listed.append(folder)
        return list_folder(folder)

    monkeypatch.setattr(os, "listdir", count)
    assert clear(catalog, plan, "move", tmp_path / "away", inherit=True).photos == 5
    monkeypatch.undo()
    assert listed.count(str(album)) == 5
    assert said(album / "a.jpg.xmp")["dc:subject"] == [f"{number}.jpg" for number in range(5)]
