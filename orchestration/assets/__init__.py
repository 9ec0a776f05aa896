"""The assets: thin functions that call the library and attach metadata, one module per stage of the way of the data."""

import warnings

from dagster import BetaWarning

warnings.filterwarnings("ignore", category=BetaWarning)  # backfill policies, which are beta since long
