select
    report_id,
    line,
    text,
    characters
from {{ source('lake', 'source_lines') }}
