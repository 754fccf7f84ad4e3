"""Turn one raw value into what the store holds, or say why it cannot be what its column claims."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from camdesk.base import money
from camdesk.portfolio.model import Column, Kind
from camdesk.sync import days, numbers
from camdesk.sync.connector import Cell
from camdesk.sync.currencies import CODES
from camdesk.sync.mapping import Formats
from camdesk.sync.refusal import Refused

Stored = str | int | float | None

LONGEST_ID = 200
LONGEST_TEXT = 100_000
_LARGEST_AMOUNT = Decimal(money.LARGEST) / money.SCALE
_LARGEST_INTEGER = 2**53
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\r": "\n"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_FLOAT_ID = re.compile(r"\d+\.0+", re.ASCII)
_LOST_ID = re.compile(r"\d(\.\d+)?E\+\d+", re.ASCII)
_TRUE, _FALSE = frozenset({"true", "yes", "1", "y", "t"}), frozenset({"false", "no", "0", "n", "f"})
_NUMERIC = {Kind.MONEY, Kind.NUMBER, Kind.RATE, Kind.INTEGER}
_DAYS = {Kind.DATE, Kind.MONTH, Kind.INSTANT}


class Unresolved(str):
    """A key for which the file of labels has none; it is neither a label nor nothing."""

    __slots__ = ("file",)

    def __new__(cls, key: str, file: str) -> Unresolved:
        made = super().__new__(cls, key)
        made.file = file
        return made

    file: str


@dataclass(frozen=True, slots=True)
class Ids:
    """What is installed and may be named by a row: partner types and metrics."""

    types: frozenset[str]
    metrics: frozenset[str]


@dataclass
class ColumnReader:
    """Read the values of one column of one file; made after the whole column was looked at."""

    column: Column
    numbers: numbers.NumberStyle
    days: days.DayStyle
    blanks: frozenset[str]
    ids: Ids
    suspicions: tuple[str, ...] = ()
    rounded: int = 0
    _known: dict[str, Stored] = field(default_factory=dict)
    _convert: Callable[[str], Stored] = field(init=False)

    def __post_init__(self) -> None:
        self._convert = {
            Kind.ID: self._id,
            Kind.TEXT: self._text,
            Kind.CHOICE: self._choice,
            Kind.TYPE: self._type,
            Kind.METRIC: self._metric,
            Kind.LIST: self._list,
            Kind.DATE: lambda text: self.days.day(text).isoformat(),
            Kind.MONTH: lambda text: self.days.month(text).isoformat(),
            Kind.INSTANT: lambda text: _instant(self.days.instant(text)),
            Kind.MONEY: self._money,
            Kind.CURRENCY: _currency,
            Kind.NUMBER: lambda text: self._in_range(float(self._number(text))),
            Kind.RATE: self._rate,
            Kind.INTEGER: self._integer,
            Kind.FLAG: _flag,
        }[self.column.kind]

    def read(self, cell: Cell) -> Stored:
        """Return what is stored, None where there is nothing; raise Refused."""
        if not isinstance(cell, str):
            return self._typed(cell)
        if isinstance(cell, Unresolved):
            raise Refused(f"{cell.file} has no label for this")
        if cell in self._known:
            return self._known[cell]
        text = clean(cell)
        stored = self._absent() if not text or text in self.blanks else self._convert(text)
        # Amounts are counted where they are rounded, so each one is read by itself.
        if self.column.kind is not Kind.MONEY:
            self._known[cell] = stored
        return stored

    def _absent(self) -> Stored:
        if self.column.required:
            raise Refused("this is required")
        return self.column.default

    def _typed(self, cell: Cell) -> Stored:
        if cell is None:
            return self._absent()
        kind = self.column.kind
        if isinstance(cell, bool):
            return int(cell) if kind is Kind.FLAG else self._convert(str(cell).lower())
        if isinstance(cell, (time, timedelta)):
            raise Refused("the cell holds a time of day")
        if isinstance(cell, date):
            return self._dated(cell)
        if kind in _DAYS:
            if not self.days.serial:
                raise Refused(days.NOT_A_DAY_NUMBER)
            return self._dated(days.of_serial(float(cell)))
        if kind in _NUMERIC and isinstance(cell, float):
            return self._sized(Decimal(f"{cell:.15g}"))
        if kind in _NUMERIC:
            return self._sized(Decimal(cell))
        whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_INTEGER
        return self._convert(str(int(cell)) if whole else str(cell))

    def _dated(self, cell: date) -> Stored:
        kind = self.column.kind
        if kind not in _DAYS:
            return self._convert(cell.isoformat())
        moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
        days.check_range(moment.date())
        if kind is Kind.INSTANT:
            return _instant(moment if moment.tzinfo else moment.replace(tzinfo=self.days.zone))
        if kind is Kind.MONTH and moment.day != 1:
            raise Refused("a month is given by its first day")
        return moment.date().isoformat()

    def _id(self, text: str) -> str:
        if len(text) > LONGEST_ID:
            raise Refused(f"an id of {len(text):,} characters; {LONGEST_ID} is the most")
        if _LOST_ID.fullmatch(text):
            raise Refused("a spreadsheet has shortened this id; its digits are lost")
        return text

    def _text(self, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise Refused(f"a text of {len(text):,} characters; {LONGEST_TEXT:,} is the most")
        return text

    def _choice(self, text: str) -> str:
        word = _word(text, self.column.choices)
        if word is None:
            raise Refused(f"not one of: {', '.join(self.column.choices)}")
        return word

    def _type(self, text: str) -> str:
        word = _word(text, self.ids.types)
        if word is None:
            raise Refused(f"not one of: {', '.join(sorted(self.ids.types))}")
        return word

    def _metric(self, text: str) -> str:
        word = _word(text, self.ids.metrics)
        if word is None:
            raise Refused("not the id of a metric; camdesk figures lists them")
        return word

    def _list(self, text: str) -> str | None:
        words = [word.strip() for word in re.split(r"[;|\n]", text)]
        words = [word for word in dict.fromkeys(words) if word]
        if self.column.name == "other_types":
            words = [self._type(word) for word in words]
        return self._text(";".join(words)) or None

    def _number(self, text: str) -> Decimal:
        if text.endswith("%") and self.column.kind is Kind.NUMBER:
            return self.numbers.read(text[:-1].rstrip()) / 100
        if self.column.kind in {Kind.NUMBER, Kind.RATE}:
            written = numbers.exponent(text)
            if written is not None:
                return written
        return self.numbers.read(text)

    def _money(self, text: str) -> int:
        return self._amount(self.numbers.read(text))

    def _amount(self, amount: Decimal) -> int:
        if not abs(amount) < _LARGEST_AMOUNT:
            raise Refused("the amount is larger than can be kept")
        exponent = amount.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -4 and amount % Decimal("0.0001"):
            self.rounded += 1
        return money.to_units(amount)

    def _rate(self, text: str) -> str:
        return _positive(self._number(text))

    def _integer(self, text: str) -> int:
        return self._whole(self.numbers.read(text))

    def _whole(self, number: Decimal) -> int:
        if number != number.to_integral_value():
            raise Refused("not a whole number")
        if abs(number) > _LARGEST_INTEGER:
            raise Refused("the number is larger than can be kept")
        choices = self.column.choices
        if choices and str(int(number)) not in choices:
            raise Refused(f"not one of: {', '.join(choices)}")
        self._in_range(float(number))
        return int(number)

    def _sized(self, number: Decimal) -> Stored:
        if not number.is_finite():
            raise Refused("this is not a number")
        if self.column.kind is Kind.MONEY:
            return self._amount(number)
        if self.column.kind is Kind.RATE:
            return _positive(number)
        return self._whole(number) if self.column.kind is Kind.INTEGER else self._in_range(float(number))

    def _in_range(self, number: float) -> float:
        if not abs(number) <= _LARGEST_INTEGER:
            raise Refused("the number is larger than can be kept")
        low, high = self.column.lowest, self.column.highest
        if low is not None and high is not None and not low <= number <= high:
            raise Refused("less than 0" if number < low == 0 else f"not between {low:g} and {high:g}")
        return number


def reader_for(column: Column, cells: Iterable[Cell], *, formats: Formats, ids: Ids) -> ColumnReader:
    """Look at a whole column and return how each of its values is to be read."""
    blanks = frozenset(formats.blanks)
    number_style, day_style = numbers.PLAIN_STYLE, days.DayStyle()
    suspicions: list[str] = []
    if column.kind in _NUMERIC | _DAYS | {Kind.ID}:
        texts = {clean(cell) for cell in set(cells) if isinstance(cell, str)} - blanks - {""}
        if column.kind in _NUMERIC:
            number_style = numbers.style_of(
                sorted(texts), decimal=formats.decimal, thousands=formats.thousands
            )
            suspicions.append(number_style.suspicion)
        elif column.kind in _DAYS:
            day_style = days.style_of(sorted(texts), dates=formats.dates, time_zone=formats.time_zone)
            suspicions.append(day_style.suspicion)
        else:
            suspicions.append(_id_suspicion(texts))
    said = tuple(suspicion for suspicion in suspicions if suspicion)
    return ColumnReader(column, number_style, day_style, blanks, ids, said)


def clean(text: str) -> str:
    """Return text without control characters, direction overrides and outer space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text.translate(_SPACES)))
    elif text.isalnum():
        return text
    return _UNWANTED.sub("", text.replace("\r\n", "\n")).strip()


def _id_suspicion(texts: set[str]) -> str:
    lost = sorted(text for text in texts if _LOST_ID.fullmatch(text))
    if lost:
        return f"ids have been shortened by a spreadsheet, such as “{lost[0]}”; export them as text"
    floats = sorted(text for text in texts if _FLOAT_ID.fullmatch(text))
    if floats and len(floats) * 2 > len(texts):
        return f"ids have become decimal numbers, such as “{floats[0]}”; they may not match other files"
    return ""


def _word(text: str, words: Collection[str]) -> str | None:
    """Return which of the words is meant, whichever way its letters and spaces are written."""
    if text in words:
        return text
    plain = _plain(text)
    return next((word for word in words if _plain(word) == plain), None)


def _plain(word: str) -> str:
    return word.lower().replace(" ", "_").replace("-", "_")


def _positive(rate: Decimal) -> str:
    if not Decimal("1e-9") < rate < Decimal("1e9"):
        raise Refused("an exchange rate is a positive number")
    return f"{rate.normalize():f}"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _currency(text: str) -> str:
    code = text.upper()
    if code not in CODES:
        raise Refused("not a currency code (ISO 4217, such as EUR)")
    return code


def _flag(text: str) -> int:
    word = text.lower()
    if word not in _TRUE | _FALSE:
        raise Refused("not yes or no")
    return int(word in _TRUE)
