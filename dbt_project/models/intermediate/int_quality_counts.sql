-- What mart_agency_quality counts of a report, one row per measure.
select report_id, 'identities_' || verdict as measure, count(*) as times
from {{ ref('fct_identity_check') }}
where identity != 'domain'
group by all
union all
select report_id, 'values_out_of_domain' as measure, count(*) as times
from {{ ref('fct_identity_check') }}
where identity = 'domain'
group by all
union all
select report_id, 'suspects_' || certainty as measure, count(distinct component) as times
from {{ ref('fct_cell_edit') }}
group by all
union all
select report_id, if(conditional, 'cells_derived_conditionally', 'cells_derived') as measure, count(*) as times
from {{ ref('fct_derived_cell') }}
where value is not null
group by all
union all
select report_id, 'claims_' || verdict as measure, count(*) as times
from {{ ref('fct_prose_claim') }}
group by all
union all
select
    report_id,
    if(exception_id is null and decision is null, 'year_breaks', 'year_breaks_excused') as measure,
    count(*) as times
from {{ ref('fct_year_check') }}
where verdict in ('violated', 'violated_by_bounds')
group by all
union all
select report_id, 'cells_told_differently' as measure, count(distinct cell) as times
from {{ ref('fct_report_difference') }}
where not corrected
group by all
union all
select report_id, 'implausible' as measure, count(*) as times
from {{ ref('fct_plausibility_check') }}
group by all
union all
select report_id, 'problems' as measure, count(*) as times
from {{ ref('fct_reading_problem') }}
group by all
union all
select report_id, 'doubts' as measure, count(*) as times
from {{ ref('fct_cell') }}
where doubt is not null
group by all
