"""The tables of many texts with empty cells.

Belongs here: what stands in each row, put to the careful path once for all that look alike. Does not belong here:
any rule of its own.
"""
