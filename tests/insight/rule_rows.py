"""Rows for rules to look at; days are counted from the Friday that tests look from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.insight.alert_book import DAY, Rows


def day(offset: int) -> str:
    return (DAY + timedelta(days=offset)).isoformat()


def at(offset: int, clock: str = "09:00:00") -> str:
    return f"{day(offset)}T{clock}Z"


def one(entity: str, **row: Any) -> Rows:
    return {entity: [row]}


def deal(**more: Any) -> Rows:
    return one("deals", **({"status": "open", "amount": 10000, "submitted_at": at(-200)} | more))


def approved(**more: Any) -> Rows:
    return deal(kind="registered", decision="approved", **more)


def claim(**more: Any) -> Rows:
    return one("fund_claims", **({"amount": 500, "requested_at": at(-300)} | more))


def referral(**more: Any) -> Rows:
    return one("referrals", **({"status": "accepted", "submitted_at": at(-200)} | more))


def renewal(**more: Any) -> Rows:
    return one("renewals", **({"status": "open", "value": 1000} | more))


def listing(**more: Any) -> Rows:
    return one("listings", **({"status": "live"} | more))


def terms(**more: Any) -> Rows:
    return one("terms", kind="fee", text="5 %", **more)


def enrolled(offset: int) -> Rows:
    return one("partners", partner_id="P1", enrolled_on=day(offset))


def meeting(**more: Any) -> Rows:
    return one("meetings", **({"kind": "working", "status": "held"} | more))
