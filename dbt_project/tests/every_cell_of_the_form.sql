{{ config(meta={'dagster': {'ref': {'name': 'fct_cell'}}}) }}
-- A report with a detected form has exactly the cells of that form: none lost on the way, none from elsewhere.
with expected as (
    select
        report_tables.report_id,
        report_tables.form,
        cells.table_code || '/' || cells.row_code || '/' || cells.column_code as cell
    from {{ ref('stg_report_tables') }} as report_tables
    inner join {{ ref('cells') }} as cells
        on report_tables.form = cells.form and report_tables.table_code = cells.table_code
),

found as (
    select report_id, form, cell from {{ ref('fct_cell') }}
),

lost as (
    select * from expected
    except
    select * from found
),

foreign_to_form as (
    select * from found
    except
    select * from expected
)

select 'lost' as finding, * from lost
union all
select 'not of the form' as finding, * from foreign_to_form
