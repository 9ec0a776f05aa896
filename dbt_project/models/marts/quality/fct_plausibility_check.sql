select
    checks.report_id,
    cast(row_number() over (
        partition by checks.report_id
        order by checks.rule, checks.line, checks.member, checks.value, checks.sentence
    ) as integer) as check_number,
    reports.agency_id,
    reports.year,
    checks.rule,
    checks.member,
    checks.value,
    checks.limit_value,
    checks.line,
    checks.sentence,
    checks.verdict,
    rules.severity,
    rules.name_zh,
    rules.name_en,
    rules.citation,
    {{ decision_on_verdict() }},
    'reported' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_plausibility_checks') }} as checks
left join {{ ref('dim_report') }} as reports on checks.report_id = reports.report_id
left join {{ ref('plausibility_rules') }} as rules on checks.rule = rules.rule
left join {{ ref('stg_review_notes') }} as notes
    on checks.report_id = notes.report_id
    and checks.rule = notes.identity
    and checks.member = notes.member
