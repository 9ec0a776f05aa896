"""The plausibility rules: what each finds, what it leaves alone, and that a new one needs no code."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from year_reports import NEW, OLD, frames, zeros

from orchestration.editing.plausibility import judge_plausibility
from orchestration.editing.review.exceptions import KnownException
from orchestration.editing.schema import PLAUSIBILITY_CHECKS
from orchestration.form.declaration import SEEDS
from orchestration.form.plausibility import plausibility_rules
from orchestration.intake.schema import RAW_REPORTS


def inventory(texts: dict[str, str]) -> pl.DataFrame:
    rows = [{**dict.fromkeys(RAW_REPORTS), "report_id": name, "text": text} for name, text in texts.items()]
    return pl.DataFrame(rows, schema=RAW_REPORTS)


def found(reports: dict, texts: dict[str, str] | None = None, **more) -> pl.DataFrame:
    cells, _, headings = frames(reports)
    checks = judge_plausibility(cells, headings, inventory(texts or {}), exceptions=more.pop("exceptions", []), **more)
    assert checks.schema == PLAUSIBILITY_CHECKS
    return checks


def told(text: str, **cells: object) -> list[tuple]:
    checks = found({"a": ("甲局", 2022, NEW, zeros(NEW, **cells))}, {"a": text})
    return checks.select("rule", "value", "limit", "line").rows()


def test_rules_below_a_city_with_districts():
    broken, old = zeros(NEW, rules__in_force=2, normative_documents__in_force=9), zeros(OLD, rules__published_total=1)
    reports = {
        "county": ("甲县政府", 2022, NEW, broken, {"level": "county"}),
        "town": ("乙镇政府", 2020, OLD, old, {"level": "township"}),
        "city": ("丙市政府", 2022, NEW, broken, {"level": "prefecture"}),
        "open": ("丁局", 2022, NEW, broken),
        "aside": ("戊县", 2022, NEW, broken, {"level": "county", "set_aside": "several_reports"}),
    }
    checks = found(reports)
    assert checks.select("report_id", "year", "rule", "member", "value", "limit", "verdict").rows() == [
        ("county", 2022, "rules_level", "disclosure/rules/in_force", 2, 0, "violated"),
        ("town", 2020, "rules_level", "disclosure/rules/published_total", 1, 0, "violated"),
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("六、其他\n本机关收取信息处理费为0元。", []),
        ("六、其他\n2022年发出收费通知3件，收取信息处理费1,230元。", []),
        ("六、其他\n\n本机关收取信息处理费\n35元。", [(35, 3)]),
        (
            "信息处理费管理办法》（国办函〔2020〕109号），发出收费通知1件，总金额１２３５.５元，实际收取1200元。",
            [("1235.5", 1)],
        ),
        ("收取信息處理費0.0015萬元。", [(15, 1)]),
        ("收取信息处理费20元，行政事业性收费35元。", []),
        ("收取信息处理费0元；收取培训费35元。另付33元。", []),
        ("门票收入35元。", []),
    ],
)
def test_the_information_processing_fee_is_a_multiple_of_ten(text, amounts):
    assert told(text) == [("fee_multiple", Decimal(value), 10, line) for value, line in amounts]


def test_the_information_processing_fee_is_no_administrative_fee():
    text = "六、其他\r\n本年度收取信息处理费1200元。"
    assert told(text, fees__amount="0.12") == [("fee_not_administrative", 1200, 1200, 2)]
    assert told(text, fees__amount="3.5") == []
    assert told(text, fees__amount=None) == []
    assert told("收取信息处理费0元。", fees__amount=0) == []


def test_more_than_four_decimals():
    assert told("", fees__amount="12.345678") == [("four_decimals", Decimal("12.345678"), 4, 1)]
    assert told("", fees__amount="12.3456") == []
    old = found({"a": ("甲局", 2020, OLD, zeros(OLD, procurement__amount="1.23456"))})
    assert old.is_empty()  # the older form asks for no decimals


def test_exceptions_are_shown():
    one = KnownException("e1", "four_decimals", None, "甲局", None, None, "换算", "说明", "张三", date(2026, 1, 1))
    reports = {n: (f"{n}局", 2022, NEW, zeros(NEW, fees__amount="1.23456")) for n in "甲乙"}
    checks = found(reports, exceptions=[one])
    assert checks.select("report_id", "verdict", "exception").sort("report_id").rows() == [
        ("乙", "violated", None), ("甲", "violated", "e1"),
    ]  # fmt: skip


def test_order_and_nothing():
    assert found({}).is_empty()
    reports = {n: ("甲县", 2022, NEW, zeros(NEW, rules__issued=1), {"level": "county"}) for n in "cab"}
    cells, _, headings = frames(reports)
    checks = judge_plausibility(cells, headings, exceptions=[])
    assert checks["report_id"].to_list() == ["a", "b", "c"]
    mixed = cells.sample(fraction=1, shuffle=True, seed=3)
    assert judge_plausibility(mixed, headings.reverse(), exceptions=[]).equals(checks)


def test_a_declared_rule_needs_no_code(tmp_path):
    rule = next(rule for rule in plausibility_rules() if rule.rule == "rules_level")
    rule = replace(rule, rule="many", row_code="", condition="level=county;organ_type=department", limit="1000")
    reports = {
        kind: ("甲县", 2022, NEW, zeros(NEW, licences__decisions=1001), {"level": "county", "organ_type": kind})
        for kind in ("department", "government")
    }
    assert found(reports, rules=[rule]).select("report_id", "rule", "limit").rows() == [("department", "many", 1000)]
    lines = (SEEDS / "plausibility_rules.csv").read_text(encoding="utf-8")
    for old, new, message in [
        ("at_most", "atmost", ":2: test is 'atmost'; it must be one of at_most"),
        ("multiple_of,10", "multiple_of,0", ":3: limit must be a number over 0"),
        ("differs_from,disclosure/fees/amount", "differs_from,fees", ":4: limit is 'fees'; it must be the address"),
        ("level=county|township", "county", ":2: condition is 'county'; write column=value|value"),
        ("信息[处", "信息([处", "is no regular expression"),
    ]:
        (tmp_path / "plausibility_rules.csv").write_text(lines.replace(old, new, 1), encoding="utf-8")
        plausibility_rules.cache_clear()
        with pytest.raises(ValueError, match="plausibility_rules") as error:
            plausibility_rules(tmp_path)
        assert message in str(error.value)
    plausibility_rules.cache_clear()
