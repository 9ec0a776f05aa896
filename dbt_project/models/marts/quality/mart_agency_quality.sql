{% set measures = [
    'identities_holds', 'identities_violated', 'identities_violated_by_bounds', 'identities_unverifiable',
    'values_out_of_domain', 'suspects_unique', 'suspects_ambiguous', 'suspects_beyond', 'cells_derived',
    'cells_derived_conditionally', 'claims_agrees', 'claims_conflicts', 'claims_not_judged', 'year_breaks',
    'year_breaks_excused', 'cells_told_differently', 'implausible', 'problems', 'doubts'
] -%}
-- What is known about the quality of the report that speaks for an agency and year. Counts of different layers.
with counts as (
    select
        {% for measure in measures -%}
            cast(sum(times) filter (where measure = '{{ measure }}') as integer) as {{ measure }},
        {% endfor -%}
        report_id
    from {{ ref('int_quality_counts') }}
    group by report_id
),

similarity as (
    select
        report_id,
        max(similarity) filter (where relation = 'previous_year') as similarity,
        bool_or(copied) filter (where relation = 'previous_year') as copied,
        count(*) filter (where relation = 'other_agency') > 0 as shared_with_other_agency
    from {{ ref('fct_report_similarity') }}
    group by report_id
)

select
    reports.agency_id,
    reports.year,
    reports.report_id,
    agencies.agency_name,
    {% for measure in measures -%}
        coalesce(counts.{{ measure }}, 0) as {{ measure }},
    {% endfor -%}
    similarity.similarity,
    similarity.copied,
    coalesce(similarity.shared_with_other_agency, false) as shared_with_other_agency,
    gaps.year is not null as year_before_missing
from {{ ref('dim_report') }} as reports
inner join {{ ref('dim_agency') }} as agencies on reports.agency_id = agencies.agency_id
left join counts on reports.report_id = counts.report_id
left join similarity on reports.report_id = similarity.report_id
left join {{ ref('stg_missing_years') }} as gaps
    on reports.agency_name = gaps.agency_name
    and reports.year = gaps.year + 1
where reports.is_current
