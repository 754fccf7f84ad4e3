"""Exchange rates quoted in a currency that is not the portfolio's base, crossed into it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from camdesk.base.errors import Problem
from camdesk.portfolio.entities import ENTITIES
from camdesk.sync.check import Checked, Record

_NAMES = [column.name for column in ENTITIES["exchange_rates"].columns]
_ID, _CURRENCY, _DAY, _RATE = (_NAMES.index(name) for name in ("rate_id", "currency", "rated_on", "rate"))


def cross_rates(checked: Checked, *, quoted_in: str, file: str, base: str) -> list[Problem]:
    """Restate the rates of one file in units of `base`; without a rate of `base` itself none can be kept."""
    if quoted_in == base:
        return []
    records = {key: record for key, record in checked.records.items() if record.file == file}
    of_base = {
        str(record.values[_DAY]): Decimal(str(record.values[_RATE]))
        for record in records.values()
        if record.values[_CURRENCY] == base
    }
    if not of_base:
        for key in records:
            del checked.records[key]
        reason = f"rates are quoted in {quoted_in}, and none is of {base}, the base currency here"
        return [Problem(file, None, "rate", "", reason)]
    for key, record in records.items():
        day = str(record.values[_DAY])
        if day not in of_base:
            del checked.records[key]
            continue
        crossed = Decimal(str(record.values[_RATE])) / of_base[day]
        checked.records[key] = _with(record, rate=crossed)
    stated = {
        str(record.values[_DAY]) for record in records.values() if record.values[_CURRENCY] == quoted_in
    }
    example = next(iter(records.values()))
    for day, rate in of_base.items():
        if day not in stated:
            key = f"{quoted_in}-{day}"
            filled = list(example.values)
            filled[_ID], filled[_CURRENCY], filled[_DAY] = key, quoted_in, day
            checked.records.setdefault(key, _with(replace(example, values=tuple(filled)), rate=1 / rate))
    return []


def _with(record: Record, *, rate: Decimal) -> Record:
    values = list(record.values)
    values[_RATE] = f"{rate.normalize():f}"
    return replace(record, values=tuple(values))
