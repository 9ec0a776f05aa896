"""The headings of many texts, where they are plain.

Belongs here: what a pass over many texts can tell. Does not belong here: any rule that ``reading.headings`` lacks.
"""
