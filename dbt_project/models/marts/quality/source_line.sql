{{ config(materialized='view') }}
-- A view: publication makes a table of it, and until then the rows stay where the pipeline wrote them.
select
    report_id,
    line,
    text,
    characters
from {{ ref('stg_source_lines') }}
