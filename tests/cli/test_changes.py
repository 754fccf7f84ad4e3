"""What changed since a day: facts in sentences, what they led to, and what moved the scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Camdesk

PARTNERS = "partner_id,name,type,tier,enrolled_on\nP1,Arbour,reseller,Gold,2020-01-01\n"
CERTIFICATIONS = """certification_id,partner_id,person,name,track,awarded_on,expires_on
C1,P1,Ann,Core,sales,2024-01-01,2027-01-01
C2,P1,Ben,Core,sales,2024-01-01,2026-09-14
C3,P1,Cy,Deep,technical,2024-01-01,2027-01-01
C4,P1,Di,Deep,technical,2024-01-01,2027-01-01
C5,P1,Ed,Deep,technical,2024-01-01,2027-01-01
"""
RENEWALS = """renewal_id,partner_id,customer,value,currency,due_on,opened_on,status,renewed_value,decided_on
R1,P1,Aldgate,48000,EUR,2026-09-01,2026-06-01,{status},{renewed},{decided}
"""


@pytest.fixture
def workspace(tmp_path: Path, camdesk: Camdesk) -> Path:
    """Return a workspace synced on two days: a renewal was overdue on the first and won by the second."""
    exports, home = tmp_path / "exports", tmp_path / "home"
    exports.mkdir()
    (exports / "partners.csv").write_text(PARTNERS, encoding="utf-8")
    (exports / "certifications.csv").write_text(CERTIFICATIONS, encoding="utf-8")
    renewals = exports / "renewals.csv"
    renewals.write_text(RENEWALS.format(status="open", renewed="", decided=""), encoding="utf-8")
    assert camdesk("init", home=home).code == 0
    assert camdesk("source", "add", "exports", "folder", str(exports), home=home).code == 0
    assert camdesk("--as-of", "2026-09-10", "sync", home=home).code == 0
    renewals.write_text(
        RENEWALS.format(status="renewed", renewed="50000", decided="2026-09-15"), encoding="utf-8"
    )
    assert camdesk("--as-of", "2026-09-20", "sync", home=home).code == 0
    return home


def test_a_fact_names_what_it_led_to(camdesk: Camdesk, workspace: Path) -> None:
    (news,) = _news(camdesk, workspace)["partners"]
    told = {item["text"]: item["consequences"] for item in news["happened"]}
    assert told == {
        "Aldgate renewed (€50k)": ["closes the alert “Renewal overdue”"],
        "The certification of Ben (Core) lapsed": ["Gold asks 2 for certified sales people, has 1"],
    }
    assert all(item["evidence"] for item in news["happened"])


def test_what_happened_before_the_day_is_no_news(camdesk: Camdesk, workspace: Path) -> None:
    news = _news(camdesk, workspace, since="2026-09-16")
    assert [item["text"] for each in news["partners"] for item in each["happened"]] == []


def test_the_last_sync_is_where_the_one_before_left_off(camdesk: Camdesk, workspace: Path) -> None:
    assert _news(camdesk, workspace, since="last-sync")["since"] == "2026-09-11"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "last-meeting"), "Whose last meeting?"),
        (("P1", "--since", "last-meeting"), "No meeting with P1 is known."),
        (("--since", "2027-01-01"), "That day is still to come."),
        (("--since", "yesterday"), "Usage"),
    ],
)
def test_a_day_that_cannot_be_looked_back_from_is_said(
    camdesk: Camdesk, workspace: Path, words: tuple[str, ...], said: str
) -> None:
    answer = camdesk("--as-of", "2026-09-20", "changes", *words, home=workspace)
    assert answer.code == 2
    assert answer.err.startswith(said)


def test_the_changed_records_can_be_listed_one_by_one(camdesk: Camdesk, workspace: Path) -> None:
    answer = camdesk("--as-of", "2026-09-20", "changes", "--records", "--since", "2026-09-11", home=workspace)
    assert "renewals R1" in answer.out
    assert "status open → renewed" in answer.out


def test_every_event_of_the_sample_reads_as_a_sentence(camdesk: Camdesk, sample_home: Path) -> None:
    news = camdesk("changes", "--all", "--since", "2025-11-20", "--json", home=sample_home).json
    texts = [item["text"] for each in news["partners"] for item in each["happened"]]
    assert len(texts) > 200
    for text in texts:
        assert not text[0].islower()
        assert "{" not in text
        assert "no data" not in text
        assert "_" not in text


def _news(camdesk: Camdesk, home: Path, *, since: str = "2026-09-10") -> Any:
    return camdesk("--as-of", "2026-09-20", "changes", "--since", since, "--json", home=home).json
