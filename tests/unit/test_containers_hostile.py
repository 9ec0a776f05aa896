"""Files made to break or stall a reader: each is set aside, or read, within seconds and bounded memory."""

import io
import resource
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from random import Random

import pytest

from orchestration.intake.containers import Limits, open_document
from orchestration.intake.document import Document, SetAsideError
from tests.fixtures.containers.small_pdf import TEXT, pdf

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def within_bounds() -> Iterator[None]:
    """No file may cost this process more than some seconds or a gigabyte."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.perf_counter() - start < 15
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000  # kilobytes


def code(data: bytes | str, **limits: int) -> str:
    """The code under which a file is set aside, or ``read``."""
    try:
        document = open_document(data.encode() if isinstance(data, str) else data, "x", Limits(**limits))
    except SetAsideError as error:
        assert error.reason
        return error.code
    assert isinstance(document, Document)
    return "read"


def packed(document: bytes, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def test_the_small_pdf_is_one() -> None:
    assert open_document(pdf(TEXT)).lines == ["12 34"]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "1",
        "<ul><li>" * 100_000 + "1",
        "<table><tr>" + "<td>1" * 100_000,
        "<table><tr>" * 3 + "<td>1" * 100_000,
        "<p>" + "".join(f"<font size={i}>" for i in range(4_000)) + "<p>1" * 4_000,
        "<p>" + "".join(f"<b a{i}>" for i in range(1_400)) + "<p>1" * 1_400,
        "<p>1</p>" * 600_000,
    ],
    ids=["div", "ul", "columns", "columns in tables", "font", "b", "paragraphs"],
)
def test_pages_that_grow_are_set_aside(page: str) -> None:
    assert code(page) == "reading_limit"


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>" * 100_000 + "1",
        "<span>" * 100_000 + "<table><tr><td>1<td>2",
        "<table><tr><td colspan=1000000 rowspan=1000000>1<td>2<tr><td>3</table>",
        "<table>" + "<tr><td colspan=1000 rowspan=65534>1<td>2" * 300 + "</table>",
        "<table>" + "<tr>" * 50_000 + "<td>1<td>2</table>",
        "<table><tr><td>1<td title='" + "x>" * 1_000_000 + "'>2</table>",
        "<table><tr><td>1<td>2</table><!-- " + "<td>" * 200_000,
        "<table><tr><td>1<td>2</table><script>" + "<td>" * 200_000,
        "<p" * 100_000 + "<table><tr><td>1<td>2",
        "<table><tr><td>" + "1<br>" * 100_000 + "<td>2</table>",
        "&" * 1_000_000 + "<table><tr><td>1<td>2</table>",
        "<pre>" * 2_000 + "1" + "<sup>" * 900 + "2<table><tr><td>1<td>2",
    ],
)
def test_odd_pages_end(page: str) -> None:
    assert code(page) in ("read", "reading_limit")


def test_random_markup_ends() -> None:
    pieces = "<table>|</table>|<tr>|<td rowspan=3>|</td>|<td colspan=2>|<p>|</p>|<div>|<sup>|1|甲|<br>|</div>|<tbody>"
    pieces += "|<caption>|<pre>|</pre>|\n|<!--|-->|<span hidden>"
    for seed in range(150):
        rng = Random(seed)
        assert code("<html>" + "".join(rng.choices(pieces.split("|"), k=rng.randrange(200)))) in ("read", "empty_file")


def test_entity_bombs() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    bomb = (
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><w:document {SPACE}><w:body><w:p>&e11;</w:p></w:body></w:document>'
    )
    outside = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {SPACE}><w:body>&e;</w:body></w:document>'
    )
    for document in (bomb, outside):
        assert code(packed(document.encode())) == "broken_file"
        assert code(packed(document.encode("utf-16"))) == "broken_file"
        assert code(packed(b" " * 5_000 + document.encode())) == "broken_file"


def test_zip_bombs() -> None:
    start = f"<w:document {SPACE}><w:body><w:p><w:r><w:t>1</w:t></w:r></w:p>".encode()
    assert code(packed(start + b" " * 300_000_000)) == "reading_limit"
    whole = start + b"</w:body></w:document>"
    assert code(packed(whole, numbering=b"<w:numbering>" + b" " * 100_000_000)) == "reading_limit"


def test_deep_and_wide_word_documents() -> None:
    cell = "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    nested = "<w:p><w:r><w:t>1</w:t></w:r></w:p>"
    for _ in range(60):
        nested = cell.format(nested)
    assert code(packed(f"<w:document {SPACE}><w:body>{nested}</w:body></w:document>".encode())) == "read"
    deep = "<w:sdt>" * 100_000
    assert code(packed(f"<w:document {SPACE}><w:body>{deep}</w:body></w:document>".encode())) == "broken_file"
    row = "<w:tc><w:p/></w:tc>" * 100_000
    wide = f"<w:document {SPACE}><w:body><w:tbl><w:tr>{row}</w:tr></w:tbl></w:body></w:document>"
    assert code(packed(wide.encode())) == "reading_limit"


FORM = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 4 /Resources << /XObject << /X 6 0 R >> >>"


@pytest.mark.parametrize(
    ("content", "extra"),
    [
        (TEXT + b"q " * 60_000_000, ""),
        (b"0 0 m 9 9 l S\n" * 300_000, ""),
        (TEXT * 30_000, ""),
        (TEXT + b"/X Do\n", f"6 0 obj << {FORM} >>\nstream\n/X Do\nendstream endobj\n"),
    ],
    ids=["packed", "lines", "texts", "form in itself"],
)
def test_pdf_bombs(content: bytes, extra: str) -> None:
    assert code(pdf(content, extra), cpu_seconds=3) in ("read", "reading_limit", "broken_file")


def test_pdf_page_trees_that_lie() -> None:
    for pages in ("/Kids [2 0 R 3 0 R] /Count 9", "/Kids [] /Count 100000000", "/Kids [2 0 R] /Count 1", "/Count -1"):
        assert code(pdf(TEXT, pages=pages)) in ("read", "broken_file", "reading_limit", "empty_file")


def test_spoiled_pdfs_are_read_or_refused() -> None:
    lines = b"".join(
        b"%d 100 m %d 700 l S 60 %d m 500 %d l S\n" % (60 + 20 * i, 60 + 20 * i, 100 + 30 * i, 100 + 30 * i)
        for i in range(20)
    )
    whole = pdf(TEXT + lines, packing=False)
    for seed in range(150):
        rng, data = Random(seed), bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(9, len(data))] = rng.randrange(256)
        assert code(bytes(data)) in ("read", "broken_file", "empty_file", "reading_limit")


def test_spoiled_packages_are_read_or_refused() -> None:
    paragraph = "<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>" * 50
    whole = packed(f"<w:document {SPACE}><w:body>{paragraph}</w:body></w:document>".encode())
    for seed in range(150):
        rng, data = Random(seed), bytearray(whole)
        for _ in range(rng.randrange(1, 6)):
            data[rng.randrange(4, len(data))] = rng.randrange(256)
        assert code(bytes(data)) in ("read", "broken_file", "unsupported_container", "empty_file")


def test_damaged_text_is_bounded_in_memory() -> None:
    data = b"\xff\x81\n" * 6_000_000
    tracemalloc.start()
    try:
        assert code(data) in ("read", "broken_file")
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()
