"""Many texts as arrays: their characters, words, numbers and lines.

Belongs here: the same cut as ``pieces`` makes of one text. Does not belong here: labels.
"""
