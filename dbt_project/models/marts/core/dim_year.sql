-- Every year since the first form up to the latest report, and any earlier year that a report names.
with years as (
    select unnest(generate_series(min(first_year), max(first_year))) as year from {{ ref('forms') }}
    union
    select unnest(generate_series((select min(forms.first_year) from {{ ref('forms') }} as forms), max(year))) as year
    from {{ ref('dim_report') }}
    union
    select year from {{ ref('dim_report') }}
    where year is not null
),

expected as (
    select
        years.year,
        string_agg(distinct forms.form, ', ' order by forms.form) as form_expected
    from years
    left join {{ ref('forms') }} as forms
        on years.year between forms.first_year and coalesce(forms.last_year, years.year)
    group by years.year
)

select
    cast(year as integer) as year,
    make_date(year, 1, 1) as period_start,
    make_date(year, 12, 31) as period_end,
    make_date(year + 1, 1, 31) as due_departments,
    make_date(year + 1, 3, 31) as due_governments,
    form_expected
from expected
