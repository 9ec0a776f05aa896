"""The tables of many texts whose cells are all filled.

Belongs here: labels, values and what proves them plain. Does not belong here: empty cells (``gaps``).
"""
