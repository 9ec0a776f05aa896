select
    checks.report_id,
    reports.agency_id,
    reports.year,
    checks.identity,
    checks.member,
    checks.left_side,
    checks.right_side,
    checks.difference,
    checks.verdict,
    checks.missing_cells,
    cast(checks.missing_count as integer) as missing_count,
    after.left_after,
    after.right_after,
    coalesce(after.verdict_after, checks.verdict) as verdict_after,
    identities.severity,
    identities.name_zh,
    identities.name_en,
    identities.citation,
    {{ decision_on_verdict() }},
    'reported' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_identity_checks') }} as checks
left join {{ ref('dim_report') }} as reports on checks.report_id = reports.report_id
left join {{ ref('dim_identity') }} as identities on checks.identity = identities.identity
left join {{ ref('stg_identity_checks_after') }} as after
    on checks.report_id = after.report_id
    and checks.identity = after.identity
    and checks.member = after.member
left join {{ ref('stg_review_notes') }} as notes
    on checks.report_id = notes.report_id
    and checks.identity = notes.identity
    and checks.member = notes.member
