"""The years before and after rank corrections, tell so, and make none certain."""

from decimal import Decimal

import numpy as np
import polars as pl
from year_reports import NEW, OLD, frames, zeros

from orchestration.editing import examine_one, find
from orchestration.editing.across.years_one import expected_one
from orchestration.editing.location.expecting import EXPECTED_VALUES, expected_values

IN, OUT = "requests/carried_in/{}", "requests/carried_out/{}"
COLUMNS = ("natural_person", "business", "total")


def three_years() -> dict[str, tuple]:
    """2022 carries 3 requests of natural persons to 2023, and that one 2 to 2024."""
    last = zeros(
        NEW, carried_out__natural_person=3, carried_out__total=3, received__total=3, received__natural_person=3
    )
    this = zeros(NEW, carried_in__natural_person=3, carried_in__total=3, carried_out__natural_person=2)
    this |= zeros(NEW, carried_out__total=2, granted__total=1, granted__natural_person=1) | {
        key: value for key, value in this.items() if value
    }
    this["requests/processed_total/natural_person"] = this["requests/processed_total/total"] = Decimal(1)
    after = zeros(NEW, carried_in__natural_person=2, carried_in__total=2, processed_total__total=2)
    for cell in ("processed_total/natural_person", "granted/natural_person", "granted/total"):
        after[f"requests/{cell}"] = Decimal(2)
    agency = "甲县人民政府"
    return {"a": (agency, 2022, NEW, last), "b": (agency, 2023, NEW, this), "c": (agency, 2024, NEW, after)}


def test_what_neighbours_expect_of_each_report():
    reports = three_years() | {"d": ("乙县人民政府", 2022, OLD, zeros(OLD, carried_out__total=9))}
    cells, tables, headings = frames(reports)
    found = expected_values(cells, tables, headings)
    assert found.schema == EXPECTED_VALUES
    told = {(report, cell): value for report, cell, value in found.iter_rows()}
    for column, carried in (("natural_person", 3), ("business", 0), ("total", 3)):
        assert told["a", OUT.format(column)] == told["b", IN.format(column)] == carried
    assert told["b", OUT.format("total")] == told["c", IN.format("total")] == 2
    assert not [report for report, _ in told if report == "d"]
    assert ("a", IN.format("total")) not in told and ("c", OUT.format("total")) not in told
    this, last = reports["b"], reports["a"]
    alone = expected_one(this[2], last[2], last[3])
    assert {cell: v for (report, cell), v in told.items() if report == "b" and "/carried_in/" in cell} == {
        cell: v for cell, v in alone.items() if "/carried_in/" in cell
    }
    of_2023 = expected_values(cells, tables, headings, [2023])
    assert of_2023.equals(found.filter(pl.col("report_id") == "b"))
    doubted = cells.with_columns(doubt=pl.when(pl.col("report_id") == "a").then(pl.lit("label_lost")))
    assert not [cell for cell in expected_values(doubted, tables, headings, [2023])["cell"] if "/carried_in/" in cell]
    assert expected_values(*frames({})).schema == EXPECTED_VALUES


def tied() -> dict:
    """A report that holds nothing but what was carried in, whose parts and sum disagree."""
    values = {f"requests/{row}/{column}": None for row in ("received", "carried_in") for column in COLUMNS}
    whole = zeros(NEW) | values
    for cell in list(whole):
        if cell.startswith("requests/") and "/carried_in/" not in cell:
            whole[cell] = None
        elif cell.startswith("requests/carried_in/"):
            whole[cell] = Decimal(0)
    whole["requests/carried_in/natural_person"], whole["requests/carried_in/total"] = Decimal(5), Decimal(6)
    return whole


def test_the_year_before_ranks_tied_corrections_and_makes_none_certain():
    values = tied()
    plain = examine_one(NEW, values).edits[0]
    assert plain.certainty == "ambiguous" and len(plain.solutions) > 2
    for wanted in plain.solutions:
        expected = {edit.cell: Decimal(edit.new) for edit in wanted}
        (found,) = examine_one(NEW, values, expected=expected).edits
        assert found.solutions[0] == wanted and found.neighbours[0] == ("agrees",)
        assert found.certainty == "ambiguous" and set(found.solutions) == set(plain.solutions)
    first = plain.solutions[0]
    (found,) = examine_one(NEW, values, expected={edit.cell: edit.old for edit in first}).edits
    assert found.solutions[-1] == first and found.neighbours[-1] == ("differs",)


def test_in_frames_the_reason_stands_in_the_row():
    reports = three_years()
    agency, year, forms, _ = reports["b"]
    values = tied() | {"requests/carried_in/natural_person": Decimal(5), "requests/carried_in/business": Decimal(0)}
    last = reports["a"][3] | {
        "requests/carried_out/natural_person": Decimal(6),
        "requests/carried_out/total": Decimal(6),
    }
    cells, tables, headings = frames({"a": (agency, 2022, NEW, last), "b": (agency, year, forms, values)})
    expected = expected_values(cells, tables, headings)
    told = find(cells, tables, expected=expected).edits.filter(pl.col("report_id") == "b")
    best = told.filter(pl.col("rank") == 1).row(0, named=True)
    assert (best["row_code"], best["column_code"], best["value_to"]) == ("carried_in", "natural_person", 6)
    assert best["neighbour_year"] == "agrees" and best["certainty"] == "ambiguous"
    total = told.filter(pl.col("column_code") == "total").row(0, named=True)
    assert total["neighbour_year"] == "differs" and total["rank"] > 1
    without = find(cells, tables).edits.filter(pl.col("report_id") == "b")
    assert without["neighbour_year"].null_count() == len(without) == len(told)
    assert np.isclose(without["penalty"].min(), without.filter(pl.col("rank") == 1)["penalty"].max())


def test_a_report_without_any_identity_is_examined_beside_others():
    alone = NEW | {"requests": None, "disputes": None}
    reports = three_years() | {"e": ("丙县人民政府", 2023, alone, zeros(alone))}
    cells, tables, headings = frames(reports)
    found = find(cells, tables, expected=expected_values(cells, tables, headings))
    assert "e" not in found.edits["report_id"] and "e" not in found.derived["report_id"]
    assert find(*frames({"e": reports["e"]})[:2], expected=expected_values(cells, tables, headings)).edits.is_empty()
