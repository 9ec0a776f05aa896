select
    compared.report_id,
    compared.previous_report_id as other_report_id,
    reports.agency_id,
    others.agency_id as other_agency_id,
    reports.year,
    compared.relation,
    compared.similarity,
    compared.shared_sentences,
    compared.sentences,
    compared.copied,
    coalesce(reports.is_current, false) as is_current
from {{ ref('stg_report_similarity') }} as compared
left join {{ ref('dim_report') }} as reports on compared.report_id = reports.report_id
left join {{ ref('dim_report') }} as others on compared.previous_report_id = others.report_id
