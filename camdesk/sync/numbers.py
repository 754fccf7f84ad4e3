"""Read written numbers without guessing: a column is looked at whole before any value of it is read.

A point is the decimal sign unless a mapping says otherwise or the column itself proves it. A value
whose comma could be either sign ("1,234") is refused, and so is a column in which one sign plays
both parts: that is what a spreadsheet of another country leaves behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from camdesk.sync.refusal import Refused

_MINUS = str.maketrans({"−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})
_LONGEST = 60
_ALLOWED_CONTRADICTION = 0.01

_PLAIN = re.compile(r"\d+(\.\d*)?|\.\d+")
_EXPONENT = re.compile(r"(\d+(?:\.\d*)?)[eE]([+-]?\d{1,3})")
_SHAPES = (
    ("plain", _PLAIN),
    ("grouped with point", re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}([ ']\d{3})+\.\d+")),
    ("grouped with comma", re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}([ ']\d{3})+,\d+")),
    ("either", re.compile(r"[1-9]\d{0,2},\d{3}")),
    ("comma decimal", re.compile(r"\d+,\d+")),
    ("comma grouped", re.compile(r"\d{1,3}(,\d{3}){2,}")),
    ("point grouped", re.compile(r"\d{1,3}(\.\d{3}){2,}")),
    ("space grouped", re.compile(r"\d{1,3}([ ']\d{3})+")),
)
_POINT_PROOF = {"grouped with point", "comma grouped"}
_COMMA_PROOF = {"grouped with comma", "comma decimal", "point grouped"}
_THREE_PLACES = re.compile(r"[1-9]\d{0,2}\.\d{3}")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How the numbers of one column are to be read, and what is to be said about the column."""

    decimal: str = "."
    thousands: str = ""
    readable: frozenset[str] | None = None
    """Shapes that are certain; None where a mapping states the signs."""
    refused_signs: str = ""
    reason: str = ""
    suspicion: str = ""

    def read(self, text: str) -> Decimal:
        """Return the number; raise Refused where it is none, or not certainly one."""
        if len(text) > _LONGEST:
            raise Refused("this is not a number")
        negative, core = _without_sign(text)
        number = self._core(core)
        return -number if negative else number

    def _core(self, core: str) -> Decimal:
        if self.refused_signs and any(sign in core for sign in self.refused_signs):
            raise Refused(self.reason)
        if self.readable is None:
            return self._stated(core)
        shape = shape_of(core)
        if shape not in self.readable:
            raise Refused(_REASONS.get(shape, "this is not a number"))
        if shape in _COMMA_PROOF:
            core = re.sub("[. ']", "", core).replace(",", ".")
        elif shape != "plain":
            core = re.sub("[, ']", "", core)
        return Decimal(core)

    def _stated(self, core: str) -> Decimal:
        whole, _, fraction = core.partition(self.decimal)
        groups = whole.split(self.thousands) if self.thousands else [whole]
        proper = len(groups) == 1 or (
            1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        )
        digits = "".join(groups)
        if not (proper and _digits(digits or fraction) and (not fraction or _digits(fraction))):
            signs = f"“{self.decimal}” for decimals"
            signs += f" and “{self.thousands}” for thousands" if self.thousands else ""
            raise Refused(f"this is not a number written with {signs}")
        return Decimal(f"{digits or '0'}.{fraction or '0'}")


_REASONS = {
    "either": "the comma could mark decimals or thousands; say which in the mapping (decimal, thousands)",
    "comma grouped": "the commas could be a spreadsheet's doing; say in the mapping what they mean",
    "point grouped": "the points could be a spreadsheet's doing; say in the mapping what they mean",
    "grouped with comma": "the column writes decimals in two ways; say in the mapping which is right",
    "comma decimal": "the column writes decimals in two ways; say in the mapping which is right",
    "grouped with point": "the column writes decimals in two ways; say in the mapping which is right",
    "plain": "the column writes numbers in contradicting ways; say in the mapping which is right",
}
_MOVED = (
    "numbers are written in contradicting ways (such as {}), as if a spreadsheet with another country's "
    "settings had moved their thousands separators; they were not taken"
)
PLAIN_STYLE = NumberStyle(readable=frozenset({"plain"}))


def shape_of(core: str) -> str:
    """Return how a number without its sign is written; empty where it is no number."""
    if core.startswith("0,"):
        return "comma decimal" if re.fullmatch(r"0,\d+", core, re.ASCII) else ""
    for name, pattern in _SHAPES:
        if pattern.fullmatch(core) and core.isascii():
            return name
    return ""


def style_of(texts: Iterable[str], *, decimal: str | None, thousands: str | None) -> NumberStyle:
    """Return how a column is to be read, from what a mapping states or from all its values."""
    cores = [_without_sign(text)[1] for text in texts if len(text) <= _LONGEST]
    if decimal is not None or thousands:
        return _stated_style(cores, decimal or ".", thousands or "")
    found: dict[str, list[str]] = {}
    for core in cores:
        found.setdefault(shape_of(core), []).append(core)
    found.pop("", None)
    if not found.keys() - {"plain"}:
        return _plain_style(found.get("plain", []))
    point_written = [core for core in found.get("plain", []) if "." in core]
    comma_proof, point_proof = found.keys() & _COMMA_PROOF, found.keys() & _POINT_PROOF
    if comma_proof and (point_proof or point_written):
        return _contradicting(found, comma=sorted(comma_proof)[0], point=sorted(point_proof or {"plain"})[0])
    readable = {"plain", "space grouped"}
    readable |= {"grouped with comma", "comma decimal"} if comma_proof else {"grouped with point"}
    unsure = found.keys() - readable
    if not unsure:
        return NumberStyle(readable=frozenset(readable))
    example = found[min(unsure)][0]
    suspicion = f"numbers such as “{example}” can be read in two ways and were not taken"
    return NumberStyle(readable=frozenset(readable), suspicion=suspicion)


def _contradicting(found: dict[str, list[str]], *, comma: str, point: str) -> NumberStyle:
    suspicion = _MOVED.format(f"“{max(found[point], key=len)}” and “{max(found[comma], key=len)}”")
    plain = len(found.get("plain", []))
    mostly_wrong = plain * 2 < sum(len(listed) for listed in found.values())
    readable: frozenset[str] = frozenset() if mostly_wrong else frozenset({"plain"})
    return NumberStyle(readable=readable, suspicion=suspicion)


def _plain_style(cores: list[str]) -> NumberStyle:
    written = [core for core in cores if "." in core]
    if len(written) >= 3 and all(_THREE_PLACES.fullmatch(core) for core in written):
        suspicion = (
            f"every number with a point has three places after it, like “{written[0]}”; it was read as "
            "decimals. If the point marks thousands, say so in the mapping"
        )
        return NumberStyle(readable=PLAIN_STYLE.readable, suspicion=suspicion)
    return PLAIN_STYLE


def _stated_style(cores: list[str], decimal: str, thousands: str) -> NumberStyle:
    style = NumberStyle(decimal, thousands)
    signs = {sign: 0 for sign in (decimal, thousands) if sign}
    example = ""
    for core in cores:
        if _proper(style, core):
            continue
        for sign in signs:
            if sign in core and re.fullmatch(r"[\d.,' ]+", core) and _misused(core, sign, decimal):
                signs[sign] += 1
                example = example or core
    few = len(cores) * _ALLOWED_CONTRADICTION
    wrong = "".join(sign for sign, count in signs.items() if count > few)
    if wrong:
        reason = f"the column uses “{wrong[0]}” in two ways, so no number with it can be trusted"
        return NumberStyle(decimal, thousands, None, wrong, reason, _MOVED.format(f"“{example}”"))
    other = [core for core in cores if shape_of(core) not in {"", "plain"} and not _proper(style, core)]
    if len(other) <= few:
        return style
    return NumberStyle(decimal, thousands, suspicion=_MOVED.format(f"“{max(other, key=len)}”"))


def _proper(style: NumberStyle, core: str) -> bool:
    try:
        style.read(core)
    except Refused:
        return False
    return True


def _misused(core: str, sign: str, decimal: str) -> bool:
    if sign == decimal:
        return re.fullmatch(rf"\d{{1,3}}({re.escape(sign)}\d{{3}}){{2,}}", core) is not None
    return True


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _without_sign(text: str) -> tuple[bool, str]:
    text = text.translate(_MINUS).strip()
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.startswith("-"):
        return True, text[1:].strip()
    if text.endswith("-"):
        return True, text[:-1].strip()
    return False, text.removeprefix("+")


def exponent(text: str) -> Decimal | None:
    """Return the number of a text such as 7.5e-05, the way programs write small rates; else None."""
    if not _EXPONENT.fullmatch(text.removeprefix("-")) or not text.isascii():
        return None
    return Decimal(text)
