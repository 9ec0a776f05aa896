"""A document cut into pieces: words, numbers, marks and empty cells, in reading order.

Belongs here: what one line or cell holds. Does not belong here: which row or column a piece belongs to.
"""
