"""What styles and sheets do to text: what is not seen is not read, and what is raised is no digit of a number."""

import io
import zipfile

import pytest

from orchestration.intake.containers import open_document
from orchestration.intake.containers.joining import OBJECT
from orchestration.reading import read_report
from tests.unit.test_containers_docx import SPACE, body, lines, run
from tests.unit.test_containers_html import page

STYLES = (
    '<w:style w:type="character" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Below"><w:basedOn w:val="Hidden"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Shown"><w:basedOn w:val="Hidden"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
)


def word(paragraphs: str) -> list[str]:
    """The lines of a body with ``STYLES``."""
    stream = io.BytesIO(body(paragraphs))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/styles.xml", f"<w:styles {SPACE}>{STYLES}</w:styles>")
    return open_document(stream.getvalue()).lines


def styled(name: str, text: str = "9", more: str = "") -> str:
    return run(text, f'<w:rStyle w:val="{name}"/>{more}')


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (styled("Hidden"), "5"),
        (styled("Below"), "5"),
        (styled("Shown"), "59"),
        (styled("Struck"), "5"),
        (styled("Hidden", more='<w:vanish w:val="0"/>'), "59"),
        (styled("Note"), "5⁹"),
        (styled("Note", more='<w:vertAlign w:val="baseline"/>'), "59"),
        (run("9", '<w:position w:val="8"/>'), "5⁹"),
        (run("9", '<w:position w:val="-8"/>'), "5₉"),
        (run("9", '<w:position w:val="2"/>'), "59"),
        (styled("Unknown"), "59"),
    ],
)
def test_runs_look_as_their_styles_say(runs: str, text: str) -> None:
    assert word(f"<w:p>{run('5')}{runs}</w:p>") == [text]


def test_styles_of_paragraphs_hide_and_switch_off_again() -> None:
    secret = '<w:pPr><w:pStyle w:val="Secret"/></w:pPr>'
    assert word(f"<w:p>{secret}{run('9')}</w:p><w:p>{run('5')}</w:p>") == ["5"]
    assert word(f"<w:p>{secret}{run('9')}{styled('Hidden', '7')}</w:p>") == ["7"]


def test_a_line_that_is_raised_as_a_whole_is_a_number() -> None:
    raised = run("12", '<w:position w:val="8"/>')
    assert lines(f"<w:p>{raised}</w:p>") == ["12"]


def test_formulas_sounds_and_codes_of_fields() -> None:
    number = "<m:r><m:t>12</m:t></m:r>"
    power = "<m:sSup><m:e><m:r><m:t>5</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    parts = "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    shown = [lines(f'<w:p><m:oMath xmlns:m="m">{inner}</m:oMath></w:p>') for inner in (number, power, parts)]
    assert shown[:2] == [["12"], ["5²"]] and "34" not in shown[2][0]
    ruby = f"<w:r><w:ruby><w:rt>{run('guī')}</w:rt><w:rubyBase>{run('规')}</w:rubyBase></w:ruby></w:r>"
    assert lines(f"<w:p>{ruby}{run('章')}</w:p>") == ["规章"]
    begin, between, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    assert lines(f"<w:p>{begin}{run(' =SUM(LEFT) 7 ')}{between}{run('5')}{end}{run('件')}</w:p>") == ["5件"]


def test_cells_deleted_by_tracking_do_not_shift_the_others() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format('', '规章')}{cell.format('<w:cellDel/>', '')}{cell.format('', '1')}</w:tr>"
    (grid,) = open_document(body(f"<w:tbl>{row}</w:tbl>")).grids
    assert [(found.column, found.text) for found in grid.cells] == [(0, "规章"), (1, "1")]


def test_lists_that_begin_again() -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>' + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{again}</w:num>' for number in (1, 2)
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>项</w:t></w:r></w:p>'
    )
    assert lines("".join(map(item.format, (1, 1, 2, 2))), numbering) == ["1. 项", "2. 项", "1. 项", "2. 项"]


def cell(inner: str, sheet: str = "") -> str:
    """The text of a cell beside another, in a page with a style sheet."""
    return page(f"<table><tr><td>规章<td>{inner}<td>8", f"<style>{sheet}</style>").grids[0].cells[1].text


@pytest.mark.parametrize(
    ("look", "text"),
    [
        ("text-decoration: underline line-through", "5"),
        ("text-decoration-line:line-through", "5"),
        ("font-size:0", "5"),
        ("font-size:0.9em", "59"),
        ("opacity: 0", "5"),
        ("opacity:0.8", "59"),
        ("position:absolute; left:-9999px", "5"),
        ("position:absolute;clip:rect(0,0,0,0)", "5"),
        ("margin-left:-9999px", "59"),
        ("vertical-align: super", "5⁹"),
        ("vertical-align:sub", "5₉"),
        ("vertical-align:middle", "59"),
        ("position:relative;top:-6.0pt;mso-text-raise:6.0pt", "5⁹"),
        ("mso-text-raise:1.0pt", "59"),
    ],
)
def test_elements_look_as_their_styles_say(look: str, text: str) -> None:
    assert cell(f"<span>5</span><span style='{look}'>9</span>") == text
    assert cell("<span>5</span><span class='x'>9</span>", f"b{{color:red}} .y, .x {{{look}}}") == text


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".x{display:none}", "5"),
        (".x{DISPLAY : None !important}", "5"),
        ("td .x, #no{visibility:hidden}", "5"),
        ("@media screen{.x{display:none}}", "5"),
        ("@media print{.x{display:none}}", "59"),
        ("@media (max-width:600px){.x{display:none}} .x{color:red}", "59"),
        (".x{display:none} .x{display:inline}", "59"),
        (".x{display:none} span{display:inline}", "5"),
        (".x{display:none!important} span.x{display:inline}", "5"),
        (".x:hover{display:none} .x::after{display:none} ..{display:none}", "59"),
        ("/* .x{display:none} */ .z{display:none", "59"),
        ("<!-- .x{display:none} -->", "5"),
    ],
)
def test_rules_of_sheets_count_as_in_a_browser(sheet: str, text: str) -> None:
    assert cell("5<span class=x>9</span>", sheet) == text


def test_an_element_shown_by_itself_and_what_holds_a_size_of_its_own() -> None:
    assert cell("5<span class=x style='display:inline'>9</span>", ".x{display:none}") == "59"
    assert cell("<span style='font-size:0'><b style='font-size:9pt'>5</b></span>") == "5"


def test_parts_of_a_page_that_a_script_may_show_stay() -> None:
    table = "<table><tr><td>规章<td>3"
    sheet = "<style>.later{display:none} .fade{opacity:0}</style>"
    assert page(f"<div class=later>{table}</table></div><p class=fade>正文</p>", sheet).lines == ["规章\t3", "正文"]


def test_lists_to_choose_from_show_one_entry() -> None:
    options = "<option>请选择</option><option selected>3</option><option>4</option>"
    assert cell(f"<select>{options}</select>") == "3"
    assert cell("<select><option>0</option><option>1</option></select>") == "0"
    assert page(f"<p>甲<select>{options}</select></p>").lines == ["甲"]


def test_cells_drawn_by_inline_elements_are_parted() -> None:
    row = "".join(f"<span style='display:table-cell'>{text}</span>" for text in ("规章", "1", "2"))
    assert page(f"<div style='display:table'><div style='display:table-row'>{row}</div></div>").lines == [
        "规章",
        "1",
        "2",
    ]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<img src=n.gif width=9>", OBJECT),
        ("<p><a href=x><img src=n.gif></a></p>", OBJECT),
        ("<script>document.write(5)</script>", OBJECT),
        ("5<img src=n.gif><script>show()</script>", "5"),
        ("", ""),
    ],
)
def test_a_cell_with_a_picture_alone_is_not_empty(inner: str, text: str) -> None:
    assert cell(inner) == text


def test_pictures_that_arrange_a_page_say_nothing() -> None:
    body = "<table><tr><td><img src=logo.gif></td></tr><tr><td>正文</td></tr></table><img src=x.gif>"
    assert page(body).lines == ["", "正文"]


def test_pictures_and_lists_in_cells_of_a_document() -> None:
    picture = "<w:p><w:r><w:object><v:shape xmlns:v='v'><v:imagedata/></v:shape></w:object></w:r></w:p>"
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in ("请选择", "3"))
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}">{{}}</w:fldChar></w:r>' for kind in ("begin", "end")]
    chosen = marks[0].format(f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>')
    cells = (run("规章"), "", chosen + marks[1].format(""))
    row = "".join(f"<w:tc><w:p>{inner}</w:p></w:tc>" for inner in cells)
    assert lines(f"<w:tbl><w:tr>{row}<w:tc>{picture}</w:tc></w:tr></w:tbl>") == [f"规章\t\t3\t{OBJECT}"]


def test_what_a_picture_shows_is_no_empty_cell_of_a_report() -> None:
    rows = "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
    rows += "<tr><td>规章<td>0<td>0<td>1<tr><td>行政规范性文件<td>2<td><img src=n.gif><td>3"
    for name in ("五", "六", "八"):
        rows += f"<tr><td colspan=4>第二十条第（{name}）项"
    rows += "<tr><td>行政许可<td colspan=3>7<tr><td>行政处罚<td colspan=3>8<tr><td>行政强制<td colspan=3>9"
    report = read_report(
        page(f"<h1>某县财政局2023年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>{rows}")
    )
    found = {cell.cell: (cell.status, cell.value) for cell in report.reading.cells}
    assert found["disclosure/normative_documents/repealed"] == ("unreadable", None)
    assert found["disclosure/normative_documents/in_force"] == ("reported", 3)
