"""Sentences for the person: an English template and its values, by which the window translates them."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Value = str | int | float  # a name, which has no language, or a sentence; a count; a measure of one decimal
HOLE = re.compile(r"\{(\w+)\}")


class Sentence(str):
    """An English sentence, `template` with `values` in place of its `{names}`; the template is the key to translate it.

    Templates stand as literals in the call, where the translators' tool finds them.
    """

    template: str
    values: Mapping[str, Value]

    def __new__(cls, template: str, /, **values: Value) -> "Sentence":
        sentence = super().__new__(cls, fill(template, values, _english))
        sentence.template, sentence.values = template, values
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, Value]]:
        return (self.template,), self.values  # for pickle and copy

    def with_values(self, **values: Value) -> "Sentence":
        """The same template with other values."""
        return Sentence(self.template, **values)

    def stored(self) -> str:
        """Text for the catalog that `restored` reads: JSON if there are values, else the template."""
        return json.dumps(_as_json(self), ensure_ascii=False) if self.values else self.template

    @staticmethod
    def restored(text: str) -> "Sentence":
        """Read the result of `stored`; any other text is a sentence without values."""
        try:
            return _of_json(json.loads(text)) if text.startswith("[") else Sentence(text)
        except (ValueError, TypeError, AttributeError, RecursionError):
            return Sentence(text)


def verbatim(text: str) -> Sentence:
    """A sentence that somebody else wrote, such as the system; it is translated if its text is known."""
    return text if isinstance(text, Sentence) else Sentence(text)


def system_reason(error: Exception) -> Sentence:
    """The words of an error, of one of the system without the file that it concerns."""
    return verbatim((error.strerror if isinstance(error, OSError) else None) or str(error))


def fill(template: str, values: Mapping[str, Value], render: Callable[[Value], str]) -> str:
    """`template` with rendered `values` in place of its `{names}`; unknown names stay."""
    return HOLE.sub(lambda hole: render(values[hole[1]]) if hole[1] in values else hole[0], template)


def _english(value: Value) -> str:
    match value:
        case str():
            return str(value)
        case int():
            return f"{value:,}"
        case _:
            return f"{value:,.1f}"


def _as_json(value: Value) -> Any:
    if isinstance(value, Sentence):
        return [value.template, {name: _as_json(part) for name, part in value.values.items()}]
    return value


def _of_json(value: Any) -> Any:
    if isinstance(value, list):
        template, values = value
        return Sentence(template, **{name: _of_json(part) for name, part in values.items()})
    return value
