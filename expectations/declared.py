"""Every expectation as a plain record, before Great Expectations is imported: this list is what must have run.

One suite for the identities of each form, one for those across years, one for the prose, one for plausibility: they
say what a report owes its readers (a failure is data, shown and never blocking). ``schema`` and ``coverage`` say what
we owe them (a failure is our fault and stops publication).
"""

from __future__ import annotations

from functools import partial

from expectations import claim_sql, identity_sql, plausibility_sql, year_sql
from expectations.ours import owed
from expectations.record import CLAIMS, PLAUSIBILITY, YEARS, DeclaredExpectation, identities_suite
from orchestration.form import Identity, declaration
from orchestration.form.plausibility import PlausibilityRule, plausibility_rules


def declared_expectations() -> tuple[DeclaredExpectation, ...]:
    """All expectations: identities by form, identities across years, prose, plausibility, then what we owe."""
    whole = declaration()
    of_report = [identity for identity in whole.identities if identity.scope == "report"]
    across = [identity for identity in whole.identities if identity.scope == "years"]
    return (
        *(
            _of_identity(identity, form)
            for form in whole.form_names
            for identity in of_report
            if form in identity_sql.forms_of(identity)
        ),
        *(_across_years(identity) for identity in across),
        *(_of_claims(table) for table in claim_sql.claimed_tables()),
        *(_of_rule(rule) for rule in plausibility_rules()),
        *owed(),
    )


def _of_identity(identity: Identity, form: str) -> DeclaredExpectation:
    prescribed = {
        f.citation for f in declaration().forms if f.form == form and identity.table_code in ("", f.table_code)
    }
    told = any(citation in identity.citation for citation in prescribed)
    return DeclaredExpectation(
        suite=identities_suite(form),
        name=f"{identity.identity}_{form}",
        identity=identity.identity,
        description=identity.description,
        severity=identity.severity,
        blocking=False,
        name_zh=identity.name_zh,
        citation=identity.citation if told else "；".join([identity.citation, *sorted(prescribed)]),
        query=lambda names: identity_sql.violations_sql(identity, form, names),
        evaluated=lambda names: identity_sql.evaluated_sql(identity, form),
    )


def _across_years(identity: Identity) -> DeclaredExpectation:
    return DeclaredExpectation(
        suite=YEARS,
        name=identity.identity,
        identity=identity.identity,
        description=identity.description,
        severity=identity.severity,
        blocking=False,
        name_zh=identity.name_zh,
        citation=identity.citation,
        query=partial(year_sql.violations_sql, identity),
        evaluated=partial(year_sql.evaluated_sql, identity),
    )


def _of_claims(table: str) -> DeclaredExpectation:
    named = next(form for form in reversed(declaration().forms) if form.table_code == table)
    return DeclaredExpectation(
        suite=CLAIMS,
        name=f"prose_agrees_with_{table}",
        description=f"A number that the prose plainly claims is the one that the table tells: {named.name_en}.",
        severity="soft",
        blocking=False,
        name_zh=f"文字所述与表格一致：{named.name_zh}",
        citation=named.citation,
        query=partial(claim_sql.conflicts_sql, table),
        evaluated=partial(claim_sql.evaluated_sql, table),
    )


def _of_rule(rule: PlausibilityRule) -> DeclaredExpectation:
    return DeclaredExpectation(
        suite=PLAUSIBILITY,
        name=rule.rule,
        description=rule.description,
        severity=rule.severity,
        blocking=False,
        name_zh=rule.name_zh,
        citation=rule.citation,
        query=partial(plausibility_sql.failing_sql, rule),
        evaluated=partial(plausibility_sql.evaluated_sql, rule),
    )
