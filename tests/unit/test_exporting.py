"""`gongkai export`: each value as it stands in the file, a blank left blank, a formula kept from running."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import duckdb
import polars as pl
import pytest

from orchestration.cli import main
from orchestration.presenting import exporting

NAMES = ["=1+1", "+86", "-", "@SUM(A1)", "\tx", "西工区", "", None]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "published").mkdir()
    with duckdb.connect(str(tmp_path / "published" / "gongkai.duckdb")) as connection:
        connection.execute(
            """
            create schema form; create table form.forms as select '2021' as form;
            create table mart_x (
                id integer, name varchar, value decimal(28, 8), rate double, ok boolean, day date, seen timestamp,
                codes varchar[], large decimal(28, 8)
            );
            create table "v_机关" as select name as 名称 from mart_x;
            comment on table "v_机关" is '一览。出自 mart_x 与 fct_y。';
            """
        )
        for number, name in enumerate(NAMES):
            row = [
                number,
                name,
                "0",
                0.5,
                True,
                "2024-01-31",
                "2024-01-31 12:00:00",
                ["=a", "b"],
                "12345678901234567.5",
            ]
            connection.execute("insert into mart_x values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("insert into mart_x (id) values (99)")
    return tmp_path


def exported(home: Path, *arguments: str) -> int:
    return main(["export", *arguments, "--home", str(home)])


def test_csv_keeps_blanks_and_guards_formulas(home: Path) -> None:
    path = home / "x.csv"
    assert exported(home, "mart_x", "-o", str(path)) == 0
    content = path.read_bytes()
    assert content.startswith(exporting.BOM)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["name"] for row in rows] == ["'=1+1", "'+86", "'-", "'@SUM(A1)", "'\tx", "西工区", "", "", ""]
    assert rows[0] | {"id": "0"} == {
        "id": "0", "name": "'=1+1", "value": "0", "rate": "0.5", "ok": "true", "day": "2024-01-31",
        "seen": "2024-01-31 12:00:00", "codes": "'=a; b", "large": "12345678901234567.5",
    }  # fmt: skip
    assert set(rows[-1].values()) == {"99", ""}
    assert b'6,"",0' in content and b"7,,0" in content  # an empty text and none at all stay apart


def test_a_workbook_keeps_blanks_and_guards_formulas(home: Path) -> None:
    path = home / "x.xlsx"
    assert exported(home, "mart_x", "-o", str(path)) == 0
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    cells = sheet.split("<row ")[-1]
    assert cells.count("<c ") == 1 and 'r="A10"' in cells  # the last row holds its number and nothing else
    assert "12345678901234567.5" in sheet  # beyond what a spreadsheet holds as a number: kept as text


def test_parquet_is_the_table_itself(home: Path) -> None:
    path = home / "x.parquet"
    assert exported(home, "mart_x", "-o", str(path)) == 0
    assert pl.read_parquet(path)["name"].to_list() == [*NAMES, None]


def test_stdout_and_the_view_with_chinese_columns(home: Path, capfdbinary: pytest.CaptureFixture) -> None:
    assert exported(home, "mart_x", "--lang", "zh") == 0
    assert capfdbinary.readouterr().out.decode().splitlines()[0] == "名称"
    assert exported(home, "form.forms") == 0
    assert capfdbinary.readouterr().out == b"form\n2021\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mart_y"], "there is no table mart_y; there are: mart_x, v_机关, form.forms"),
        (["form.forms", "--lang", "zh"], "no view with Chinese columns; these have: mart_x"),
        (["mart_x", "-o", "x.ods"], "must end in .csv, .xlsx, .parquet"),
        (["mart_x", "-o", "no/x.csv"], "the folder no does not exist"),
    ],
)
def test_what_cannot_be_exported_is_said(home: Path, arguments: list[str], said: str, capsys) -> None:
    assert exported(home, *arguments) == 2
    assert said in capsys.readouterr().err


def test_nothing_published_and_too_many_rows(home: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    assert exported(tmp_path / "none", "mart_x") == 2
    assert "nothing is published" in capsys.readouterr().err
    monkeypatch.setattr(exporting, "SHEET_ROWS", 9)
    assert exported(home, "mart_x", "-o", str(home / "x.xlsx")) == 2
    assert "a worksheet holds 8" in capsys.readouterr().err
    assert not list(home.glob("*x.xlsx"))
