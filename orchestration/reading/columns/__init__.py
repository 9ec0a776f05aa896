"""Which column of its row each value belongs to, and what headers and grids tell of that.

Belongs here: the places of values within a row, and the doubt on them. Does not belong here: which row they are of.
"""
