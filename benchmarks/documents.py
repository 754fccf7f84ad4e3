"""A review of a partner with many records, drafted and set as PDF, beside WeasyPrint over the same document.

    python benchmarks/documents.py [--records 5000] [--partners 14] [--runs 5] [--home FOLDER]

Makes a portfolio (or uses the one in `--home`), syncs it and takes stock, as the app does after every sync.
Cold is a fresh process: imports, the workspace opened, the review drafted, kept, set, checked for leaks and
written (held to 2 s). Warm is a process that has done it: the same review drafted anew and set again (held to
0.5 s), and another partner's, of which nothing was ever laid out. WeasyPrint (`pip install camdesk[bench]`)
is given the same document as HTML, its charts as drawn rectangles, in a fresh process and in a warm one; the
ratio compares setting alone. Medians in wall time; what dominates the drafting is named at the end.

Measured on two cores, one partner of 4,268 records, 27 pages with the annex: drafted 0.35 s and set 0.20 s
warm; another partner's 0.44 s and 0.79 s; WeasyPrint 4.5 s, five to six times as long.
"""

from __future__ import annotations

import argparse
import cProfile
import html
import importlib.util
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from portfolios import AS_OF, write_portfolio

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.documents.model import (
    Bars,
    Block,
    Document,
    KeyFigures,
    Missing,
    PointColumns,
    Promises,
    Prose,
    Span,
    Table,
    Waterfall,
)
from camdesk.store.keys import KeyMode

FACTS_PER_PARTNER = 1_000  # at the least, at a depth of 1
SHOWN = 12

_COLD = """
import sys, time
began = time.perf_counter()
from datetime import date
from pathlib import Path
from camdesk.desk.desk import Desk
desk = Desk.open(Path(sys.argv[1]), ask=lambda _: "", as_of=date.fromisoformat(sys.argv[4]))
number = desk.draft_review(sys.argv[2], attention="A")
drafted = time.perf_counter()
desk.export_pdf(number, Path(sys.argv[3]))
print(drafted - began, time.perf_counter() - began)
"""
_WEASYPRINT = """
import sys, time
began = time.perf_counter()
from weasyprint import HTML
HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])
print(time.perf_counter() - began)
"""


def main() -> None:
    """Print each step's median and what it is held to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--partners", type=int, default=14)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp())
    workspace = _workspace(home, partners=options.partners, depth=options.records / FACTS_PER_PARTNER)
    desk = Desk.open(workspace, ask=lambda _: "", as_of=AS_OF)
    partner = _largest(desk)
    target = home / "review.pdf"
    cold = [_in_process(_COLD, workspace, partner, target, AS_OF) for _ in range(options.runs)]
    _tell("cold: until drafted", [times[0] for times in cold])
    _tell("cold: drafted, set and written (held to 2.0)", [times[1] for times in cold])
    number = _warm(desk, partner, target, runs=options.runs)
    setting = _others(desk, partner, target, runs=options.runs)
    _beside_weasyprint(desk.document(number), home, setting, runs=options.runs)
    _profile(lambda: desk.draft_review(partner, attention="A"))
    desk.close()


def _workspace(home: Path, *, partners: int, depth: float) -> Path:
    workspace = home / "workspace"
    if not workspace.exists():
        facts = write_portfolio(home / "export", partners=partners, depth=depth)
        desk = Desk.create(workspace, Settings(), ask=lambda _: "", mode=KeyMode.SAMPLE, as_of=AS_OF)
        desk.add_source("export", "folder", {"path": str(home / "export")})
        desk.sync(progress=SilentProgress())
        desk.take_stock(progress=SilentProgress())
        desk.close()
        print(f"{facts:,} facts of {partners} partners")
    return workspace


def _largest(desk: Desk) -> str:
    """Return the partner with the most records among those of the commonest type."""
    with desk.workspace.database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT partner_id, count(*) FROM orders GROUP BY partner_id ORDER BY 2 DESC LIMIT 1"
        ).one()
        tables = [
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
                "WHERE m.type = 'table' AND c.name = 'partner_id' AND m.name NOT LIKE '%_past'"
            )
        ]
        counts = [
            connection.exec_driver_sql(
                f"SELECT count(*) FROM {name} WHERE partner_id = ?", (found[0],)
            ).scalar_one()
            for name in tables
        ]
    print(f"{found[0]} has {sum(counts):,} records")
    return str(found[0])


def _warm(desk: Desk, partner: str, target: Path, *, runs: int) -> int:
    """Time drafting and setting in a process that has done both; return the document's number."""
    number = desk.draft_review(partner, attention="A")
    desk.export_pdf(number, target)
    drafting, setting = [], []
    for _ in range(runs):
        drafting.append(_timed(lambda: desk.draft_review(partner, attention="A")))
        setting.append(_timed(lambda: desk.export_pdf(number, target)))
    _tell("warm: drafted and kept", drafting)
    _tell("warm: set, checked and written", setting)
    _tell("warm: both (held to 0.5)", [sum(pair) for pair in zip(drafting, setting, strict=True)])
    return number


def _others(desk: Desk, partner: str, target: Path, *, runs: int) -> list[float]:
    """Time reviews of partners like this one that were never set before; return the times of setting."""
    kind = desk.insight.partners()[partner].type
    others = [each.partner_id for each in desk.insight.partners().values() if each.type == kind]
    drafting, setting = [], []
    for other in [each for each in others if each != partner][:runs]:
        began = time.perf_counter()
        number = desk.draft_review(other, attention="A")
        drafting.append(time.perf_counter() - began)
        setting.append(_timed(lambda number=number: desk.export_pdf(number, target)))  # type: ignore[misc]
    _tell("warm, another partner: drafted and kept", drafting)
    _tell("warm, another partner: set, checked and written", setting)
    _tell("warm, another partner: both", [sum(pair) for pair in zip(drafting, setting, strict=True)])
    return setting


def _beside_weasyprint(body: Document, home: Path, setting: list[float], *, runs: int) -> None:
    if importlib.util.find_spec("weasyprint") is None:
        print("WeasyPrint is not installed: pip install camdesk[bench]")
        return
    page, target = home / "review.html", home / "weasyprint.pdf"
    page.write_text("".join(_as_html(body)), encoding="utf-8")
    _tell("WeasyPrint, cold", [_in_process(_WEASYPRINT, page, target)[0] for _ in range(runs)])
    from weasyprint import HTML

    def again() -> None:
        HTML(filename=str(page)).write_pdf(str(target))

    warm = [_timed(again) for _ in range(runs)]
    _tell("WeasyPrint, warm", warm)
    ratio = statistics.median(warm) / statistics.median(setting)
    print(f"WeasyPrint takes {ratio:.1f} x as long to set a document it has not set before")


def _as_html(body: Document) -> Iterator[str]:
    """Yield the document as HTML: the same texts, tables and links, and an annex."""
    yield (
        "<style>@page { size: A4; margin: 60pt } body { font: 9.4pt Inter, sans-serif }"
        "h1 { break-before: page } table { width: 100%; border-collapse: collapse }"
        "td, th { border-bottom: 0.5pt solid; text-align: left }</style>"
    )
    for section in body.sections:
        yield f"<h1>{html.escape(section.message)}</h1><p>{_line(section.lead)}</p>"
        for block in section.blocks:
            yield from _block(block)
    yield "<h1>Where the figures come from</h1>"
    for figure in body.figures:
        rows = "".join(
            f"<tr><td>{html.escape(one.record_id)}</td><td>{html.escape(one.label)}</td><td>{one.day}</td>"
            f"<td>{html.escape(one.amount)}</td></tr>"
            for one in figure.records
        )
        yield (
            f'<h2 id="{figure.key}">{html.escape(figure.title)} {html.escape(figure.written)}</h2>'
            f"<p>{html.escape(figure.definition)} {html.escape(figure.window)}</p><table>{rows}</table>"
        )


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        heads = "".join(f"<th>{html.escape(column.title)}</th>" for column in block.columns)
        rows = "".join(
            f"<tr>{''.join(f'<td>{_line(cell.line)}</td>' for cell in row)}</tr>" for row in block.rows
        )
        yield f"<h3>{html.escape(block.title)}</h3><table><tr>{heads}</tr>{rows}</table>"
        yield f"<p>{_line(block.note)}</p>"
    elif isinstance(block, KeyFigures):
        yield "".join(f"<p><b>{_span(item.value)}</b> {_line(item.caption)}</p>" for item in block.items)
    elif isinstance(block, PointColumns):
        for points in block.columns:
            items = "".join(f"<li>{_line(line)}</li>" for line in points.lines)
            yield f"<h3>{html.escape(points.title)}</h3><ol>{items}</ol>"
    elif isinstance(block, Prose):
        yield f"<h3>{html.escape(block.title)}</h3>" + "".join(
            f"<p>{_line(line)}</p>" for line in block.lines
        )
    elif isinstance(block, Missing):
        yield "".join(f"<p>{html.escape(line)}</p>" for line in block.lines)
    elif isinstance(block, Promises):
        rows = "".join(
            f"<tr><td>{html.escape(one.text)}</td><td>{html.escape(one.owner)}</td><td>{one.due}</td></tr>"
            for one in block.items
        )
        yield f"<table>{rows}</table>"
    elif isinstance(block, Waterfall | Bars):
        bars = "".join(
            f'<rect x="0" y="{place * 14}" height="10" width="{min(400, abs(step.value) * 4):.1f}"/>'
            f'<text x="410" y="{place * 14 + 9}">{html.escape(text)}</text>'
            for place, step in enumerate(block.steps)
            for text in (f"{step.label} {step.written}",)
        )
        yield f'<svg width="520" height="{len(block.steps) * 14 + 4}">{bars}</svg>'


def _line(line: tuple[Span, ...]) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    text = html.escape(span.text)
    return f'<a href="#{span.figure}">{text}</a>' if span.figure else text


def _profile(action: Callable[[], object]) -> None:
    """Name the functions of the app in which a warm draft spends its time."""
    profile = cProfile.Profile()
    profile.runcall(action)
    stats = pstats.Stats(profile)
    print("A warm draft, by function, its callees included:")
    found: dict[tuple[str, int, str], tuple[float, float, float, float, object]] = stats.stats  # type: ignore[attr-defined]
    ours = [(times[3], place) for place, times in found.items() if "camdesk" in place[0]]
    for seconds, (file, _, name) in sorted(ours, reverse=True)[:SHOWN]:
        print(f"  {seconds:7.3f} s  {Path(file).stem}.{name}")


def _in_process(program: str, *arguments: object) -> list[float]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [float(number) for number in done.stdout.split()]


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _tell(step: str, seconds: list[float]) -> None:
    print(f"{step:50} {statistics.median(seconds):7.3f} s  (best {min(seconds):.3f})")


if __name__ == "__main__":
    main()
