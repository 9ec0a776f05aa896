with tables as (
    select
        report_id,
        max(form) filter (where table_code = 'disclosure') as disclosure_form,
        max(form) filter (where table_code = 'requests') as requests_form,
        max(form) filter (where table_code = 'disputes') as disputes_form
    from {{ ref('stg_report_tables') }}
    group by report_id
)

select
    reports.report_id,
    reports.agency_id,
    reports.year,
    currency.is_current,
    tables.disclosure_form,
    tables.requests_form,
    tables.disputes_form,
    reports.agency_rule,
    reports.agency_name,
    reports.name_in_title,
    reports.name_evidence,
    reports.title,
    reports.year_evidence,
    reports.period,
    reports.published_on,
    reports.region_code,
    reports.region_name,
    reports.region_evidence,
    reports.region_candidates,
    reports.level,
    reports.organ_type,
    reports.url,
    reports.publisher,
    reports.corrects,
    currency.corrected_by,
    reports.set_aside,
    reports.set_aside_reason,
    reports.path,
    reports.copies,
    reports.container,
    reports.encoding,
    reports.bytes,
    reports.received_at,
    reports.reader_version
from {{ ref('int_reports') }} as reports
left join {{ ref('int_report_currency') }} as currency on reports.report_id = currency.report_id
left join tables on reports.report_id = tables.report_id
