"""The inventory: every file once, none read twice, none lost, whatever lies in the folder."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from orchestration import lake
from orchestration.intake import inventory
from orchestration.intake.copies import Copy, entries_by_report
from orchestration.intake.document import Document, SetAsideError
from orchestration.intake.inventory import FILE_SIGHTINGS, folder_state, take_inventory
from orchestration.intake.manifest import Entry
from orchestration.intake.schema import RAW_REPORTS
from orchestration.presenting.file_lines import file_lines

NOW = datetime(2026, 2, 3, tzinfo=UTC)


class Opener:
    """Opens what is UTF-8, sets aside what begins with ``bad``, and breaks on what begins with ``bomb``."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def __call__(self, data: bytes, name: str) -> Document:
        self.opened.append(name)
        if data.startswith(b"bad"):
            raise SetAsideError("empty_file", "nothing in it")
        if data.startswith(b"bomb"):
            raise RecursionError("too deep")
        if data.startswith(b"lone"):
            return Document("text", "\ud800")
        return Document("text", data.decode(), "utf-8")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "one.txt").write_text("one")
    (folder / "a.txt").write_text("two")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "lake"


def rows(home: Path) -> pl.DataFrame:
    return lake.read(home / "raw_reports", RAW_REPORTS).sort("path")


def test_each_file_becomes_one_row(reports: Path, home: Path) -> None:
    found = take_inventory(reports, home, opener=Opener(), now=NOW)
    assert (found.files, found.read, found.new, found.again, found.unreadable) == (2, 2, 2, 0, [])
    assert rows(home).select("path", "text", "bytes", "container", "received_at").rows() == [
        ("a.txt", "two", 3, "text", NOW),
        ("b/one.txt", "one", 3, "text", NOW),
    ]
    assert rows(home)["report_id"][0] == hashlib.sha256(b"two").hexdigest()


def test_known_files_are_neither_read_nor_written_again(reports: Path, home: Path) -> None:
    take_inventory(reports, home, opener=Opener(), now=NOW)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*.parquet")}
    again = Opener()
    found = take_inventory(reports, home, opener=again)
    assert (found.files, found.read, found.new, again.opened) == (2, 0, 0, [])
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*.parquet")} == before


def test_known_bytes_under_another_name_are_not_opened_again(reports: Path, home: Path) -> None:
    take_inventory(reports, home, opener=Opener(), now=NOW)
    (reports / "a.txt").rename(reports / "z.txt")
    again = Opener()
    found = take_inventory(reports, home, opener=again)
    assert (found.read, found.new, found.again, again.opened) == (1, 0, 1, [])
    assert rows(home)["path"].to_list() == ["a.txt", "b/one.txt"]
    assert take_inventory(reports, home, opener=again).read == 0


def test_the_same_bytes_twice_are_one_report(reports: Path, home: Path) -> None:
    (reports / "copy.txt").write_text("one")
    found = take_inventory(reports, home, opener=Opener())
    assert (found.read, found.new, found.again) == (3, 2, 1)
    assert rows(home).height == 2


def test_each_file_has_its_row_or_is_named_as_a_copy(reports: Path, home: Path) -> None:
    (reports / "copy.txt").write_text("one")
    (reports / "bad.txt").write_text("bad")
    (reports / "worse.txt").write_text("bad")
    for read in (5, 0):  # also in a run that reads nothing again
        found = take_inventory(reports, home, opener=Opener())
        assert (found.files, found.read) == (5, read)
        assert found.copies == [Copy("copy.txt", "b/one.txt", False), Copy("worse.txt", "bad.txt", False)]
        assert {*rows(home)["path"], *(copy.path for copy in found.copies)} == {
            path.relative_to(reports).as_posix() for path in reports.rglob("*.txt")
        }


def test_a_file_that_was_moved_is_named_with_the_name_that_it_is_known_by(reports: Path, home: Path) -> None:
    take_inventory(reports, home, opener=Opener())
    (reports / "a.txt").rename(reports / "x.txt")
    (reports / "y.txt").write_text("two")
    wanted = [Copy("x.txt", "a.txt", True), Copy("y.txt", "x.txt", False)]
    assert take_inventory(reports, home, opener=Opener()).copies == wanted
    (reports / "a.txt").write_text("other bytes")  # its name alone does not make it the one that counts
    assert take_inventory(reports, home, opener=Opener()).copies == wanted
    (reports / "a.txt").write_text("two")
    found = take_inventory(reports, home, opener=Opener()).copies
    assert found == [Copy("x.txt", "a.txt", False), Copy("y.txt", "a.txt", False)]


def test_of_two_entries_for_the_same_bytes_that_of_the_file_that_counts_is_used() -> None:
    report_of, first = {"a": "1", "b": "1", "c": "2", "d": "2"}, {"1": "b", "2": "gone"}
    entries = [Entry("a", 2, url="u"), Entry("b", 3, url="v"), Entry("c", 4), Entry("d", 5), Entry("new", 6)]
    found, problems = entries_by_report(entries, report_of, first)
    assert {report: entry.file for report, entry in found.items()} == {"1": "b", "2": "c"}
    assert [(problem.code, problem.line) for problem in problems] == [("manifest_invalid", 2)]
    assert "a holds the same bytes as b" in problems[0].message


def test_the_run_names_the_copies(reports: Path, home: Path) -> None:
    (reports / "copy.txt").write_text("one")
    (reports / "manifest.csv").write_text("file,agency\ncopy.txt,甲局\nb/one.txt,乙局\n")
    found = take_inventory(reports, home, opener=Opener())
    told = {"files found": found.files, "files read": found.read, "new reports": found.new, "unreadable": []}
    lines = list(file_lines(reports, home, told | {"copies": [copy._asdict() for copy in found.copies]}))
    assert lines[0] == "Files       3 found, 3 read now, 2 new, 1 with the same bytes as another"
    assert lines[1].startswith("  copy: copy.txt: ") and "b/one.txt" in lines[1]
    assert len(lines) == 3 and "manifest.csv:2: copy.txt holds the same bytes" in lines[2]
    (reports / "copy.txt").rename(reports / "z.txt")
    (reports / "b" / "one.txt").unlink()
    moved = [copy._asdict() for copy in take_inventory(reports, home, opener=Opener()).copies]
    lines = list(file_lines(reports, home, told | {"copies": moved}))
    assert "same bytes" not in lines[0] and lines[1].startswith("  moved: z.txt: ") and "b/one.txt" in lines[1]


def test_a_changed_file_is_a_new_report_and_the_old_one_stays(reports: Path, home: Path) -> None:
    take_inventory(reports, home, opener=Opener())
    (reports / "a.txt").write_text("two, corrected")
    assert take_inventory(reports, home, opener=Opener()).new == 1
    assert sorted(rows(home)["text"]) == ["one", "two", "two, corrected"]


@pytest.mark.parametrize(
    ("content", "code"), [(b"bad", "empty_file"), (b"bomb", "broken_file"), (b"lone", "broken_file")]
)
def test_what_cannot_be_opened_is_set_aside_and_the_rest_goes_on(
    reports: Path, home: Path, content: bytes, code: str
) -> None:
    (reports / "a.txt").write_bytes(content)
    found = take_inventory(reports, home, opener=Opener())
    assert (found.new, found.set_aside) == (2, 1)
    first, second = rows(home).to_dicts()
    assert (first["set_aside"], first["text"], first["container"]) == (code, None, None)
    assert first["reason"]
    assert (second["set_aside"], second["text"]) == (None, "one")


def test_a_file_over_the_limit_is_hashed_and_not_opened(
    reports: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inventory, "MAX_FILE_BYTES", 5)
    monkeypatch.setattr(inventory, "check_size", refuse)
    (reports / "a.txt").write_text("far too long")
    opener = Opener()
    take_inventory(reports, home, opener=opener)
    large = rows(home).row(0, named=True)
    assert large["report_id"] == hashlib.sha256(b"far too long").hexdigest()
    assert (large["set_aside"], opener.opened) == ("too_large", ["b/one.txt"])


def refuse(size: int) -> None:
    if size > 5:
        raise SetAsideError("too_large", "split it")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_named_and_tried_again(reports: Path, home: Path) -> None:
    (reports / "a.txt").chmod(0)
    found = take_inventory(reports, home, opener=Opener())
    assert [path for path, _ in found.unreadable] == ["a.txt"]
    (reports / "a.txt").chmod(0o644)
    assert take_inventory(reports, home, opener=Opener()).new == 1


def test_a_file_that_cannot_be_read_is_named_and_tried_again(
    reports: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = inventory._fetch

    def failing(file, known):
        if file.name == "a.txt":
            raise OSError(5, "Input/output error")
        return fetch(file, known)

    monkeypatch.setattr(inventory, "_fetch", failing)
    found = take_inventory(reports, home, opener=Opener())
    assert (found.new, found.unreadable) == (1, [("a.txt", "Input/output error")])
    monkeypatch.undo()
    assert take_inventory(reports, home, opener=Opener()).new == 1


def test_what_is_no_report_file_is_left_alone(reports: Path, home: Path) -> None:
    (reports / ".hidden").write_text("x")
    (reports / ".git").mkdir()
    (reports / ".git" / "config").write_text("x")
    (reports / "manifest.csv").write_text("file\n")
    os.mkfifo(reports / "pipe")
    (reports / "gone").symlink_to(reports / "nowhere")
    found = take_inventory(reports, home, opener=Opener())
    assert found.new == 2
    assert [path for path, _ in found.unreadable] == ["gone"]


def test_names_that_are_no_utf8_are_kept_readable(reports: Path, home: Path) -> None:
    strange = os.fsencode(reports) + b"/\xff\xfe.txt"
    Path(os.fsdecode(strange)).write_text("strange")
    assert take_inventory(reports, home, opener=Opener()).new == 3
    assert take_inventory(reports, home, opener=Opener()).read == 0


def test_batches_bound_what_is_held(reports: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory, "BATCH_FILES", 2)
    for number in range(5):
        (reports / f"n{number}.txt").write_text(f"report {number}")
    take_inventory(reports, home, opener=Opener())
    assert rows(home).height == 7
    assert len(lake.files(home / "raw_reports")) == 4
    assert lake.read(home / "file_sightings", FILE_SIGHTINGS).height == 7


def test_an_empty_folder_leaves_a_file_that_can_be_queried(tmp_path: Path, home: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert take_inventory(tmp_path / "empty", home, opener=Opener()).files == 0
    assert rows(home).is_empty()
    assert lake.files(home / "raw_reports")


def test_a_missing_folder_is_an_error(tmp_path: Path, home: Path) -> None:
    with pytest.raises(NotADirectoryError, match="does not exist"):
        take_inventory(tmp_path / "nowhere", home)


def test_a_run_that_broke_off_while_writing_leaves_nothing_half(
    reports: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(self, frame):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lake.PartWriter, "write", full_disk)
    with pytest.raises(OSError, match="No space"):
        take_inventory(reports, home, opener=Opener())
    assert list((home / "raw_reports").iterdir()) == []
    monkeypatch.undo()
    assert take_inventory(reports, home, opener=Opener()).new == 2


def test_the_state_of_the_folder_changes_with_its_files(reports: Path, tmp_path: Path) -> None:
    first = folder_state(reports)
    assert folder_state(reports) == first
    (reports / "new.txt").write_text("new")
    assert folder_state(reports) != first
    assert folder_state(tmp_path / "nowhere") == folder_state(tmp_path / "elsewhere")
