"""Keywords: read where other programs keep them, added to sidecars without touching anything else in them."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PIL import Image

from photosearch.act.keywords import keywords_of, plan_keywords
from photosearch.act.metadata import UnclearError
from photosearch.act.sidecars import take_over
from photosearch.act.xmp import EMPTY, LISTS, complete, read_packet

DIGIKAM = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:foreign="http://example.org/foreign/" foreign:secret="a &gt; b   " digiKam:ColorLabel="3">
   <digiKam:TagsList><rdf:Seq><rdf:li>Animals/Cat</rdf:li></rdf:Seq></digiKam:TagsList>
   <MicrosoftPhoto:LastKeywordXMP><rdf:Bag><rdf:li>Animals/Cat</rdf:li></rdf:Bag></MicrosoftPhoto:LastKeywordXMP>
   <dc:subject><rdf:Bag><rdf:li>Cat</rdf:li></rdf:Bag></dc:subject>
   <foreign:list><rdf:Alt><rdf:li xml:lang="x-default">kept &#228;s it is</rdf:li></rdf:Alt></foreign:list>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
RATED = DIGIKAM.replace(b"digiKam:TagsList", b"digiKam:Other").replace(b"dc:subject", b"dc:other")


def photo(path: Path, **options: Any) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "red").save(path, **options)
    return str(path)


def add(path: str, *keywords: str) -> Path:
    """Add keywords to the sidecar of a photo; return its path."""
    (sidecar,), left = plan_keywords({path: keywords})
    assert left == []
    take_over(sidecar, sidecar.path + ".partial")
    return Path(sidecar.path)


def test_keywords_are_read_from_sidecars_photos_and_hierarchies(tmp_path: Path) -> None:
    assert keywords_of(photo(tmp_path / "bare.jpg")) == []
    inside = complete(read_packet(EMPTY), {"dc:subject": ["In the photo"]})
    assert keywords_of(photo(tmp_path / "told.jpg", xmp=inside)) == ["In the photo"]
    path = photo(tmp_path / "cat.jpg", xmp=inside)
    (tmp_path / "cat.jpg.xmp").write_bytes(DIGIKAM)
    assert keywords_of(path) == ["Cat"]
    deep = photo(tmp_path / "deep.jpg")
    (tmp_path / "deep.jpg.xmp").write_bytes(complete(read_packet(EMPTY), {"lr:hierarchicalSubject": ["Animals|Dog"]}))
    assert keywords_of(deep) == ["Dog"]
    (tmp_path / "bare.jpg.xmp").write_bytes(b"no XMP")
    with pytest.raises(UnclearError):
        keywords_of(str(tmp_path / "bare.jpg"))


def test_what_is_there_is_kept_and_hierarchies_grow_only_where_they_are(tmp_path: Path) -> None:
    path = photo(tmp_path / "cat.jpg")
    (tmp_path / "cat.jpg.xmp").write_bytes(DIGIKAM)
    said = read_packet(add(path, "cat", "Home").read_bytes()).values
    assert said["dc:subject"] == ["Cat", "Home"] and said["digiKam:TagsList"] == ["Animals/Cat", "Home"]
    assert "lr:hierarchicalSubject" not in said
    assert plan_keywords({path: ["home"]}) == ([], [])  # they are there
    inside = photo(tmp_path / "in.jpg", xmp=complete(read_packet(EMPTY), {"dc:subject": ["Inside"]}))
    assert read_packet(add(inside, "Out").read_bytes()).values["dc:subject"] == ["Inside", "Out"]
    raw, jpeg = photo(tmp_path / "IMG.jpg"), tmp_path / "IMG.xmp"
    assert add(raw, "Cat").name == "IMG.jpg.xmp" and not jpeg.exists()


def test_a_sidecar_that_is_none_is_left(tmp_path: Path) -> None:
    path, sound = photo(tmp_path / "one.jpg"), photo(tmp_path / "two.jpg")
    (tmp_path / "one.jpg.xmp").write_bytes(b"<notes>not XMP")
    planned, left = plan_keywords({path: ["Cat"], sound: ["Cat"]})
    assert [each.path for each in left] == [path] and len(planned) == 1
    assert (tmp_path / "one.jpg.xmp").read_bytes() == b"<notes>not XMP"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    some.sampled_from([DIGIKAM, RATED, DIGIKAM.replace(b"\n", b"\r\n"), EMPTY]),
    some.lists(some.text(min_size=1, max_size=12), min_size=1, max_size=4),
)
def test_foreign_fields_stay_as_they_are_to_the_byte(tmp_path: Path, before: bytes, keywords: list[str]) -> None:
    path = photo(tmp_path / "one.jpg")
    file = tmp_path / "one.jpg.xmp"
    file.write_bytes(before)
    planned, left = plan_keywords({path: keywords})
    assert left == []
    if not planned:
        return
    take_over(planned[0], str(tmp_path / "partial"))
    after, packet = file.read_bytes(), read_packet(before)
    new = read_packet(after)
    changed = [name for name in LISTS if packet.values.get(name) != new.values.get(name)]
    spans = sorted(span for name in changed for span in packet.spans.get(name, ()))
    assert packet.end is not None
    kept, at = b"", 0
    for start, end in spans:
        kept, at = kept + before[at:start], end
    assert after.startswith(kept + before[at : packet.end]) and after.endswith(before[packet.end :])
    assert keywords_of(path)  # and what was written is read back
    assert plan_keywords({path: keywords}) == ([], [])


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not there")
def test_exiftool_reads_them_back(tmp_path: Path) -> None:
    path = photo(tmp_path / "cat.jpg")
    (tmp_path / "cat.jpg.xmp").write_bytes(DIGIKAM)
    done = [add(path, "Zuhause & <Garten>", "고양이"), add(photo(tmp_path / "new.jpg"), "Zuhause & <Garten>", "고양이")]
    for file in done:
        command = ["exiftool", "-j", "-XMP:all", str(file)]
        (told,) = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        assert told["Subject"][-2:] == ["Zuhause & <Garten>", "고양이"]
        assert "Warning" not in told
    command = ["exiftool", "-j", "-XMP:all", str(done[0])]
    (told,) = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert told["TagsList"] == ["Animals/Cat", "Zuhause & <Garten>", "고양이"] and told["ColorLabel"] in (
        3,
        "3",
        "Orange",
    )
