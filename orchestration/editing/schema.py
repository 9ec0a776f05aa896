"""The columns that editing writes, one Parquet folder each under ``<home>/lake``."""

import polars as pl

from orchestration.reading.schema import VALUE

IDENTITY_CHECKS = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "identity": pl.String,
        "member": pl.String,
        "left": VALUE,
        "right": VALUE,
        "difference": VALUE,
        "verdict": pl.String,
        "missing": pl.List(pl.String),  # addresses of terms without a reported value
    }
)

# Across reports: files of their own, as a report of this year needs one of the year before.
YEAR_CHECKS = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "previous_report_id": pl.String,
        "identity": pl.String,
        "member": pl.String,
        "left": VALUE,
        "right": VALUE,
        "difference": VALUE,
        "verdict": pl.String,
        "missing": pl.List(pl.String),  # addresses of terms without a reported value in the report itself
        "missing_previous": pl.List(pl.String),  # those in the report of the year before
        "exception": pl.String,  # exception_id of known_exceptions.csv; the verdict stays what it is
    }
)
REPORT_DIFFERENCES = pl.Schema(
    {
        "agency_name": pl.String,
        "year": pl.Int16,
        "report_id": pl.String,  # the report that speaks for its agency and year
        "other_report_id": pl.String,
        "cell": pl.String,
        "value": VALUE,
        "other_value": VALUE,
        "corrected": pl.Boolean,  # whether the manifest says that the one replaces the other
    }
)
MISSING_YEARS = pl.Schema(
    {
        "agency_name": pl.String,
        "year": pl.Int16,
        "year_before": pl.Int16,  # the nearest years with a report
        "year_after": pl.Int16,
    }
)
PROSE_FEATURES = pl.Schema(
    {
        "report_id": pl.String,
        "characters": pl.Int32,  # of prose, after masking
        "shingles": pl.List(pl.UInt32),  # the least hashes of its runs of characters, ascending
        "sentences": pl.List(pl.UInt64),  # hashes of its distinct sentences, ascending
    }
)
REPORT_SIMILARITY = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "previous_report_id": pl.String,
        "relation": pl.String,  # previous_year: same agency; other_agency: same year
        "similarity": pl.Float64,  # share of this report's prose that stands in the other, 0 to 1
        "shared_sentences": pl.Int32,
        "sentences": pl.Int32,  # distinct sentences of this report
        "copied": pl.Boolean,  # similarity at or over the documented threshold
    }
)
PLAUSIBILITY_CHECKS = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "rule": pl.String,
        "member": pl.String,  # address of a cell, or the line of a sentence
        "value": VALUE,
        "limit": VALUE,  # what the rule holds it against
        "line": pl.Int32,
        "sentence": pl.String,  # null for a cell
        "verdict": pl.String,
        "exception": pl.String,
    }
)

CELL_EDITS = pl.Schema(  # suggestions, one row for each cell of each solution; never applied
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "component": pl.Int16,  # of violated identities that one correction mends, from 1 within the report
        "certainty": pl.String,  # unique, ambiguous or beyond (no solution was found: one row, cell and values null)
        "identities": pl.List(pl.String),  # identity/member
        "solutions": pl.Int32,  # how many smallest corrections the component has
        "all_listed": pl.Boolean,  # whether these are all there are
        "rank": pl.Int32,  # of the solution, best first, from 1
        "changes": pl.Int16,  # of the solution: events, and cells outside of events
        "events": pl.List(pl.String),  # swap, shift, digits, stale_totals
        "penalty": pl.Float64,  # what ranks solutions of equally many changes: less is likelier
        "table_code": pl.String,
        "row_code": pl.String,
        "column_code": pl.String,
        "value_from": VALUE,
        "value_to": VALUE,
        "only_value": pl.Boolean,  # whether no other value would do for the cells of this solution
        "neighbour_year": pl.String,  # what the report before or after tells: agrees (value_to), differs (value_from)
    }
)

DERIVED_CELLS = pl.Schema(  # one row for each missing cell of which the identities say something
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "table_code": pl.String,
        "row_code": pl.String,
        "column_code": pl.String,
        "value": VALUE,  # the only possible one, null where there are several
        "low": VALUE,
        "high": VALUE,  # null: no limit
        "conditional": pl.Boolean,  # whether a suspect, or a slip that shows nowhere, could touch it
        "proof": pl.String,  # of the value, null without one
    }
)

IDENTITY_CHECKS_AFTER = pl.Schema(  # of reports with derived cells: the identities that contain one
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "identity": pl.String,
        "member": pl.String,
        "left_after": VALUE,
        "right_after": VALUE,
        "verdict_after": pl.String,
    }
)
PROSE_CLAIMS = pl.Schema(
    {
        "report_id": pl.String,
        "year": pl.Int16,
        "sentence": pl.String,
        "line": pl.Int32,  # of the number
        "value": VALUE,  # in the unit of the cells
        "cells": pl.List(pl.String),
        "expected": VALUE,  # the weighted sum of the cells, null where one is missing
        "layer": pl.String,  # derived where a derived value stood in for a missing one, else reported
        "verdict": pl.String,  # agrees, conflicts or not_judged
        "reason": pl.String,  # code of claim_reasons.csv: why it is not judged
        "scope": pl.String,  # own, or a code of claim_reasons.csv
        "phrase": pl.String,  # code of claim_phrases.csv
    }
)
