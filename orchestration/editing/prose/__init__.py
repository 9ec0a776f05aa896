"""What the prose of a report says about its cells: claims held against the tables, and the lines around a number.

Belongs here: comparing what ``reading`` found in sentences. Does not belong here: finding it.
"""
