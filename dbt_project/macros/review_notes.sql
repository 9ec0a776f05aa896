{# What people decided on a value: shown beside the row, which stays what it is. #}
{% macro decision_on_value() -%}
notes.decision_id,
    notes.decision,
    notes.decided_value,
    notes.decided_by,
    notes.decided_on,
    notes.why,
    notes.decision_citation
{%- endmacro %}

{# What people decided on a verdict, and the known exception that speaks of it. #}
{% macro decision_on_verdict() -%}
notes.exception_id,
    notes.decision_id,
    notes.decision,
    notes.decided_by,
    notes.decided_on,
    notes.why,
    notes.decision_citation
{%- endmacro %}
