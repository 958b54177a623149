"""Reading and completing XMP packets as text, so that all unrelated content is preserved byte for byte."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
LISTS = {"dc:subject": "Bag", "lr:hierarchicalSubject": "Bag", "digiKam:TagsList": "Seq"}
EMPTY = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Photosearch">
 <rdf:RDF xmlns:rdf="{RDF}">
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
""".encode()
TAG_END = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
LONGEST_NAME = 1000  # letters of a keyword


@dataclass(slots=True)
class Packet:
    """The supported properties of a packet, by names such as "xmp:Rating", and their positions."""

    content: bytes
    values: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict[str, list[tuple[int, int]]])
    end: int | None = None  # where a description can be added
    about: str = ""
    prefixes: dict[str, set[str]] = field(default_factory=dict[str, set[str]])  # by namespace

    def first(self, *names: str) -> str | None:
        """The value of the first of these properties that has one."""
        return next((value for name in names for value in self.values.get(name, ()) if value), None)


def read_packet(content: bytes) -> Packet:
    """Read an XMP packet of UTF-8; raises ValueError for what is none, and for anything with a DTD."""
    packet = Packet(content)
    reader = _Reader(packet)
    try:
        reader.parser.Parse(content, True)
    except ExpatError as error:
        raise ValueError(f"not XMP: {error}") from error
    return packet


def complete(packet: Packet, properties: Mapping[str, Sequence[str]]) -> bytes:
    """The packet with these properties replaced; raises ValueError where it cannot be written."""
    if packet.end is None:
        raise ValueError("there is no place for more in it")
    changes = [(start, end, b"") for name in properties for start, end in packet.spans.get(name, ())]
    changes.append((packet.end, packet.end, _description(packet, properties).encode()))
    parts, at = list[bytes](), 0
    for start, end, new in sorted(changes):  # put together once, however many there are
        parts += [packet.content[at:start], new]
        at = end
    content = b"".join([*parts, packet.content[at:]])
    if any(read_packet(content).values.get(name) != list(values) for name, values in properties.items()):
        raise ValueError("what it says cannot be changed")
    return content


class _Reader:
    """The parser state in a packet, which is rdf:RDF / rdf:Description / property / perhaps a list of rdf:li."""

    def __init__(self, packet: Packet) -> None:
        self.parser: Any = ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartNamespaceDeclHandler = self._bind
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True  # else a text of many lines comes in as many pieces
        self._packet = packet
        self._path: list[str] = []
        self._began = 0
        self._texts, self._items = list[str](), list[str]()

    def _refuse(self, *_: object) -> None:
        raise ValueError("not XMP: it has a DTD, by which small files can grow without end")

    def _bind(self, prefix: str | None, uri: str) -> None:
        self._packet.prefixes.setdefault(uri, set()).add(prefix or "")

    def _start(self, name: str, attributes: list[str]) -> None:
        self._path.append(name)
        inside = self._path[-3:-1]
        if inside[-1:] == [f"{RDF} RDF"] and name == f"{RDF} Description":
            self._describe(dict(zip(attributes[::2], attributes[1::2], strict=True)))
        elif inside == [f"{RDF} RDF", f"{RDF} Description"]:
            self._began = self.parser.CurrentByteIndex
            self._texts, self._items = [], []
        elif name == f"{RDF} li":
            self._texts = []

    def _describe(self, attributes: dict[str, str]) -> None:
        """Take over the properties that are written as attributes."""
        self._packet.about = attributes.get(f"{RDF} about", "") or self._packet.about
        start = self.parser.CurrentByteIndex
        tag = self._packet.content[start : self._tag_end(start)]
        for attribute, value in attributes.items():
            name = _known(attribute)
            if name is None:
                continue
            self._packet.values.setdefault(name, []).append(value)
            prefixes = "|".join(map(re.escape, self._packet.prefixes.get(attribute.partition(" ")[0], ())))
            # One space before it, not all: tried from each of many, that would take time without end.
            written = rf"\s(?:{prefixes}):{name.partition(':')[2]}\s*=\s*(?:\"[^\"]*\"|'[^']*')".encode()
            for match in re.finditer(written, tag):
                begin = len(tag[: match.start()].rstrip())
                self._packet.spans.setdefault(name, []).append((start + begin, start + match.end()))

    def _say(self, text: str) -> None:
        self._texts.append(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        here = self.parser.CurrentByteIndex
        if name == f"{RDF} li":
            self._items.append("".join(self._texts).strip())
        elif self._path[-2:] == [f"{RDF} RDF", f"{RDF} Description"]:
            if known := _known(name):
                values = self._items if known in LISTS else [*self._items, "".join(self._texts).strip()][:1]
                self._packet.values.setdefault(known, []).extend(values)
                self._packet.spans.setdefault(known, []).append((self._began, self._tag_end(here)))
        elif name == f"{RDF} RDF" and self._packet.content.startswith(b"</", here):
            self._packet.end = here

    def _tag_end(self, start: int) -> int:
        found = TAG_END.match(self._packet.content, start)
        if found is None:
            raise ValueError("not XMP: a tag does not end")
        return found.end()


def _known(name: str) -> str | None:
    """ "xmp:Rating" of what the parser calls "http://ns.adobe.com/xap/1.0/ Rating"; None for what is not used here."""
    uri, _, local = name.rpartition(" ")
    return next((f"{prefix}:{local}" for prefix, known in NAMESPACES.items() if known == uri), None)


def _description(packet: Packet, properties: Mapping[str, Sequence[str]]) -> str:
    """The properties as an rdf:Description that needs nothing from around it.

    A namespace keeps the prefix that the packet has for it: Adobe's toolkit, which many programs use, reads no other.
    """
    prefixes = {
        known: min(packet.prefixes.get(NAMESPACES[known], {known}) - {""}, default=known)
        for known in sorted({name.partition(":")[0] for name in properties})
    }
    spaces = "".join(f'\n    xmlns:{prefix}="{NAMESPACES[known]}"' for known, prefix in prefixes.items())
    lines = [f' <rdf:Description rdf:about="{escape(packet.about)}" xmlns:rdf="{RDF}"{spaces}>']
    for name, values in properties.items():
        known, _, local = name.partition(":")
        tag = f"{prefixes[known]}:{local}"
        if kind := LISTS.get(name):
            lines += [f"   <{tag}>", f"    <rdf:{kind}>"]
            lines += [f"     <rdf:li>{escape(value, quote=False)}</rdf:li>" for value in values]
            lines += [f"    </rdf:{kind}>", f"   </{tag}>"]
        else:
            lines += [f"   <{tag}>{escape(value, quote=False)}</{tag}>" for value in values]
    return "\n".join([*lines, "  </rdf:Description>\n "])


def clean(text: str) -> str:
    """A keyword without what XML cannot hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_NAME]
