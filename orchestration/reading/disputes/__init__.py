"""The dispute table, which is no rows by columns: three channels with five results each, in many shapes.

Belongs here: where it stands and which of its cells is which. Does not belong here: what the other tables share.
"""
