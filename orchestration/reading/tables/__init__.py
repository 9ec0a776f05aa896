"""The three statutory tables of a document: found, told by form, bounded, and read into cells.

Belongs here: what decides among tables. Does not belong here: rows and columns of one (``rows``, ``columns``).
"""
