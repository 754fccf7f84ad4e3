"""What a CAM does on the command line, from the first folder to the restored backup."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from camdesk.desk.desk import Desk
from tests.cli.conftest import Camdesk
from tests.conftest import MemoryKeyring


def test_global_options_stand_anywhere(camdesk: Camdesk, sample_home: Path) -> None:
    before = camdesk("--as-of", "2026-09-30", "scorecard", "R-001", "--json", home=sample_home).json
    after = camdesk("scorecard", "R-001", "--json", f"--home={sample_home}", "--as-of", "2026-09-30").json
    assert before == after
    assert before["as_of"] == "2026-09-30"


def test_the_home_may_come_from_the_environment(
    camdesk: Camdesk, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMDESK_HOME", str(sample_home))
    assert camdesk("terms", "R-001").code == 0


def test_help_needs_no_workspace_and_no_heavy_library() -> None:
    heavy = ("pandas", "matplotlib", "PySide6", "typst", "keyring", "sqlalchemy", "pydantic", "rich")
    script = (
        "import sys\n"
        "from camdesk.cli.main import run\n"
        "assert run(['--help']) == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "portfolio" in done.stdout
    assert done.stderr.strip() == "[]"


def test_reading_commands_import_neither_qt_nor_charts(sample_home: Path) -> None:
    heavy = ("pandas", "matplotlib", "PySide6", "typst", "keyring")
    script = (
        "import sys\n"
        "from camdesk.cli.main import run\n"
        f"assert run(['--home', {str(sample_home)!r}, 'portfolio', '--json']) == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["partners"]
    assert done.stderr.strip() == "[]"


def test_texts_name_what_json_has(camdesk: Camdesk, sample_home: Path) -> None:
    portfolio = camdesk("portfolio", home=sample_home).out
    for partner in camdesk("portfolio", "--json", home=sample_home).json["partners"]:
        assert f"{partner['partner_id']} {partner['name']}" in portfolio
    page = camdesk("partner", "R-001", home=sample_home).out
    assert "Brennhof Systemhaus" in page
    card = camdesk("scorecard", "R-001", home=sample_home).out
    for line in camdesk("scorecard", "R-001", "--json", home=sample_home).json["lines"]:
        assert line["title"] in card
    assert "Platinum" in camdesk("terms", "R-001", home=sample_home).out
    assert "Orders" in camdesk("explain", "R-001", "revenue", home=sample_home).out


def test_the_first_day(camdesk: Camdesk, first_day: Path) -> None:
    """Partners and orders alone: figures, assumed targets, provisional scores, no alarm about the rest."""
    today = ("--as-of", "2026-08-20")
    row = camdesk(*today, "portfolio", "--json", home=first_day).json["partners"][0]
    assert row["score"] is not None
    assert row["provisional"]
    card = camdesk(*today, "scorecard", "P1", "--json", home=first_day).json
    attainment = next(line for line in card["lines"] if line["metric"] == "revenue_attainment")
    assert attainment["value"] is not None
    assert attainment["target"]["assumed"]
    assert card["to_connect"]
    figures = camdesk(*today, "figures", "--metric", "revenue", "--json", home=first_day).json["figures"]
    assert all(figure["value"] is not None for figure in figures)
    alerts = camdesk(*today, "alerts", "--json", home=first_day).json["alerts"]
    assert {evidence["entity"] for alert in alerts for subject in alert["subjects"]
            for evidence in subject["evidence"]} <= {"partners", "orders", "targets"}  # fmt: skip


def test_the_second_sync_changes_nothing_and_a_change_is_told(
    camdesk: Camdesk, first_day: Path, tmp_path: Path
) -> None:
    again = camdesk("--as-of", "2026-08-21", "sync", "--json", home=first_day).json["sources"][0]
    assert (again["added"], again["changed"], again["removed"]) == (0, 0, 0)
    orders = tmp_path / "exports" / "orders.csv"
    orders.write_text(orders.read_text().replace("O1-0,P1,2023-09-14,1000.50", "O1-0,P1,2023-09-14,1234.50"))
    dry = camdesk("--as-of", "2026-08-21", "sync", "--dry-run", "--json", home=first_day).json["sources"][0]
    assert dry["changed"] == 1
    assert camdesk("--as-of", "2026-08-21", "changes", "--json", home=first_day).json["changes"] == []
    camdesk("--as-of", "2026-08-21", "sync", home=first_day)
    body = camdesk("--as-of", "2026-08-21", "changes", "--since", "2026-08-21", "--json", home=first_day).json
    (change,) = body["changes"]
    assert (change["entity"], change["record_id"], change["kind"]) == ("orders", "O1-0", "changed")
    assert change["changes"]["amount"] == ["1000.50", "1234.50"]
    told = camdesk("--as-of", "2026-08-21", "changes", "--records", home=first_day).out
    assert "1000.50 → 1234.50" in told


def test_a_source_that_shrank_asks_first(camdesk: Camdesk, first_day: Path, tmp_path: Path) -> None:
    orders = tmp_path / "exports" / "orders.csv"
    orders.write_text("\n".join(orders.read_text().splitlines()[:20]))
    refused = camdesk("--as-of", "2026-08-21", "sync", home=first_day)
    assert refused.code == 3
    assert "--yes" in refused.err
    assert camdesk("--as-of", "2026-08-21", "sync", "--yes", home=first_day).code == 0


def test_sources_are_tried_listed_and_removed(camdesk: Camdesk, first_day: Path) -> None:
    tried = camdesk("source", "test", "exports", "--json", home=first_day).json
    assert tried["rows"] == {"orders": 288, "partners": 8}
    (listed,) = camdesk("source", "list", "--json", home=first_day).json["sources"]
    assert (listed["name"], listed["kind"], listed["rows"]) == ("exports", "folder", 296)
    assert "296" in camdesk("source", "remove", "exports", home=first_day).out
    assert camdesk("source", "list", "--json", home=first_day).json["sources"] == []


def test_an_alert_is_dealt_with(camdesk: Camdesk, own_sample: Path) -> None:
    body = camdesk("alerts", "--json", home=own_sample).json
    first, second, third, fourth = body["needs_you"][:4]

    def states() -> dict[int, str]:
        alerts = camdesk("alerts", "--json", home=own_sample).json["alerts"]
        return {alert["id"]: alert["state"] for alert in alerts}

    assert camdesk("alert", "ack", str(first), home=own_sample).code == 0
    assert camdesk("alert", "snooze", str(second), "--until", "2026-12-01", home=own_sample).code == 0
    assert camdesk("alert", "resolve", str(third), "--reason", "called them", home=own_sample).code == 0
    assert camdesk("alert", "mute", str(fourth), home=own_sample).code == 0
    found = states()
    assert (found[first], found[second], found[fourth]) == ("acknowledged", "snoozed", "muted")
    assert found.get(third, "resolved") == "resolved"
    needed = camdesk("alerts", "--json", home=own_sample).json["needs_you"]
    assert not {second, third, fourth} & set(needed)
    assert camdesk("alert", "unmute", str(fourth), home=own_sample).code == 0
    assert states()[fourth] == "new"


def test_documents_are_drafted_listed_shown_and_exported(
    camdesk: Camdesk, own_sample: Path, tmp_path: Path
) -> None:
    drafted = camdesk("review", "draft", "R-001", "--period", "2026-Q2", "--json", home=own_sample).json
    camdesk("plan", "draft", "R-001", "--year", "2027", home=own_sample)
    listed = camdesk("document", "list", "--json", home=own_sample).json["documents"]
    assert {(one["kind"], one["period"]) for one in listed} == {("review", "2026-Q2"), ("plan", "2027")}
    number = str(drafted["document_id"])
    assert "Brennhof" in camdesk("document", "show", number, home=own_sample).out
    target = tmp_path / "papers" / "review.pdf"
    exported = camdesk(
        "document", "export", number, "--pdf", str(target), "--paper", "letter", home=own_sample
    )
    assert exported.code == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_settings_are_shown_and_changed(camdesk: Camdesk, tmp_path: Path) -> None:
    home = tmp_path / "workspace"
    camdesk(
        "init", "--base-currency", "usd", "--fiscal-year-start", "2", "--owner-email", "a@v.example",
        "--owner-email", "b@v.example", "--our-name", "Vendor", home=home,
    )  # fmt: skip
    body = camdesk("settings", "show", "--json", home=home).json
    assert (body["base_currency"], body["fiscal_year_start_month"], body["our_name"]) == ("USD", 2, "Vendor")
    assert body["owner_emails"] == ["a@v.example", "b@v.example"]
    assert camdesk("settings", "set", "--our-name", "Other", home=home).code == 0
    after = camdesk("settings", "show", "--json", home=home).json
    assert after == {**body, "our_name": "Other"}


def test_a_backup_brings_everything_back(camdesk: Camdesk, own_sample: Path, tmp_path: Path) -> None:
    (own_sample / "rules").mkdir()
    (own_sample / "rules" / "mine.toml").write_text("# nothing yet\n")
    before = camdesk("portfolio", "--json", home=own_sample).json
    kept = tmp_path / "kept" / "monday.camdesk"
    assert camdesk("backup", str(kept), home=own_sample).code == 0
    assert b"Brennhof" not in kept.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    assert camdesk("restore", str(kept), home=elsewhere).code == 0
    assert camdesk("portfolio", "--json", home=elsewhere).json == before
    assert (elsewhere / "rules" / "mine.toml").is_file()


def test_a_backup_with_a_passphrase_opens_where_the_keyring_knows_nothing(
    camdesk: Camdesk,
    first_day: Path,
    tmp_path: Path,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bound, free = tmp_path / "bound.camdesk", tmp_path / "free.camdesk"
    assert "this computer" in camdesk("backup", str(bound), home=first_day).out
    assert camdesk("backup", str(free), "--with-passphrase", home=first_day).code == 2
    monkeypatch.setenv("CAMDESK_PASSPHRASE", "correct horse")
    assert camdesk("backup", str(free), "--with-passphrase", home=first_day).code == 0
    memory_keyring.kept.clear()
    assert camdesk("restore", str(bound), home=tmp_path / "bound").code == 3
    assert camdesk("restore", str(free), home=tmp_path / "free").code == 0
    assert camdesk("source", "list", home=tmp_path / "free").code == 0


def test_a_restore_keeps_what_it_replaces(camdesk: Camdesk, own_sample: Path, tmp_path: Path) -> None:
    kept = tmp_path / "monday.camdesk"
    camdesk("backup", str(kept), home=own_sample)
    camdesk("review", "draft", "R-001", home=own_sample)
    assert camdesk("restore", str(kept), home=own_sample).code == 0
    assert camdesk("document", "list", "--json", home=own_sample).json["documents"] == []
    (aside,) = tmp_path.glob("sample-before-*")
    assert len(camdesk("document", "list", "--json", home=aside).json["documents"]) == 1


def test_a_damaged_backup_changes_nothing(camdesk: Camdesk, own_sample: Path, tmp_path: Path) -> None:
    kept = tmp_path / "monday.camdesk"
    camdesk("backup", str(kept), home=own_sample)
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 0xFF
    kept.write_bytes(content)
    before = camdesk("settings", "show", "--json", home=own_sample).json
    assert camdesk("restore", str(kept), home=own_sample).code == 3
    assert camdesk("settings", "show", "--json", home=own_sample).json == before
    assert not list(tmp_path.glob("*restoring*"))


def test_own_definitions_that_are_not_sound_are_listed(camdesk: Camdesk, own_sample: Path) -> None:
    (own_sample / "metrics").mkdir()
    (own_sample / "metrics" / "mine.toml").write_text('[revenue]\ntitle = "Mine"\n')
    answer = camdesk("profile", "check", "--json", home=own_sample)
    assert answer.code == 1
    assert {problem["file"] for problem in answer.json["problems"]} == {"mine.toml"}
    assert "camdesk profile check" in camdesk("terms", "R-001", home=own_sample).err


def test_names_cannot_steer_the_terminal(camdesk: Camdesk, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "partners.csv").write_text("partner_id,name,type\nP1,\x1b[2JEvil\x9b,reseller\n", "utf-8")
    home = tmp_path / "workspace"
    camdesk("init", home=home)
    camdesk("source", "add", "exports", "folder", str(exports), home=home)
    camdesk("sync", home=home)
    shown = camdesk("portfolio", home=home).out
    assert "Evil" in shown
    assert not set(shown) & {"\x1b", "\x9b"}


def test_the_portfolio_fits_a_terminal_of_100_columns(
    camdesk: Camdesk, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", camdesk("portfolio", home=sample_home).out)
    rows = [line for line in shown.splitlines() if re.match(r"[A-Z]-\d{3} ", line)]
    partners = camdesk("portfolio", "--json", home=sample_home).json["partners"]
    assert [row[:5] for row in rows] == [partner["partner_id"] for partner in partners]
    assert max(len(row.rstrip()) for row in rows) <= 100
    # Names are cut, values never.
    assert not any("…" in row[30:] for row in rows)


def test_a_sync_without_news_says_so(camdesk: Camdesk, first_day: Path, tmp_path: Path) -> None:
    words = "Nothing changed since the last sync."
    assert words in camdesk("--as-of", "2026-08-21", "sync", home=first_day).out
    orders = tmp_path / "exports" / "orders.csv"
    orders.write_text(orders.read_text().replace("O1-0,P1,2023-09-14,1000.50", "O1-0,P1,2023-09-14,1234.50"))
    assert words not in camdesk("--as-of", "2026-08-21", "sync", home=first_day).out
    assert words in camdesk("--as-of", "2026-08-21", "sync", home=first_day).out


def test_partners_without_a_row_are_told(camdesk: Camdesk, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "partners.csv").write_text("partner_id,name,type\n", "utf-8")
    home = tmp_path / "workspace"
    camdesk("init", home=home)
    camdesk("source", "add", "exports", "folder", str(exports), home=home)
    for _ in range(2):
        answer = camdesk("sync", home=home)
        assert answer.code == 0
        assert "partners.csv has a header and no partner below it." in answer.out
        assert "Nothing changed" not in answer.out


def test_the_audit_is_verified(camdesk: Camdesk, own_sample: Path) -> None:
    sound = camdesk("audit", "verify", home=own_sample)
    assert sound.code == 0
    body = camdesk("audit", "verify", "--json", home=own_sample).json
    assert body["entries"] > 1
    assert body["first_broken"] is None
    assert f"{body['entries']} entries" in sound.out
    database = Desk.open(own_sample, ask=lambda _: None).workspace.database
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET detail = 'nothing to see' WHERE entry_id = 2")
    database.close()
    altered = camdesk("audit", "verify", home=own_sample)
    assert altered.code == 1
    assert "entry 2" in altered.out
    assert camdesk("audit", "verify", "--json", home=own_sample).json["first_broken"] == 2


def test_what_is_less_than_nothing_has_a_minus_and_no_hyphen(camdesk: Camdesk, sample_home: Path) -> None:
    pages = [
        camdesk("partner", partner_id, home=sample_home).out for partner_id in ("R-001", "R-004", "R-010")
    ]
    moved = [line for page in pages for line in page.splitlines() if line.startswith("Since ")]
    assert any(re.search(r" −\d", line) for line in moved)
    written = "".join([*pages, camdesk("figures", home=sample_home).out])
    assert not re.search(r"(?:^|[\s(~:])-[\d.€]", written, re.MULTILINE)
