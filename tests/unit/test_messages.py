"""Messages of reading are told in the words of the form, and codes do not reach what an officer hands on."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from orchestration.cli import main
from orchestration.presenting.messages import readable_message

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "raw"


@pytest.mark.parametrize(
    ("message", "zh", "en"),
    [
        (
            "row requests/denied.state_secret (1.属于国家秘密): 0 0",
            "1.属于国家秘密: 0 0",
            "Denied: state secret: 0 0",
        ),
        (
            "the row requests/granted (（一）予以公开) holds no value",
            "（一）予以公开：没有数值",
            "Granted holds no value",
        ),
        ("the table disputes was not found", None, "the table disputes was not found"),
        ("no title names the agency", "没有标题写明机关", "no title names the agency"),
        ("the text is a notice about reports with empty tables", "这是关于报告的通知，所附表格为空", None),
        (
            "the section of the table disputes is there and holds no table that could be read",
            "“政府信息公开行政复议、行政诉讼情况”一节没有可读的表格",
            None,
        ),
        (
            "the requests table may be of another form than 2019: see closed",
            "“收到和处理政府信息公开申请情况”可能不是2019年的表式",
            None,
        ),
        ("1 places with bytes that are not valid, shown as U+FFFD.", "有1处字节无法解码，以U+FFFD代替", None),
        (
            "the row requests/granted (（一）予以公开) has no values of its own: those that stand near it "
            "cannot be parted among the rows",
            "（一）予以公开：没有自己的数值，附近的数值无法分到各行",
            "Granted has no values of its own: those that stand near it cannot be parted among the rows",
        ),
        ("something new", "something new", "something new"),
    ],
)
def test_messages_in_words(message: str, zh: str | None, en: str | None) -> None:
    assert readable_message(message, "en") == (en or message)
    said = readable_message(message, "zh")
    assert said == zh if zh else not re.search("[a-z]", said)


def test_the_text_names_problems_in_the_language_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "甲.txt"
    empty.write_text("甲县人民政府的通讯录", encoding="utf-8")
    for lang, said in (
        ("en", "[values_missing] the row requests/granted (（一）予以公开) holds no value"),
        ("zh", "[values_missing 行无数值] （一）予以公开：没有数值"),
    ):
        main(["check", "--lang", lang, str(next(SAMPLES.glob("001*"))), str(empty)])
        text = capsys.readouterr().out
        assert said in text
        assert ("既无年度报告的标题" in text) == (lang == "zh")


@pytest.fixture
def drafts(tmp_path: Path) -> tuple[str, str]:
    """A report with a wrong total, and that of the year before with another carry-over."""
    text = next(SAMPLES.glob("004*")).read_text(encoding="utf-8")
    found = re.search(r"(?m)^(\s*\(七\) 总计\s+)(\d+)", text)
    wrong = text[: found.start(2)] + str(int(found[2]) + 1) + text[found.end(2) :]
    before = re.sub(r"(?m)^(\s*四、结转下年度继续办理\s+)(\d+)", r"\g<1>3", text.replace("2022年", "2021年"))
    (tmp_path / "draft.txt").write_text(wrong, encoding="utf-8")
    (tmp_path / "before.txt").write_text(before, encoding="utf-8")
    return str(tmp_path / "draft.txt"), str(tmp_path / "before.txt")


def test_a_page_to_hand_on_names_what_is_wrong_between_the_years(
    drafts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format", "html", "--lang", "zh", "--previous", drafts[1], drafts[0]]) == 1
    page = capsys.readouterr().out
    assert "上年结转等于上年度报告的结转下年" in page and "（自然人）" in page.replace("(", "（").replace(")", "）")
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page.replace(drafts[0], ""), flags=re.S)
    assert not re.findall(r"[a-z]+_[a-z_]+|[a-z]+/[a-z_.]+", shown)


def test_a_workbook_to_hand_on_holds_no_codes(drafts: tuple[str, str], tmp_path: Path) -> None:
    book = tmp_path / "out.xlsx"
    (tmp_path / "空.txt").write_bytes(b"")
    files = [drafts[0], str(tmp_path / "空.txt")]
    main(["check", "--format", "xlsx", "--lang", "zh", "--previous", drafts[1], "-o", str(book), *files])
    with zipfile.ZipFile(book) as parts:
        text = parts.read("xl/sharedStrings.xml").decode().replace(drafts[0], "").replace(files[1], "")
    assert "上年结转等于上年度报告的结转下年" in text and "唯一最小改正" in text
    assert not re.findall(r">[^<]*(?:[a-z]+_[a-z_]+|[a-z]+/[a-z_.]+)[^<]*<", text.split("<si>", 1)[1])
