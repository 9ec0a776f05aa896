select
    report_id,
    previous_report_id,
    relation,
    similarity,
    shared_sentences,
    sentences,
    copied
from {{ source('lake', 'report_similarity') }}
