"""What is still open: named accounts not won yet, and products customers do not buy from this partner."""

from __future__ import annotations

from camdesk.documents.drafting.draft import Draft, cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.facts import largest_first
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Block, Cell, Line, Section, Span
from camdesk.documents.phrases import capital, clipped, in_words

_ACCOUNTS = 8
_PRODUCTS = 5
_NAME = 34
_RELATIONS = {"customer": "Customer", "target": "Target", "shared": "Shared"}


def bought(draft: Draft) -> dict[str, set[str]]:
    """Return the products each customer bought in twelve months, by orders, billed months and POS lines."""
    recent = year_back(draft.today)
    found: dict[str, set[str]] = {}
    for entity, column in (("orders", "booked_on"), ("usage", "month"), ("sell_through", "month")):
        for row in draft.rows.of(entity):
            on = day(row[column])
            if row["customer"] and row["product"] and on is not None and on in recent:
                found.setdefault(str(row["customer"]), set()).add(str(row["product"]))
    return found


def target_accounts(draft: Draft) -> tuple[Row, ...]:
    """Return the accounts that are not customers yet, the largest potential first."""
    return largest_first(
        [row for row in draft.rows.of("accounts") if row["relation"] == "target"], "potential"
    )


def section(plan: Outline) -> Section:
    """Return the account whitespace and the product whitespace."""
    draft = plan.draft
    accounts = largest_first(draft.rows.of("accounts"), "potential")
    products = bought(draft)
    blocks: list[Block] = []
    if accounts:
        blocks.append(_accounts(draft, accounts, products))
    grid = _products(plan, products)
    if grid is not None:
        blocks.append(grid)
    name, heading = "whitespace", "Whitespace"
    if not blocks:
        lack = "Whitespace: no named account and no customer's purchase is on record."
        return lacking(name, heading, "Which accounts to win is still to be named", lack)
    return following(name, heading, _message(draft, products), blocks, lead=_lead(draft))


def _message(draft: Draft, products: dict[str, set[str]]) -> str:
    targets = target_accounts(draft)
    if targets:
        return f"{capital(in_words(len(targets), 'named account'))} to win"
    kinds = {product for owned in products.values() for product in owned}
    without = {product: sum(product not in owned for owned in products.values()) for product in kinds}
    product, number_of = max(without.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    if number_of and len(kinds) > 1:
        return f"{number_of:,} of {len(products):,} customers do not buy {clipped(product, _NAME)}"
    return "Where there is room to grow"


def _lead(draft: Draft) -> Line:
    targets = target_accounts(draft)
    if not targets:
        return ()
    return say(
        "Together they are worth ",
        draft.total(targets, "potential", targets_key(draft)),
        " a year by our estimate.",
    )


def targets_key(draft: Draft) -> str:
    words = "Accounts on record as targets: not customers of this partner yet, by potential a year."
    return draft.listed(
        "target-accounts",
        "Named accounts to win",
        words,
        "accounts",
        target_accounts(draft),
        column="potential",
    )


def _accounts(draft: Draft, accounts: tuple[Row, ...], products: dict[str, set[str]]) -> Block:
    words = "The accounts both sides have named, by potential a year."
    key = draft.listed("accounts", "Named accounts", words, "accounts", accounts, column="potential")
    targets = target_accounts(draft)
    chosen = [*targets[:_ACCOUNTS], *[row for row in accounts if row not in targets]][:_ACCOUNTS]
    rows: list[list[Cell]] = []
    for row in chosen:
        owned = products.get(str(row["customer"]), set())
        held = [item.strip() for item in str(row["products"] or "").split(";") if item.strip()]
        rows.append(
            [
                cell(row["customer"]),
                cell(
                    _RELATIONS.get(row["relation"], "–"), tone="warn" if row["relation"] == "target" else ""
                ),
                cell(
                    ", ".join(sorted(owned) or held) or "nothing yet", tone="" if owned or held else "quiet"
                ),
                draft.amount_cell(row, "potential"),
            ]
        )
    columns = [wide("Account", 1.3), wide("Relation", 0.6), wide("Has", 2.0), number("Potential a year")]
    return table(
        columns, rows, title="Named accounts", note=rest_of("account", len(accounts), len(rows), key)
    )


def _products(plan: Outline, products: dict[str, set[str]]) -> Block | None:
    """Return, by product, how many customers buy it and how many do not."""
    if len(products) < 2:
        return None
    counts: dict[str, int] = {}
    for owned in products.values():
        for product in owned:
            counts[product] = counts.get(product, 0) + 1
    if len(counts) < 2:
        return None
    chosen = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_PRODUCTS]
    key = plan.keep(
        "product-whitespace",
        "Customers by product",
        value=len(products),
        written=f"{len(products):,}",
        words="Customers with an order, a billed month or a POS line of the product in twelve months, "
        "of all customers with any.",
        parts=[(product, f"{number_of:,} of {len(products):,}") for product, number_of in chosen],
        kind="product",
    )
    rows = [
        [
            cell(product),
            Cell((Span(f"{number_of:,}", key),)),
            Cell((Span(f"{len(products) - number_of:,}", key),), strong=True),
            Cell((Span(f"{number_of / len(products) * 100:.0f}%", key),)),
        ]
        for product, number_of in chosen
    ]
    columns = [wide("Product", 2.0), number("Customers who buy it"), number("Who do not"), number("Reach")]
    return table(columns, rows, title="Product whitespace, twelve months")
