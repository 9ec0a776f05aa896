"""What the pages ask of the published file: one function a question, each answered with a Polars frame or a row.

Nothing here draws, and no rate is worked out: rates, their bases and their coverage are columns of the marts.
"""
