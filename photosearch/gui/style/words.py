"""Words in the person's language: Qt's translator, and numbers, sizes, times and dates as the language writes them."""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

from photosearch.models import Relation


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """`text` in the chosen language; `%Ln` in it becomes `n`, in the plural that the language wants.

    Texts with `{names}` are formatted by the caller, after translating. `pyside6-lupdate` finds every call by its name.
    """
    return QCoreApplication.translate("", text, comment, n)


def number(value: int) -> str:
    """12001 -> 12,001, as the language groups digits."""
    return QLocale().toString(value)


def decimal(value: float, places: int = 1) -> str:
    """43.21 -> 43.2, as the language writes it."""
    return QLocale().toString(value, "f", places)


def percent(share: float) -> str:
    """0.873 -> 87 %."""
    return tr("{number} %").format(number=number(round(100 * share)))


def size(size_bytes: int) -> str:
    """1536000 -> 1.54 MB, as the language writes it."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def moment(iso: str) -> str:
    """2024-05-06T07:08:09 as the language writes it, with all of the year; as it is where it is no date."""
    when = QDateTime.fromString(iso[:19], Qt.DateFormat.ISODate)
    if not when.isValid():
        return iso
    language = QLocale()
    time = language.toString(when.time(), QLocale.FormatType.ShortFormat)
    return f"{day(iso[:10])}, {time}"


def day(iso: str | None) -> str:
    """2024-05-06 in figures, as the language writes it; empty without one."""
    return QLocale().toString(QDate.fromString(iso or "", Qt.DateFormat.ISODate), day_format())


def day_format() -> str:
    """The language's format of a day in figures, with the whole year: 6.5.2024."""
    pattern = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")


def duration(seconds: float) -> str:
    """The remaining time in words, no more exactly than it is known."""
    if seconds < 60:
        return tr("less than a minute")
    if seconds < 3600:
        return tr("about %Ln min", "", round(seconds / 60))
    return tr("about %Ln h", "", round(seconds / 3600))


def relation_in_words(relation: Relation) -> str:
    """How a match is related to the query."""
    words: dict[Relation, str] = {
        "identical": tr("identical"),
        "same picture": tr("same picture"),
        "same scene": tr("same scene"),
        "same kind": tr("same kind"),
        "lookalike": tr("lookalike"),
    }
    return words[relation]


def score_in_words(score: float) -> str:
    """0.873 -> 0.87, as the language writes it."""
    return QLocale().toString(score, "f", 2)
