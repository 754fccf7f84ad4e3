"""What things are called in the message that tells a person what was just done."""

from __future__ import annotations

from sqlalchemy import Connection, select

from camdesk.base.errors import CamDeskError
from camdesk.desk.writing import own_rows as writing
from camdesk.desk.writing.own_lists import label_of
from camdesk.insight.catalog import Catalog
from camdesk.insight.wording import in_a_sentence
from camdesk.portfolio.model import Entity
from camdesk.store.tables import CURRENT, alert, document
from camdesk.store.tasks import read_task

_SHORTEST = 60


class Names:
    """Calls things by their names. What does not exist keeps its id: the act will say what is wrong."""

    def __init__(self, connection: Connection, catalog: Catalog) -> None:
        self._connection = connection
        self._catalog = catalog

    def partner(self, partner_id: str) -> str:
        partners = CURRENT["partners"]
        found = select(partners.c.name).where(partners.c.partner_id == partner_id).limit(1)
        return str(self._connection.execute(found).scalar() or partner_id)

    def alert(self, alert_id: int) -> str:
        """Return Northwind IT, deal registrations down; a notice about the portfolio has no partner."""
        row = self._connection.execute(select(alert).where(alert.c.alert_id == alert_id)).first()
        if row is None:
            return str(alert_id)
        rule = self._catalog.rules.get(row.rule)
        title = rule.title if rule else str(row.rule)
        return f"{self.partner(row.partner_id)}, {in_a_sentence(title)}" if row.partner_id else title

    def row(self, entity: Entity, record_id: str) -> str:
        """Return a row's own words, its noun and its partner: the contact “Ines Kaya” of Alder Systems."""
        try:
            row = writing.find(self._connection, entity, record_id)
        except CamDeskError:
            return f"the {noun(entity)} {record_id}"
        return f"the {noun(entity)} “{short(label_of(entity, row))}” of {self.partner(row['partner_id'])}"

    def document(self, document_id: int) -> str:
        """Return the 2026-Q3 review of Alder Systems."""
        row = self._connection.execute(select(document).where(document.c.document_id == document_id)).first()
        if row is None:
            return f"document {document_id}"
        return f"the {row.period} {row.kind} of {self.partner(row.partner_id)}"

    def task(self, task_id: int) -> str:
        found = read_task(self._connection, task_id)
        return short(found.text) if found else str(task_id)

    def metric(self, metric: str) -> str:
        found = self._catalog.metrics.get(metric.strip())
        return in_a_sentence(found.title) if found else metric


def noun(entity: Entity) -> str:
    """Return what one row of an entity is called: contact."""
    return entity.title.lower().removesuffix("s")


def a(words: str) -> str:
    return f"an {words}" if words[:1] in "aeiou" else f"a {words}"


def short(words: str) -> str:
    """Return words that fit a message."""
    line = " ".join(words.split())
    return line if len(line) <= _SHORTEST else f"{line[:_SHORTEST].rstrip()}…"
