"""Time what a person waits for at each key while searching, beside a plain scan of the notes in the same run.

    python benchmarks/search.py [--partners 800] [--depth 1.0] [--notes 100000] [--runs 5] [--home FOLDER]

Makes a portfolio (or uses the one in `--home`, made before) with that many notes of random words, types
queries letter by letter and searches at each, as the command palette does. The baseline asks SQLite for the
newest notes that LIKE each word, accents and all, out of the same encrypted file. Shown are the slowest key,
the median of all keys and the same for one partner alone; then what the index adds to the notes' writing.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from portfolios import AS_OF, write_portfolio

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.store import search
from camdesk.store.keys import KeyMode

HELD_TO_MS = 50
_TYPED = (
    "partner 00012",
    "customer 12",
    "price sheet",
    "zoé müller",
    "the next quarter",
    "renewal budget kareminto",
)
_SYLLABLES = (
    "ka", "re", "mi", "to", "ber", "lin", "sal", "es", "par", "ner", "du", "con", "tra", "ct", "pre", "new",
    "al", "que", "st", "ion", "er", "ing", "su", "port", "mé", "zü",
)  # fmt: skip
_COMMON = (
    "the", "partner", "renewal", "call", "about", "asked", "for", "price", "with", "next", "quarter",
    "budget", "sheet", "and", "of", "to", "Zoé", "Müller",
)  # fmt: skip


def main() -> None:
    """Print what a key takes, what it is held to, and the baseline."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--partners", type=int, default=800)
    parser.add_argument("--depth", type=float, default=1.0)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp())
    if not (home / "workspace").exists():
        _make(home, partners=options.partners, depth=options.depth, notes=options.notes)
    desk = Desk.open(home / "workspace", ask=lambda _: "", as_of=AS_OF)
    alone = next(iter(desk.search("partner", limit=1)), None)
    _tell("search at each key", desk.search, options.runs, held=True)
    if alone is not None:
        _tell("within one partner", lambda text: desk.search(text, partner_id=alone.partner_id), options.runs)
    _tell("LIKE over the notes (baseline)", lambda text: _scan(desk, text), 1)
    with desk.workspace.database.write() as connection:
        made = _timed_ms(lambda: search.rebuild(connection))
    print(f"{'the whole index made anew':36} {made / 1000:8.1f} s")
    desk.close()


def _keys() -> Iterator[str]:
    for text in _TYPED:
        for end in range(1, len(text) + 1):
            yield text[:end]


def _tell(what: str, ask: Callable[[str], object], runs: int, *, held: bool = False) -> None:
    times = [
        (statistics.median(_timed_ms(lambda text=text: ask(text)) for _ in range(runs)), text)  # type: ignore[misc]
        for text in _keys()
    ]
    slowest, at = max(times)
    median = statistics.median(taken for taken, _ in times)
    aim = f", held to {HELD_TO_MS}" if held else ""
    print(f"{what:36} {median:8.1f} ms median {slowest:8.1f} ms slowest ({at!r}{aim})")


def _scan(desk: Desk, text: str) -> list[object]:
    words = text.split()
    having = " AND ".join("text LIKE ?" for _ in words)
    statement = f"SELECT note_id, text FROM notes WHERE {having} ORDER BY written_at DESC LIMIT 20"
    with desk.workspace.database.read() as connection:
        return list(connection.exec_driver_sql(statement, tuple(f"%{word}%" for word in words)))


def _make(home: Path, *, partners: int, depth: float, notes: int) -> None:
    facts = write_portfolio(home / "export", partners=partners, depth=depth)
    print(f"{facts:,} facts of {partners:,} partners, {notes:,} notes")
    desk = Desk.create(home / "workspace", Settings(), ask=lambda _: "", mode=KeyMode.SAMPLE, as_of=AS_OF)
    desk.add_source("export", "folder", {"path": str(home / "export")})
    desk.sync(progress=SilentProgress())
    rng = Random(1)
    words = ["".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(8_000)]
    rows = [
        (
            f"N{number}",
            f"P{rng.randrange(partners):05}",
            f"{AS_OF - timedelta(days=rng.randrange(1_500))}T10:00:00Z",
            " ".join(rng.choice(rng.choice((words, _COMMON))) for _ in range(rng.randint(8, 40))),
        )
        for number in range(notes)
    ]
    with desk.workspace.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO notes (source, note_id, partner_id, written_at, text, row_hash, seen_from) "
            "VALUES ('earlier', ?, ?, ?, ?, x'00', '2026-11-20')",
            rows,
        )
    desk.close()


def _timed_ms(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1_000


if __name__ == "__main__":
    main()
