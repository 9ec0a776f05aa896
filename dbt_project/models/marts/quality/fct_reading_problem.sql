select
    problems.report_id,
    cast(row_number() over (
        partition by problems.report_id
        order by problems.line nulls first, problems.code, problems.message
    ) as integer) as problem_number,
    reports.agency_id,
    reports.year,
    problems.code,
    codes.kind,
    codes.name_zh,
    codes.name_en,
    problems.message,
    problems.line,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_reading_problems') }} as problems
left join {{ ref('dim_report') }} as reports on problems.report_id = reports.report_id
left join {{ ref('problems') }} as codes on problems.code = codes.code
