-- What people make of the numbers, each metric with its base, then the numbers as reported.
with quality as (
    select
        report_id,
        count(*) as cells,
        count(value) as cells_reported,
        count(doubt) filter (where value is not null) as cells_doubtful
    from {{ ref('fct_cell') }}
    where is_current
    group by report_id
),

violations as (
    select
        report_id,
        count(*) as violations
    from {{ ref('fct_identity_check') }}
    where is_current and severity = 'hard' and verdict in ('violated', 'violated_by_bounds')
    group by report_id
)

select
    measures.report_id,
    measures.agency_id,
    measures.year,
    agencies.agency_name,
    reports.agency_name as name_in_report,
    measures.region_code,
    agencies.region_name,
    agencies.province_code,
    measures.level,
    measures.organ_type,
    reports.disclosure_form,
    reports.requests_form,
    reports.disputes_form,
    reports.published_on,
    'reported' as layer,
    coalesce(cast(quality.cells as integer), 0) as cells,
    coalesce(cast(quality.cells_reported as integer), 0) as cells_reported,
    coalesce(cast(quality.cells_doubtful as integer), 0) as cells_doubtful,
    coalesce(cast(violations.violations as integer), 0) as violations,
    {% for metric in metrics() -%}
        {{ metric_of_report(metric) }},
    {% endfor -%}
    measures.* exclude (report_id, agency_id, year, region_code, level, organ_type)  -- noqa: RF02
from {{ ref('int_report_measures') }} as measures
inner join {{ ref('dim_report') }} as reports on measures.report_id = reports.report_id
inner join {{ ref('dim_agency') }} as agencies on measures.agency_id = agencies.agency_id
left join quality on measures.report_id = quality.report_id
left join violations on measures.report_id = violations.report_id
