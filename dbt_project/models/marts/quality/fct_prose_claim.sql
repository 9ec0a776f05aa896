select
    claims.report_id,
    cast(row_number() over (
        partition by claims.report_id
        order by claims.line, claims.sentence, claims.value, claims.cells, claims.phrase, claims.reason
    ) as integer) as claim_number,
    reports.agency_id,
    reports.year,
    claims.sentence,
    claims.line,
    claims.value,
    claims.cells,
    claims.expected,
    claims.layer,
    claims.verdict,
    claims.reason,
    reasons.name_zh as reason_zh,
    reasons.name_en as reason_en,
    claims.scope,
    claims.phrase,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_prose_claims') }} as claims
left join {{ ref('dim_report') }} as reports on claims.report_id = reports.report_id
left join {{ ref('claim_reasons') }} as reasons on claims.reason = reasons.reason
