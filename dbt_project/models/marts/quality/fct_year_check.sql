select
    checks.report_id,
    checks.previous_report_id,
    reports.agency_id,
    reports.year,
    checks.identity,
    checks.member,
    checks.left_side,
    checks.right_side,
    checks.difference,
    checks.verdict,
    checks.missing_cells,
    checks.missing_cells_previous,
    identities.severity,
    identities.name_zh,
    identities.name_en,
    identities.citation,
    {{ decision_on_verdict() }},
    'reported' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_year_checks') }} as checks
left join {{ ref('dim_report') }} as reports on checks.report_id = reports.report_id
left join {{ ref('dim_identity') }} as identities on checks.identity = identities.identity
left join {{ ref('stg_review_notes') }} as notes
    on checks.report_id = notes.report_id
    and checks.identity = notes.identity
    and checks.member = notes.member
