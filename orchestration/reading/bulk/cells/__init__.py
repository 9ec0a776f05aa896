"""The cells of many reports as numbers and words, in one frame or on their way between processes.

Belongs here: columns of cells. Does not belong here: which value is which cell's (``tables``, ``gaps``).
"""
