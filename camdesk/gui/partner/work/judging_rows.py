"""What a CAM says over what was worked out: as rows, and as fields to say it in. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from camdesk.desk.reports import PartnerReport
from camdesk.gui.partner.rows import STAGES
from camdesk.gui.widgets.form_fields import Choice, FieldKind, FieldSpec
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.store.judgements import About, Judgement

JUDGEMENT_COLUMNS = (
    Column("Said by hand", Kind.TEXT, sortable=False),
    Column("By, until", Kind.TEXT, sortable=False),
    Column("Why", Kind.TEXT, sortable=False),
)
TITLES: Mapping[About, str] = {
    "score": "Score",
    "stage": "Stage",
    "class": "Class",
    "hats": "Shares of the types",
}
_REASON = FieldSpec("reason", "Why", required=True)
_UNTIL = FieldSpec("until", "Until", FieldKind.DAY, placeholder="31 Dec, in 2 months")
SHARE = "share "


def judgement_rows(judgements: Iterable[Judgement]) -> list[GridRow]:
    """Return what holds today; the key is what it is about."""
    return [
        GridRow(
            one.about,
            (
                GridCell(f"{TITLES[one.about]}: {value_words(one)}", one.about),
                GridCell(_by(one), tooltip=_by(one)),
                GridCell(one.reason, tooltip=one.reason),
            ),
        )
        for one in judgements
    ]


def value_words(one: Judgement) -> str:
    """Return what was said: 65, Developing, A, Reseller 60%."""
    if one.about == "hats":
        return ", ".join(f"{type_words(name)} {share:.0%}" for name, share in one.value.items())
    if one.about == "stage":
        return STAGES.get(one.value, str(one.value))
    return f"{one.value:g}" if one.about == "score" else str(one.value)


def fields(about: About, report: PartnerReport) -> tuple[FieldSpec, ...]:
    """Return the fields to say it in, as it stands now."""
    partner, card = report.partner, report.scorecard
    if about == "score":
        now = card.judged.score if card.judged else card.blend.score
        value = "" if now is None else f"{now:.0f}"
        until = FieldSpec("until", "Until", FieldKind.DAY, hint="90 days at most; empty: 90 days")
        return (FieldSpec("value", "Score", required=True, hint="0 to 100", value=value), _REASON, until)
    if about == "hats":
        shares = (
            FieldSpec(
                f"{SHARE}{hat.type}",
                type_words(hat.type),
                FieldKind.SHARE,
                required=True,
                value=f"{hat.share * 100:.0f}",
            )
            for hat in card.hats
        )
        return (*shares, _REASON)
    choices = (
        tuple(Choice(key, title) for key, title in STAGES.items())
        if about == "stage"
        else tuple(Choice(one, one) for one in "ABC")
    )
    value = partner.stage if about == "stage" else partner.attention
    spec = FieldSpec("value", TITLES[about], FieldKind.CHOICE, required=True, choices=choices, value=value)
    return (spec, _REASON, _UNTIL)


def standing(report: PartnerReport) -> dict[About, str]:
    """Return what is said by hand today, in words that stand in the menu to take it back."""
    partner, card = report.partner, report.scorecard
    held: dict[About, str] = {}
    if card.judged is not None:
        held["score"] = f"{card.judged.score:g}, until {write_day(card.judged.expires_on)}"
    if not partner.stage_derived:
        held["stage"] = STAGES.get(partner.stage, partner.stage)
    if partner.attention_reason:
        held["class"] = partner.attention
    return held


def type_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _by(one: Judgement) -> str:
    until = f"until {write_day(one.expires_on)}" if one.expires_on else "until taken back"
    return f"{one.author}, {until}"
