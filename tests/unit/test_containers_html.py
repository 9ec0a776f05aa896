"""Web pages: what joins, what breaks, what is hidden, and the grids of their tables."""

import json

import pytest

from orchestration.intake.containers import open_document
from orchestration.intake.document import Document
from orchestration.intake.grids import Grid


def opened(html: str, encoding: str = "utf-8") -> Document:
    document = open_document(html.encode(encoding))
    assert document.container == "html"
    return document


def page(body: str, head: str = "") -> Document:
    return opened(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")


def matrix(grid: Grid) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in grid.cells}


def cells(inner: str) -> list[str]:
    return [cell.text for cell in page(f"<table><tr>{inner}<td>9</td></tr></table>").grids[0].cells][:-1]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<span>2</span><span>0</span>", "20"),
        ("<p><font>1</font><b>2</b><o:p></o:p></p>", "12"),
        ("<p>自</p><p>然</p><p>人</p>", "自然人"),
        ("法律<br>服务<br/>机构", "法律服务机构"),
        ("<div>12</div><div>34</div>", "12\n34"),
        ("&nbsp;", ""),
        ("\n   7\n  ", "7"),
        ("1&#8203;2", "12"),
        ("5<sup>2</sup>", "5²"),
        ("<del>5</del>6", "6"),
        ("<span style='display: none'>5</span>6", "6"),
        ("<span hidden>5</span>6", "6"),
        ("<span style='DISPLAY:block'>5</span>6", "5\n6"),
        ("3<!-- 4 -->", "3"),
        ("3<script>4</script>", "3"),
        ("<input type='text' value='8'>", "8"),
        ("&lt;5&amp;", "<5&"),
        ("<table><tr><td>7</td></tr></table>", "7"),
        ("1&nbsp;&nbsp;2", "1 2"),
        ("<smart:tag>1</smart:tag><unknown>2</unknown>", "12"),
    ],
)
def test_text_of_a_cell(inner: str, text: str) -> None:
    assert cells(f"<td>{inner}</td>") == [text]


def test_quotes_and_angles_in_attributes() -> None:
    document = page('<table><tr><td width="10"" title="a>b" onclick="if(1<2)x()">1</td><td class=x>2</td></tr></table>')
    assert matrix(document.grids[0]) == {(0, 0): "1", (0, 1): "2"}


def test_lines_places_and_tabs() -> None:
    document = page(
        "<h1>年度报告</h1><table><tr><td>规章<td>0<td></tr><tr><td>行政许可<td colspan=2>5</table><p>完</p>"
    )
    assert document.lines == ["年度报告", "规章\t0\t", "行政许可\t5", "完"]
    grid = document.grids[0]
    assert (grid.first_line, grid.last_line) == (2, 3)
    last = grid.cells[-1]
    assert (last.row, last.column, last.column_span, last.line) == (1, 1, 2, 3)
    assert last.place == "table 1, row 2, cell 2"


def test_spans_follow_the_algorithm_of_html() -> None:
    document = page(
        "<table><thead><tr><th rowspan=9 colspan=2>A<th>B</tr></thead>"
        "<tbody><tr><td rowspan=2>C<td>D<td rowspan=0>E<tr><td>F<tr><td>G<td>H</table>"
    )
    assert matrix(document.grids[0]) == {
        (0, 0): "A",
        (0, 2): "B",
        (1, 0): "C",
        (1, 1): "D",
        (1, 2): "E",
        (2, 1): "F",
        (3, 0): "G",
        (3, 1): "H",
    }
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in document.grids[0].cells}
    assert spans["A"] == (1, 2)  # a span ends with its row group
    assert spans["E"] == (3, 1)


def test_footer_rows_stand_last() -> None:
    document = page("<table><tfoot><tr><td>总计<td>2</tfoot><tbody><tr><td>规章<td>1</tbody></table>")
    assert document.lines == ["规章\t1", "总计\t2"]


def test_layout_tables_swallow_nothing() -> None:
    inner = "<table><tr><td>规章</td><td>0</td></tr></table>"
    document = page(
        f"<table><tr><td>栏目</td><td><table><tr><td><p>一、总体情况</p>{inner}</td></tr></table></td></tr></table>"
    )
    assert document.lines == ["栏目", "一、总体情况", "规章\t0"]
    assert [cell.place for cell in document.grids[0].cells] == ["table 3, row 1, cell 1", "table 3, row 1, cell 2"]


def test_an_article_in_a_cell_flows() -> None:
    prose = "".join(f"<p>第{i}段，{'政府信息公开' * 20}。</p>" for i in range(4))
    document = page(f"<table><tr><td>发文机关</td><td>某局</td></tr><tr><td>{prose}</td></tr></table>")
    assert len(document.lines) == 5
    assert len(document.grids) == 1


def test_preformatted_text_and_lists() -> None:
    document = page("<pre>规章   0   0\n行政许可   5\n</pre><ul><li>甲<li>乙</ul>末")
    assert document.lines == ["规章   0   0", "行政许可   5", "甲", "乙", "末"]


def test_the_title_counts_where_the_page_does_not_print_it() -> None:
    title = "<title>某局2023年政府信息公开工作年度报告_某区人民政府</title>"
    assert page("<p>一、总体情况</p>", title).lines[0].startswith("某局2023年")
    assert len(page("<p>某局2023年政府信息公开<b>工作年度报告</b></p>", title).lines) == 1


def test_charsets() -> None:
    body = "<p>某局年度报告，龍</p><p>x</p><p>y</p>"
    declared = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head>'
    assert opened(declared.format("gb2312") + body, "gb18030").encoding == "gb18030"
    assert opened(declared.format("big5") + body.replace("报", "報"), "big5hkscs").lines[0] == "某局年度報告，龍"
    assert opened(declared.format("gb2312") + body).encoding == "utf-8"  # declared wrongly
    assert opened(body, "gb18030").lines[0] == "某局年度报告，龍"
    assert opened(declared.format("utf-8") + body, "utf-16").lines[0] == "某局年度报告，龍"


def test_fragments() -> None:
    assert opened("<tr><td>规章</td><td>0</td></tr>").lines == ["规章\t0"]
    assert opened("<p>一、总体情况</p><div>x</div><div>y</div>").lines == ["一、总体情况", "x", "y"]


def test_tables_within_markdown_keep_its_lines() -> None:
    document = opened(
        "# 年度报告\n\n一、总体情况\n  第二行\n\n<table><tr><td>a\nb</td><td>1</td></tr></table>\n\n三、收到\n"
    )
    assert document.lines == ["# 年度报告", "一、总体情况", "  第二行", "a b\t1", "三、收到"]


@pytest.mark.parametrize(
    "text", ["a < b\n1 > 0\n规章 | 0 |", "| 本年<br>制发 | 0 |\n|---|---|", "<http://example.org/>\n一、总体"]
)
def test_texts_with_a_few_angles_stay_texts(text: str) -> None:
    assert open_document(text.encode()).container == "text"


def test_pictures() -> None:
    document = page(
        "<p>三、收到和处理</p><p><img src='/files/1.png' width='600'></p><p><img src='2.jpg'></p>"
        "<a href='/'><img src='3.jpg' width=600></a><img src='logo.png'><img src='4.png' style='width:20px'>"
    )
    assert document.images == 2


def test_a_layout_is_restored_as_it_was_and_as_earlier_versions_wrote_it() -> None:
    first = '<tr><td rowspan="2">规章</td><td>制发<p>12</td><td colspan="2">7</td></tr>'
    document = page(f"<p>第一行</p><table>{first}<tr><td></td><td>8</td><td>9</td></tr></table>")
    known = document.container, document.text, document.encoding
    assert Document.restore(*known, document.layout()) == document
    cells = [[grid.first_line, grid.last_line, list(map(list, grid.cells))] for grid in document.grids]
    earlier = json.dumps({"grids": cells, "pages": [], "images": 0, "problems": []})
    restored = Document.restore(*known, earlier)
    assert [grid.cells for grid in restored.grids] == [grid.cells for grid in document.grids]


def test_a_slash_between_words_of_a_label_joins_them() -> None:
    cells = ("本|年|增|/|减", "增|/|减|/|平", "12|/|34", "无|/", "/|无", "无|/|3", "|/|")
    drawn = "".join(f"<td>{''.join(f'<p>{part}</p>' for part in cell.split('|'))}</td>" for cell in cells)
    found = page(f"<table><tr>{drawn}<td>9</td></tr></table>").grids[0].rows[0].texts
    assert found == ["本年增/减", "增/减/平", "12\n/\n34", "无\n/", "/\n无", "无\n/\n3", "/", "9"]
