"""Labels that the person gives to photos: by the digests of contents, which outlive moves, renames and rescans."""

import json
import os
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from photosearch.errors import QueryError
from photosearch.models import LabelledPhoto
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.tables.pairs import read

LONGEST = 100  # characters
CARRYING = "FROM labelled JOIN content USING (digest) JOIN photo ON content_id = content.id"


class LabelledContents(NamedTuple):
    """Contents by id: those that carry a label, those that do not as the person said, and those with others only."""

    carrying: list[int]
    refused: list[int]
    others: list[int]


class Labels:
    """The labels of a library; a photo may carry several, and upper and lower case make no difference in a name."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, name: str, photos: Collection[int]) -> int:
        """Give a label to photos, by id; return how many contents did not carry it. Raises QueryError for no name."""
        return self.add_all({name: photos})

    def add_all(self, photos_of: Mapping[str, Collection[int]]) -> int:
        """The same for several labels, all of them or none: at once, as each time all labels are looked through."""
        added = 0
        with transaction(self._catalog.connection):
            for given, photos in photos_of.items():
                name = label_name(given)
                self._execute("INSERT OR IGNORE INTO label (name, folded) VALUES (?, ?)", name, name.casefold())
                added += self._execute(
                    "INSERT OR IGNORE INTO labelled (label_id, digest) SELECT label.id, digest FROM label"
                    " CROSS JOIN json_each(?) AS asked CROSS JOIN photo ON photo.id = asked.value"
                    " CROSS JOIN content ON content.id = content_id WHERE folded = ?",
                    json.dumps(list(photos)),
                    name.casefold(),
                )
            self._execute(
                "DELETE FROM refused WHERE EXISTS (SELECT 1 FROM labelled"
                " WHERE labelled.label_id = refused.label_id AND labelled.digest = refused.digest)"
            )
            self._prune()
        return added

    def remove(self, name: str, photos: Collection[int]) -> int:
        """Take a label from photos, by id; return how many contents carried it. Raises QueryError if it is unknown."""
        with transaction(self._catalog.connection):
            label = self._number(name)
            removed = self._execute(
                "DELETE FROM labelled WHERE label_id = ? AND digest IN (SELECT digest FROM content JOIN photo"
                " ON content_id = content.id WHERE photo.id IN (SELECT value FROM json_each(?)))",
                label,
                json.dumps(list(photos)),
            )
            self._prune()
            return removed

    def refuse(self, name: str, photos: Collection[int], is_refused: bool = True) -> None:
        """Remember that photos, by id, do not carry a label, or forget that. Raises QueryError if it is unknown."""
        asked = "SELECT digest FROM photo JOIN content ON content.id = content_id WHERE photo.id IN"
        asked += " (SELECT value FROM json_each(?))"
        with transaction(self._catalog.connection):
            label = self._number(name)
            if is_refused:
                sql = f"INSERT OR IGNORE INTO refused (digest, label_id) SELECT DISTINCT digest, ? FROM ({asked})"
            else:
                sql = f"DELETE FROM refused WHERE label_id = ? AND digest IN ({asked})"
            self._execute(sql, label, json.dumps(list(photos)))

    def contents(self, name: str) -> LabelledContents:
        """What was said of contents as to a label; raises QueryError if it is unknown."""
        label, content = self._number(name), "SELECT content.id FROM {} JOIN content USING (digest) WHERE label_id {} ?"
        carrying, refused, others = (
            [each for (each,) in self._rows(content.format(*of), label)]
            for of in (("labelled", "="), ("refused", "="), ("labelled", "<>"))
        )
        return LabelledContents(carrying, refused, sorted(set(others) - set(carrying)))

    def counts(self) -> dict[str, int]:
        """Every label by name, and how many listed photos carry it; none, where they have all left the library."""
        return dict(self._rows("SELECT name, photos FROM label ORDER BY folded"))  # which triggers keep right

    def latest(self, most: int) -> list[str]:
        """The names of so many labels at most, the one first that a photo was given last."""
        given = "(SELECT max(labelled.id) FROM labelled WHERE label_id = label.id)"
        return [name for (name,) in self._rows(f"SELECT name FROM label ORDER BY {given} DESC LIMIT ?", most)]

    def of(self, photos: Collection[int]) -> dict[str, int]:
        """The labels of photos, by name, and how many of these photos carry each."""
        return dict(
            self._rows(
                "SELECT name, count(*) FROM json_each(?) AS asked CROSS JOIN photo ON photo.id = asked.value"
                " CROSS JOIN content ON content.id = content_id CROSS JOIN labelled USING (digest)"
                " CROSS JOIN label ON label.id = label_id GROUP BY label.id ORDER BY folded",
                json.dumps(list(photos)),
            )
        )

    def known(self, name: str) -> str:
        """A label as it is written; raises QueryError if there is none of that name."""
        return self._rows("SELECT name FROM label WHERE id = ?", self._number(name))[0][0]

    def rename(self, old: str, new: str) -> None:
        """Give a label another name; if there is one of that name, the two become one. Raises QueryError."""
        new = label_name(new)
        with transaction(self._catalog.connection):
            label = self._number(old)
            for (other,) in self._rows("SELECT id FROM label WHERE folded = ? AND id <> ?", new.casefold(), label):
                for table in ("labelled", "refused"):
                    self._execute(f"UPDATE OR IGNORE {table} SET label_id = ? WHERE label_id = ?", label, other)
                self._execute("DELETE FROM label WHERE id = ?", other)
            self._execute("UPDATE label SET name = ?, folded = ? WHERE id = ?", new, new.casefold(), label)

    def delete(self, name: str) -> None:
        """Forget a label; the photos stay as they are. Raises QueryError if it is unknown."""
        with transaction(self._catalog.connection):
            self._execute("DELETE FROM label WHERE id = ?", self._number(name))

    def carriers(self, names: Collection[str]) -> dict[str, set[bytes]]:
        """The digests of the contents that carry these labels, present or not; none for a label that is unknown."""
        sql = "SELECT digest FROM labelled JOIN label ON label.id = label_id WHERE folded = ?"
        return {name: {digest for (digest,) in self._rows(sql, label_name(name).casefold())} for name in names}

    def revert(self, before: Mapping[str, set[bytes]], after: Mapping[str, set[bytes]]) -> None:
        """Undo what made `after` of `before`, which are `carriers` of the same labels; what came later stays."""
        with transaction(self._catalog.connection):
            for name, carried in before.items():
                plain = label_name(name)
                self._execute("INSERT OR IGNORE INTO label (name, folded) VALUES (?, ?)", plain, plain.casefold())
                label = self._number(plain)
                for digest in after[name] - carried:
                    self._execute("DELETE FROM labelled WHERE label_id = ? AND digest = ?", label, digest)
                for digest in carried - after[name]:
                    self._execute("INSERT OR IGNORE INTO labelled (label_id, digest) VALUES (?, ?)", label, digest)
            self._prune()

    def labelled_photos(self, names: Collection[str] = ()) -> list[LabelledPhoto]:
        """The labels with these names, or all labels, of present photos; one row per photo and label.

        By label, then by path. Raises QueryError if a label is unknown.
        """
        wanted = "label_id IN (SELECT value FROM json_each(?))" if names else "true"
        rows = self._rows(
            f"SELECT photo.id, digest, path, name {CARRYING} JOIN label ON label.id = label_id"
            f" WHERE state = 'present' AND {wanted} ORDER BY folded, path",
            *([json.dumps([self._number(name) for name in names])] if names else []),
        )
        return [LabelledPhoto(photo_id, digest, os.fsdecode(path), label) for photo_id, digest, path, label in rows]

    def _number(self, name: str) -> int:
        rows = self._rows("SELECT id FROM label WHERE folded = ?", label_name(name).casefold())
        if not rows:
            raise QueryError("There is no label “{name}”.", name=label_name(name))
        return rows[0][0]

    def _prune(self) -> None:
        """Forget labels that nothing carries."""
        self._execute("DELETE FROM label WHERE NOT EXISTS (SELECT 1 FROM labelled WHERE label_id = label.id)")

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return list(read(self._catalog, sql, values))

    def _execute(self, sql: str, *values: object) -> int:
        return self._catalog.connection.execute(sql, values).rowcount


def label_name(text: str) -> str:
    """The name of a label: `text` in one line, with no space around; raises QueryError if it is empty or too long."""
    # No control characters, and no halves of characters, as the name of a folder or a paste may have.
    plain = "".join({"Cc": " ", "Cs": "\ufffd"}.get(unicodedata.category(letter), letter) for letter in text)
    name = unicodedata.normalize("NFC", " ".join(plain.split()))  # macOS takes letters with accents apart
    if not name:
        raise QueryError("A label needs a name.")
    if len(name) > LONGEST:
        raise QueryError(
            "A label has at most {limit} characters, and “{name}…” has {count}.",
            limit=LONGEST,
            name=name[:20],
            count=len(name),
        )
    return name
