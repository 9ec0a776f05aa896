"""Tables in a text whose cells are closed by bars, proved by the count of their bars.

Belongs here: the cells of such tables and their columns. Does not belong here: what their values mean.
"""
