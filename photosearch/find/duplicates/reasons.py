"""Explanations of a pair of duplicates, in words: why one is not proposed to go, and how it was edited."""

from collections.abc import Iterable

from photosearch.models import Lack, Side

LACKS: dict[Lack, str] = {
    "shot": "Another shot: both stay",
    "content": "Shows something that the kept one does not",
    "frame": "Shows more of the scene than the kept one",
    "detail": "Has more detail than the kept one",
    "colour": "Has colours that the kept one lacks",
    "tone": "Is not clipped where the kept one is",
    "edit": "The kept one was made from it",
    "container": "Holds more than the one picture: pages, frames, a video, depth or edits",
    "set": "Another exposure of the same moment: both stay",
    "unclear": "Which one was made from the other is not certain",
    "unread": "Cannot be read now, so it was not looked at",
    "unchecked": "Not looked at yet",
}


SHOWS: dict[Lack, str] = {  # the advantage of a photo over one that it covers
    "frame": "Shows the whole scene",
    "detail": "Has the most detail",
    "colour": "Has the colours",
    "tone": "Is not clipped to black or white",
    "edit": "The others were made from it",
    "container": "Holds more than the one picture",
}


def why_it_is_kept(lacks: Iterable[Lack | None]) -> str:
    """Why a photo is kept, by what those that it covers lack of it; empty where they lack nothing."""
    lacked = set(lacks)
    said = [words for lack, words in SHOWS.items() if lack in lacked]
    return "; ".join(said[:2])


def why_it_stays(side: Side) -> str:
    """Why a photo is not proposed to go; empty where it is."""
    return LACKS[side.lacks] if side.lacks else ""
