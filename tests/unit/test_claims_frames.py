"""The frame of claims says what judging one report says."""

from decimal import Decimal

import polars as pl

from orchestration.editing.prose.claim_frames import claim_table
from orchestration.editing.schema import PROSE_CLAIMS
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading.schema import REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

TEXTS = {
    "a": "一、总体情况\r\n2022年，我局受理政府信息公开申请10件，予以公开3件。\r\n\r\n受理政府信息公开申请12件",
    "b": "我局未收到政府信息公开申请。",
    "c": "各项工作有序开展。",
    "d": "我局未收到政府信息公开申请。",
}


def frame(rows: list[dict], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)


def built(derived: pl.DataFrame | None = None) -> pl.DataFrame:
    inventory = frame([{"report_id": i, "text": t, "container": "text"} for i, t in TEXTS.items()], RAW_REPORTS)
    headings = frame(
        [
            {
                "report_id": i,
                "year": 2022,
                "agency_name": "西工区教育局",
                "set_aside": "not_a_report" if i == "d" else None,
            }
            for i in TEXTS
        ],
        REPORT_HEADINGS,
    )
    tables = frame(
        [{"report_id": i, "table_code": "requests", "form": "2021", "first_line": 4, "last_line": 4} for i in TEXTS],
        REPORT_TABLES,
    )
    cell = {"form": "2021", "table_code": "requests", "column_code": "total", "status": "reported"}
    cells = frame(
        [
            {**cell, "report_id": "a", "row_code": "received", "value": Decimal(12)},
            {**cell, "report_id": "a", "row_code": "carried_in", "value": Decimal(0)},
            {**cell, "report_id": "a", "row_code": "granted", "value": Decimal(4), "doubt": "row_uncertain"},
            {**cell, "report_id": "a", "row_code": "partially_granted", "value": Decimal(0)},
            {**cell, "report_id": "b", "row_code": "received", "value": None, "status": "absent"},
        ],
        REPORT_CELLS,
    )
    return claim_table(inventory, headings, tables, cells, derived)


def test_the_frame_has_its_schema_and_one_row_a_claim():
    found = built()
    assert found.schema == PROSE_CLAIMS
    columns = ("report_id", "line", "value", "expected", "layer", "verdict", "reason", "phrase")
    assert found.select(columns).rows() == [
        ("a", 2, 10, 12, "reported", "conflicts", None, "received"),
        ("a", 2, 3, 4, "reported", "not_judged", "cell_doubtful", "granted"),
        ("b", 1, 0, None, "reported", "not_judged", "cell_missing", "received_none"),
    ]
    assert found["cells"].to_list()[0] == ["requests/received/total"]


def test_derived_values_stand_in():
    derived = pl.DataFrame({"report_id": ["b"], "cell": ["requests/received/total"], "value": [Decimal(0)]})
    last = built(derived).row(-1, named=True)
    assert (last["verdict"], last["layer"], last["expected"]) == ("agrees", "derived", 0)


def test_no_reports_give_an_empty_frame():
    empty = [pl.DataFrame(schema=s) for s in (RAW_REPORTS, REPORT_HEADINGS, REPORT_TABLES, REPORT_CELLS)]
    assert claim_table(*empty).schema == PROSE_CLAIMS
