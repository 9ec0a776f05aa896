"""Reviewed files: what they may say, what is told when they are wrong, and where a decision is shown."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
import yaml
from year_reports import frames

from orchestration.editing.review import exceptions, reviews
from orchestration.editing.review.exceptions import read_exceptions, with_exceptions
from orchestration.editing.review.reviewed import ReviewError
from orchestration.editing.review.reviews import pending_decisions, read_decisions, with_decisions
from orchestration.form import SEEDS
from orchestration.reading.schema import VALUE

BYTES = "ab" * 32
OTHER = "cd" * 32
GOOD = {"decision_id": "d1", "report_id": BYTES, "cell": "requests/received/total", "decision": "accept"} | {
    "decided_value": "12", "decided_by": "张三", "decided_on": "2026-03-01", "why": "与正文一致",
}  # fmt: skip


def written(path, columns, *lines: dict):
    rows = [",".join(f'"{line.get(column, "")}"' for column in columns) for line in lines]
    path.write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
    return path


def decisions(tmp_path, *lines: dict):
    return read_decisions(written(tmp_path / "decisions.csv", reviews.COLUMNS, *({**GOOD, **line} for line in lines)))


def headings():
    return frames(
        {
            BYTES: ("甲局", 2022, {}, {}),
            OTHER: ("甲局", 2022, {}, {}),
            "x": ("甲局", 2021, {}, {}),
            "y": ("乙局", 2022, {}, {}),
        }
    )[2]


def test_the_committed_files_are_valid():
    assert isinstance(read_decisions(), list)
    assert isinstance(read_exceptions(), list)


@pytest.mark.parametrize(
    ("path", "columns", "seed"),
    [
        ("reviews/_reviews__seeds.yml", reviews.COLUMNS, "review_decisions"),
        ("reference/_exceptions__seeds.yml", exceptions.COLUMNS, "known_exceptions"),
    ],
)
def test_the_docs_tell_the_columns_that_are_read(path, columns, seed):
    whole = yaml.safe_load((SEEDS.parent / path).read_text(encoding="utf-8"))["seeds"]
    told = next(one for one in whole if one["name"] == seed)
    assert tuple(column["name"] for column in told["columns"]) == columns == tuple(told["config"]["column_types"])
    values = [c["data_tests"][0]["accepted_values"] for c in told["columns"] if c["name"] == "decision"]
    assert all(tuple(value["arguments"]["values"]) == reviews.DECISIONS for value in values)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"decision_id": ""}, "decision_id is empty"),
        ({"why": " "}, "why is empty"),
        ({"year": "2022"}, "either by report_id or by agency_name and year"),
        ({"report_id": ""}, "name the report: by report_id, or by agency_name and year"),
        ({"report_id": "", "agency_name": "甲局"}, "name the report"),
        ({"report_id": "abc"}, "64 hex digits"),
        ({"report_id": "", "agency_name": "甲局", "year": "22"}, "write the year of report, such as 2022"),
        ({"decision": "approve"}, "it must be one of accept, reject, exception"),
        ({"cell": "requests/received/all"}, "which no form has; write table/row/column"),
        ({"cell": ""}, "fill in either cell, or identity"),
        ({"identity": "balance"}, "fill in either cell, or identity"),
        ({"cell": "", "member": "total"}, "member is given without an identity"),
        ({"cell": "", "identity": "balances"}, "it must be one of balance"),
        ({"cell": "", "identity": "balance", "member": "reconsideration"}, "balance has no member"),
        ({"cell": "", "identity": "balance"}, "accept speaks of a suggestion; name its cell"),
        ({"decided_value": ""}, "accept states the decided_value"),
        ({"decided_value": "a dozen"}, "write a plain number such as 12"),
        ({"decided_value": "NaN"}, "write a plain number such as 12"),
        ({"decision": "exception"}, "citation is empty"),
        ({"decision": "exception", "citation": "某文"}, "an exception has no decided_value"),
        ({"decided_on": "1 March"}, "write a date such as 2026-03-31"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_remedy(tmp_path, line, message):
    with pytest.raises(ReviewError) as error:
        decisions(tmp_path, {"decision_id": "d0", "report_id": OTHER}, line)
    assert ":3: " in str(error.value)
    assert message in str(error.value)


def test_all_mistakes_at_once(tmp_path):
    with pytest.raises(ReviewError) as error:
        decisions(tmp_path, {"why": ""}, {"decision_id": "d2", "cell": "x"})
    assert len(str(error.value).splitlines()) == 2
    with pytest.raises(ReviewError, match="stands twice"):
        decisions(tmp_path, {}, {"cell": "requests/received/other"})
    with pytest.raises(ReviewError, match="d1 and d2 decide the same; keep the one that holds"):
        decisions(tmp_path, {}, {"decision_id": "d2", "decided_value": "13"})
    path = tmp_path / "decisions.csv"
    path.write_text("decision_id,who\n", encoding="utf-8")
    with pytest.raises(ReviewError, match=r":1: the columns are decision_id, who; write decision_id,report_id"):
        read_decisions(path)
    path.write_text(",".join(reviews.COLUMNS) + "\n\nd1,x\n", encoding="utf-8")
    with pytest.raises(ReviewError, match=r":3: a line has 13 values"):
        read_decisions(path)
    with pytest.raises(OSError, match="missing"):
        read_decisions(tmp_path / "missing.csv")


def test_decisions_on_suggestions(tmp_path):
    found = decisions(
        tmp_path,
        {},
        {"decision_id": "d2", "cell": "disputes/reconsideration/total", "decision": "reject", "decided_value": ""},
        {"decision_id": "d3", "report_id": "", "agency_name": "甲局", "year": "2022", "decided_value": "13"},
        {"decision_id": "d4", "report_id": "", "agency_name": "甲局", "year": "2022", "cell": "requests/granted/total"}
        | {"decision": "reject", "decided_value": "5"},
        {"decision_id": "d5", "report_id": "", "agency_name": "丁局", "year": "2022"},
    )
    rows = pl.DataFrame(
        [
            (OTHER, "requests/received/total", 13),
            (BYTES, "requests/received/total", 12),
            (BYTES, "requests/received/total", 14),
            (BYTES, "disputes/reconsideration/total", 11),
            (OTHER, "requests/granted/total", 5),
            (OTHER, "requests/granted/total", 6),
            ("x", "requests/received/total", 12),
            ("y", "requests/received/total", 12),
            ("unknown", "requests/received/total", 12),
        ],
        {"report_id": pl.String, "cell": pl.String, "to": VALUE},
        orient="row",
    )
    shown = with_decisions(rows, headings(), found, value="to")
    assert shown.select(rows.columns).equals(rows)  # nothing is changed, dropped or moved
    assert shown.select("decision_id", "decision").rows() == [
        ("d3", "accept"),  # another file of the same agency and year
        ("d1", "accept"),  # of the report itself, so before that of the year
        ("d1", None),  # the cell was decided, but for another value
        ("d2", "reject"),
        ("d4", "reject"),
        ("d4", None),
        (None, None),
        (None, None),
        (None, None),
    ]
    assert shown.row(1)[3:] == ("d1", "accept", Decimal(12), "张三", date(2026, 3, 1), "与正文一致", None)
    shuffled = with_decisions(rows.reverse(), headings().reverse(), found[::-1], value="to")
    assert shuffled.reverse().equals(shown)
    assert [one.decision_id for one in pending_decisions(headings(), found)] == ["d5"]
    assert with_decisions(rows, headings(), [], value="to")["decision_id"].null_count() == rows.height


def test_decisions_on_verdicts(tmp_path):
    common = {"cell": "", "decision": "exception", "decided_value": "", "citation": "某文", "identity": "carry_over"}
    found = decisions(
        tmp_path,
        common | {"report_id": "", "agency_name": "甲局", "year": "2022"},
        common | {"decision_id": "d2", "member": "total"},
    )
    rows = pl.DataFrame(
        [
            (BYTES, "carry_over", "total", "violated"),
            (BYTES, "carry_over", "other", "violated"),
            ("x", "carry_over", "total", "violated"),
            (BYTES, "balance", "total", "holds"),
        ],
        ["report_id", "identity", "member", "verdict"],
        orient="row",
    )
    shown = with_decisions(rows, headings(), found)
    assert shown["decision_id"].to_list() == ["d2", "d1", None, None]
    assert shown.select(rows.columns).equals(rows)
    assert shown["why"].to_list()[0] == "与正文一致"


def test_known_exceptions(tmp_path):
    good = {"exception_id": "e1", "identity": "carry_over", "agency_pattern": "甲.", "year": "2022", "reason": "合并"}
    good |= {"citation": "某文", "decided_by": "张三", "decided_on": "2026-03-01"}

    def read(*lines: dict):
        return read_exceptions(written(tmp_path / "e.csv", exceptions.COLUMNS, *({**good, **line} for line in lines)))

    for line, message in [
        ({"agency_name": "甲局"}, "name either the agency"),
        ({"agency_pattern": ""}, "name either the agency"),
        ({"agency_pattern": "("}, "no regular expression"),
        ({"identity": ""}, "identity is empty"),
        ({"citation": ""}, "citation is empty"),
        ({"member": "x"}, "carry_over has no member 'x'"),
    ]:
        with pytest.raises(ReviewError, match=message):
            read(line)
    with pytest.raises(ReviewError, match="e1 stands twice"):
        read({}, {"year": ""})
    found = read({"member": "other"}, {"exception_id": "e2", "identity": "rules_level", "year": ""})
    rows = pl.DataFrame(
        [
            (BYTES, 2022, "carry_over", "other", "violated"),
            (BYTES, 2022, "carry_over", "other", "holds"),
            (BYTES, 2022, "carry_over", "total", "violated"),
            ("x", 2021, "carry_over", "other", "violated"),
            ("x", 2021, "rules_level", "disclosure/rules/issued", "violated"),
            ("y", 2022, "rules_level", "5", "violated"),
        ],
        {"report_id": pl.String, "year": pl.Int16, "identity": pl.String, "member": pl.String, "verdict": pl.String},
        orient="row",
    )
    shown = with_exceptions(rows, headings(), found)
    assert shown["exception"].to_list() == ["e1", None, None, None, "e2", None]
    assert shown.drop("exception").equals(rows)
