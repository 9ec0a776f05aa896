"""Rows of the declaration are enough: a new identity is judged, expected, verified by dbt and documented, with no code.

Each test runs in a copy of the checkout to whose CSV files the rows were added.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
IDENTITY = (
    "none_pending,report,linear,disputes,row,hard,无尚未审结,Nothing is pending,某文件第三条,,"
    "The total equals the results that were decided.\n"
)
TERMS = "".join(
    f"none_pending,,{side},1,0,disputes,*,{column}\n"
    for side, column in (("left", "total"), ("right", "upheld"), ("right", "corrected"), ("right", "other"))
)
# 3 = 2 + 1 pending: all declared identities hold, the new one does not
CELLS = {
    "disputes/reconsideration/upheld": 2,
    "disputes/reconsideration/pending": 1,
    "disputes/reconsideration/total": 3,
}

EDITING = """
import json, sys
from decimal import Decimal
from orchestration.editing import examine_one
from orchestration.form import declaration

cells = {cell.address: Decimal(0) for table in FORMS for cell in declaration().cells_of(FORMS[table], table)}
found = examine_one(FORMS, cells | {cell: Decimal(value) for cell, value in CELLS.items()})
verdicts = {j.member: (j.verdict, str(j.left), str(j.right)) for j in found.judgements if j.identity == "none_pending"}
edits = [(e.certainty, sorted({i for i, _ in e.identities})) for e in found.edits]
"""
EXPECTING = """
from small_warehouse import build, report
from expectations import declared_expectations
from expectations.relations import reading, relations
from pathlib import Path

path = build(Path(sys.argv[1]) / "w.duckdb", report("r", **{cell.replace("/", "__"): v for cell, v in CELLS.items()}))
names, rows = relations(path), {}
with reading(path) as connection:
    for one in declared_expectations():
        if one.identity == "none_pending":
            told = one.suite, one.name, one.severity, one.citation
            rows["/".join(told)] = [
                [str(value) for value in row] for row in
                connection.execute(one.query(names).format(batch=names.fct_cell)).fetchall()
            ]
print(json.dumps({"verdicts": verdicts, "edits": edits, "rows": rows}))
"""
WAREHOUSE = """
import json, sys
from pathlib import Path
import duckdb
from dbt_runs import dbt
from synthetic_lake import Report, frames, write
from expectations import run_checks

home = Path(sys.argv[1])
reports = [Report("domain", "戊市税务局", 2022, cells=CELLS), Report("hybrid", "戊市税务局", 2021)]
write(frames(reports), home)  # what frames adds of its own speaks of reports by these names
built = dbt(home, ["build", "--exclude", "resource_type:unit_test"])
file = home / "warehouse" / "gongkai.duckdb"
with duckdb.connect(str(file), read_only=True) as db:
    told = db.execute("select name_zh, name_en, citation from dim_identity where identity = 'none_pending'").fetchall()
    verdicts = db.execute(
        "select name_zh, member, checks.verdict, v.verdict from fct_identity_check as checks "
        "join intermediate.int_linear_verdicts as v using (report_id, identity, member) "
        "where identity = 'none_pending' and checks.verdict = 'violated'"
    ).fetchall()
    count = db.execute("select count(*) from fct_identity_check where identity = 'none_pending'").fetchone()[0]
results = {r.expectation: [r.success, r.unexpected, r.error] for r in run_checks(file, "run", home=home)}
pages = [p for p in (home / "expectations").rglob("*.html") if "无尚未审结" in p.read_text(encoding="utf-8")]
failed = sorted(built.named("fail", "error"))
print(json.dumps({
    "code": built.code, "failed": failed, "warned": sorted(built.named("warn")), "told": told, "verdicts": verdicts,
    "count": count, "results": results, "pages": len(pages),
}))
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout with the new rows, and nothing else changed."""
    copy = tmp_path_factory.mktemp("copy")
    leave_out = shutil.ignore_patterns("__pycache__", "target", "logs", "dbt_packages")
    for folder in ("orchestration", "expectations", "dbt_project", "tests"):
        shutil.copytree(CHECKOUT / folder, copy / folder, ignore=leave_out)
    for name, rows in (("identities", IDENTITY), ("identity_terms", TERMS)):
        with (copy / "dbt_project" / "seeds" / "form" / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(rows)
    return copy


def said(copy: Path, script: str, folder: Path) -> dict:
    """What a script prints that runs in the copy."""
    given = f"FORMS = dict.fromkeys(('disclosure', 'requests', 'disputes'), '2021')\nCELLS = {CELLS!r}\n"
    paths = [copy, copy / "tests" / "unit", copy / "tests" / "dbt"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", given + script, str(folder)]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_a_new_identity_is_judged_located_and_expected(copied: Path, tmp_path: Path) -> None:
    found = said(copied, EDITING + EXPECTING, tmp_path)
    assert found["verdicts"] == {
        "reconsideration": ["violated", "3", "2"],
        "litigation_direct": ["holds", "0", "0"],
        "litigation_after_reconsideration": ["holds", "0", "0"],
    }
    assert found["edits"] and all("none_pending" in identities for _, identities in found["edits"])
    forms = {name.split("/")[0][-4:]: (name, rows) for name, rows in found["rows"].items()}
    assert set(forms) == {"2019", "2021"}
    name, rows = forms["2021"]
    assert name.startswith("identities_2021/none_pending_2021/hard/某文件第三条")
    (row,) = rows
    assert row[4:6] == ["reconsideration", "violated"] and forms["2019"][1] == []


@pytest.mark.slow
def test_a_new_identity_stands_in_the_warehouse_and_in_the_documentation(copied: Path, tmp_path: Path) -> None:
    found = said(copied, WAREHOUSE, tmp_path)
    assert (found["code"], found["failed"]) == (0, [])
    assert "violated_identities" in found["warned"]
    assert found["told"] == [["无尚未审结", "Nothing is pending", "某文件第三条"]]
    assert found["verdicts"] == [["无尚未审结", "reconsideration", "violated", "violated"]]
    assert found["count"] == 6
    assert found["results"]["none_pending_2021"] == [False, 1, None]
    assert found["results"]["none_pending_2019"] == [True, 0, None]
    assert found["pages"] == 4  # what is expected and what was found, of either form
