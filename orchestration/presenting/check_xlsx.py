"""``gongkai check --format xlsx``: one workbook to hand on, with a sheet for each kind of finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

from orchestration.editing.across.years_one import YearJudgement
from orchestration.presenting.checked import VIOLATED, Checked
from orchestration.presenting.messages import readable_message
from orchestration.presenting.names import names_of
from orchestration.presenting.proving import readable
from orchestration.presenting.words import WORDS, label, member_label, verdict_name, year_member

_WIDEST = 60
_EXACT = Decimal(10) ** 15  # Excel keeps fifteen digits: larger numbers go as text


def write(all_checked: Sequence[Checked], lang: str, output: Path | BinaryIO) -> None:
    """Write the workbook; text of the reports is never taken for a formula or a link."""
    ordered = sorted(all_checked, key=lambda checked: checked.badness)
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(output if not isinstance(output, Path) else str(output), plain) as book:
        styles = {"head": book.add_format({"bold": True, "bottom": 1}), "bad": book.add_format({"bg_color": "#F7D5CC"})}
        for title, heads, rows in _sheets(ordered, lang):
            _sheet(book, styles, title, heads, rows)


def _sheets(ordered: Sequence[Checked], lang: str) -> Iterable[tuple[str, list[str], list[list]]]:
    words = WORDS[lang]

    def heads(*keys: str) -> list[str]:
        return [words[key] for key in keys]

    keys = ("file", "agency", "year", "violated", "conflict", "unverifiable", "problem", "state")
    yield words["table"], heads(*keys), [_overview(checked, lang) for checked in ordered]
    yield (
        words["verdicts"],
        heads("file", "identity", "member", "left", "right", "difference", "verdict", "missing"),
        [
            [
                checked.source.name,
                names_of("identities", lang)[j.identity],
                member_label(checked, j, lang),
                j.left,
                j.right,
                j.difference,
                verdict_name(j.verdict, lang),
                ", ".join(label(checked, address, lang) for address in j.missing),
                j.verdict in VIOLATED,
            ]
            for checked in ordered
            for j in checked.judgements
        ]
        + [_between_years(checked, j, lang) for checked in ordered for j in checked.years],
    )
    yield (
        words["suggestions"],
        heads("file", "certainty", "rank", "cell", "from", "to"),
        [
            [
                checked.source.name,
                words[part.certainty].format(len(part.solutions)),
                rank,
                label(checked, e.cell, lang),
                e.old,
                e.new,
            ]
            for checked in ordered
            for part in checked.edits
            for rank, solution in enumerate(part.solutions, 1)
            for e in solution
        ],
    )
    yield (
        words["derived"],
        heads("file", "cell", "value", "proof"),
        [
            [c.source.name, label(c, d.cell, lang), d.value, readable(d.proof, c.source.forms, lang)]
            for c in ordered
            for d in c.derived
        ],
    )
    yield (
        words["claims"],
        heads("file", "line", "value", "verdict", "sentence"),
        [
            [
                c.source.name,
                j.claim.line,
                j.claim.value,
                words[j.verdict],
                j.claim.sentence.strip(),
                j.verdict == "conflicts",
            ]
            for c in ordered
            for j in c.claims
        ],
    )
    yield (
        words["cell"],
        heads("file", "cell", "value", "status", "raw", "line", "evidence", "doubt"),
        [
            [
                c.source.name,
                label(c, cell.cell, lang),
                cell.value,
                names_of("statuses", lang)[cell.status],
                cell.raw,
                cell.line,
                names_of("evidence", lang).get(cell.evidence, cell.evidence),
                names_of("problems", lang).get(cell.doubt, cell.doubt),
            ]
            for c in ordered
            for cell in c.source.cells
        ],
    )
    yield (
        words["problems"],
        heads("file", "line", "state", "problem"),
        [
            [c.source.name, p.line, names_of("problems", lang).get(p.code, p.code), readable_message(p.message, lang)]
            for c in ordered
            for p in c.source.problems
        ],
    )


def _between_years(checked: Checked, j: YearJudgement, lang: str) -> list:
    lost = [label(checked, address, lang) for address in j.missing]
    lost += [f"{WORDS[lang]['year_before']}: {address}" for address in j.missing_previous]
    names = names_of("identities", lang)[j.identity], year_member(checked, j, lang)
    sides = j.left, j.right, j.difference, verdict_name(j.verdict, lang)
    return [checked.source.name, *names, *sides, ", ".join(lost), j.verdict in VIOLATED]


def _overview(checked: Checked, lang: str) -> list:
    source, words, problems = checked.source, WORDS[lang], names_of("problems", lang)
    violated = len(checked.violations) + len(checked.year_violations)
    open_ones = sum(judgement.verdict == "unverifiable" for judgement in checked.judgements)
    counts = [violated, len(checked.conflicts), open_ones, len(source.problems)]
    code = source.problems[0].code if source.failed and source.problems else None
    state = f"{words['aside']}: {problems.get(code, code)}" if code else ""
    name = source.agency.name if source.agency else None
    return [source.name, name or words["unknown"], source.year, *counts, state, violated > 0]


def _sheet(book: xlsxwriter.Workbook, styles: dict, title: str, heads: list[str], rows: list[list]) -> None:
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    widths = [len(head) * 2 for head in heads]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, styles["head"])
    for number, row in enumerate(rows, 1):
        bad = len(row) > len(heads) and row[-1]
        for column, value in enumerate(row[: len(heads)]):
            _cell(sheet, number, column, value, styles["bad"] if bad else None)
            widths[column] = max(widths[column], min(_WIDEST, len(str(value or "")) + 2))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)


def _cell(sheet, row: int, column: int, value: object, style) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, (int, Decimal)) and abs(value) < _EXACT:
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value)[:32000], style)
