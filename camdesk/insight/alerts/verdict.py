"""A back-test in sentences: how often, about whom, whether it was worth it, and what a change would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from camdesk.insight.alerts.back_test import BackTest
from camdesk.insight.alerts.past_alerts import EARLY, FOLLOWED_FOR_DAYS, MIXED, TROUBLE, VERDICTS, PastAlert
from camdesk.insight.wording import write_day

_OFTEN = 3
_RHYTHMS = {1: "every day", 7: "every week"}


def summary(test: BackTest, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a back-test says; `names` are the partners'."""
    lines = list(_limits(test))
    if test.days:
        rhythm = _RHYTHMS.get(test.step_days, f"every {test.step_days} days")
        lines.append(
            f"{test.rule.title}: {_times(test.alerts)} from {write_day(test.days[0])} to "
            f"{write_day(test.days[-1])}, looked at {rhythm}."
        )
        lines += _about(test.alerts, names)
        lines += _worth(test.alerts)
    if test.alerts_changed is not None and test.days:
        lines += _difference(test.alerts, test.alerts_changed, test.changed)
    return tuple(lines)


def kept_apart(alerts: Sequence[PastAlert], others: Sequence[PastAlert]) -> tuple[PastAlert, ...]:
    """Return the alerts that no alert of `others` about the same partner overlaps."""
    return tuple(
        one
        for one in alerts
        if not any(
            other.partner_id == one.partner_id
            and other.first_day <= one.last_day
            and one.first_day <= other.last_day
            for other in others
        )
    )


def _limits(test: BackTest) -> list[str]:
    lines = []
    if test.unknown_before is not None:
        lines.append(
            f"It has nothing to say about {test.unknown_days} of the days asked for: it rests on states, and "
            f"nobody recorded those before the first sync on {write_day(test.unknown_before)}."
        )
    if test.held_back:
        lines.append(f"Held back on some of the days: {test.held_back}")
    return lines


def _times(alerts: Sequence[PastAlert]) -> str:
    if not alerts:
        return "it would not have fired"
    about = _counted(len({one.partner_id for one in alerts}), "partner")
    return f"it would have fired {_counted(len(alerts), 'time')} about {about}"


def _about(alerts: Sequence[PastAlert], names: Mapping[str, str]) -> list[str]:
    often = [
        (partner, count) for partner, count in Counter(one.partner_id for one in alerts).most_common(_OFTEN)
    ]
    if not often or often[0][1] < 2:
        return []
    named = ", ".join(f"{names.get(partner, partner)} ({count})" for partner, count in often if count > 1)
    return [f"Most often about {named}."]


def _worth(alerts: Sequence[PastAlert]) -> list[str]:
    over = [one for one in alerts if one.verdict != EARLY]
    if not over:
        return [f"None of them is {FOLLOWED_FOR_DAYS} days old: it is too early to tell."] if alerts else []
    counts = Counter(one.verdict for one in over)
    parts = [f"{verdict} in {counts[verdict]}" for verdict in VERDICTS if counts[verdict]]
    trouble = counts[TROUBLE] + counts[MIXED]
    lines = [f"What came in the {FOLLOWED_FOR_DAYS} days after: {', '.join(parts)}."]
    lines.append(f"In {trouble} of {len(over)} the warning was borne out ({trouble / len(over):.0%}).")
    return lines


def _difference(
    before: Sequence[PastAlert], after: Sequence[PastAlert], changed: Mapping[str, float]
) -> list[str]:
    settings = ", ".join(f"{name} = {value:g}" for name, value in changed.items())
    fewer = len(before) - len(after)
    compared = "as often as now" if not fewer else f"{abs(fewer)} {'fewer' if fewer > 0 else 'more'} than now"
    lines = [f"With {settings}: {_times(after)}, {compared}."]
    gone, added = kept_apart(before, after), kept_apart(after, before)
    if gone:
        lines.append(f"{_counted(len(gone), 'alert')} would no longer come{_borne_out(gone)}.")
    if added:
        lines.append(f"{_counted(len(added), 'alert')} would come in addition{_borne_out(added)}.")
    return lines


def _borne_out(alerts: Sequence[PastAlert]) -> str:
    trouble = sum(one.verdict in (TROUBLE, MIXED) for one in alerts)
    return f", {trouble} of them borne out by what came"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
