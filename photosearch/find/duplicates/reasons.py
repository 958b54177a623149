"""Explanations of a pair of duplicates, in words: why one is not proposed to go, and how it was edited."""

from collections.abc import Iterable, Sequence

from photosearch.models import Lack, Side
from photosearch.sentences import Sentence

LACKS: dict[Lack, Sentence] = {
    "shot": Sentence("Another shot: both stay"),
    "content": Sentence("Shows something that the kept one does not"),
    "page": Sentence("One is a page or a frame around the other"),
    "frame": Sentence("Shows more of the scene than the kept one"),
    "detail": Sentence("Has more detail than the kept one"),
    "colour": Sentence("Has colours that the kept one lacks"),
    "tone": Sentence("Is not clipped where the kept one is"),
    "edit": Sentence("The kept one was made from it"),
    "container": Sentence(
        "Holds more than the kept one shows: pages, frames, a video, depth, transparency, finer tones or edits"
    ),
    "set": Sentence("Another exposure of the same moment: both stay"),
    "unclear": Sentence("Which one was made from the other is not certain"),
    "letters": Sentence("Its letters may not be those of the kept one"),
    "unread": Sentence("Cannot be read now, so it was not looked at"),
    "unchecked": Sentence("Not looked at yet"),
}


SHOWS: dict[Lack, Sentence] = {  # the advantage of a photo over one that it covers
    "frame": Sentence("Shows the whole scene"),
    "detail": Sentence("Has the most detail"),
    "colour": Sentence("Has the colours"),
    "tone": Sentence("Is not clipped to black or white"),
    "edit": Sentence("The others were made from it"),
    "container": Sentence("Holds more than the one picture"),
}


def why_it_is_kept(lacks: Iterable[Lack | None]) -> Sentence | None:
    """Why a photo is kept, by what those that it covers lack of it; None where they lack nothing."""
    lacked = set(lacks)
    said = [words for lack, words in SHOWS.items() if lack in lacked]
    return joined(said[:2]) if said else None


def joined(reasons: Sequence[Sentence]) -> Sentence:
    """One or two reasons as one."""
    if len(reasons) == 1:
        return reasons[0]
    return Sentence("{first}. {second}", first=reasons[0], second=reasons[1])


def why_it_stays(side: Side) -> str:
    """Why a photo is not proposed to go; empty where it is."""
    return LACKS[side.lacks] if side.lacks else ""
