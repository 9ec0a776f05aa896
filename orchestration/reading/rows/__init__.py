"""Which values belong to which row of the form.

Belongs here: what stands near a label and what order and counts make of it. Does not belong here: the columns.
"""
