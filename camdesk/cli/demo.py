"""The fictitious portfolio, from nothing to a review as PDF and the open window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.cli import alerts, output, portfolio, sources
from camdesk.cli.progress import progress_bar
from camdesk.cli.session import Session
from camdesk.cli.window import has_display, open_window

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    folder: Annotated[
        Path | None, typer.Option("--dir", metavar="DIR", help="Where to make the sample workspace.")
    ] = None,
    no_window: Annotated[bool, typer.Option("--no-window", help="Do not open the window.")] = False,
) -> None:
    """Make a workspace of fictitious data, show what is in it, and write a review and a plan."""
    from camdesk.desk.desk import Desk

    home = (folder or _usual_folder()).expanduser().absolute()
    desk = Desk.create_sample(home)
    try:
        output.line(f"A sample workspace in {home}")
        output.line("It holds fictitious data only, so its key lies beside it and it opens without a prompt.")
        with progress_bar("Reading") as progress:
            reports = desk.sync(progress=progress)
        with progress_bar("Working out figures") as progress:
            desk.take_stock(progress=progress)
        sources.tell(reports)
        alerts.tell(desk.alerts(), desk.settings.base_currency)
        output.heading("Portfolio")
        portfolio.tell(desk.portfolio())
        output.heading("Documents")
        for path in _write_documents(desk, home / "exports"):
            output.line(str(path))
    finally:
        desk.close()
    output.line()
    output.line(f'Look around with: camdesk --home "{home}" partner {_review_partner()}')
    if not no_window and has_display():
        open_window(Session(home))


def _usual_folder() -> Path:
    import platformdirs

    documents = platformdirs.user_documents_path()
    base = documents if documents.is_dir() else platformdirs.user_data_path()
    return base / "CAM Desk sample"


def _review_partner() -> str:
    from camdesk.desk.care.sample import read_sample

    return read_sample().review_partner


def _write_documents(desk: Desk, folder: Path) -> tuple[Path, Path]:
    """Draft and export a review and a plan; their files are called by the partners' ids."""
    from camdesk.desk.care.sample import read_sample

    sample = read_sample()
    # The running quarter: states are known from the first sync on, so it is the first with every figure.
    running = desk.settings.calendar.quarter_name(desk.as_of)
    review = desk.draft_review(sample.review_partner, period=running)
    plan = desk.draft_plan(sample.plan_partner)
    return (
        desk.export_pdf(review, folder / f"review-{sample.review_partner}.pdf"),
        desk.export_pdf(plan, folder / f"plan-{sample.plan_partner}.pdf"),
    )
