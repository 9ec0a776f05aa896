"""Word documents: text, tables with merged cells, and what Word hides."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Inches

from orchestration.intake.containers import open_document
from orchestration.intake.document import SetAsideError

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def body(xml: str, numbering: str = "") -> bytes:
    """A minimal package around the contents of a body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{xml}</w:body></w:document>")
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {SPACE}>{numbering}</w:numbering>")
    return stream.getvalue()


def lines(xml: str, numbering: str = "") -> list[str]:
    return open_document(body(xml, numbering)).lines


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_merged_and_nested_cells() -> None:
    document = docx.Document()
    document.add_heading("某局2023年政府信息公开工作年度报告")
    table = document.add_table(rows=4, cols=4)
    for row in range(4):
        for column in range(4):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(1, 1)).text = "自\n然\n人"
    table.cell(2, 3).merge(table.cell(3, 3)).text = "12\n34"
    table.cell(2, 0).text = ""
    table.cell(2, 0).add_table(1, 1).cell(0, 0).text = "7"
    opened = open_document(saved(document))
    assert opened.container == "docx"
    assert opened.lines[0] == "某局2023年政府信息公开工作年度报告"
    cells = {(c.row, c.column): (c.text, c.row_span, c.column_span) for c in opened.grids[0].cells}
    assert cells[0, 0] == ("自然人", 2, 2)
    assert cells[1, 2] == ("12", 1, 1)
    assert cells[2, 3] == ("12\n34", 2, 1)
    assert cells[2, 0] == ("7", 1, 1)
    assert (3, 3) not in cells and (0, 1) not in cells
    assert opened.lines[1:] == ["自然人\t02\t03", "12\t13", "7\t21\t22\t12 34", "30\t31\t32"]
    assert opened.grids[0].cells[-1].place == "table 1, row 4, cell 3"


def test_hidden_deleted_and_raised_text() -> None:
    paragraph = "".join(
        (
            run("5", "<w:strike/>") + run("6") + run("7", '<w:strike w:val="0"/>') + run("8", "<w:vanish/>"),
            f"<w:del>{run('9').replace('w:t', 'w:delText')}</w:del><w:ins>{run('1')}</w:ins>",
            run("2", '<w:vertAlign w:val="superscript"/>') + "<w:r><w:tab/><w:t>末</w:t><w:br/><w:t>行</w:t></w:r>",
            "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>",
        )
    )
    assert lines(f"<w:p>{paragraph}</w:p>") == ["671²\t末", "行"]


def test_runs_join_and_tabs_in_cells_do_not_part() -> None:
    first = f"<w:tc><w:p>{run('2')}{run('0')}</w:p></w:tc>"
    second = "<w:tc><w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p></w:tc>"
    assert lines(f"<w:tbl><w:tr>{first}{second}</w:tr></w:tbl>") == ["20\t甲 乙"]


def test_wrappers_deleted_rows_and_text_boxes() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    deleted = "<w:trPr><w:del/></w:trPr>"
    rows = row.format("", "规章") + row.format(deleted, "旧")
    table = f"<w:sdt><w:sdtContent><w:tbl>{rows}</w:tbl></w:sdtContent></w:sdt>"
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing><w:txbxContent>'
        "<w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent><w:t>框外</w:t></w:r></w:p>"
    )
    assert lines(table + box) == ["规章\t", "框内", "框外"]


def test_numbers_that_word_draws() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "%2.")
    numbering = (
        f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    found = lines(
        "".join(item.format(*pair) for pair in [(0, "甲"), (1, "乙"), (1, "丙"), (0, "丁"), (1, "戊")]), numbering
    )
    assert found == ["一、甲", "1. 乙", "2. 丙", "二、丁", "1. 戊"]


def test_pictures() -> None:
    document = docx.Document()
    document.add_paragraph("三、收到和处理")
    document.add_picture(io.BytesIO(PICTURE), width=Inches(5), height=Inches(4))
    document.add_picture(io.BytesIO(PICTURE), width=Inches(0.5))
    assert open_document(saved(document)).images == 1


def test_grid_before_shifts_a_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 1).text = "5"
    table.rows[0]._tr.insert(0, parse_xml(f'<w:trPr {SPACE}><w:gridBefore w:val="1"/></w:trPr>'))
    assert [(c.column, c.text) for c in open_document(saved(document)).grids[0].cells] == [(1, ""), (2, "5")]


def refused(data: bytes) -> SetAsideError:
    with pytest.raises(SetAsideError) as caught:
        open_document(data)
    return caught.value


def test_other_packages_are_not_read() -> None:
    for name, word in [
        ("xl/workbook.xml", "XLSX"),
        ("ppt/presentation.xml", "PPTX"),
        ("OFD.xml", "OFD"),
        ("a.txt", "Unpack"),
    ]:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, "<x/>")
        error = refused(stream.getvalue())
        assert (error.code, word in error.reason) == ("unsupported_container", True)


def test_truncated_and_damaged_packages() -> None:
    whole = body("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>")
    for cut in (8, 60, len(whole) // 2, len(whole) - 10):
        assert refused(whole[:cut]).code == "broken_file"
    assert refused(body("<w:p>")).code == "broken_file"
    assert refused(body("")).code == "empty_file"
    spoiled = bytearray(saved(docx.Document()))
    spoiled[200:6000] = bytes(5800)
    assert refused(bytes(spoiled)).code == "broken_file"


def test_paths_in_the_package_lead_nowhere() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        relation = '<Relationship Type="x/officeDocument" Target="../../../../etc/passwd"/>'
        archive.writestr("_rels/.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("word/a.xml", "<x/>")
        archive.writestr("../../evil", "x")
    assert refused(stream.getvalue()).code == "broken_file"


def test_the_name_says_nothing() -> None:
    data = body("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>")
    assert open_document(data, "report.pdf").container == open_document(data, "report.txt").container == "docx"
