select distinct
    report_id,
    path
from {{ source('lake', 'file_sightings') }}
