"""The SQL of the identities, asked of DuckDB alone: it says what editing says, and spells the declared instances."""

from __future__ import annotations

import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from small_warehouse import FORM, FORM_2019, build, report

from expectations import declared_expectations, identities_suite
from expectations.literals import literal, rows
from expectations.relations import reading, relations
from orchestration.editing import judge_one
from orchestration.form import declaration, instances

OF_REPORTS = [identities_suite(form) for form in declaration().form_names]
VIOLATED = ("violated", "violated_by_bounds")
HYBRID = {"disclosure": "2021", "requests": "2019", "disputes": "2021"}
VALUES = (0, 0, 0, 0, 0, 1, 1, 2, -1, Decimal("0.5"), "blank", "absent", "not_applicable")


def asked(path: Path) -> tuple[dict, dict]:
    """Violations by (report, identity, member), and the number of judged instances by identity."""
    names = relations(path)
    found, judged = {}, {}
    with reading(path) as connection:
        for expectation in declared_expectations():
            if expectation.suite not in OF_REPORTS:
                continue
            result = connection.execute(expectation.query(names).format(batch=names.fct_cell))
            columns = [column[0] for column in result.description]
            for row in result.fetchall():
                row = dict(zip(columns, row, strict=True))
                found[row["report_id"], expectation.identity, row["member"]] = row
            count = connection.execute(expectation.evaluated(names).format(batch=names.fct_cell)).fetchone()[0]
            judged[expectation.identity] = judged.get(expectation.identity, 0) + count
    return found, judged


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_editing_on_whatever_a_report_holds(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    reports, cells = {}, []
    for number in range(40):
        forms = chance.choice((FORM, FORM_2019, HYBRID, {"requests": "2021"}))
        planted = chance.choice((0, 1, 5, 40))
        addresses = [cell["cell"] for cell in report("any", forms=forms)]
        changes = {address: chance.choice(VALUES) for address in chance.sample(addresses, min(planted, len(addresses)))}
        made = report(f"r{number}", forms=forms, **changes)
        reports[f"r{number}"] = forms, {cell["cell"]: cell["value"] for cell in made}
        cells += made
    found, judged = asked(build(tmp_path / "w.duckdb", cells))

    expected, verdicts = {}, dict.fromkeys(judged, 0)
    for name, (forms, values) in reports.items():
        for judgement in judge_one(forms, values):
            verdicts[judgement.identity] += judgement.verdict != "unverifiable"
            if judgement.verdict in VIOLATED:
                expected[name, judgement.identity, judgement.member] = judgement
    assert set(found) == set(expected)
    for key, judgement in expected.items():
        row = found[key]
        said = [row[column] for column in ("verdict", "left", "right", "difference")]
        assert said == [judgement.verdict, judgement.left, judgement.right, judgement.difference], key
        assert (row["missing"] or "") == ", ".join(judgement.missing), key
        assert row["agency"] == f"机关agency-{key[0]}" and row["year"] == 2022
    verdicts["domain"] = judged["domain"]  # editing lists only the violated ones
    assert judged == verdicts


def test_a_derived_value_is_no_evidence(tmp_path: Path) -> None:
    derived = report("r", requests__received__natural_person=5)
    for cell in derived:
        cell["layer"] = "derived"
    found, _ = asked(build(tmp_path / "w.duckdb", report("r") + derived))
    assert not found


def test_each_declared_identity_has_an_expectation_for_each_form_it_can_be_judged_in() -> None:
    declared = [e for e in declared_expectations() if e.suite in OF_REPORTS]
    of_report = [identity for identity in declaration().identities if identity.scope == "report"]
    told = {(e.name, e.identity, e.severity, e.name_zh) for e in declared}
    assert told == {
        (f"{i.identity}_{form}", i.identity, i.severity, i.name_zh)
        for i in of_report
        for form in declaration().form_names
    }
    cited = {(e.identity, i.citation in e.citation) for e in declared for i in of_report if i.identity == e.identity}
    assert cited == {(i.identity, True) for i in of_report}
    assert not any(e.blocking for e in declared)
    names = [e.name for e in declared_expectations()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form", declaration().form_names)
def test_the_sql_spells_exactly_the_declared_instances(form: str) -> None:
    forms = {f.table_code: form for f in declaration().forms if f.form == form}
    for expectation in declared_expectations():
        if expectation.suite != identities_suite(form):
            continue
        wanted = {
            (instance.member, side, weight, address)
            for instance in instances(forms)
            if instance.identity == expectation.identity
            for side in ("left", "right")
            for weight, _, address in getattr(instance, side)
        }
        if wanted:
            head = expectation.evaluated(None).split("whole as (")[0].rstrip().rstrip(",")
            query = head.replace("{batch}", "(select null as status, null as value, null as layer)")
            spelled = f"{query} select member, side, weight, cell from spelled where layout = '{form}'"
            assert set(duckdb.execute(spelled).fetchall()) == wanted, expectation.name


def test_codes_become_literals_that_neither_sql_nor_a_format_string_reads() -> None:
    for value in ("x", "o'clock", "{batch}", "a{b", "'); drop table x; --", 3, -1, True, None):
        query = f"with t(a) as ({rows([(value,)], 1)}) select a from t"
        assert duckdb.execute(query.format(batch="nothing")).fetchall() == [(value,)], literal(value)
    assert duckdb.execute(f"with t(a, b) as ({rows([], 2)}) select * from t").fetchall() == []


def test_importing_does_not_bring_great_expectations_or_dagster() -> None:
    script = (
        "import sys, expectations; expectations.declared_expectations(); "
        "print([m for m in ('great_expectations', 'dagster', 'dbt', 'polars') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
