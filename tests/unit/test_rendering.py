"""The generator of test reports itself: complete truth, complete text, files that open, same seed same bytes."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from orchestration.form.declaration import TABLES, declaration
from tests.rendering import dump
from tests.rendering.grids import grids
from tests.rendering.model import STYLES, random_report
from tests.rendering.render import CONTAINERS, DAMAGES, LAYOUTS, TWISTS, corpus, judge, render

TEXTS = [name for name, layout in LAYOUTS.items() if layout.family == "text"]
PAGES = [name for name, layout in LAYOUTS.items() if layout.family == "html"]
SIZES = {"2019": 198, "2021": 200}


def report_of(seed: int = 1, forms: str = "2021", style: str = "medium"):
    return random_report(Random(seed), forms=forms, style=style)


def printed_cells(rendered) -> list[str]:
    return [value.text for table in rendered.plan.tables.values() for row in table.rows for value in row.values]


def perfect(rendered) -> list[dict]:
    """The cells that a perfect reader gives: every value that the text tells, and nothing else."""
    cells = []
    for address, expected in rendered.truth.items():
        status = "reported" if expected.value is not None else min(expected.statuses - {"reported"})
        cells.append({"cell": address, "status": status, "value": expected.value, "doubt": None})
    return cells


@pytest.mark.parametrize("form", SIZES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_truth_covers_every_cell(layout, form):
    rendered = render(report_of(forms=form), layout)
    assert len(rendered.truth) == SIZES[form]
    known = {cell.address for table in TABLES for cell in declaration().cells_of(form, table)}
    assert set(rendered.truth) == known


@pytest.mark.parametrize("form", SIZES)
@pytest.mark.parametrize("layout", TEXTS)
def test_text_holds_every_number(layout, form):
    rendered = render(report_of(style="large", forms=form), layout, plain=True)
    found = re.findall(r"-?\d+(?:\.\d+)?", rendered.text)
    assert not [text for text in printed_cells(rendered) if text not in found]
    titles = [name for name, _ in ((form.name_zh, 0) for form in declaration().forms)]
    assert all(title in rendered.text for title in titles)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_seed_same_bytes(layout):
    first, second = (render(report_of(), layout, ("blank_cells",), seed=5) for _ in range(2))
    if first.suffix == ".docx":  # the archive carries no times of its own, but its text is what counts
        assert _docx_text(first.data) == _docx_text(second.data)
    else:
        assert first.data == second.data
    assert first.truth == second.truth


def _docx_text(data: bytes) -> str:
    from docx import Document

    file = Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_docx_opens_with_its_labels_and_numbers():
    rendered = render(report_of(), "docx")
    text = _docx_text(rendered.data)
    assert "政府信息公开工作" in text or "政府信息公开年度报告" in text
    assert "三、本年度办理结果" in text
    assert all(number in text for number in printed_cells(rendered))


@pytest.mark.parametrize("layout", PAGES)
def test_pages_parse_with_as_many_numbers(layout):
    from selectolax.lexbor import LexborHTMLParser

    rendered = render(report_of(), layout, plain=True)
    page = LexborHTMLParser(rendered.data.decode())
    text = page.body.text(separator="")
    assert "总体情况" in text
    if layout != "html_lines":
        cells = ["".join(cell.text(separator="").split()) for cell in page.css("td") if not cell.css("table")]
        for number in printed_cells(rendered):
            assert number in cells


@pytest.mark.parametrize("container", [name for name, one in CONTAINERS.items() if one.family == "html"])
def test_charsets(container):
    rendered = render(report_of(), "html", container=container, plain=True)
    codec = "gb18030" if "gb" in container else "utf-8-sig"
    assert "自然人" in rendered.data.decode(codec)


@pytest.mark.parametrize("layout", [name for name, one in LAYOUTS.items() if one.family == "pdf"])
def test_pdf_has_a_text_layer_over_pages(layout):
    import pypdfium2

    rendered = render(report_of(), layout, plain=True)
    pages = list(pypdfium2.PdfDocument(rendered.data))
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) > 1
    whole = "".join(text.split())
    assert "收到和处理政府信息公开申请情况" in whole
    if layout != "pdf_narrow":
        assert all(number in text for number in printed_cells(rendered))


@pytest.mark.parametrize("container", [name for name, one in CONTAINERS.items() if one.family == "text"])
def test_text_containers_decode(container):
    codec = {"txt": "utf-8", "md": "utf-8", "txt_bom": "utf-8-sig", "txt_gb18030": "gb18030"}.get(container, "utf-16")
    rendered = render(report_of(), "spaces", container=container, plain=True)
    assert rendered.data.decode(codec) == rendered.text


@pytest.mark.parametrize("twist", TWISTS)
def test_twists_fit_every_layout(twist):
    report = report_of(style="small")
    for layout in ("spaces", "tabs_lost", "markdown", "html_word", "docx_characters", "pdf_columns"):
        rendered = render(report, f"{layout}+{twist}", seed=3)
        assert rendered.data
        assert len(rendered.truth) == 200


@pytest.mark.parametrize(
    "twist", ("results_twice", "group_tables_wrong", "dispute_blocks", "section_tables", "aliases")
)
@pytest.mark.parametrize("form", SIZES)
def test_grids_are_filled_and_keep_values_in_their_columns(form, twist):
    rendered = render(report_of(forms=form), f"html+{twist}", plain=True)
    for table in rendered.plan.tables.values():
        for grid in grids(table, rendered.plan.look, Random(1)):
            for line, row in zip(grid.occupied(), grid.rows, strict=True):
                assert len(line) == grid.width
                assert [cell for cell in line if cell is not None] == row
                if table.code == "requests" and any(cell.kind == "value" for cell in row):
                    assert [cell.kind for cell in line[-7:]] == ["value"] * 7


def test_scripts():
    report = report_of()
    assert "政府信息公開" in render(report, "spaces+traditional").text
    radicals = render(report, "spaces+kangxi").text
    assert re.search("[\u2f00-\u2fd5]", radicals)
    assert re.search("[\u2e80-\u2eff]", unicodedata.normalize("NFKC", radicals))
    assert not re.search(r"\d \d", unicodedata.normalize("NFC", render(report, "spaces+wide_digits").text), re.ASCII)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_leaves_a_truth_that_a_perfect_reader_meets(damage):
    fitting = [name for name, layout in LAYOUTS.items() if DAMAGES[damage].fits(layout)]
    for number, name in enumerate(fitting[list(DAMAGES).index(damage) % 2 :: 2]):
        report = random_report(Random(number), style=STYLES[number % len(STYLES)])
        rendered = render(report, name, (damage,), seed=number)
        score = judge(rendered, perfect(rendered))
        assert (score.silent, score.missing, score.wrong_flagged) == (0, 0, 0), score.findings[:3]
        assert score.right == score.total
        assert score.asserted == score.sure


def test_undamaged_reports_are_all_certain():
    for name, layout in LAYOUTS.items():
        rendered = render(report_of(), name)
        certain = sum(expected.value is not None for expected in rendered.truth.values())
        assert certain == 200 or layout.stream


def test_judge_tells_errors_apart():
    rendered = render(report_of(), "spaces", plain=True)
    cells = {cell["cell"]: cell for cell in perfect(rendered)}
    wrong, flagged, lost, doubted = list(cells)[:4]
    cells[wrong]["value"] += 1
    cells[flagged].update(value=cells[flagged]["value"] + 1, doubt="short_row")
    cells[lost].update(status="absent", value=None)
    cells[doubted]["doubt"] = "label_uncertain"
    strange = {"cell": "requests/closed/total", "status": "reported", "value": Decimal(1), "doubt": None}
    score = judge(rendered, [*cells.values(), strange])
    assert (score.silent, score.wrong_flagged, score.missing) == (2, 1, 1)
    assert (score.right, score.asserted, score.sure, score.total) == (197, 196, 200, 200)
    assert (score + score).silent == 4


def test_a_lost_cell_is_never_to_be_asserted():
    rendered = render(report_of(style="zero"), "spaces", ("drop_values",), seed=2, plain=True)
    lost = {address for address, expected in rendered.truth.items() if expected.lost}
    assert lost
    cells = [{"cell": address, "status": "reported", "value": 0, "doubt": None} for address in rendered.truth]
    assert {finding[0] for finding in judge(rendered, cells).findings} == lost


def test_identities_hold_in_random_reports():
    known = declaration()
    for seed in range(60):
        report = random_report(Random(seed), style=("zero", "small", "medium", "large")[seed % 4])
        value = report.values
        rows = known.rows_of(report.forms["requests"], "requests")
        for column in (column.column_code for column in known.columns_of("2021", "requests")):
            count = {row.row_code: value[f"requests/{row.row_code}/{column}"] for row in rows}
            assert count["received"] + count["carried_in"] == count["processed_total"] + count["carried_out"]
            assert count["processed_total"] == sum(count[row.row_code] for row in rows if row.kind == "outcome")
        assert set(report.addresses()) == set(value)


def test_corpus_is_repeatable_and_mixed():
    first, second = list(corpus(40, 3, damage_share=0.5)), list(corpus(40, 3, damage_share=0.5))
    assert [one.data for one in first] == [one.data for one in second]
    assert len({one.layout.name for one in first}) > 4
    assert {one.suffix for one in first} == {".txt"}


def test_unknown_or_unfit_choices_are_refused():
    with pytest.raises(KeyError):
        render(report_of(), "spaces+sideways")
    with pytest.raises(ValueError, match="cannot be put"):
        render(report_of(), "spaces", container="pdf")
    with pytest.raises(ValueError, match="cannot happen"):
        render(report_of(), "spaces", ("image_tables",))


def test_values_given_by_hand_are_printed():
    report = report_of(style="zero")
    values = {
        **report.values,
        "disclosure/rules/issued": "—",
        "requests/received/total": None,
        "disclosure/fees/amount": Decimal("658.0625"),
    }
    rendered = render(replace(report, values=values), "markdown", plain=True)
    assert "| 658.0625 |" in rendered.text
    assert rendered.truth["disclosure/rules/issued"].statuses == {"not_applicable"}
    assert rendered.truth["requests/received/total"].statuses == {"blank", "absent"}


def test_dump_writes_files_with_their_truth(tmp_path, capsys):
    dump.main([str(tmp_path), "--n", "12", "--seed", "4"])
    records = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert {path.name for path in tmp_path.iterdir()} == {*records, "truth.json"}
    assert all(len(record["cells"]) in range(196, 203) for record in records.values())
    assert "12 files" in capsys.readouterr().out
