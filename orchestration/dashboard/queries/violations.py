"""Everything that does not hold, to be worked through: within reports, between years, prose, and implausible values."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from orchestration.dashboard.published import Published
from orchestration.dashboard.queries.reports import years

PAGE = 200  # findings shown at once
KINDS = ("report", "years", "prose", "plausibility")
ORDERS = {
    "difference": "abs(found.difference) desc nulls last",
    "agency": "agencies.agency_name",
    "year": "found.year desc",
    "region": "agencies.region_code nulls last",
}

# one row for each finding; what was decided on it (an exception or a review), and why, is kept beside it
_FOUND = """
    select
        'report' as kind, report_id, agency_id, year, identity as rule, name_zh, name_en, member,
        left_side, right_side, difference, verdict, severity,
        if(exception_id is null, decision, 'exception') as settled, why, null as sentence
    from fct_identity_check
    where is_current and verdict in ('violated', 'violated_by_bounds')
    union all
    select
        'years', report_id, agency_id, year, identity, name_zh, name_en, member,
        left_side, right_side, difference, verdict, severity, if(exception_id is null, decision, 'exception'), why, null
    from fct_year_check
    where is_current and verdict in ('violated', 'violated_by_bounds')
    union all
    select
        'prose', report_id, agency_id, year, 'prose', null, null, cells,
        value, expected, value - expected, 'violated', 'soft', null, null, sentence
    from fct_prose_claim
    where is_current and verdict = 'conflicts'
    union all
    select
        'plausibility', report_id, agency_id, year, rule, name_zh, name_en, member,
        value, limit_value, null, verdict, severity, if(exception_id is null, decision, 'exception'), why, sentence
    from fct_plausibility_check
    where is_current and verdict in ('violated', 'violated_by_bounds')
"""


@dataclass(frozen=True)
class Filter:
    """What to show: None or empty means everything. ``open_only``: only what nobody has decided on."""

    kind: str | None = None
    rule: str | None = None
    year: int | None = None
    province: str | None = None
    text: str = ""
    open_only: bool = False

    def where(self) -> tuple[str, tuple]:
        """The condition in SQL, with its parameters."""
        return (
            """
            ($1::varchar is null or found.kind = $1) and ($2::varchar is null or found.rule = $2)
            and ($3::integer is null or found.year = $3) and ($4::varchar is null or agencies.province_name = $4)
            and contains(coalesce(agencies.agency_name, ''), $5) and not ($6::boolean and found.settled is not null)
            """,
            (self.kind, self.rule, self.year, self.province, self.text, self.open_only),
        )


def count(published: Published, wanted: Filter) -> dict:
    """``findings``, and in how many ``reports``."""
    condition, parameters = wanted.where()
    return published.one(
        f"select count(*) as findings, count(distinct found.report_id) as reports from ({_FOUND}) as found "
        f"left join dim_agency as agencies using (agency_id) where {condition}",
        parameters,
    )


def findings(
    published: Published, wanted: Filter, order: str = "difference", limit: int | None = None, offset: int = 0
) -> pl.DataFrame:
    """The findings with agency, region, the form of their table, and the best suggestion (null where there is none)."""
    condition, parameters = wanted.where()
    page = f"limit {int(limit)} offset {int(offset)}" if limit is not None else ""
    return published.ask(
        f"""
        with page as (
            select
                found.*, agencies.agency_name, agencies.region_name, agencies.province_name,
                row_number() over (order by {ORDERS[order]}, report_id, found.rule, found.member) as place
            from ({_FOUND}) as found
            left join dim_agency as agencies using (agency_id)
            where {condition}
            order by place {page}
        ), suggested as (
            select
                report_id, component, any_value(identities) as identities, any_value(certainty) as certainty,
                string_agg(cell || ' → ' || regexp_replace(value_to::varchar, '\\.?0+$', ''), '; ') as suggestion
            from fct_cell_edit
            where solution_rank = 1 and cell is not null
                and report_id in (select report_id from page)
            group by report_id, component
        )
        select
            page.*, reports.path, reports.disclosure_form, reports.requests_form, reports.disputes_form,
            any_value(suggested.suggestion) as suggestion, any_value(suggested.certainty) as certainty
        from page
        left join dim_report as reports using (report_id)
        left join suggested
            on suggested.report_id = page.report_id and page.kind = 'report'
            and list_contains(string_split(suggested.identities, ', '), page.rule || '/' || page.member)
        group by all
        order by place
        """,
        parameters,
    )


def rules(published: Published) -> pl.DataFrame:
    """The rules that are violated anywhere: ``kind``, ``rule``, ``name_zh``, ``name_en``, ``findings``."""
    return published.ask(
        f"select kind, rule, any_value(name_zh) as name_zh, any_value(name_en) as name_en, count(*) as findings "
        f"from ({_FOUND}) group by kind, rule order by kind, findings desc"
    )


def provinces(published: Published) -> list[str]:
    """The provinces that have agencies."""
    return published.ask("select distinct province_name from dim_agency where province_name is not null order by 1")[
        "province_name"
    ].to_list()


def everything(published: Published) -> None:
    """Ask what the page shows at first, so that it is known when somebody looks."""
    years(published)
    rules(published)
    provinces(published)
    count(published, Filter())
    findings(published, Filter(), limit=PAGE)
