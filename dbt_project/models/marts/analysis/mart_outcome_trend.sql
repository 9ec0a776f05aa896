-- What became of requests, year by year: the groups, which both forms have, and the leaves, each over the reports whose
-- form has it. A sum takes a report in only where outcome and total were both reported.
with leaves as (
    select
        outcomes.report_id,
        outcomes.outcome,
        dims.group_code,
        if(outcomes.value = trunc(outcomes.value), try_cast(outcomes.value as bigint), null) as requests
    from {{ ref('fct_request_outcome') }} as outcomes
    inner join {{ ref('dim_outcome') }} as dims on outcomes.outcome = dims.outcome
    where outcomes.is_current and outcomes.applicant = 'total'
),

outcomes as (
    select report_id, 'leaf' as grain, outcome as code, group_code, requests from leaves
    union all
    select
        report_id,
        'group' as grain,
        group_code as code,
        group_code,
        if(bool_and(requests is not null), sum(requests), null) as requests
    from leaves
    group by report_id, group_code
),

summed as (
    select
        measures.year,
        measures.level,
        measures.organ_type,
        outcomes.grain,
        outcomes.code,
        outcomes.group_code,
        count(*) as reports,
        count(outcomes.requests + measures.processed_total) as reports_reporting,
        sum(outcomes.requests) filter (where measures.processed_total is not null) as requests,
        sum(measures.processed_total) filter (where outcomes.requests is not null) as processed_total
    from outcomes
    inner join {{ ref('int_report_measures') }} as measures on outcomes.report_id = measures.report_id
    group by all
)

select
    summed.year,
    summed.level,
    summed.organ_type,
    summed.grain,
    summed.code,
    summed.group_code,
    names.name_zh,
    names.name_en,
    names.disclosed,
    names.forms,
    'reported' as layer,
    cast(summed.reports as integer) as reports,
    cast(summed.reports_reporting as integer) as reports_reporting,
    cast(summed.requests as bigint) as requests,
    cast(summed.processed_total as bigint) as processed_total,
    {{ rate('summed.requests', 'summed.processed_total') }} as share_of_processed
from summed
inner join {{ ref('int_outcome_names') }} as names on summed.grain = names.grain and summed.code = names.code
