select
    agency_name,
    cast(year as integer) as year,
    cast(year_before as integer) as year_before,
    cast(year_after as integer) as year_after
from {{ source('lake', 'missing_years') }}
