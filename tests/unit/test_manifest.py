"""The sidecar manifest: what is honoured, and what becomes a problem with its line and remedy."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.intake.manifest import MAX_PROBLEMS, Manifest, read_manifest, read_manifests

HEADER = "file,url,publisher,published_on,agency,region,corrects\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "b.txt", "sub/c.pdf", "年报 “甲”.txt"):
        (tmp_path / name).write_text("报告", encoding="utf-8")
    return tmp_path


def read(folder: Path, text: str, encoding: str = "utf-8") -> Manifest:
    (folder / "manifest.csv").write_bytes(text.encode(encoding))
    return read_manifest(folder)


def only_problem(manifest: Manifest, line: int | None, *words: str) -> None:
    assert [(p.code, p.line) for p in manifest.problems] == [("manifest_invalid", line)]
    for word in words:
        assert word in manifest.problems[0].message


def test_no_manifest_is_no_problem(tmp_path):
    assert read_manifest(tmp_path) == Manifest()
    assert read_manifest(tmp_path / "missing") == Manifest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_full_line(folder, encoding, ending):
    text = HEADER + 'sub/c.pdf,https://www.x.gov.cn/a?b=1,洛阳市,2022-01-31,"洛阳市西工区教育局",410303,a.txt\n'
    manifest = read(folder, text.replace("\n", ending), encoding)
    assert manifest.problems == ()
    entry = manifest.get("sub/c.pdf")
    assert entry == manifest.get(Path("sub/c.pdf"))
    assert (entry.url, entry.publisher, entry.published_on) == (
        "https://www.x.gov.cn/a?b=1",
        "洛阳市",
        date(2022, 1, 31),
    )
    assert (entry.agency, entry.region, entry.corrects, entry.line) == ("洛阳市西工区教育局", "410303", "a.txt", 2)
    assert not entry.corrects_report
    assert manifest.get("a.txt") is None


def test_only_file_is_needed_and_order_is_free(folder):
    manifest = read(folder, "agency, File \n教育局,./a.txt\n\n,年报 “甲”.txt\n")
    assert manifest.problems == ()
    assert manifest.get("a.txt").agency == "教育局"
    assert manifest.get("年报 “甲”.txt").line == 4


def test_semicolons_of_a_spreadsheet(folder):
    assert read(folder, "file;agency\na.txt;教育局\n").get("a.txt").agency == "教育局"


def test_corrects_takes_a_report_id(folder):
    entry = read(folder, f"file,corrects\na.txt,{'AB' * 32}\n").get("a.txt")
    assert entry.corrects == "ab" * 32
    assert entry.corrects_report


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../a.txt",
        "sub/../../a.txt",
        "sub/../a.txt",
        "..",
        ".",
        "",
        "C:/a.txt",
        "c:a.txt",
        "sub\\c.pdf",
        "\\\\server\\a.txt",
        "a.txt\x00.pdf",
        "missing.txt",
        "sub",
        "a.txt/",
        "a.txt/b",
        "x" * 5000,
        "out.txt",
        "outside/a.txt",
        "loop",
        "pipe",
        "a\u202etxt.b",
    ],
)
def test_path_tricks_are_refused(folder, tmp_path_factory, path):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.txt").write_text("secret")
    (folder / "out.txt").symlink_to(elsewhere / "a.txt")
    (folder / "outside").symlink_to(elsewhere)
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")
    manifest = read(folder, f'file,agency\n"{path}",教育局\nb.txt,民政局\n')
    if path == "a.txt/":
        assert list(manifest.entries) == ["a.txt", "b.txt"]
        return
    assert list(manifest.entries) == ["b.txt"]
    only_problem(manifest, 2, "manifest.csv:2", ":")


def test_a_link_inside_the_folder_is_fine(folder):
    (folder / "link.txt").symlink_to("sub/c.pdf")
    assert read(folder, "file\nlink.txt\n").get("link.txt")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("published_on", "2022-02-30"),
        ("published_on", "31.01.2022"),
        ("published_on", "1022-01-31"),
        ("published_on", "2022-1/31"),
        ("region", "999999"),
        ("region", "洛阳市"),
        ("region", "41030"),
        ("url", "javascript:alert(1)"),
        ("url", "https://x y"),
        ("url", 'https://x/"><script>'),
        ("agency", "a\x07b"),
        ("publisher", "x" * 3000),
        ("corrects", "../b.txt"),
        ("corrects", "missing.txt"),
        ("corrects", "a.txt"),
        ("corrects", "ab" * 31),
    ],
)
def test_a_bad_field_is_left_out_and_the_rest_kept(folder, column, value):
    other = "publisher" if column == "agency" else "agency"
    quoted = value.replace('"', '""')
    manifest = read(folder, f'file,{column},{other}\na.txt,"{quoted}",教育局\n')
    entry = manifest.get("a.txt")
    assert getattr(entry, column) is None
    assert getattr(entry, other) == "教育局"
    only_problem(manifest, 2, column)


@pytest.mark.parametrize("value", ["2022-01-31", "2022/1/31", "2022.1.31", "2022年1月31日"])
def test_dates_of_spreadsheets(folder, value):
    assert read(folder, f"file,published_on\na.txt,{value}\n").get("a.txt").published_on == date(2022, 1, 31)


def test_duplicates_name_the_line_that_counts(folder):
    manifest = read(folder, "file,agency\na.txt,甲局\n./a.txt,乙局\n")
    assert manifest.get("a.txt").agency == "甲局"
    only_problem(manifest, 3, "line 2")


def test_unknown_columns_are_ignored_with_a_problem(folder):
    manifest = read(folder, "file,note,agency\na.txt,x,甲局\n")
    assert manifest.get("a.txt").agency == "甲局"
    only_problem(manifest, 1, "note")


def test_a_line_with_too_many_fields_is_not_guessed(folder):
    manifest = read(folder, "file,agency,url\na.txt,甲局,乙局,https://x\nb.txt,丙局\n")
    assert list(manifest.entries) == ["b.txt"]
    only_problem(manifest, 2, "double quotes")


def test_replacing_in_a_circle(folder):
    manifest = read(folder, "file,corrects\na.txt,b.txt\nb.txt,sub/c.pdf\nsub/c.pdf,a.txt\n")
    assert {entry.corrects for entry in manifest.entries.values()} == {None}
    assert [p.line for p in manifest.problems] == [2, 3, 4]
    chain = read(folder, "file,corrects\na.txt,b.txt\nb.txt,sub/c.pdf\n")
    assert chain.problems == ()
    assert chain.get("a.txt").corrects == "b.txt"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xff\xff\xff",
        b"\xff\xfe\x00",
        b"name,url\n1,2\n",
        b"file,file\na.txt,b.txt\n",
        b'"' + b"x\n" * 2000,
    ],
)
def test_an_unusable_manifest_is_one_problem(folder, data):
    (folder / "manifest.csv").write_bytes(data)
    manifest = read_manifest(folder)
    assert manifest.entries == {}
    only_problem(manifest, manifest.problems[0].line)


def test_an_open_quote_keeps_what_came_before(folder):
    manifest = read(folder, 'file,agency\na.txt,甲局\nb.txt,"' + "x" * 200_000)
    assert list(manifest.entries) == ["a.txt"]
    only_problem(manifest, 3, "quotes")


def test_an_open_quote_swallows_no_line_in_silence(folder):
    manifest = read(folder, 'file,agency\na.txt,"甲局\nb.txt,乙局\n')
    assert manifest.entries == {}
    only_problem(manifest, 2, "runs on to line 3")


def test_a_manifest_that_is_no_file(folder):
    (folder / "manifest.csv").mkdir()
    only_problem(read_manifest(folder), None)
    (folder / "manifest.csv").rmdir()
    os.mkfifo(folder / "manifest.csv")
    only_problem(read_manifest(folder), None)


def test_problems_are_bounded(folder):
    manifest = read(folder, "file\n" + "../x\n" * 3000)
    assert len(manifest.problems) == MAX_PROBLEMS + 1
    assert "2000 further" in manifest.problems[-1].message


def test_manifests_of_subfolders_count_from_their_folder(folder):
    (folder / "manifest.csv").write_text("file,agency,corrects\na.txt,甲局,\nsub/c.pdf,乙局,a.txt\n", encoding="utf-8")
    (folder / "sub" / "d.txt").write_text("x")
    (folder / "sub" / "manifest.csv").write_text(
        "file,agency,corrects\nc.pdf,丙局,d.txt\n../a.txt,丁局,\n", encoding="utf-8"
    )
    manifest = read_manifests(folder)
    assert {file: entry.agency for file, entry in manifest.entries.items()} == {"a.txt": "甲局", "sub/c.pdf": "丙局"}
    assert manifest.get("sub/c.pdf").corrects == "sub/d.txt"
    only_problem(manifest, 3, "sub/manifest.csv:3")


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda t: ("file,agency,corrects\n" + t).encode("utf-8", "replace")),
    )
)
def test_any_bytes_end_as_entries_and_problems(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "fuzz"
    folder.mkdir(exist_ok=True)
    (folder / "manifest.csv").write_bytes(data)
    manifest = read_manifest(folder)
    assert all(problem.code == "manifest_invalid" for problem in manifest.problems)
    assert set(manifest.entries) <= {"manifest.csv"}
