"""The labels of the form and where their wordings stand in a text.

Belongs here: what a label is and which chain of them a text holds. Does not belong here: what stands beside them.
"""
