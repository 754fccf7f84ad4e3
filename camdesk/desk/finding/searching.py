"""The part of the desk that finds partners, and what is written or known about them, by words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from camdesk.base.folding import folded
from camdesk.desk.finding.snippets import has_all
from camdesk.desk.opened import Opened

if TYPE_CHECKING:
    from camdesk.desk.finding.hits import Hit
    from camdesk.store.search import Found, PartnerName

_FADES_IN_DAYS = 365
_EXACT, _BEGINS, _HAS, _RECORD = range(4)


class Searching(Opened):
    """Search over the workspace as it stands now, whatever the desk's day; beside a sync, too."""

    def search(self, words: str, *, limit: int = 20, partner_id: str | None = None) -> tuple[Hit, ...]:
        """Return what has a word beginning with each of `words`, accents and case aside; any text is safe.

        Partners come first, at most half of `limit` where there is more: whose name or id this is, whose name
        begins with it, whose name has the words. Then records, those of one's own partners in front, by
        words and nearness of their day. With `partner_id` only what belongs to that partner.
        """
        from camdesk.desk.finding.hits import hit_of
        from camdesk.store import search

        wanted = search.words_of(words)
        if not wanted or limit < 1:
            return ()
        with self.workspace.database.read() as connection:
            partners = search.partner_names(connection)
            found = search.find(connection, wanted, partner_id=partner_id)
            chosen = _Order(words, wanted, partners, self.settings.owner_emails, self.as_of).best(
                found, limit
            )
            rows = {
                table: search.rows_of(connection, table, [each.row for each in chosen if each.table == table])
                for table in {each.table for each in chosen}
            }
        return tuple(
            hit_of(
                each,
                rows[each.table][each.row],
                wanted,
                partner_name=partners[each.partner_id].name if each.partner_id in partners else None,
                currency=self.settings.base_currency,
            )
            for each in chosen
        )


class _Order:
    """What comes before what among all that was found."""

    def __init__(
        self,
        words: str,
        wanted: tuple[str, ...],
        partners: dict[str, PartnerName],
        owners: Iterable[str],
        as_of: date,
    ) -> None:
        self._wanted = wanted
        self._words = folded(" ".join(words.split()))
        self._partners = partners
        self._owners = {address.casefold() for address in owners}
        self._as_of = as_of

    def best(self, found: Iterable[Found], limit: int) -> list[Found]:
        """Return the first `limit`, partners found by their name leaving room for half of others."""
        keyed = sorted(((self._key(each), each) for each in self._once(found)), key=lambda pair: pair[0])
        named = [each for key, each in keyed if key[0] != _RECORD]
        others = [each for key, each in keyed if key[0] == _RECORD]
        room = max(limit - len(others), (limit + 1) // 2)
        return [*named[:room], *others][:limit]

    def _once(self, found: Iterable[Found]) -> Iterable[Found]:
        """Yield all, but a partner that several sources deliver only once."""
        seen = set()
        for each in found:
            if each.table == "partners":
                if each.partner_id in seen:
                    continue
                seen.add(each.partner_id)
            yield each

    def _key(self, found: Found) -> tuple[int, bool, float, str]:
        away = _FADES_IN_DAYS if found.on is None else abs((found.on - self._as_of).days)
        nearness = 1 / (1 + away / _FADES_IN_DAYS)
        return self._place(found), not self._is_mine(found), found.rank * nearness, found.title

    def _place(self, found: Found) -> int:
        if found.table != "partners":
            return _RECORD
        name = folded(" ".join(found.title.split()))
        if self._words in (name, folded(found.partner_id or "")):
            return _EXACT
        if name.startswith(self._words):
            return _BEGINS
        return _HAS if has_all(found.title, self._wanted) else _RECORD

    def _is_mine(self, found: Found) -> bool:
        partner = self._partners.get(found.partner_id or "")
        if not self._owners or partner is None:
            return True
        return (partner.owner or "").casefold() in self._owners
