"""Texts: encodings, damage, and what is told apart by content."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from orchestration.intake.containers import MAX_TEXT_BYTES, open_document
from orchestration.intake.document import SetAsideError

TEXT = "某区2023年政府信息公开工作年度报告\n\n一、总体情况\n2023年，新收申请12件，予以公开3件。\n规章\t0\t0\t5\n"


def refused(data: bytes) -> SetAsideError:
    with pytest.raises(SetAsideError) as caught:
        open_document(data, "report.txt")
    return caught.value


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_encodings_give_the_same_text(encoded: bytes, encoding: str) -> None:
    document = open_document(encoded)
    assert (document.container, document.encoding, document.text) == ("text", encoding, TEXT)
    assert document.problems == ()


def test_rare_characters_of_gb18030() -> None:
    text = "㐀𠀀" + TEXT
    assert open_document(text.encode("gb18030")).text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_source(end: str) -> None:
    text = "\x0c一、总体情况\u2028续\x85续\x0b续".replace("续", "续行") + end + end + "第三行" + end
    document = open_document(text.encode())
    assert document.text == text
    assert document.lines[2] == "第三行"
    assert len(document.lines) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_invalid_bytes_are_a_problem_that_names_the_line(encoding: str) -> None:
    data = TEXT.encode(encoding).replace("予以".encode(encoding), b"\xff\xff", 1)
    document = open_document(data)
    assert document.encoding == encoding
    assert "新收申请12件，\ufffd\ufffd公开3件" in document.text
    assert [(p.code, p.line) for p in document.problems] == [("encoding_damaged", 4)]


def test_damage_eats_no_digits() -> None:
    for lead in range(0x81, 0xFF):
        data = "申请".encode("gb18030") * 20 + b"\n" + bytes([lead]) + b"12\n"
        line = open_document(data).lines[1]
        assert line.endswith("12") or "1" not in line


def test_control_characters_never_join_digits() -> None:
    document = open_document(TEXT.replace("12件", "1\x002件").encode())
    assert "1\ufffd2件" in document.text
    assert [(p.code, p.line) for p in document.problems] == [("encoding_damaged", 4)]
    assert open_document((TEXT + "\x1a").encode()).text == TEXT


@pytest.mark.parametrize(
    "data", [b"", b"\n \r\n\t", b"\0\0\0\0", b"\xef\xbb\xbf", b"\xff\xfe", "\u3000\n\u3000".encode()]
)
def test_empty_files(data: bytes) -> None:
    assert refused(data).code == "empty_file"


@pytest.mark.parametrize("size", [600, 4_000, 300_000])
def test_random_bytes_are_broken(size: int) -> None:
    for seed in range(10):
        data = b"\x81" + Random(seed).randbytes(size)
        assert refused(data).code in ("broken_file", "unsupported_container")


def test_a_few_random_bytes_are_a_text_or_refused() -> None:
    for seed in range(300):
        try:
            open_document(Random(seed).randbytes(seed % 40))
        except SetAsideError as error:
            assert error.reason


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "XLS"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "Unpack"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "Unpack"),
        (b"\x1f\x8b\x08" + bytes(50), "Unpack"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "HTML only"),
        (
            b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "DOCX",
        ),
    ],
)
def test_other_kinds_are_named_with_a_remedy(data: bytes, word: str) -> None:
    error = refused(data)
    assert error.code == "unsupported_container"
    assert word in error.reason


def test_a_locked_office_file_is_broken() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refused(data).code == "broken_file"
    assert "password" in refused(data).reason


def test_texts_that_begin_like_pictures_are_texts() -> None:
    assert open_document("BMW登记表\n一、总体情况".encode()).container == "text"
    assert open_document("MZ街道2023年政府信息公开工作年度报告".encode()).container == "text"


def test_a_huge_text_is_refused_at_once() -> None:
    data = b"0 0 0 0 0 0 0\n" * 15_000_000
    start = time.perf_counter()
    assert refused(data).code == "too_large"
    assert refused(data[: MAX_TEXT_BYTES + 1]).code == "too_large"
    assert time.perf_counter() - start < 0.5


def test_importing_loads_no_parser() -> None:
    code = (
        "import sys; from orchestration.intake.containers import open_document; "
        "open_document('一、总体情况'.encode()); "
        "print([m for m in ('polars', 'lxml', 'selectolax', 'pypdfium2', 'subprocess', 'numpy') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"
