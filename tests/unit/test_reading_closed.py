"""Tables whose cells bars close, with empty cells: every place is told by the bars, or nothing is asserted."""

from __future__ import annotations

from random import Random

import pytest
from test_reading_bulk import assert_alike, inventory

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.reading.tables.tables import read_tables
from tests.rendering.grids import grids
from tests.rendering.looks import Look
from tests.rendering.model import Report, random_report
from tests.rendering.plan import build
from tests.rendering.render import judge, render

HEADINGS = {
    "disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
}


def _cell(text: str) -> str:
    return f"{text} |" if text else "|"


def _row(cells: list[str], width: int, style: str) -> list[str]:
    rest = "|" * (width - len(cells))
    if style == "bars apart":  # no bar for the places of a span
        return [line for text in cells for line in ([text, "|"] if text else ["|"])]
    if style == "led bars apart":
        return ["|", *_row(cells, width, "bars apart")]
    if style == "rows":
        return [" ".join(map(_cell, cells)) + (f" {rest}" if rest else "")]
    if style == "rows without spans":
        return [" ".join(map(_cell, cells))]
    lines = [_cell(text) for text in cells]
    if style == "rest apart":
        return [*lines, *([rest] if rest else [])]
    lines[-1] += f" {rest}" if rest else ""
    return ["|", *lines] if style == "led" else lines


STYLES = ("bars apart", "led bars apart", "rows", "rows without spans", "rest apart", "closed", "led")


def printed(report: Report, style: str, above: str = "") -> list[str]:
    """A report as texts that tools make of web pages print it: spans leave their bars at the end of a row, or none."""
    look = Look(section_split=False)
    lines = [f"{report.agency}{report.year}年政府信息公开工作年度报告", "一、总体情况", "本机关认真贯彻落实条例。"]
    for code, table in build(report, look, Random(0)).tables.items():
        lines += [HEADINGS[code], *([above] if above else [])]
        for grid in grids(table, look, Random(0)):
            lines += [line for row in grid.rows for line in _row([cell.text for cell in row], grid.width, style)]
    return [*lines, "五、存在的主要问题及改进情况", "无。"]


def read(lines: list[str]) -> dict:
    return {cell.cell: cell for cell in read_tables(open_document("\n".join(lines).encode())).cells}


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("style", STYLES)
def test_each_value_and_each_empty_cell_has_its_place(style: str, form: str) -> None:
    for number in range(3):
        report = random_report(Random(f"closed/{number}"), form, "blanks")
        found = read(printed(report, style, "该部分以表格形式报告。表格如下:" if number else ""))
        assert found.keys() == report.values.keys()
        for address, value in report.values.items():
            cell = found[address]
            assert (cell.status, cell.value, cell.doubt) == ("blank" if value is None else "reported", value, None)


def test_a_value_is_traced_to_its_own_line() -> None:
    report = random_report(Random("closed/1"), "2021", "blanks")
    lines = printed(report, "closed")
    shown = [cell for cell in read(lines).values() if cell.status == "reported" and cell.cell.startswith("requests")]
    assert shown and all(str(cell.value) in lines[cell.line - 1] for cell in shown)


@pytest.mark.parametrize("style", STYLES)
def test_a_lost_bar_leaves_no_place_certain(style: str) -> None:
    for number in range(4):
        report = random_report(Random(f"closed/{number}"), "2021", "blanks")
        lines = printed(report, style)
        first = next(at for at, line in enumerate(lines) if "一、本年新收" in line)
        last = next(at for at, line in enumerate(lines) if "四、结转" in line)
        barred = [at for at in range(first, last) if lines[at].count("|") and "申请" not in lines[at]]
        at = Random(number).choice(barred)
        lines[at] = lines[at].replace("|", "", 1)
        for address, cell in read(lines).items():
            if cell.status == "reported" and not cell.doubt and address.startswith("requests"):
                assert cell.value == report.values[address]


def test_units_and_words_among_the_values_shift_none() -> None:
    for words, style in (("5件", "closed"), ("见附件", "closed"), ("见附件", "rows"), ("5件", "led bars apart")):
        report = random_report(Random("closed/2"), "2021", "blanks")
        changed = [f"requests/carried_in/{column}" for column in ("natural_person", "total")]
        report.values |= dict.fromkeys(changed, 77777)
        lines = [line.replace("77777", words) for line in printed(report, style)]
        found = read(lines)
        wrong = [
            address
            for address, cell in found.items()
            if cell.status == "reported" and not cell.doubt and cell.value != report.values[address]
        ]
        assert wrong == (changed if words == "5件" else [])


def test_pages_end_within_such_a_table() -> None:
    report = random_report(Random("closed/1"), "2021", "blanks")
    lines = printed(report, "closed")
    at = next(at for at, line in enumerate(lines) if "2.重复申请" in line)
    lines[at:at] = ["", "- 4 -", ""]
    found = read(lines)
    assert all(found[address].value == value for address, value in report.values.items())
    assert not any(cell.doubt for cell in found.values())


def test_both_paths_read_them_alike() -> None:
    reports = [
        random_report(Random(f"closed/{style}"), form, kind)
        for style in STYLES
        for form, kind in (("2021", "blanks"), ("2019", "blanks"), ("2021", "small"), ("2021", "marks"))
    ]
    texts = ["\n".join(printed(report, STYLES[at // 4])) for at, report in enumerate(reports)]
    assert_alike(inventory([Document("text", text) for text in texts]))


def filled_up(report: Report, style: str, rng: Random) -> list[str]:
    """The report with a cell lost from a row and an empty one put at its end."""
    look = Look(section_split=False)
    tables = {
        code: [([cell.text for cell in row], grid.width) for grid in grids(table, look, Random(0)) for row in grid.rows]
        for code, table in build(report, look, Random(0)).tables.items()
    }
    rows = [row for code in ("requests", "disputes") for row, _ in tables[code] if sum(map(str.isdecimal, row)) > 1]
    chosen = rng.choice(rows)
    del chosen[next(at for at, text in enumerate(chosen) if not text or text.isdecimal())]
    chosen.append("")
    lines = [f"{report.agency}{report.year}年政府信息公开工作年度报告", "一、总体情况", "本机关认真贯彻落实条例。"]
    for code, held in tables.items():
        lines += [HEADINGS[code], *(line for row, width in held for line in _row(row, width, style))]
    return [*lines, "五、存在的主要问题及改进情况", "无。"]


@pytest.mark.parametrize("style", STYLES)
def test_a_row_that_was_filled_up_asserts_no_moved_value(style: str) -> None:
    for number in range(8):
        report = random_report(
            Random(f"filled/{number}"), ("2021", "2019")[number % 2], ("blanks", "small")[number // 4]
        )
        found = read(filled_up(report, style, Random(number)))
        for address, value in report.values.items():
            cell = found[address]
            assert cell.status != "reported" or cell.doubt or cell.value == value, (number, address)


def test_rows_whose_spans_are_pushed_together_do_not_tell_the_columns() -> None:
    """A header without its last column, and as many places beside those of labels as columns, by chance."""
    rendered = render(random_report(Random(102), style="blanks"), "pipe_rows", ("drop_total",), 102)
    cells = read(rendered.text.splitlines()).values()
    found = judge(rendered, [{"cell": c.cell, "status": c.status, "value": c.value, "doubt": c.doubt} for c in cells])
    assert found.silent == 0, found.findings
