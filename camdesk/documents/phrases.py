"""Grammar: plurals, lists, signs and the verbs of change, so that drafted sentences read as written."""

from __future__ import annotations

from collections.abc import Sequence

_RECORDS = {
    "Usage": "usage row",
    "Incentives owed": "incentive",
    "Listing activity": "row of listing activity",
}
_IRREGULAR = {"row of listing activity": "rows of listing activity"}
_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def plural(noun: str) -> str:
    """Return the plural of a noun given in the singular."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def record_of(title: str) -> str:
    """Return what one record is called from its entity's title: `Deals` gives `deal`."""
    if title in _RECORDS:
        return _RECORDS[title]
    noun = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


def count(number: int, noun: str) -> str:
    """Return `1 deal`, `1,204 deals`, `no deals`."""
    if number == 0:
        return f"no {plural(noun)}"
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def in_words(number: int, noun: str) -> str:
    """Return the number in words up to twelve: `three deals`."""
    if number >= len(_SMALL):
        return count(number, noun)
    return f"{_SMALL[number]} {noun if number == 1 else plural(noun)}"


def number_in_words(number: int) -> str:
    """Return `none`, `three`, `14`."""
    return "none" if number == 0 else _SMALL[number] if number < len(_SMALL) else f"{number:,}"


def of_in_words(part: int, whole: int, noun: str) -> str:
    """Return `three of eight lines`."""
    return f"{number_in_words(part)} of {in_words(whole, noun)}"


def joined(parts: Sequence[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def capital(text: str) -> str:
    """Return the text with its first letter large, the rest as it stands."""
    return f"{text[:1].upper()}{text[1:]}"


def clipped(text: str, length: int) -> str:
    """Return the text on one line, cut at a word with an ellipsis where it is longer than `length`."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat[:length].rsplit(" ", 1)[0]
    return f"{cut if len(cut) > length // 2 else flat[:length]}…"
