"""``gongkai read``, ``check`` and ``explain``: their output, exit codes, and what they do not load."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.cli import main

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
READ_KEYS = ["source", "sha256", "agency", "year", "forms", "cells", "problems"]
CELL_KEYS = ["cell", "status", "value", "unit", "raw", "line", "place", "evidence", "doubt"]
CHECK_KEYS = ["source", "identities", "edits", "derived", "claims", "years"]
IDENTITY_KEYS = ["identity", "member", "left", "right", "difference", "verdict", "missing"]


def sample(number: str) -> Path:
    return next(RAW.glob(f"{number}_*.txt"))


def lines(capsys: pytest.CaptureFixture) -> list[dict]:
    return [json.loads(line, parse_float=Decimal) for line in capsys.readouterr().out.splitlines()]


def test_read_prints_one_object_a_file(capsys: pytest.CaptureFixture) -> None:
    assert main(["read", str(RAW)]) == 0
    found = lines(capsys)
    assert [Path(f["source"]).name for f in found] == sorted(p.name for p in RAW.glob("*.txt"))
    for report in found:
        assert list(report) == READ_KEYS
        assert len(report["cells"]) == 200 and list(report["cells"][0]) == CELL_KEYS
    fees = next(c for c in found[4]["cells"] if c["cell"] == "disclosure/fees/amount")
    assert fees["value"] == Decimal("658.0625")


def test_decimals_keep_their_digits_and_units(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    text = sample("004").read_text(encoding="utf-8").replace("658.0625", "70487.50元").replace("\n", "\r\n")
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert main(["read", str(tmp_path / "a.txt")]) == 0
    raw = next(c for c in lines(capsys)[0]["cells"] if c["cell"] == "disclosure/fees/amount")
    assert (str(raw["value"]), raw["unit"], raw["raw"], raw["line"]) == ("70487.50", "元", "70487.50元", 34)


def test_check_prints_every_member(capsys: pytest.CaptureFixture) -> None:
    assert main(["check", "--json", str(sample("004"))]) == 0
    (report,) = lines(capsys)
    assert list(report) == CHECK_KEYS
    assert len(report["identities"]) == 42 and list(report["identities"][0]) == IDENTITY_KEYS
    balance = report["identities"][0]
    assert balance == {
        "identity": "balance",
        "member": "natural_person",
        "left": 12,
        "right": 12,
        "difference": 0,
        "verdict": "holds",
        "missing": [],
    }
    total = next(i for i in report["identities"] if (i["identity"], i["member"]) == ("applicants", "received"))
    assert (total["left"], total["right"], total["difference"], total["verdict"]) == (None, 12, None, "unverifiable")
    assert total["missing"] == ["requests/received/total"]
    assert {entry["value"] for entry in report["derived"]} == {12, 0, 3} and len(report["derived"]) == 5
    assert [c["verdict"] for c in report["claims"] if c["value"] == 10] == ["conflicts"]


def planted(tmp_path: Path) -> Path:
    text = sample("004").read_text(encoding="utf-8")
    changed = text.replace("(七) 总计\t\t12", "(七) 总计\t\t13")
    assert changed != text
    path = tmp_path / "planted.txt"
    path.write_text(changed, encoding="utf-8")
    return path


def test_a_planted_violation_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["check", str(planted(tmp_path))]) == 1
    text = capsys.readouterr().out
    assert "12 ≠ 13" in text and "planted.txt:65" in text
    assert main(["read", str(tmp_path)]) == 0


@pytest.mark.parametrize("form", ["text", "json", "html", "sarif"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_in_both_languages(form: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["check", "--format", form, "--lang", lang, str(planted(tmp_path)), str(sample("000"))]) == 1
    out = capsys.readouterr().out
    assert "planted.txt" in out
    if form == "sarif":
        results = json.loads(out)["runs"][0]["results"]
        assert sum(result["level"] == "error" for result in results) == 3


def test_the_workbook_takes_no_formula(tmp_path: Path) -> None:
    import zipfile

    book = tmp_path / "out.xlsx"
    assert main(["check", "--format", "xlsx", "-o", str(book), str(planted(tmp_path))]) == 1
    with zipfile.ZipFile(book) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 7 and not any("<f>" in sheet for sheet in sheets)


def test_text_of_a_report_is_never_markup(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    text = sample("004").read_text(encoding="utf-8").replace("\t27679", "\t<script>alert(1)</script>27679")
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    main(["check", "--format", "html", str(tmp_path / "x.txt")])
    assert "<script" not in capsys.readouterr().out


def test_exit_3_outranks_1(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "letter.txt").write_text("尊敬的各位领导，大家好，欢迎来到本市参观考察。", encoding="utf-8")
    for bad in (tmp_path / "empty.txt", tmp_path / "letter.txt", tmp_path / "nothing.txt"):
        assert main(["check", "--json", str(planted(tmp_path)), str(bad)]) == 3
        assert main(["read", str(bad), str(sample("000"))]) == 3
    assert {tuple(found) for found in lines(capsys)} == {tuple(READ_KEYS), tuple(CHECK_KEYS)}


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["check"])
    assert stopped.value.code == 2
    assert main(["check", "--format", "xlsx", str(sample("000"))]) == 2
    assert main(["explain", str(sample("000")), "requests/received/nobody"]) == 2


def test_explain_shows_the_line(capsys: pytest.CaptureFixture) -> None:
    assert main(["explain", str(sample("004")), "requests/denied.state_secret/natural_person"]) == 0
    text = capsys.readouterr().out
    assert "> 45 |" in text and "label_lost" in text and "order" in text


def test_last_years_report_is_held_against(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["check", "--json", "--previous", str(sample("000")), str(sample("004"))]) == 0
    rolls = {(i["identity"], i["member"]): i["verdict"] for i in lines(capsys)[0]["years"]}
    assert rolls["carry_over", "natural_person"] == "holds"
    assert rolls["in_force_roll", "normative_documents"] == "violated"


@pytest.mark.parametrize("command", ["read", "check"])
def test_fast_commands_load_nothing_heavy(command: str) -> None:
    script = (
        "import sys; from orchestration.cli import main\n"
        f"main([{command!r}, {str(sample('000'))!r}])\n"
        "print([m for m in ('dagster', 'dbt', 'great_expectations', 'polars') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
