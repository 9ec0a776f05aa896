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
    identities.severity,
    identities.name_zh,
    identities.name_en,
    identities.citation,
    'reported' as layer,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_identity_checks') }} as checks
left join {{ ref('dim_report') }} as reports on checks.report_id = reports.report_id
left join {{ ref('dim_identity') }} as identities on checks.identity = identities.identity
