"""The declaration of the form: complete, and its files at one with each other."""

import csv

import pytest

from orchestration.form import SEEDS, declaration, instances
from orchestration.form.declaration import TABLES, _read
from orchestration.reading.labels.labels import labels_of

WHOLE = declaration()


@pytest.mark.parametrize(("form", "cells"), [("2019", 198), ("2021", 200)])
def test_forms_are_complete(form: str, cells: int) -> None:
    assert sum(len(WHOLE.cells_of(form, table)) for table in TABLES) == cells
    for table in TABLES:
        rows = {row.row_code for row in WHOLE.rows_of(form, table)}
        columns = {column.column_code for column in WHOLE.columns_of(form, table)}
        used = WHOLE.cells_of(form, table)
        assert {cell.row_code for cell in used} == rows
        assert {cell.column_code for cell in used} == columns
        assert [cell.ordinal for cell in used] == sorted(cell.ordinal for cell in used)


@pytest.mark.parametrize(("requests", "count"), [("2021", 42), ("2019", 40)])
def test_hard_identities_of_both_forms(requests: str, count: int) -> None:
    found = instances({"disclosure": "2021", "requests": requests, "disputes": "2021"})
    assert len(found) == count == len({(i.identity, i.member) for i in found})
    cells = {cell.address for cell in WHOLE.cells if cell.form in (requests, "2021")}
    assert all(address in cells for instance in found for address in instance.cells)


def test_terms_and_labels_speak_of_what_is_declared() -> None:
    identities = {identity.identity for identity in WHOLE.identities}
    assert {term.identity for term in WHOLE.terms} <= identities
    codes = {(r.table_code, "row", r.row_code) for r in WHOLE.rows}
    codes |= {(c.table_code, "column", c.column_code) for c in WHOLE.columns}
    codes |= {(g.table_code, "group", g.group_code) for g in WHOLE.groups}
    assert {(label.table_code, label.kind, label.code) for label in WHOLE.labels} <= codes


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("table", ["disclosure", "requests"])
def test_no_wording_means_two_rows(form: str, table: str) -> None:
    words = [(word, label.code) for label in labels_of(form, table) if label.kind == "row" for word in label.words]
    assert len({word for word, _ in words}) == len(set(words))


@pytest.mark.parametrize("name", ["statuses", "verdicts", "evidence", "problems", "identities", "forms"])
def test_every_code_has_a_name_in_both_languages_and_a_definition(name: str) -> None:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            assert line["name_zh"] and line["name_en"]
            assert line.get("definition", line.get("description", line.get("citation")))


def test_a_file_that_does_not_fit_is_named_with_its_line(tmp_path) -> None:
    (tmp_path / "rows.csv").write_text("form,table_code\n2021,requests\n", encoding="utf-8")
    from orchestration.form import Row

    with pytest.raises(ValueError, match=r"rows\.csv:2: the columns must be"):
        _read(tmp_path, "rows", Row)
