"""What becomes of an alert from day to day, and what a person may do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.insight.alerts import actions
from camdesk.insight.alerts.episodes import firings_of, say
from camdesk.insight.alerts.evaluation import Firing
from camdesk.insight.alerts.lifecycle import read_events, read_states, reconcile
from camdesk.insight.alerts.listing import alerts_of, closed_alert, needs_you
from camdesk.insight.alerts.replay import states_on
from camdesk.insight.alerts.usage import rule_uses
from camdesk.insight.results import Alert
from tests.insight.alert_book import AlertBook

FIRST = date(2026, 11, 1)


def day(number: int) -> date:
    return date(2026, 11, number)


def renewal(name: str, due_on: str = "2026-12-20", **more: Any) -> dict[str, Any]:
    return {"renewal_id": name, "customer": name, "status": "open", "value": 1000, "due_on": due_on, **more}


class Life:
    """A portfolio that is looked at again and again; `look` says what stands in it that day."""

    def __init__(self, folder: Path) -> None:
        self.book = AlertBook(folder)
        self.book.fill({}, synced_on=day(28))
        self.catalog = self.book.catalog_with(**{"renewal-without-plan": {}, "renewal-overdue": {}})

    def look(self, on: date, *renewals: Mapping[str, Any]) -> tuple[Alert, ...]:
        self.book.empty("renewals")
        self.book.add({"renewals": renewals})
        return self.see(on, {})

    def see(
        self, on: date, rows: Mapping[str, Sequence[Mapping[str, Any]]], *, silenced_by: str | None = None
    ) -> tuple[Alert, ...]:
        evaluation = self.book.evaluate(self.catalog, rows, as_of=on)
        if silenced_by is not None:
            evaluation = replace(
                evaluation, firings=tuple(_silenced(one, silenced_by) for one in evaluation.firings)
            )
        with self.book.database.write() as connection:
            reconcile(connection, evaluation)
            return alerts_of(connection, evaluation)

    def events(self) -> list[str]:
        """Return what happened to the first alert there was."""
        with self.book.database.read() as connection:
            return [event.event for event in read_events(connection, until=day(28)).get(1, [])]

    def states(self, on: date | None = None) -> dict[tuple[str, str], tuple[Any, ...]]:
        """Return all that is remembered now, or of a past day: state, first seen, reopened, rows."""
        with self.book.database.read() as connection:
            found = read_states(connection) if on is None else states_on(connection, on)
        return {
            key: (one.state, one.first_seen, one.reopened, {name: row.state for name, row in rows.items()})
            for key, one in found.items()
            if (rows := {name: row for name, row in one.subjects.items() if row.firing})
        }


def _silenced(firing: Firing, by: str) -> Firing:
    return replace(firing, subjects=tuple(replace(one, silenced_by=by) for one in firing.subjects))


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    made = Life(tmp_path)
    yield made
    made.book.database.close()


def states(alert: Alert) -> dict[str, str]:
    return {subject.subject: subject.state for subject in alert.subjects}


def test_an_alert_keeps_its_number_and_says_what_is_new(life: Life) -> None:
    (first,) = life.look(day(1), renewal("A"), renewal("B"))
    assert (first.state, first.first_seen) == ("new", day(1))
    with life.book.database.write() as connection:
        actions.acknowledge(connection, first.id, on=day(1))
    (second,) = life.look(day(2), renewal("A"), renewal("B"))
    assert (second.id, second.state) == (first.id, "acknowledged")
    (third,) = life.look(day(3), renewal("A"), renewal("B"), renewal("C"))
    assert (third.id, third.state) == (first.id, "new")
    assert third.message.endswith("(1 new)")
    assert states(third) == {"A": "acknowledged", "B": "acknowledged", "C": "new"}


def test_one_contract_may_be_snoozed_alone(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"), renewal("B", value=500))
    with life.book.database.write() as connection:
        actions.snooze(connection, alert.id, on=day(1), until=day(10), subjects=["A"])
    (after,) = life.look(day(2), renewal("A"), renewal("B", value=500))
    assert after.state == "new"
    assert states(after) == {"A": "snoozed", "B": "new"}
    assert after.value_at_stake == 500 * 10_000
    assert after.message.startswith("B renews")


def test_a_snoozed_alert_wakes_on_its_day(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.snooze(connection, alert.id, on=day(1), until=day(10))
    (asleep,) = life.look(day(9), renewal("A"))
    assert asleep.state == "snoozed"
    assert needs_you([asleep]) == ()
    (awake,) = life.look(day(10), renewal("A"))
    assert awake.state == "new"
    assert needs_you([awake]) == (awake.id,)


def test_a_snoozed_alert_wakes_when_it_gets_worse(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    assert alert.severity == "warning"
    with life.book.database.write() as connection:
        actions.snooze(connection, alert.id, on=day(1), until=None)
    assert [one.state for one in life.look(day(19), renewal("A"))] == ["snoozed"]
    assert [(one.state, one.severity) for one in life.look(day(20), renewal("A"))] == [("new", "critical")]


def test_it_closes_by_itself_and_reopens_with_history_within_14_days(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    assert life.look(day(5), renewal("A", opened_on="2026-11-04")) == ()
    (back,) = life.look(day(19), renewal("A"))
    assert (back.id, back.reopened, back.first_seen) == (alert.id, True, day(1))
    assert life.events() == ["opened", "closed", "reopened"]


def test_after_14_days_it_is_a_new_alert_under_its_old_number(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    life.look(day(5), renewal("A", opened_on="2026-11-04"))
    (back,) = life.look(day(20), renewal("A"))
    assert (back.id, back.reopened, back.first_seen) == (alert.id, False, day(20))


def test_resolved_by_hand_it_stays_so_until_the_condition_returns(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.resolve(connection, alert.id, on=day(1), reason="They renew directly")
    assert [one.state for one in life.look(day(2), renewal("A"))] == ["resolved"]
    assert life.look(day(3)) == ()
    assert [(one.state, one.reopened) for one in life.look(day(4), renewal("A"))] == [("new", True)]


def test_a_muted_rule_stays_muted_for_the_partner(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.mute(connection, alert.id, on=day(1))
    (muted,) = life.look(day(2), renewal("A"), renewal("B"))
    assert muted.state == "muted"
    assert needs_you([muted]) == ()
    with life.book.database.write() as connection:
        actions.unmute(connection, alert.id, on=day(2))
    assert [one.state for one in life.look(day(3), renewal("A"), renewal("B"))] == ["new"]


def test_an_overdue_renewal_takes_over_from_the_unplanned_one(life: Life) -> None:
    life.look(day(1), renewal("A", due_on="2026-11-10"), renewal("B"))
    after = life.look(day(11), renewal("A", due_on="2026-11-10"), renewal("B"))
    assert {alert.rule: list(states(alert)) for alert in after} == {
        "renewal-overdue": ["A"],
        "renewal-without-plan": ["B"],
    }


def test_an_earlier_day_changes_no_state_and_shows_its_own_alerts(life: Life) -> None:
    (alert,) = life.look(day(10), renewal("A"))
    with life.book.database.write() as connection:
        actions.acknowledge(connection, alert.id, on=day(10))
    before = life.events()
    (past,) = life.look(day(3), renewal("A"))
    assert (past.id, past.state, past.first_seen) == (alert.id, "new", day(3))
    assert life.events() == before
    assert [one.state for one in life.look(day(10), renewal("A"))] == ["acknowledged"]


def test_alerts_of_a_past_day_never_stored_take_no_verb(life: Life) -> None:
    life.look(day(10))
    (past,) = life.look(day(3), renewal("A"))
    assert past.id < 0
    with life.book.database.write() as connection, pytest.raises(NotFoundError):
        actions.acknowledge(connection, past.id, on=day(10))


def test_the_same_day_again_changes_nothing(life: Life) -> None:
    first = life.look(day(1), renewal("A"), renewal("B"))
    before = life.events()
    assert life.look(day(1), renewal("A"), renewal("B")) == first
    assert life.events() == before


def test_a_metric_alert_closes_only_with_a_tenth_to_spare(life: Life) -> None:
    life.catalog = life.book.catalog_with(**{"low-activation": {}})
    life.book.add({"usage": [{"month": "2026-10-01", "seats": 100, "active_seats": 60}]})

    def look(on: date, value: float) -> list[str]:
        alerts = life.see(on, {"figures": [{"metric": "seat_activation", "value": value}]})
        return [alert.state for alert in alerts]

    assert look(day(1), 0.72) == []
    assert look(day(2), 0.65) == ["new"]
    assert look(day(3), 0.72) == ["new"]
    assert look(day(4), 0.78) == []
    assert look(day(5), 0.72) == []


def test_an_alert_held_back_is_neither_shown_nor_closed(life: Life) -> None:
    life.catalog = life.book.catalog_with(**{"meeting-overdue": {}})
    life.book.fill(
        {"meetings": [{"kind": "working", "status": "held", "scheduled_at": "2026-10-01T09:00:00Z"}]},
        synced_on=day(2),
    )
    (alert,) = life.see(day(2), {})
    assert life.see(day(12), {}) == ()
    assert life.events() == ["opened"]
    life.book.fill_sync(day(13))
    (again,) = life.see(day(13), {})
    assert (again.id, again.first_seen) == (alert.id, day(2))


def test_a_row_that_closes_and_comes_back_keeps_its_first_day(life: Life) -> None:
    life.look(day(1), renewal("A"), renewal("B"))
    life.look(day(3), renewal("A"), renewal("B", opened_on="2026-11-02"))
    (back,) = life.look(day(5), renewal("A"), renewal("B"))
    assert states(back) == {"A": "new", "B": "new"}
    assert back.message.startswith("2 contracts")
    assert "new)" not in back.message, "it came back, it was not added"


def test_a_row_snoozed_alone_comes_back_when_it_gets_worse(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"), renewal("B"))
    with life.book.database.write() as connection:
        actions.snooze(connection, alert.id, on=day(1), until=None, subjects=["A"])
        actions.acknowledge(connection, alert.id, on=day(1), subjects=["B"])
    (quiet,) = life.look(day(19), renewal("A"), renewal("B", due_on="2026-12-31"))
    assert (quiet.state, states(quiet)) == ("acknowledged", {"A": "snoozed", "B": "acknowledged"})
    (worse,) = life.look(day(20), renewal("A"), renewal("B", due_on="2026-12-31"))
    assert (worse.state, worse.severity) == ("new", "critical")
    assert states(worse) == {"A": "new", "B": "acknowledged"}
    assert life.events()[-1] == "woken"


def test_an_alert_snoozed_until_a_day_sleeps_through_getting_worse(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.snooze(connection, alert.id, on=day(1), until=day(25))
    assert [(one.state, one.severity) for one in life.look(day(22), renewal("A"))] == [
        ("snoozed", "critical")
    ]


def test_an_added_row_wakes_an_alert_that_sleeps(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.snooze(connection, alert.id, on=day(1), until=None)
    (woken,) = life.look(day(2), renewal("A"), renewal("B"))
    assert (woken.state, states(woken)) == ("new", {"A": "snoozed", "B": "new"})
    assert woken.message.endswith("(1 new)")
    assert woken.value_at_stake == 1000 * 10_000, "what sleeps is not counted"


def test_acknowledged_stays_so_from_day_to_day(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.acknowledge(connection, alert.id, on=day(1))
    for number in range(2, 9):
        assert [one.state for one in life.look(day(number), renewal("A"))] == ["acknowledged"]


def test_what_is_silenced_keeps_its_state_and_comes_back_with_it(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.acknowledge(connection, alert.id, on=day(1))
    assert life.see(day(11), {}, silenced_by="another") == ()
    (again,) = life.see(day(12), {})
    assert (again.id, again.state, again.first_seen) == (alert.id, "acknowledged", day(1))
    assert life.events() == ["opened", "acknowledged"]


def test_an_alert_tells_its_earlier_firings_and_what_followed(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.acknowledge(connection, alert.id, on=day(2))
    life.look(day(5))
    (second,) = life.look(day(7), renewal("A"))
    with life.book.database.write() as connection:
        actions.resolve(connection, alert.id, on=day(8), reason="They renew directly")
    assert [say(one) for one in second.earlier] == [
        "1 Nov 2026 to 5 Nov 2026: acknowledged on 2 Nov 2026, closed by itself"
    ]
    life.look(day(9))
    with life.book.database.read() as connection:
        past = firings_of(read_events(connection, until=day(28))[alert.id])
        (stored,) = read_states(connection).values()
    assert say(past[1]) == (
        "came back, 7 Nov 2026 to 9 Nov 2026: resolved by hand on 8 Nov 2026 (They renew directly)"
    )
    closed = closed_alert(stored, life.book.catalog.rules[stored.rule])
    assert (closed.state, closed.message) == ("resolved", "Renewal without a plan: closed on 8 Nov 2026")


def test_what_a_rule_was_good_for_is_counted(life: Life) -> None:
    (alert,) = life.look(day(1), renewal("A"))
    with life.book.database.write() as connection:
        actions.not_useful(connection, alert.id, on=day(1), reason="They renew by themselves")
        actions.not_useful(connection, alert.id, on=day(1))
    life.look(day(2))
    life.look(day(20), renewal("A"))
    with life.book.database.write() as connection:
        actions.acknowledge(connection, alert.id, on=day(20))
        use, *others = rule_uses(connection, life.catalog, until=day(28))
    assert (use.rule, use.types) == ("renewal-without-plan", ("example",))
    assert (use.fired, use.acted_upon, use.closed_by_itself, use.not_useful) == (2, 1, 1, 2)
    assert all(one.fired == 0 for one in others)
    with life.book.database.read() as connection:
        reasons = [event.reason for event in read_events(connection, until=day(1))[alert.id]]
    assert "They renew by themselves" in reasons


_VERBS = st.sampled_from(["nothing", "acknowledge", "snooze", "sleep", "resolve", "mute", "unmute"])


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from("AB")), _VERBS, st.sampled_from([(), ("A",)])),
        min_size=2,
        max_size=9,
    )
)
def test_the_states_of_a_past_day_are_those_it_had(
    steps: list[tuple[set[str], str, tuple[str, ...]]],
) -> None:
    with TemporaryDirectory() as folder:
        life = Life(Path(folder))
        had = {}
        for number, (open_ones, verb, rows) in enumerate(steps):
            on = day(1 + 3 * number)
            life.look(on, *(renewal(name) for name in sorted(open_ones)))
            if open_ones and (not rows or "A" in open_ones):
                _do(life, verb, on, rows)
            had[on] = life.states()
        for on, states_then in had.items():
            assert life.states(on) == states_then
        life.book.database.close()


def _do(life: Life, verb: str, on: date, rows: tuple[str, ...]) -> None:
    with life.book.database.write() as connection:
        match verb:
            case "acknowledge":
                actions.acknowledge(connection, 1, on=on, subjects=rows)
            case "snooze":
                actions.snooze(connection, 1, on=on, until=on + timedelta(days=6), subjects=rows)
            case "sleep":
                actions.snooze(connection, 1, on=on, until=None, subjects=rows)
            case "resolve":
                actions.resolve(connection, 1, on=on, reason="settled", subjects=rows)
            case "mute":
                actions.mute(connection, 1, on=on)
            case "unmute":
                actions.unmute(connection, 1, on=on)


def test_verbs_refuse_what_makes_no_sense(life: Life) -> None:
    (alert,) = life.look(day(5), renewal("A"))
    with life.book.database.write() as connection:
        with pytest.raises(UsageError):
            actions.snooze(connection, alert.id, on=day(5), until=day(5))
        with pytest.raises(UsageError):
            actions.resolve(connection, alert.id, on=day(5), reason=" ")
        with pytest.raises(NotFoundError):
            actions.acknowledge(connection, alert.id, on=day(5), subjects=["Z"])
        with pytest.raises(NotFoundError):
            actions.mute(connection, 999, on=day(5))
