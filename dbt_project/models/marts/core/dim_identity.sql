select
    identity,
    scope,
    kind,
    table_code,
    member_axis,
    severity,
    name_zh,
    name_en,
    citation,
    form,
    description
from {{ ref('identities') }}
