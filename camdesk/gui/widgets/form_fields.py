"""What a form asks for, as plain values, and how what was typed is read. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from camdesk.base import money
from camdesk.gui.widgets.form_days import day_words, read_day
from camdesk.gui.widgets.form_values import read_amount, read_share


class FieldKind(Enum):
    """What is typed into a field, and so how it is read."""

    TEXT = "text"
    LONG = "long"  # several lines
    CHOICE = "choice"
    DAY = "day"
    MOMENT = "moment"  # a day, with its time or without
    AMOUNT = "amount"
    SHARE = "share"  # in percent


@dataclass(frozen=True, slots=True)
class Choice:
    """A word to choose and how it is said."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form; `value` is what stands in it at first, as one would type it.

    `ahead`: a day without a year is meant to come, as a due day is.
    """

    name: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    value: str = ""
    ahead: bool = True
    offers: tuple[str, ...] = ()  # words offered while one types
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a field says: its value as the desk takes it, and how it was understood or what is wrong."""

    value: str
    said: str = ""
    problem: str = ""


def read_field(spec: FieldSpec, typed: str, *, today: date, currency: str) -> Read:
    """Read what was typed; an empty field has no value, which may be a problem."""
    words = typed.strip()
    if not words:
        return Read("", problem=f"{spec.title} is missing." if spec.required else "")
    match spec.kind:
        case FieldKind.DAY | FieldKind.MOMENT:
            return _day(spec, words, today)
        case FieldKind.AMOUNT:
            amount = read_amount(words)
            if amount is None:
                return Read(words, problem=f"“{words}” is not an amount. Write it like 1250.50 or 12k.")
            return Read(amount, said=_amount_words(amount, currency) if words != amount else "")
        case FieldKind.SHARE:
            share = read_share(words)
            if share is None:
                return Read(words, problem=f"“{words}” is not a percentage. Write it like 92.")
            return Read(share, said=f"{float(share) * 100:g}%")
        case _:
            return Read(words)


def _day(spec: FieldSpec, words: str, today: date) -> Read:
    time = ""
    if spec.kind is FieldKind.MOMENT and (cut := words.replace("T", " ").rpartition(" "))[2].count(":") == 1:
        words, time = cut[0], f"T{cut[2].zfill(5)}"
    day = read_day(words, today=today, ahead=spec.ahead)
    if day is None:
        return Read(words, problem=f"“{words}” is not a day. Write it like 12.11., fri or in 2 weeks.")
    return Read(f"{day.isoformat()}{time}", said=f"{day_words(day)}{time.replace('T', ', ')}")


def _amount_words(amount: str, currency: str) -> str:
    return f"{money.sign_of(currency)}{float(amount):,.2f}"
