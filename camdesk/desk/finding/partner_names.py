"""Which partner a person means: its id, its name, or a beginning of the name that no other shares."""

from __future__ import annotations

from sqlalchemy import Connection, text

from camdesk.base.errors import NotFoundError, UsageError

_NAMED = 5


def find_partner(connection: Connection, words: str) -> str:
    """Return the partner's id; raises NotFoundError, and UsageError where several could be meant."""
    names = {
        str(row[0]): str(row[1])
        for row in connection.execute(text("SELECT partner_id, min(name) FROM partners GROUP BY partner_id"))
    }
    if words in names:
        return words
    plain = " ".join(words.casefold().split())
    if not plain:
        raise UsageError("No partner is named.", "Give its id, or the beginning of its name.")
    found = (
        [each for each in names if each.casefold() == plain]
        or [each for each, name in names.items() if name.casefold() == plain]
        or [each for each, name in names.items() if name.casefold().startswith(plain)]
    )
    if not found:
        raise NotFoundError(
            f"There is no partner {words} in this workspace.", "See them all with: camdesk portfolio --all"
        )
    if len(found) > 1:
        named = [f"{names[each]} ({each})" for each in sorted(found, key=lambda each: names[each])]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        raise UsageError(
            f"{words} could be {', '.join(named[:_NAMED])}{more}.", "Write more of the name, or the id."
        )
    return found[0]
